import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { ContractRunner, ContractRunnerOptions, RunningJob, TrainingJobResult } from '../contract/runner';
import { CancelledError, messageOf, UserError } from '../errors';
import type { ChannelInput } from '../inputs';
import { neutralise } from '../neutralise';
import type { Artifact, TrainSection } from '../record';
import type { MetricReader } from '../training/metrics';
import type { LogTail } from '../training/tail';
import { secretsOf } from './secrets';
import type { Step, StepContext } from './step';

/** SageMaker's own default; what really bounds a run here is the job's `timeout-minutes`. */
const MAX_RUNTIME_SECONDS = 24 * 60 * 60;
/** A line of our own about how far it is: no sooner after the last one than this, and no later than that. */
const PROGRESS_SECONDS_MIN = 10;
const PROGRESS_SECONDS_MAX = 60;
const RECORD_TAIL_LINES = 50;
const FILE_TAIL_LINES = 2_000;
const PICTURES_MAX = 10;
const PICTURE_BYTES_MAX = 5 * 1024 * 1024;
const PICTURE_NAME = /\.(?:png|jpe?g|svg)$/i;

/** The full training, on this machine, in the contract runner. */
export const train: Step = async (context) => {
  const { createContractRunner } = await import('../contract/runner');
  await trainWith(context, createContractRunner);
};

/**
 * See {@link train}; the runner is handed in.
 *
 * @throws UserError when the training fails, or claims success without a model or a declared metric;
 *   CancelledError when the runner asked us to end: the containers are gone by then.
 */
export async function trainWith(
  context: StepContext,
  createRunner: (options: ContractRunnerOptions) => ContractRunner,
): Promise<void> {
  const { deps, inputs, record } = context;
  const { log, clock, signal, outputs } = deps;
  if (!record.build) throw new Error('The step train needs the section build of the record');

  const [
    { checkChannels },
    { Docker },
    { measureFolder },
    { readEngineFacts },
    { compileMetricDefinitions, MetricReader },
    { LogTail },
  ] = await Promise.all([
    import('../contract/channels'),
    import('../contract/docker'),
    import('../training/channel-size'),
    import('../training/engine'),
    import('../training/metrics'),
    import('../training/tail'),
  ]);
  const channels = await checkChannels(context.workspace, 'input-data-config', inputs.inputDataConfig);
  const metrics = new MetricReader(compileMetricDefinitions(inputs.metricDefinitions));
  const sizes = await Promise.all(channels.map(({ path }) => measureFolder(path)));
  const measured = channels.map((channel, index) => ({ ...channel, files: 0, sizeBytes: 0, ...sizes[index] }));
  const engine = await readEngineFacts(new Docker(deps.exec), signal);
  checkDiskSpace(measured, inputs.instanceCount, engine.freeBytes);

  const jobName = await nameOf(context, measured);
  const began = clock.seconds();
  const section: TrainSection = {
    startedAt: clock.now().toISOString(),
    seconds: 0,
    backend: 'runner',
    status: 'InProgress',
    instanceCount: inputs.instanceCount,
    gpus: engine.gpus,
    hyperparameters: inputs.hyperparameters,
    channels: measured.map(({ name, files, sizeBytes, mode }) => ({ name, files, sizeBytes, mode })),
    metrics: metrics.series(),
    artifacts: [],
    logTail: [],
  };
  record.train = section;
  await context.save();
  outputs.set('training-job-name', jobName);
  log.info(`Training job ${jobName}: ${inputs.instanceCount} node(s), ${engine.gpus ? 'all GPUs' : 'CPU'}.`);

  const artifactFolder = join(context.folder, 'artifacts');
  await mkdir(artifactFolder, { recursive: true });
  const recordTail = new LogTail(RECORD_TAIL_LINES);
  const fileTail = new LogTail(FILE_TAIL_LINES);
  const runner = createRunner({ exec: deps.exec, clock, runId: record.id, signal });
  let job: RunningJob | undefined;
  const faults: unknown[] = [];
  const attempt = async (work: () => Promise<void> | void): Promise<void> => {
    try {
      await work();
    } catch (fault) {
      faults.push(fault);
    }
  };
  try {
    const follower = await follow(context, metrics, [recordTail, fileTail], began);
    let result: TrainingJobResult;
    try {
      job = await runner.start(
        {
          image: record.build.imageId,
          jobName,
          region: deps.env['AWS_REGION'] ?? 'us-east-1',
          // The words of the SageMaker Python SDK's local mode.
          instanceType: engine.gpus ? 'local_gpu' : 'local',
          instanceCount: inputs.instanceCount,
          hyperparameters: inputs.hyperparameters,
          channels,
          environment: inputs.environment,
          networkIsolation: false,
          gpus: engine.gpus,
          maxRuntimeSeconds: MAX_RUNTIME_SECONDS,
        },
        follower.line,
      );
      result = await job.done;
    } finally {
      await follower.close();
    }
    section.status = result.status;
    Object.assign(section, factsOf(result, recordTail));
    const modelBytes = await collect(job, artifactFolder, section).catch((fault: unknown) => {
      // Why the training failed is worth more than that half a model could not be kept.
      if (result.status === 'Completed') throw fault;
      log.info(`What the training left could not be kept: ${messageOf(fault)}`);
      return 0;
    });
    section.metrics = metrics.series();
    await judge(context, section, modelBytes, result);
  } catch (error) {
    if (section.status === 'InProgress') {
      section.status = error instanceof CancelledError || signal.aborted ? 'Stopped' : 'Failed';
      section.logTail = recordTail.lines();
    }
    faults.push(error);
    // Cancelled: the containers end now; what they hold is of no use to anybody.
    if (signal.aborted) await attempt(() => job?.kill());
  }
  section.seconds = clock.seconds() - began;
  section.metrics = metrics.series();
  // First of all what runs: it may also be what fills the disk that the rest is written to.
  await attempt(() => job?.dispose());
  await attempt(() => outputs.set('training-job-status', section.status));
  await attempt(() => context.save());
  await attempt(() => leave(context, artifactFolder, fileTail));
  // What came first is the cause.
  for (const fault of faults.slice(1)) log.info(`Also: ${messageOf(fault)}`);
  if (faults.length > 0) throw faults[0];
}

/** SageMaker copies every File channel for every node; so does the runner, into the engine's volumes. */
function checkDiskSpace(
  channels: readonly { name: string; sizeBytes: number; mode: string }[],
  instanceCount: number,
  freeBytes: number | undefined,
): void {
  const needed =
    instanceCount * channels.reduce((sum, { sizeBytes, mode }) => sum + (mode === 'File' ? sizeBytes : 0), 0);
  if (freeBytes === undefined || needed <= freeBytes) return;
  const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;
  throw new UserError(
    `The channels need ${gigabytes(needed)} as copies (File mode, ${instanceCount} node(s)), but the Docker engine's disk has ${gigabytes(freeBytes)} free.`,
    { fix: 'Use mode FastFile, which is not copied, in `input-data-config`, or free disk space before this step.' },
  );
}

async function nameOf(
  { deps, inputs, record }: StepContext,
  channels: readonly (ChannelInput & { files: number; sizeBytes: number })[],
): Promise<string> {
  const { trainingJobName } = await import('../training/name');
  const { pullRequest, sha } = record.plan;
  return trainingJobName({
    repository: record.run.repository,
    ...(pullRequest ? { pullRequest: pullRequest.number } : {}),
    ref: deps.env['GITHUB_REF_NAME'] ?? '',
    sha,
    request: {
      image: [inputs.file ?? '', inputs.target ?? '', inputs.buildArgs],
      channels: channels.map(({ name, mode, files, sizeBytes }) => [name, mode, files, sizeBytes]),
      hyperparameters: inputs.hyperparameters,
      environment: inputs.environment,
      instanceCount: inputs.instanceCount,
    },
  });
}

/** Shows the log and how far the training is, and reads the metrics. */
async function follow(
  { deps, inputs }: StepContext,
  metrics: MetricReader,
  tails: readonly LogTail[],
  began: number,
): Promise<{ line: (host: string, line: string, overwritten?: boolean) => void; close: () => Promise<void> }> {
  const { log, clock } = deps;
  const { ProgressFolding } = await import('../training/folding');
  const sink = log.untrusted();
  const ended = new AbortController();
  const several = inputs.instanceCount > 1;

  const show = (host: string, text: string): void => {
    const line = neutralise(text);
    for (const tail of tails) tail.add(several ? `${host} | ${line}` : line);
    sink.line(text, several ? host : undefined);
  };
  const foldings = new Map<string, InstanceType<typeof ProgressFolding>>();
  const foldingOf = (host: string): InstanceType<typeof ProgressFolding> => {
    const known = foldings.get(host);
    if (known) return known;
    const made = new ProgressFolding(
      (line) => show(host, line),
      () => clock.seconds(),
    );
    foldings.set(host, made);
    return made;
  };

  const watch = async (): Promise<void> => {
    const { progressLine } = await import('../training/progress');
    let shownAt = began;
    let shownValues = 0;
    while (!ended.signal.aborted) {
      try {
        await clock.sleep(PROGRESS_SECONDS_MIN * 1_000, ended.signal);
      } catch {
        return;
      }
      const series = metrics.series();
      const values = series.reduce((sum, { count }) => sum + count, 0);
      if (values === shownValues && clock.seconds() - shownAt < PROGRESS_SECONDS_MAX) continue;
      shownAt = clock.seconds();
      shownValues = values;
      log.info(`Training: ${progressLine(shownAt - began, inputs.hyperparameters, series)}`);
    }
  };
  const watching = watch();

  return {
    line: (host, text, overwritten = false) => {
      metrics.read(text, clock.now().getTime());
      foldingOf(host).read(text, overwritten);
    },
    close: async () => {
      ended.abort();
      await watching;
      for (const folding of foldings.values()) folding.flush();
      sink.close();
    },
  };
}

/** The part of the section that the result tells. */
function factsOf(result: TrainingJobResult, tail: LogTail): Partial<TrainSection> {
  const failed = result.nodes.find(({ exitCode }) => exitCode !== 0);
  const node = failed ?? result.nodes[0];
  return {
    ...(node ? { exitCode: node.exitCode } : {}),
    ...(result.status === 'Completed' ? {} : { failureReason: result.failureReason ?? sentenceFor(result) }),
    ...(result.peakMemoryBytes === undefined ? {} : { peakMemoryBytes: result.peakMemoryBytes }),
    ...(result.cpuSeconds === undefined ? {} : { cpuSeconds: result.cpuSeconds }),
    logTail: failed ? failed.tail.map((line) => neutralise(line)) : tail.lines(),
  };
}

function sentenceFor({ secondaryStatus, nodes }: TrainingJobResult): string {
  if (secondaryStatus === 'MaxRuntimeExceeded') return `It ran longer than ${MAX_RUNTIME_SECONDS} seconds.`;
  const node = nodes.find(({ exitCode }) => exitCode !== 0);
  return node ? `${node.host} ended with exit code ${node.exitCode}.` : 'It was stopped.';
}

/** Brings home what the job left, also when it failed: half a model may explain why. Returns the bytes in the model folder. */
async function collect(job: RunningJob, folder: string, section: TrainSection): Promise<number> {
  const { results } = job;
  const entries = await results.modelEntries();
  const archives = [
    {
      kind: 'model' as const,
      name: 'model.tar.gz',
      saved: await results.saveModelArchive(join(folder, 'model.tar.gz')),
    },
    {
      kind: 'output' as const,
      name: 'output.tar.gz',
      saved: await results.saveOutputArchive(join(folder, 'output.tar.gz')),
    },
  ];
  const limits = { files: PICTURES_MAX, bytesPerFile: PICTURE_BYTES_MAX };
  const pictures = await results.saveOutputFiles(PICTURE_NAME, join(folder, 'pictures'), limits);
  const artifacts: Artifact[] = archives.flatMap(({ kind, name, saved }) => (saved ? [{ ...saved, kind, name }] : []));
  section.artifacts = [...artifacts, ...pictures.map((picture) => ({ ...picture, kind: 'picture' as const }))];
  return entries.reduce((sum, { type, sizeBytes }) => sum + (type === 'file' ? sizeBytes : 0), 0);
}

async function judge(
  { deps, inputs }: StepContext,
  section: TrainSection,
  modelBytes: number,
  result: TrainingJobResult,
): Promise<void> {
  if (result.status !== 'Completed') {
    const code = section.exitCode === undefined ? '' : `, exit code ${section.exitCode}`;
    throw new UserError(
      `The training ${result.status === 'Failed' ? 'failed' : 'was stopped'}${code}: ${neutralise(section.failureReason ?? '', 500)}`,
      {
        fix: fixFor(result),
        details: section.logTail.slice(-20),
      },
    );
  }
  const [{ shortcomings }, { progressLine }, units] = await Promise.all([
    import('../training/verdict'),
    import('../training/progress'),
    import('../report/units'),
  ]);
  const missing = shortcomings(modelBytes, section.metrics);
  if (missing.length > 0) {
    throw new UserError(`The training exited 0, but ${missing.map(({ message }) => message).join('; ')}.`, {
      fix: missing.map(({ fix }) => fix).join('\n'),
      details: section.logTail.slice(-20),
    });
  }
  const model = section.artifacts.find(({ kind }) => kind === 'model');
  if (model) deps.outputs.set('model-artifacts', model.path);
  const summary = progressLine(result.seconds, inputs.hyperparameters, section.metrics);
  deps.log.info(`Training completed: ${summary}${model ? ` · model ${units.size(model.sizeBytes)}` : ''}`);
}

function fixFor(result: TrainingJobResult): string {
  const node = result.nodes.find(({ exitCode }) => exitCode !== 0);
  if (node?.oomKilled) return 'It ran out of memory: take a smaller batch size or model, or a runner with more memory.';
  if (node?.startError !== undefined)
    return 'Correct ENTRYPOINT in the Dockerfile: the container must start with the argument `train`.';
  return /^AlgorithmError: , /.test(result.failureReason ?? 'AlgorithmError: , ')
    ? 'The last lines of its log say more; write the cause to /opt/ml/output/failure so that it is shown here.'
    : 'The container says why; the last lines of its log are below.';
}

/**
 * Leaves the folder that is uploaded complete: record and log beside the archives, both redacted, since whoever may read
 * the repository may read them. Its path is handed on, green or red.
 */
async function leave(context: StepContext, artifactFolder: string, tail: LogTail): Promise<void> {
  const { deps, record } = context;
  const { redact, redactRecord } = await import('../report/redact');
  const secrets = secretsOf(context);
  await Promise.all([
    writeFile(join(artifactFolder, 'record.json'), `${JSON.stringify(redactRecord(record, secrets), null, 2)}\n`),
    writeFile(join(artifactFolder, 'log-tail.txt'), `${redact(tail.lines().join('\n'), secrets)}\n`),
  ]);
  deps.outputs.set('artifact-path', artifactFolder);
}
