import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { clientEnvironment } from '../../src/contract/client-environment';
import { realDeps } from '../../src/deps';
import { realExec, type RunningProcess } from '../../src/process';
import { cleanup } from '../../src/steps/cleanup';

const exec = realExec(process.env);
let folder: string;
let id: string;
let record: string;
let printed = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'byoc-test-'));
  id = randomBytes(6).toString('hex');
  record = join(folder, 'record.json');
  printed = '';
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function leftovers(): Promise<string[]> {
  const found = await Promise.all(
    [
      ['ps', '-aq'],
      ['volume', 'ls', '-q'],
      ['network', 'ls', '-q'],
    ].map((args) => exec.run('docker', [...args, '--filter', `label=byoc.run=${id}`])),
  );
  return found.flatMap(({ stdout }) => stdout.split('\n').filter((line) => line !== ''));
}

function clean(env: Record<string, string | undefined> = {}): Promise<void> {
  const write = (text: string): void => void (printed += text);
  const signal = new AbortController().signal;
  return cleanup(realDeps({ env: { ...process.env, BYOC_RECORD: record, ...env }, write, signal }));
}

/** A process of its own runs a job of two nodes, and is killed after `milliseconds` or at its first line. */
async function killedRun(milliseconds?: number): Promise<void> {
  const script = join(folder, 'run.ts');
  const root = new URL('../../src/', import.meta.url).pathname;
  await writeFile(
    script,
    `import { createContractRunner } from ${JSON.stringify(`${root}contract/runner`)};
     import { realExec } from ${JSON.stringify(`${root}process`)};
     const clock = { now: () => new Date(), seconds: () => performance.now() / 1000, sleep: (ms: number) => new Promise<void>((r) => setTimeout(r, ms)) };
     const runner = createContractRunner({ exec: realExec(process.env), clock, runId: '${id}', signal: new AbortController().signal });
     process.stdout.write('up\\n');
     await runner.createCheckpointVolume();
     await runner.start({ image: 'sagemaker-byoc-base:cpu', jobName: 'j', region: 'us-east-1', instanceType: 'ml.m5.large', instanceCount: 2,
       hyperparameters: {}, channels: [], environment: {}, entrypoint: ['/bin/sh', '-c', 'echo ready; exec sleep 90'], networkIsolation: false,
       gpus: false, maxRuntimeSeconds: 90 }, () => process.stdout.write('ready\\n'));`,
  );
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  const tsx = new URL('../../node_modules/tsx/dist/cli.mjs', import.meta.url).pathname;
  const loader = tsx.replace('cli.mjs', 'loader.mjs');
  const child = spawn(process.execPath, ['--import', loader, script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const awaited = milliseconds === undefined ? 'ready' : 'up';
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => (chunk.toString().includes(awaited) ? resolve() : undefined));
    child.once('exit', () => reject(new Error('ended by itself')));
  });
  await sleep(milliseconds ?? 0);
  child.kill('SIGKILL');
}

const cutOff = (): string =>
  JSON.stringify({
    version: 1,
    id,
    errors: [],
    dryRun: false,
    running: 'verify',
    plan: { build: { run: false }, verify: { run: true }, train: { run: true }, report: { run: true } },
  });

it('removes what a killed run has left, marks the record, and can run again', async () => {
  await writeFile(record, cutOff());
  await killedRun();
  expect((await leftovers()).length).toBeGreaterThan(3);
  await clean();
  expect(await leftovers()).toEqual([]);
  expect(JSON.parse(await readFile(record, 'utf8'))).toMatchObject({
    cancelled: { step: 'verify', signal: 'SIGKILL' },
  });
  await clean();
  expect(await leftovers()).toEqual([]);
}, 60_000);

it.each([20, 200, 500])(
  'catches what comes late: killed %i ms after it began',
  async (milliseconds) => {
    await writeFile(record, cutOff());
    await killedRun(milliseconds);
    await clean();
    await sleep(500);
    expect(await leftovers()).toEqual([]);
  },
  60_000,
);

it('finds the label in a broken record', async () => {
  await writeFile(record, `{ "version": 1, "id": "${id}", "startedAt": "20`);
  await exec.run('docker', ['volume', 'create', '--label', `byoc.run=${id}`]);
  await clean();
  expect(await leftovers()).toEqual([]);
}, 60_000);

it('ends what a killed step left running, whatever it does with SIGTERM, and nothing else', async () => {
  await writeFile(record, cutOff());
  await mkdir(join(folder, 'byoc-env-abc'));
  await writeFile(join(folder, 'byoc-env-abc', 'env'), 'GOPATH=secret\n');
  const start = (script: string, path: string): RunningProcess =>
    realExec({ ...process.env, BYOC_RECORD: path }).spawn('bash', ['-c', script]);
  const ours = [
    start('sleep 61 & echo up; wait', record),
    start('trap "" TERM; echo up; while :; do sleep 0.1; done', record),
  ];
  const other = start('exec sleep 62', `${record}.other`);
  try {
    await Promise.all(ours.map(({ stdout }) => once(stdout, 'data')));
    await clean();
    expect(await Promise.all(ours.map(({ exit }) => exit))).toEqual([143, 137]);
    // The child of ours as well: it had the environment too.
    expect(printed).toMatch(/Ended what a killed step had left running \(processes: (?:[4-9]|\d\d+)\)/);
    process.kill(other.pid ?? 0, 0);
    expect(await readdir(folder)).toEqual(['record.json']);
  } finally {
    other.kill('SIGKILL');
    await other.exit;
  }
}, 60_000);

it('keeps variables that the client would obey in the run’s folder while it uses them', async () => {
  const { args, remove } = await clientEnvironment(
    { GOPATH: '/x', RUNNER_TRACKING_ID: 'y', PLAIN: 'z' },
    folder,
    folder,
  );
  const file = args[args.indexOf('--env-file') + 1] ?? '';
  expect(file.startsWith(join(folder, 'byoc-env-'))).toBe(true);
  expect(await readFile(file, 'utf8')).toBe('GOPATH=/x\nRUNNER_TRACKING_ID=y\n');
  await remove();
  expect(await readdir(folder)).toEqual([]);
});

it('is content without a record, a plan, or an engine', async () => {
  await clean();
  await clean({ BYOC_RECORD: undefined });
  await writeFile(record, cutOff());
  await clean({ DOCKER_HOST: 'unix:///nowhere/docker.sock' });
  expect(printed).toContain('does not answer');
}, 60_000);
