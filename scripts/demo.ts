/**
 * The whole journey on this machine, with no account: a pull request is opened in the sandbox's GitHub, the sandbox's
 * runner executes `action.yml` on it, and what a user would see is left in `out/`.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { RunRecord } from '../src/record';
import { startGitHub, type GitHubSandbox } from '../sandbox/github/server';
import { runAction, type JobResult } from '../sandbox/runner';

const REPOSITORY = 'pathology-lab/gland-classifier';
const WORKFLOW = '.github/workflows/train.yml';
const root = resolve(import.meta.dirname, '..');
const out = join(root, 'out');

/** What a workflow of a user would write below `with:`. */
function inputs(): Record<string, string> {
  const baseImage = process.env['BYOC_BASE_IMAGE'] ?? '';
  return {
    context: 'container',
    'build-args': baseImage === '' ? '' : `BASE_IMAGE=${baseImage}`,
    'train-on': 'pull_request',
    'input-data-config': 'train=container/sample/train\ntest=container/sample/test',
    'verify-channels': 'train=container/sample/train\ntest=container/sample/test',
    hyperparameters: 'model=tiny\nimage-size=16\nepochs=15\nbatch-size=32\nlr=0.003\naugment=flip-rotate\nseed=7',
    'verify-hyperparameters': 'epochs=6',
    'metric-definitions': [
      'train_loss=train_loss: ([0-9.eE+-]+)',
      'val_loss=val_loss: ([0-9.eE+-]+)',
      'val_acc=val_acc: ([0-9.eE+-]+)',
      'val_balanced_acc=val_balanced_acc: ([0-9.eE+-]+)',
    ].join('\n'),
  };
}

/** A repository of a user's: `main` has a README, the branch adds the container. */
function makeWorkspace(folder: string): { base: string; head: string } {
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=Robin', '-c', 'user.email=robin@example.org', ...args], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  git('init', '--quiet', '--initial-branch=main');
  writeFileSync(join(folder, 'README.md'), '# Gland classifier\n');
  git('add', '.');
  git('commit', '--quiet', '--message', 'Begin');
  const base = git('rev-parse', 'HEAD');
  git('switch', '--quiet', '--create', 'own-container');
  // What git would carry: not what a linter or Python left beside it.
  const tracked = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', 'container'], {
    cwd: root,
    encoding: 'utf8',
  });
  for (const path of tracked.split('\0').filter((name) => name !== '' && existsSync(join(root, name)))) {
    cpSync(join(root, path), join(folder, path));
  }
  mkdirSync(join(folder, '.github/workflows'), { recursive: true });
  copyFileSync(join(root, 'examples/pull-request.yml'), join(folder, WORKFLOW));
  git('add', '.');
  git('commit', '--quiet', '--message', 'Train in our own container');
  return { base, head: git('rev-parse', 'HEAD') };
}

function openPullRequest(github: GitHubSandbox, commits: { base: string; head: string }): unknown {
  github.createRepository(REPOSITORY, { organization: true, description: 'Which pixels are gland?' });
  github.createUser('robin', { role: 'write' });
  const { number } = github.createPullRequest({
    title: 'Train in our own container',
    body: 'Moves training from the notebook into a container of our own, on the colon tiles.',
    author: 'robin',
    base: { ref: 'main', sha: commits.base },
    head: { ref: 'own-container', sha: commits.head },
  }) as { number: number };
  return github.event('pull_request', { action: 'opened', number });
}

function leave(result: JobResult, github: GitHubSandbox): [string, string][] {
  const left: [string, string][] = [];
  const keep = (name: string, from: string | undefined): void => {
    if (!from || !existsSync(from)) return;
    copyFileSync(from, join(out, name));
    left.push([`out/${name}`, name]);
  };
  writeFileSync(join(out, 'pull-request.html'), github.page(1, { inlineAssets: true }));
  left.push(['out/pull-request.html', 'pull-request.html']);
  keep('report.md', result.outputs['report-path']);
  keep('record.json', result.outputs['record-path']);
  keep('model.tar.gz', result.outputs['model-artifacts']);
  keep('log.txt', result.logPath);
  return left;
}

async function demo(): Promise<number> {
  const began = performance.now();
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const temporary = mkdtempSync(join(tmpdir(), 'byoc-demo-'));
  const workspace = join(temporary, 'workspace');
  const runnerTemp = join(temporary, 'runner');
  mkdirSync(workspace);
  mkdirSync(runnerTemp);
  const cancel = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => cancel.abort());

  const github = await startGitHub();
  try {
    const payload = openPullRequest(github, makeWorkspace(workspace));
    console.log(`Pull request #1 is open in the sandbox (${github.url}); running action.yml on it.\n`);
    const result = await runAction({
      actionPath: root,
      workspace,
      runnerTemp,
      inputs: inputs(),
      event: { name: 'pull_request', payload },
      token: github.token({ permissions: { issues: 'write', pull_requests: 'write' } }),
      env: {
        GITHUB_REPOSITORY: REPOSITORY,
        GITHUB_API_URL: github.url,
        GITHUB_SERVER_URL: github.url,
        GITHUB_WORKFLOW: 'Train',
        GITHUB_JOB: 'train',
        // What it stands in for: a pull request's job on a hosted runner.
        RUNNER_ENVIRONMENT: 'github-hosted',
        ...(process.env['DOCKER_HOST'] ? { DOCKER_HOST: process.env['DOCKER_HOST'] } : {}),
      },
      signal: cancel.signal,
      outputListener: (line) => console.log(line),
    });
    const left = leave(result, github);
    summarise(result, github, left, (performance.now() - began) / 1000);
    return result.status === 'success' && result.outputs['verdict'] === 'passed' ? 0 : 1;
  } finally {
    await github.close();
    rmSync(temporary, { recursive: true, force: true });
  }
}

function summarise(result: JobResult, github: GitHubSandbox, left: [string, string][], seconds: number): void {
  const record = existsSync(join(out, 'record.json'))
    ? (JSON.parse(readFileSync(join(out, 'record.json'), 'utf8')) as RunRecord)
    : undefined;
  const checks = record?.verify?.checks.filter(({ id }) => !id.startsWith('lint-')) ?? [];
  const count = (verdict: string): number => checks.filter((check) => check.verdict === verdict).length;
  const metrics = record?.train?.metrics.map(({ name, last }) => `${name} ${last?.toFixed(3) ?? '–'}`).join(', ');
  const rows: [string, string][] = [
    ['verdict', result.outputs['verdict'] ?? result.status],
    ['image', `${record?.build?.imageId.slice(7, 19) ?? '–'}, built in ${record?.build?.seconds.toFixed(0) ?? '–'} s`],
    [
      'contract',
      `${count('pass')} kept, ${count('fail')} broken, ${count('skipped')} skipped, in ${record?.verify?.seconds.toFixed(0) ?? '–'} s`,
    ],
    ['training', `${record?.train?.status ?? 'none'} in ${record?.train?.seconds.toFixed(0) ?? '–'} s`],
    ['metrics', metrics ?? '–'],
    ['comments', `${github.comments(1).length} on pull request #1`],
    ['time', `${seconds.toFixed(0)} s in all`],
    ...left.map(([path]): [string, string] => ['', path]),
  ];
  console.log('');
  for (const [name, value] of rows) console.log(`  ${name.padEnd(10)}${value}`);
  console.log('\nOpen out/pull-request.html in a browser to see what a reviewer sees.');
}

process.exitCode = await demo();
