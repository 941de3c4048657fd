import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startGitHub, type GitHubSandbox } from '../../sandbox/github/server';
import { createGitHubClient } from '../../src/github';
import { upsertComment, type CommentOutcome } from '../../src/report/comment';
import { createLog } from '../../src/log';
import { markerLine } from '../../src/report/marker';

/** One comment per key, whatever happens: against the sandbox's GitHub, with the real client. */

const LIST = /\/comments\?/u;
const CREATE = /\/issues\/\d+\/comments$/u;
const BOT = 'github-actions[bot]';

let github: GitHubSandbox;
let number: number;

beforeEach(async () => {
  github = await startGitHub();
  github.createRepository('acme/histology');
  github.createUser('ada', { role: 'write' });
  number = github.createPullRequest({ title: 'Deeper', author: 'ada', head: { ref: 'deeper' } }).number;
});
afterEach(async () => {
  expect(github.violations).toEqual([]);
  await github.close();
});

interface Options {
  run?: number;
  attempt?: number;
  key?: string;
  token?: string;
  signal?: AbortSignal;
  timeoutMilliseconds?: number;
}

const markerOf = ({ run = 100, attempt = 1, key = 'k1' }: Options = {}): string =>
  markerLine({ commentKey: key, runId: BigInt(run), runAttempt: attempt });

async function report(text: string, options: Options = {}): Promise<CommentOutcome> {
  const log = createLog(() => undefined, { debug: false });
  const octokit = createGitHubClient({ token: options.token ?? github.token(), baseUrl: github.url, log });
  const marker = {
    commentKey: options.key ?? 'k1',
    runId: BigInt(options.run ?? 100),
    runAttempt: options.attempt ?? 1,
  };
  return upsertComment({ owner: 'acme', repo: 'histology', number, marker }, text, {
    octokit,
    signal: options.signal ?? new AbortController().signal,
    clock: {
      now: () => new Date(),
      seconds: () => performance.now() / 1000,
      sleep: () => Promise.resolve(),
    },
    ...(options.timeoutMilliseconds === undefined ? {} : { timeoutMilliseconds: options.timeoutMilliseconds }),
  });
}

const bodies = (): string[] => github.comments(number).map(({ body }) => String(body));
const posts = (): number => github.requests.filter(({ method }) => method === 'POST').length;

describe('the comment', () => {
  it('is made, then updated', async () => {
    expect(await report('one')).toMatchObject({ action: 'created' });
    expect(await report('two', { run: 101 })).toMatchObject({ action: 'updated' });
    expect(bodies()).toEqual([`${markerOf({ run: 101 })}\ntwo`]);
  });

  it('is found behind 250 others', async () => {
    for (let count = 0; count < 250; count += 1) github.addComment(number, 'ada', `comment ${count}`);
    await report('one');
    expect(await report('two', { run: 101 })).toMatchObject({ action: 'updated' });
    expect(bodies()).toHaveLength(251);
  });

  it('is one for each key', async () => {
    await report('one');
    await report('other', { key: 'k2' });
    expect(bodies()).toHaveLength(2);
  });

  it("is never somebody else's, nor one that only quotes the marker", async () => {
    github.addComment(number, 'ada', `${markerOf({ run: 999 })}\nforged`);
    github.addComment(number, BOT, `quoted: ${markerOf({ run: 999 })}`);
    expect(await report('one')).toMatchObject({ action: 'created' });
    expect(bodies()).toHaveLength(3);
    expect(bodies()[0]).toContain('forged');
  });

  it("is a person's own with that person's token", async () => {
    const token = github.token({ login: 'ada' });
    await report('one', { token });
    expect(await report('two', { token, run: 101 })).toMatchObject({ action: 'updated' });
    expect(bodies()).toHaveLength(1);
  });

  it('of a newer run, or attempt, is not overwritten', async () => {
    await report('newer', { run: 1000, attempt: 2 });
    expect(await report('older', { run: 999, attempt: 3 })).toEqual({
      skipped: 'a newer run (1000, attempt 2) has already reported on this pull request',
    });
    expect(await report('older', { run: 1000, attempt: 1 })).toHaveProperty('skipped');
    expect(bodies()[0]).toContain('newer');
    expect(await report('newest', { run: 1000, attempt: 3 })).toMatchObject({ action: 'updated' });
  });

  it('is made anew when it was deleted meanwhile', async () => {
    await report('one');
    github.fail({ method: 'PATCH', path: /comments/u, delayMilliseconds: 500 });
    const outcome = report('two', { run: 101 });
    while (!github.requests.some(({ method }) => method === 'PATCH')) await sleep(10);
    const pullRequest = github.state.repository('acme/histology').pullRequests.get(number);
    const [comment] = pullRequest?.comments ?? [];
    if (!pullRequest || !comment) throw new Error('there is no comment to delete');
    github.state.deleteComment(pullRequest, comment);
    expect(await outcome).toMatchObject({ action: 'created' });
    expect(bodies()).toEqual([`${markerOf({ run: 101 })}\ntwo`]);
  });

  it('is one after two runs raced, with the newer report', async () => {
    const [, newer] = await Promise.all([report('older', { run: 100 }), report('newer', { run: 101 })]);
    expect(posts()).toBe(2);
    expect(newer).toHaveProperty('url');
    const ours = bodies().filter((body) => body.startsWith('<!--'));
    expect(ours).toEqual([`${markerOf({ run: 101 })}\nnewer`]);
  });

  it('left twice by an earlier race is one again', async () => {
    github.addComment(number, BOT, `${markerOf({ run: 90 })}\na`);
    github.addComment(number, BOT, `${markerOf({ run: 91 })}\nb`);
    expect(await report('c')).toMatchObject({ action: 'updated' });
    expect(bodies()).toEqual([`${markerOf()}\nc`]);
  });
});

describe('a failing GitHub', () => {
  it('that made the comment and lost the answer gets no second one', async () => {
    github.fail({ method: 'POST', path: CREATE, status: 502, after: 'commit' });
    expect(await report('one')).toMatchObject({ action: 'created' });
    expect(posts()).toBe(1);
    expect(bodies()).toHaveLength(1);
  });

  it('that made none and answered 502 gets it once more', async () => {
    github.fail({ method: 'POST', path: CREATE, status: 502 });
    expect(await report('one')).toMatchObject({ action: 'created' });
    expect(posts()).toBe(2);
    expect(bodies()).toHaveLength(1);
  });

  it('that resets the connection is treated the same', async () => {
    github.fail({ method: 'POST', path: CREATE, reset: true, after: 'commit' });
    await report('one');
    expect(bodies()).toHaveLength(1);
  });

  it('is asked again for what may be asked again', async () => {
    github.fail({ method: 'GET', path: LIST, status: 502 });
    expect(await report('one')).toMatchObject({ action: 'created' });
  });

  it('that stays down is a sentence', async () => {
    github.fail({ method: 'POST', path: CREATE, status: 502, times: 9 });
    expect(await report('one')).toEqual({ skipped: 'GitHub could not be reached or failed (Server Error)' });
    expect(posts()).toBe(2);
  });

  it('with a short rate limit is waited for, with a long one not', async () => {
    github.fail({ method: 'POST', path: CREATE, status: 403, headers: { 'retry-after': '1' } });
    expect(await report('one')).toMatchObject({ action: 'created' });
    github.fail({ method: 'GET', path: LIST, status: 429, headers: { 'retry-after': '600' } });
    expect(await report('two')).toEqual({ skipped: expect.stringContaining('rate limit') });
  });

  it('that never answers is given up', async () => {
    github.fail({ method: 'GET', path: LIST, delayMilliseconds: 3_000 });
    const start = performance.now();
    expect(await report('one', { timeoutMilliseconds: 300 })).toEqual({ skipped: 'GitHub took too long to answer' });
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

describe('a token', () => {
  it('without the permission is told which one', async () => {
    expect(await report('one', { token: github.token({ permissions: 'read' }) })).toEqual({
      skipped: 'the token may not write comments; give the job `permissions: pull-requests: write`',
    });
  });

  it('that is none is refused', async () => {
    expect(await report('one', { token: 'ghs_nonsense' })).toEqual({
      skipped: 'GitHub refused the token (401); see the input `github-token`',
    });
  });
});

it('a comment too long is a sentence', async () => {
  expect(await report('x'.repeat(70_000))).toEqual({ skipped: expect.stringContaining('422') });
});

it('a cancelled run leaves it be', async () => {
  const cancel = new AbortController();
  cancel.abort(new Error('cancelled'));
  expect(await report('one', { signal: cancel.signal })).toEqual({ skipped: 'the run was cancelled' });
});
