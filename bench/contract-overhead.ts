/**
 * What the contract runner costs over the bare `docker run` of the same container, both in this one run.
 *
 *     npx tsx bench/contract-overhead.ts [image] [rounds]
 *
 * Prints a table (milliseconds); asserts nothing. The command must exist in the image: `true`.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createContractRunner, type TrainingJobRequest } from '../src/contract/runner';
import { realExec } from '../src/process';

const image = process.argv[2] ?? 'sagemaker-byoc-base:cpu';
const rounds = Number(process.argv[3] ?? 7);

const exec = realExec(process.env);
const sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    });
  });
const clock = { now: () => new Date(), seconds: () => performance.now() / 1000, sleep };
const runner = createContractRunner({
  exec,
  clock,
  runId: `bench-${randomBytes(4).toString('hex')}`,
  signal: new AbortController().signal,
});

const data = await mkdtemp(join(tmpdir(), 'byoc-bench-'));
await mkdir(join(data, 'images'));
for (let index = 0; index < 1000; index += 1) {
  await writeFile(join(data, 'images', `${index}.jpg`), randomBytes(10_000));
}

function request(parts: Partial<TrainingJobRequest> = {}): TrainingJobRequest {
  return {
    image,
    jobName: 'bench',
    region: 'us-east-1',
    instanceType: 'ml.m5.large',
    instanceCount: 1,
    hyperparameters: { epochs: '1' },
    channels: [],
    environment: {},
    entrypoint: ['true'],
    networkIsolation: false,
    gpus: false,
    maxRuntimeSeconds: 60,
    ...parts,
  };
}

async function bare(args: readonly string[]): Promise<void> {
  const ended = await exec.run('docker', ['run', '--rm', ...args, '--entrypoint', 'true', image]);
  if (ended.exitCode !== 0) throw new Error(ended.stderr);
}

async function contract(parts: Partial<TrainingJobRequest> = {}): Promise<void> {
  const job = await runner.start(request(parts), () => undefined);
  const result = await job.done;
  if (result.status !== 'Completed') throw new Error(result.failureReason ?? result.status);
  await job.results.saveModelArchive(join(data, 'model.tar.gz'));
  await job.dispose();
}

const channels = [{ name: 'train', path: join(data, 'images'), mode: 'File' as const }];
const cases: [string, () => Promise<void>][] = [
  ['docker run --rm', () => bare([])],
  ['docker run --rm --network none', () => bare(['--network', 'none'])],
  ['docker run --rm -v 1000 files', () => bare(['-v', `${data}/images:/opt/ml/input/data/train`])],
  ['contract, isolated', () => contract({ networkIsolation: true })],
  ['contract, network of its own', () => contract()],
  ['contract, 1000 files of 10 kB (File)', () => contract({ channels })],
  [
    'contract, 1000 files of 10 kB (FastFile)',
    () => contract({ channels: [{ name: 'train', path: join(data, 'images'), mode: 'FastFile' }] }),
  ],
  ['contract, two nodes', () => contract({ instanceCount: 2 })],
];

const times = new Map<string, number[]>(cases.map(([name]) => [name, []]));
try {
  // Side by side, so that whatever else the machine does falls on all alike; the first round warms up.
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, body] of cases) {
      const begun = performance.now();
      await body();
      if (round > 0) times.get(name)?.push(performance.now() - begun);
    }
  }
} finally {
  await runner.removeAll();
  await rm(data, { recursive: true, force: true });
}

const row = (...cells: (string | number)[]): string =>
  cells.map((cell, index) => (index === 0 ? String(cell).padEnd(44) : String(cell).padStart(8))).join('');
console.log(row('ms', 'least', 'median', 'most', '+bare'));
const sorted = (name: string): number[] => [...(times.get(name) ?? [])].sort((a, b) => a - b);
const median = (values: readonly number[]): number => values[Math.floor(values.length / 2)] ?? NaN;
const base = median(sorted('docker run --rm'));
for (const [name] of cases) {
  const values = sorted(name);
  console.log(
    row(
      name,
      ...[values[0] ?? NaN, median(values), values.at(-1) ?? NaN, median(values) - base].map((value) =>
        Math.round(value),
      ),
    ),
  );
}
