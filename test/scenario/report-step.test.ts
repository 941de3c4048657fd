import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startGitHub, type GitHubSandbox } from '../../sandbox/github/server';
import { realDeps, type Deps } from '../../src/deps';
import { parseInputs } from '../../src/inputs';
import type { RunRecord } from '../../src/record';
import { report } from '../../src/steps/report';
import { contractBroken, fork, green } from '../unit/report/records';

/** The step, with its real edges, against the sandbox's GitHub. */

let github: GitHubSandbox;
let folder: string;
let printed: string;

beforeEach(async () => {
  github = await startGitHub();
  github.createRepository('acme/histology');
  github.createUser('ada', { role: 'write' });
  for (let count = 0; count < 9; count += 1) {
    github.createPullRequest({ title: `Change ${count}`, author: 'ada', head: { ref: `change-${count}` } });
  }
  folder = await mkdtemp(join(tmpdir(), 'byoc-report-'));
  printed = '';
});
afterEach(async () => {
  expect(github.violations).toEqual([]);
  await github.close();
  await rm(folder, { recursive: true });
});

interface Ran {
  outputs: Record<string, string>;
  summary: string;
  markdown: string;
  json: RunRecord;
}

async function run(
  record: RunRecord,
  options: { token?: string; env?: Record<string, string>; secrets?: string } = {},
): Promise<Ran> {
  record.run.serverUrl = github.url;
  const outputs: Record<string, string> = {};
  let summary = '';
  const write = (text: string): void => void (printed += text);
  const env = { GITHUB_API_URL: github.url, ...options.env };
  const deps: Deps = {
    ...realDeps({ env, write, signal: new AbortController().signal }),
    outputs: { set: (name, value) => void (outputs[name] = value) },
    summary: (markdown) => Promise.resolve(void (summary += markdown)),
  };
  const inputs = parseInputs(
    JSON.stringify({ 'github-token': options.token ?? github.token(), secrets: options.secrets ?? '' }),
  );
  await report({ deps, inputs, record, folder, workspace: folder, save: () => Promise.resolve() });
  const markdown = await readFile(join(folder, 'report.md'), 'utf8');
  const json = JSON.parse(await readFile(join(folder, 'report.json'), 'utf8')) as RunRecord;
  return { outputs, summary, markdown, json };
}

const bodies = (number: number): string[] => github.comments(number).map(({ body }) => String(body));

describe('the report step', () => {
  it('writes files, summary, comment and outputs', async () => {
    const record = green();
    const artifact = `${github.url}/acme/histology/actions/runs/1/artifacts/2`;
    const { outputs, summary, markdown, json } = await run(record, { env: { BYOC_ARTIFACT_URL: artifact } });

    const [body = ''] = bodies(7);
    expect(body).toMatch(
      /^<!-- sagemaker-byoc-action:v1 key=5d41402abc4b2a76 run=19604417283 attempt=1 -->\n### ✅ Passed: val_acc/u,
    );
    expect(body).toContain(`[files](${artifact})`);
    expect(summary).toMatch(/^### ✅ Passed/u);
    expect(summary).toBe(markdown);
    expect(json.report?.commentUrl).toBe(outputs['comment-url']);
    expect(outputs).toEqual({
      verdict: 'passed',
      metrics: expect.any(String),
      'report-path': join(folder, 'report.md'),
      'comment-url': String(github.comments(7)[0]?.html_url),
      'training-job-status': 'Completed',
    });
    const metrics = JSON.parse(outputs.metrics ?? '') as Record<string, unknown>;
    expect(metrics).toMatchObject({ val_acc: { last: 0.9246, best: 0.9246 }, images_per_second: { last: 645.4798 } });
    expect(metrics['images_per_second']).not.toHaveProperty('best');
    expect(printed).toContain('Verdict: passed');
    expect(printed).not.toContain('::warning');
  });

  it('is not red for a step that failed before it', async () => {
    const { outputs } = await run(contractBroken());
    expect(outputs).toMatchObject({ verdict: 'failed', 'training-job-status': '' });
    expect(bodies(7)[0]).toContain('### ❌ Contract broken');
  });

  it("on a fork's pull request writes the summary alone, with the reason, and warns of nothing", async () => {
    const record = fork();
    delete record.report;
    const { outputs, summary } = await run(record);
    expect(github.requests).toEqual([]);
    expect(outputs['comment-url']).toBe('');
    expect(summary).toContain('> No comment: pull requests from forks get a token that may not comment');
    expect(printed).not.toContain('::warning');
  });

  it('with a token that may only read warns, and says so in the summary', async () => {
    const { summary, outputs } = await run(green(), { token: github.token({ permissions: 'read' }) });
    expect(outputs.verdict).toBe('passed');
    expect(summary).toContain('`permissions: pull-requests: write`');
    expect(printed).toMatch(/^::warning.*pull-requests: write/mu);
  });

  it('without a token writes the summary alone', async () => {
    const { summary } = await run(green(), { token: '' });
    expect(summary).toContain('No comment: the input `github-token` is empty');
  });

  it('believes only a link to its own server', async () => {
    const record = green();
    delete record.artifactUrl;
    await run(record, { env: { BYOC_ARTIFACT_URL: 'https://evil.example/artifacts/1' } });
    expect(bodies(7)[0]).not.toContain('evil.example');
    expect(record.artifactUrl).toBeUndefined();
  });

  it('lets no secret out, whatever printed it', async () => {
    const token = github.token();
    const record = contractBroken();
    record.errors.push({
      step: 'train',
      message: `said ${token}`,
      details: ['said value-of-pip', 'said value-of-env'],
      user: true,
    });
    const { markdown, json } = await run(record, {
      token,
      secrets: 'pip=value-of-pip\nenv=@MY_SECRET',
      env: { MY_SECRET: 'value-of-env' },
    });
    for (const text of [markdown, JSON.stringify(json), ...bodies(7)]) {
      for (const secret of [token, 'value-of-pip', 'value-of-env']) expect(text).not.toContain(secret);
    }
    expect(markdown).toContain('said ***');
  });
});
