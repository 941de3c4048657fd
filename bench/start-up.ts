/**
 * How much later a step starts than node itself: `node dist/index.js plan` beside `node -e 0`, taken in turn in one run.
 *
 *     npx tsx bench/start-up.ts [rounds]
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const rounds = Number(process.argv[2] ?? 40);
const folder = mkdtempSync(join(tmpdir(), 'bench-start-up-'));
const workspace = join(folder, 'workspace');
mkdirSync(workspace);
writeFileSync(join(workspace, 'Dockerfile'), 'FROM scratch\n');

const examples = createRequire(import.meta.url)('@octokit/webhooks-examples') as {
  name: string;
  examples: { action?: string }[];
}[];
const payload = examples
  .find(({ name }) => name === 'pull_request')
  ?.examples.find(({ action }) => action === 'opened');
writeFileSync(join(folder, 'event.json'), JSON.stringify(payload));

const env = {
  PATH: process.env['PATH'] ?? '',
  HOME: folder,
  BYOC_INPUTS: JSON.stringify({ context: '.', hyperparameters: 'epochs=3\nlr=1e-3', 'github-token': 'none' }),
  GITHUB_EVENT_NAME: 'pull_request',
  GITHUB_EVENT_PATH: join(folder, 'event.json'),
  GITHUB_WORKSPACE: workspace,
  GITHUB_OUTPUT: join(folder, 'output'),
  GITHUB_SHA: 'a'.repeat(40),
  RUNNER_TEMP: folder,
  RUNNER_ENVIRONMENT: 'github-hosted',
};
writeFileSync(env.GITHUB_OUTPUT, '');

function milliseconds(args: string[]): number {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
  const spent = performance.now() - start;
  if (status !== 0) throw new Error(`node ${args.join(' ')} exited ${String(status)}:\n${stdout}${stderr}`);
  return spent;
}

const plan = [resolve('dist/index.js'), 'plan'];
const bare: number[] = [];
const ours: number[] = [];
try {
  milliseconds(plan);
  for (let round = 0; round < rounds; round += 1) {
    bare.push(milliseconds(['-e', '0']));
    ours.push(milliseconds(plan));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const quantile = (values: number[], q: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))] ?? NaN;
const row = (name: string, values: number[]): Record<string, string> => ({
  what: name,
  'least ms': quantile(values, 0).toFixed(1),
  'median ms': quantile(values, 0.5).toFixed(1),
  'p90 ms': quantile(values, 0.9).toFixed(1),
});
console.log(`node ${process.version}, ${rounds} rounds in turn`);
console.table([row('node -e 0', bare), row('node dist/index.js plan', ours)]);
console.log(`plan above bare node: ${(quantile(ours, 0.5) - quantile(bare, 0.5)).toFixed(1)} ms (aim: 60)`);
