import type { CheckId, CheckResult, MetricSeries, RunRecord } from '../../../src/record';

/** Realistic records, one for each way in which a run ends. Each call makes a fresh one. */

const SHA = 'a1b2c3d4e5f60718293a4b5c6d7e8f9001122334';

const TITLES: Record<string, [string, string]> = {
  'train-argument': ['Exits 0 when started with the argument `train`', 'exit code 0 after 6.1 s'],
  hyperparameters: [
    'Reads hyperparameters as strings',
    'read `epochs`, `batch-size`, `model` from `/opt/ml/input/config/hyperparameters.json`',
  ],
  channels: ['Reads its data from the channels', '48 files read below `/opt/ml/input/data/train`'],
  model: ['Leaves a model in `/opt/ml/model`', '3 files, 1.9 MB, archived as `model.tar.gz`'],
  failure: [
    'Says why it failed',
    '`/opt/ml/output/failure` says: hyperparameter epochs: "minus one" is not a whole number',
  ],
  metrics: ['Prints every declared metric', '4 of 4 regexes matched: `train_loss`, `val_loss`, `train_acc`, `val_acc`'],
  stop: ['Ends within 120 s of SIGTERM', 'ended 0.8 s after SIGTERM with a model in place'],
  resume: ['Goes on from its checkpoint', 'second run began at epoch 2 of 3'],
  offline: ['Trains without the network', 'exit code 0 on a network without a way out'],
  user: ['Works as the user it runs as', 'runs as root; all of `/opt/ml` was writable'],
  nodes: ['Finds the other nodes', 'one node only'],
  serve: ['Answers `/ping` and `/invocations`', 'nothing is delivered'],
  platform: ['Is built for linux/amd64', '`linux/amd64`'],
  secrets: ['Has no secrets in its history', '14 layers and 21 variables searched'],
};

export function checks(changes: Partial<Record<string, Partial<CheckResult>>> = {}): CheckResult[] {
  const required = new Set([
    'train-argument',
    'hyperparameters',
    'channels',
    'model',
    'failure',
    'metrics',
    'platform',
    'secrets',
  ]);
  return Object.entries(TITLES).map(([id, [title, proof]], index) => ({
    id: id as CheckId,
    title,
    required: required.has(id),
    verdict: 'pass',
    seconds: 0.4 + ((index * 37) % 23) / 7,
    proof,
    ...changes[id],
  }));
}

export function series(name: string, values: readonly number[]): MetricSeries {
  const last = values.at(-1);
  return {
    name,
    regex: `${name}: ([0-9.]+)`,
    ...(last === undefined ? {} : { last }),
    points: values.map((value, step) => ({ step, timeMilliseconds: 1_795_000_000_000 + step * 2_100, value })),
    count: values.length,
    dropped: 0,
  };
}

function base(): RunRecord {
  const run = (reason: string): { run: boolean; reason: string } => ({ run: true, reason });
  return {
    version: 1,
    id: '0f3a9c51d2e7',
    startedAt: '2026-11-23T04:30:00.000Z',
    run: {
      repository: 'acme/histology',
      workflow: 'train',
      job: 'train',
      runId: '19604417283',
      runAttempt: 1,
      serverUrl: 'https://github.com',
      eventName: 'pull_request',
    },
    commentKey: '5d41402abc4b2a76',
    dryRun: false,
    plan: {
      sha: SHA,
      because: 'pull request #7 got a new push',
      pullRequest: { number: 7, fork: false, base: 'main', head: 'deeper-network' },
      build: run('the pull request has code to try'),
      verify: run('an image is only used when it keeps the contract'),
      train: run('`train-on` has `pull_request`'),
      report: run('always'),
      comment: run('the token may comment on #7'),
      notices: [],
    },
    errors: [],
  };
}

export function built(record: RunRecord): RunRecord {
  const layer = (createdBy: string, sizeBytes: number): { createdBy: string; sizeBytes: number } => ({
    createdBy,
    sizeBytes,
  });
  record.build = {
    startedAt: '2026-11-23T04:30:02.000Z',
    seconds: 14.2,
    builder: 'buildx 0.13.1',
    imageId: 'sha256:9b2c51a3a0d64b0f8f1c8a2f6f0f7f4f3f0a4f7d5f0d9d4d1d6f7a9e2b4c6d80',
    reference: 'byoc/histology:a1b2c3d4e5f6',
    platform: 'linux/amd64',
    sizeBytes: 1_361_234_567,
    layers: [
      layer('RUN /bin/sh -c pip install --no-cache-dir -r requirements.txt', 912_334_021),
      layer('ADD rootfs.tar.xz /', 128_422_900),
      layer('COPY src/ /opt/program/', 48_221),
      layer(
        'RUN /bin/sh -c apt-get update && apt-get install -y --no-install-recommends libgl1 | tee /tmp/log',
        320_429_425,
      ),
      layer('ENTRYPOINT ["python3","/opt/program/train.py"]', 0),
      layer('WORKDIR /opt/program', 0),
    ],
    entrypoint: ['python3', '/opt/program/train.py'],
    cmd: null,
    user: '',
    workingDir: '/opt/program',
    cachedSteps: 9,
    totalSteps: 12,
  };
  return record;
}

export function verified(record: RunRecord, changes: Parameters<typeof checks>[0] = {}): RunRecord {
  const list = checks({
    nodes: { verdict: 'skipped', seconds: 0, proof: '', reason: '`instance-count` is 1' },
    serve: { verdict: 'skipped', seconds: 0, proof: '', reason: 'nothing is delivered' },
    ...changes,
  });
  record.verify = {
    startedAt: '2026-11-23T04:30:17.000Z',
    seconds: 31.4,
    level: 'standard',
    checks: list,
    passed: !list.some((check) => check.required && check.verdict === 'fail'),
  };
  return record;
}

export function trained(record: RunRecord): RunRecord {
  const curve = (from: number, to: number, wobble: number): number[] =>
    Array.from({ length: 15 }, (_, epoch) =>
      Number((to + (from - to) * Math.exp(-epoch / 4) + wobble * Math.sin(epoch * 2.3)).toFixed(4)),
    );
  record.train = {
    startedAt: '2026-11-23T04:30:49.000Z',
    seconds: 52.3,
    backend: 'runner',
    status: 'Completed',
    instanceCount: 1,
    gpus: false,
    exitCode: 0,
    hyperparameters: { epochs: '15', 'batch-size': '64', 'learning-rate': '1e-3', model: 'tiny', seed: '007' },
    channels: [
      { name: 'train', files: 1_431, sizeBytes: 2_204_118, mode: 'File' },
      { name: 'test', files: 402, sizeBytes: 611_200, mode: 'File' },
    ],
    metrics: [
      series('train_loss', curve(1.08, 0.19, 0.01)),
      series('val_loss', curve(1.02, 0.31, 0.03)),
      series('train_acc', curve(0.41, 0.962, 0.006)),
      series('val_acc', curve(0.44, 0.931, 0.012)),
      series('images_per_second', curve(611, 640, 9)),
    ],
    artifacts: [
      {
        name: 'model.tar.gz',
        path: '/home/runner/work/_temp/byoc-x/model.tar.gz',
        sizeBytes: 1_921_004,
        sha256: '3a7bd3e2360a3d29eea436fcfb7e44c735d117c42d1c1835420b6b9942dd4f1b',
        kind: 'model',
      },
      {
        name: 'confusion_matrix.png',
        path: '/home/runner/work/_temp/byoc-x/confusion_matrix.png',
        sizeBytes: 18_233,
        sha256: 'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c',
        kind: 'picture',
      },
    ],
    peakMemoryBytes: 812_334_080,
    cpuSeconds: 96.2,
    logTail: [
      '[epoch 15] train_loss: 0.2112 val_loss: 0.3202 train_acc: 0.955 val_acc: 0.921',
      'saved /opt/ml/model/model.pth',
    ],
  };
  record.artifactUrl = `https://github.com/${record.run.repository}/actions/runs/${record.run.runId}/artifacts/4410028371`;
  return record;
}

export const green = (): RunRecord => trained(verified(built(base())));

export function notTrained(): RunRecord {
  const record = verified(built(base()), {
    stop: {
      verdict: 'fail',
      proof: 'still running 120 s after SIGTERM; it was killed',
      fix: 'Handle SIGTERM in your training program, or start it with `exec` so that it gets the signal. Spot training needs it.',
    },
  });
  record.plan.train = { run: false, reason: 'add the label `train` to this pull request, or comment `/train`' };
  return record;
}

export function buildFailed(): RunRecord {
  const record = base();
  record.errors.push({
    step: 'build',
    message: 'the Dockerfile failed in line 7: `RUN pip install -r requirements.txt` (exit code 1)',
    fix: 'Mend that line. `torchvison` is no package on PyPI; the log above shows all of its output.',
    details: [
      'Dockerfile:7',
      '   5 |     COPY src/requirements.txt .',
      '   6 |     ',
      '   7 | >>> RUN pip install --no-cache-dir -r requirements.txt',
      '   8 |     COPY src/ /opt/program/',
      '',
      'Collecting torch==2.6.0 (from -r requirements.txt (line 1))',
      'ERROR: Could not find a version that satisfies the requirement torchvison==0.21.0 (from versions: none)',
      'ERROR: No matching distribution found for torchvison==0.21.0',
    ],
    user: true,
  });
  return record;
}

export function wrongTree(): RunRecord {
  const record = base();
  record.errors.push({
    step: 'build',
    message: "the checked-out tree is commit `9f8e7d6c5b4a`, not the pull request's head `a1b2c3d4e5f6`",
    fix: 'Check out the head in the step before:\n  - uses: actions/checkout@v6\n    with:\n      ref: ${{ github.event.pull_request.head.sha }}',
    details: [],
    user: true,
  });
  return record;
}

export function contractBroken(): RunRecord {
  const record = verified(built(base()), {
    metrics: {
      verdict: 'fail',
      proof: 'no line matched `val_acc: ([0-9.]+)` in 212 lines; the nearest was "validation accuracy = 0.91"',
      fix: 'Print `val_acc: 0.91`, or write the regex as `val_acc=validation accuracy = ([0-9.]+)` in `metric-definitions`.',
    },
    model: {
      verdict: 'fail',
      proof: '`/opt/ml/model` was empty after exit code 0',
      fix: 'Save the model below the folder in `SM_MODEL_DIR` (`/opt/ml/model`); SageMaker uploads nothing else.',
    },
    resume: {
      verdict: 'skipped',
      seconds: 0,
      proof: '',
      reason: 'no model was written, so there is nothing to resume to',
    },
  });
  record.errors.push({
    step: 'verify',
    message: 'Contract broken: metrics, model',
    details: [],
    user: true,
  });
  return record;
}

export function trainingFailed(): RunRecord {
  const record = trained(verified(built(base())));
  delete record.artifactUrl;
  const train = record.train;
  if (!train) throw new Error('the fixture has a training');
  train.status = 'Failed';
  train.seconds = 371;
  train.exitCode = 1;
  train.artifacts = [];
  train.metrics = [series('train_loss', [1.08]), series('val_loss', [])];
  train.failureReason =
    'CUDA out of memory. Tried to allocate 2.50 GiB. GPU 0 has a total capacity of 22.19 GiB of which 1.02 GiB is free.\n' +
    'Traceback (most recent call last):\n  File "/opt/program/train.py", line 211, in <module>\n    main()\n' +
    'torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.50 GiB.';
  train.logTail = [
    ...Array.from(
      { length: 30 },
      (_, batch) => `[epoch 1] batch ${batch + 1}/812 loss: ${(1.2 - batch * 0.01).toFixed(3)}`,
    ),
    'Traceback (most recent call last):',
    '  File "/opt/program/train.py", line 211, in <module>',
    '    main()',
    '  File "/opt/program/train.py", line 174, in main',
    '    loss.backward()',
    'torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.50 GiB. GPU 0 has a total capacity of 22.19 GiB',
  ];
  record.errors.push({
    step: 'train',
    message: 'Training failed with exit code 1',
    fix: 'Halve `batch-size` in `hyperparameters` (now 64).',
    details: [],
    user: true,
  });
  return record;
}

export function cancelled(): RunRecord {
  const record = trained(verified(built(base())));
  delete record.artifactUrl;
  const train = record.train;
  if (!train) throw new Error('the fixture has a training');
  train.status = 'Stopped';
  train.seconds = 184;
  delete train.exitCode;
  train.artifacts = [];
  train.metrics = train.metrics.map(({ name, points }) =>
    series(
      name,
      points.slice(0, 6).map(({ value }) => value),
    ),
  );
  record.cancelled = { step: 'train', signal: 'SIGINT', at: '2026-11-23T04:34:00.000Z' };
  return record;
}

export function fork(): RunRecord {
  const record = green();
  const reason = 'pull requests from forks get a token that may not comment';
  record.plan.pullRequest = { number: 9, fork: true, base: 'main', head: 'patch-1' };
  record.plan.comment = { run: false, reason };
  record.plan.notices = [
    'This pull request comes from a fork: no secrets, no AWS, no comment; the job summary has the report.',
  ];
  record.report = { path: '/tmp/report.md', commentSkipped: reason };
  return record;
}

export function nothingToDo(): RunRecord {
  const record = base();
  const reason = 'the label that was added is not `train`';
  for (const step of ['build', 'verify', 'train'] as const) record.plan[step] = { run: false, reason };
  record.plan.because = 'a label was added to pull request #7';
  return record;
}

/** By name, for tables and pictures. */
export const RECORDS = {
  green,
  notTrained,
  buildFailed,
  wrongTree,
  contractBroken,
  trainingFailed,
  cancelled,
  fork,
  nothingToDo,
} satisfies Record<string, () => RunRecord>;
