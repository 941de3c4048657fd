import type { Clock } from '../../deps';
import type { CompiledMetric } from '../../training/metrics';
import type {
  Channel,
  CheckpointVolume,
  ContractRunner,
  Entry,
  InputChange,
  RunningJob,
  TrainingJobRequest,
  TrainingJobResult,
} from '../runner';
import { crashOf } from './crash';
import { LogReading } from './log-reading';
import { quoted } from './scorecard';

/** How long things may take, in seconds. Tests shorten them. */
export interface VerifyTimes {
  /** The undisturbed run on the sample. */
  mainRunSeconds: number;
  /** Between SIGTERM and SIGKILL, as on SageMaker. */
  stopGraceSeconds: number;
  /** The least that any of the further runs is given; they get three times the main run's time when that is more. */
  furtherRunSeconds: number;
}

export const DEFAULT_TIMES: VerifyTimes = { mainRunSeconds: 900, stopGraceSeconds: 120, furtherRunSeconds: 120 };

/** Shows the output of one run: opens a group, hands its sink to `body`, closes both. */
export type ShowRun = <T>(
  title: string,
  body: (line: (host: string, text: string) => void) => Promise<T>,
) => Promise<T>;

/** What all runs of a verify have in common. */
export interface Workbench {
  runner: ContractRunner;
  clock: Clock;
  show: ShowRun;
  times: VerifyTimes;
  image: string;
  jobName: string;
  region: string;
  hyperparameters: Readonly<Record<string, string>>;
  channels: readonly Channel[];
  environment: Readonly<Record<string, string>>;
  gpus: boolean;
  instanceCount: number;
  metrics: readonly CompiledMetric[];
  /** The image's ENTRYPOINT is in shell form, so that a shell is PID 1. */
  shellForm: boolean;
}

/** What differs from the main run. */
export type Variation = Partial<
  Pick<TrainingJobRequest, 'hyperparameters' | 'channels' | 'networkIsolation' | 'instanceCount' | 'entrypoint'>
> & {
  checkpoints?: CheckpointVolume;
  maxRuntimeSeconds: number;
  /** Called when the job has started; its own end is awaited too. */
  whileRunning?: (job: RunningJob, log: LogReading) => Promise<void>;
};

/** All that one run showed. */
export interface Observation {
  result: TrainingJobResult;
  /** The node that tells most: the first that failed, else the first. */
  exitCode: number;
  startError: string | undefined;
  tail: string[];
  model: Entry[];
  checkpoints: Entry[];
  failureText: string | undefined;
  inputChanges: InputChange[];
  log: LogReading;
  /** Including its preparation and gathering. */
  seconds: number;
}

/** Runs the image once, as SageMaker would, and gathers what it left. Nothing of the job is left behind. */
export async function observe(bench: Workbench, title: string, variation: Variation): Promise<Observation> {
  const { whileRunning, ...changes } = variation;
  const log = new LogReading(bench.metrics);
  const begun = bench.clock.seconds();
  const request: TrainingJobRequest = {
    image: bench.image,
    jobName: bench.jobName,
    region: bench.region,
    // The words of the SageMaker Python SDK's local mode.
    instanceType: bench.gpus ? 'local_gpu' : 'local',
    instanceCount: 1,
    hyperparameters: bench.hyperparameters,
    channels: bench.channels,
    environment: bench.environment,
    networkIsolation: false,
    gpus: bench.gpus,
    peerGraceSeconds: 5,
    ...changes,
  };
  return bench.show(title, async (show) => {
    const job = await bench.runner.start(request, (host, line, overwritten) => {
      log.read(line, bench.clock.now().getTime());
      // The states of a progress bar are read, but only its last one is worth showing.
      if (overwritten !== true) show(host, line);
    });
    try {
      const watching = whileRunning?.(job, log);
      // Whichever ends first with an error is the one that is thrown; the other must not go unheard.
      watching?.catch(() => undefined);
      const result = await job.done;
      await watching;
      const [model, checkpoints, failureText, inputChanges] = await Promise.all([
        job.results.modelEntries(),
        job.results.checkpointEntries(),
        job.results.failureText(),
        job.results.inputChanges(),
      ]);
      const telling = result.nodes.find(({ exitCode, startError }) => exitCode !== 0 || startError) ?? result.nodes[0];
      return {
        result,
        exitCode: telling?.exitCode ?? -1,
        startError: telling?.startError,
        tail: telling?.tail ?? [],
        model,
        checkpoints,
        failureText,
        inputChanges,
        log,
        seconds: bench.clock.seconds() - begun,
      };
    } finally {
      await job.dispose();
    }
  });
}

/** Whether training ended well, as SageMaker sees it. */
export function succeeded(run: Observation): boolean {
  return run.result.status === 'Completed';
}

/** Files and links, without folders. */
export function modelFiles(run: Observation): Entry[] {
  return run.model.filter(({ type }) => type !== 'directory');
}

/** What a failed run says of its cause, see {@link crashOf}. */
export function lastWords(run: Observation): string {
  if (run.startError !== undefined) return quoted(run.startError, 300);
  const crash = crashOf(run.tail, run.failureText);
  return crash === undefined ? 'it printed nothing' : quoted(crash.error, 300);
}

/** How a run ended, in a few words. */
export function ending(run: Observation): string {
  if (run.startError !== undefined) return 'could not be started';
  if (run.result.secondaryStatus === 'MaxRuntimeExceeded') return `still ran after ${Math.round(run.seconds)} s`;
  if (run.result.nodes.some(({ oomKilled }) => oomKilled)) return `exit code ${run.exitCode}, out of memory`;
  return `exit code ${run.exitCode}`;
}

/** Lines of a log kept as the proof of a verdict. */
const LOG_LINES = 20;
const LOG_LINE_CHARACTERS = 500;

/** The last lines of a run, for the report. Untrusted. What the engine says of a program it cannot start is the proof itself. */
export function logOf(run: Observation): string[] {
  if (run.startError !== undefined) return [];
  return run.tail.slice(-LOG_LINES).map((line) => line.slice(0, LOG_LINE_CHARACTERS));
}

/** The time a further run gets. */
export function furtherRunSeconds(bench: Workbench, mainRun: Observation): number {
  return Math.ceil(Math.max(bench.times.furtherRunSeconds, 3 * mainRun.seconds));
}
