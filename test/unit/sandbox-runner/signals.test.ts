import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JobResult } from '../../../sandbox/runner/index';
import { removeFolders, run } from './fixture';

/** Prints the signals it gets with their time since the first; obeys those in `obey`. */
const CHILD = `
const obey = (process.argv[2] ?? '').split(',');
let first;
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {
  first ??= performance.now();
  console.log('got', signal, Math.round((performance.now() - first) / 500) * 500);
  if (obey.includes(signal)) process.exit(0);
});
setInterval(() => undefined, 1000);
console.log('ready');
`;

/** Runs one step that starts the child, and cancels as soon as it is ready. */
async function cancelled(script: string, shell = 'bash', more = ''): Promise<JobResult> {
  const user = new AbortController();
  return run(
    `- {id: a, shell: '${shell}', run: '${script}'}
- {id: plain, shell: bash, run: 'true'}
- {id: always, shell: bash, if: always(), run: 'true'}
- {id: cancelled, shell: bash, if: cancelled(), run: 'true'}
- {id: failure, shell: bash, if: failure(), run: 'true'}
- {id: not, shell: bash, if: '!cancelled()', run: 'true'}${more}`,
    {
      files: { 'child.js': CHILD },
      signal: user.signal,
      outputListener: (line) => {
        if (line === 'ready') user.abort();
      },
    },
  );
}

const got = (job: JobResult): string[] => job.log.split('\n').filter((line) => line.startsWith('got '));
const sent = (job: JobResult): [string, number][] =>
  (job.steps[0]?.signals ?? []).map(({ signal, afterMilliseconds }) => [
    signal,
    Math.round(afterMilliseconds / 500) * 500,
  ]);

const node = 'node "$GITHUB_ACTION_PATH/child.js"';

describe('cancel', () => {
  let jobs: Record<'bash' | 'sh' | 'polite' | 'late' | 'deaf' | 'custom', JobResult>;

  beforeAll(async () => {
    // All at once: they spend their time waiting.
    const [bash, sh, polite, late, deaf, custom] = await Promise.all([
      cancelled(`${node} SIGINT,SIGTERM; true`),
      cancelled(`${node} SIGINT,SIGTERM; true`, 'sh'),
      cancelled(`exec ${node} SIGINT`),
      cancelled(`exec ${node} SIGTERM`),
      cancelled(`exec ${node}`),
      cancelled('process.argv[2] = "SIGINT"; require(process.env.GITHUB_ACTION_PATH + "/child.js")', 'node {0}'),
    ]);
    jobs = { bash, sh, polite, late, deaf, custom };
  }, 60_000);
  afterAll(removeFolders);

  it.each(['bash', 'sh'] as const)('without exec the child of %s gets nothing and lives on as an orphan', (shell) => {
    const job = jobs[shell];
    expect(got(job)).toEqual([]);
    expect(sent(job)).toEqual([
      ['SIGINT', 0],
      ['SIGTERM', 7500],
    ]);
    expect(job.orphans).toEqual([
      { pid: expect.any(Number) as unknown, command: expect.stringContaining('child.js') as unknown },
    ]);
  });

  it.each(['polite', 'custom'] as const)('with node as the entry process SIGINT comes at once (%s)', (which) => {
    const job = jobs[which];
    expect(got(job)).toEqual(['got SIGINT 0']);
    expect(sent(job)).toEqual([['SIGINT', 0]]);
    expect(job.steps[0]?.seconds).toBeLessThan(7);
    expect(job.orphans).toEqual([]);
  });

  it('SIGTERM follows after 7.5 s', () => {
    expect(got(jobs.late)).toEqual(['got SIGINT 0', 'got SIGTERM 7500']);
    expect(jobs.late.steps[0]).toMatchObject({ outcome: 'cancelled', exitCode: 0 });
  });

  it('SIGKILL follows after 10 s', () => {
    expect(sent(jobs.deaf)).toEqual([
      ['SIGINT', 0],
      ['SIGTERM', 7500],
      ['SIGKILL', 10000],
    ]);
    expect(jobs.deaf.steps[0]).toMatchObject({ outcome: 'cancelled', exitCode: 137 });
  });

  it('runs always() and cancelled() afterwards, and nothing else, though the step ended with 0', () => {
    for (const job of Object.values(jobs)) {
      expect(job.status).toBe('cancelled');
      expect(job.steps.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual([
        'a cancelled',
        'plain skipped',
        'always success',
        'cancelled success',
        'failure skipped',
        'not skipped',
      ]);
    }
  });
});

describe('the end of a step from outside', () => {
  afterAll(removeFolders);

  it('does not cancel a step whose condition still holds', async () => {
    const user = new AbortController();
    const job = await run(
      `- {id: a, if: always(), shell: bash, run: 'echo ready; sleep 1; echo v=1 >> "$GITHUB_OUTPUT"'}
- {id: b, shell: bash, if: cancelled(), run: 'true'}`,
      { signal: user.signal, outputListener: (line) => line === 'ready' && user.abort() },
    );
    expect(job.status).toBe('cancelled');
    expect(job.steps).toMatchObject([{ outcome: 'success', outputs: { v: '1' }, signals: [] }, { outcome: 'success' }]);
  });

  it('with linked tokens gives even always() steps SIGINT at once', async () => {
    const user = new AbortController();
    const job = await run(
      `- {id: a, shell: bash, run: 'echo ready; exec sleep 60'}
- {id: b, shell: bash, if: always(), run: 'exec sleep 60'}
- {id: c, shell: 'node {0}', if: always(), run: 'process.on("SIGINT", () => undefined); setTimeout(() => console.log("done"), 1000)'}`,
      { cancellation: 'linked', signal: user.signal, outputListener: (line) => line === 'ready' && user.abort() },
    );
    expect(job.steps.map(({ outcome }) => outcome)).toEqual(['cancelled', 'cancelled', 'cancelled']);
    expect(job.steps[1]?.signals).toMatchObject([{ signal: 'SIGINT' }]);
  });

  it('counts a killed process as a failure and goes on', async () => {
    const killer = new AbortController();
    const job = await run(
      `- {id: a, shell: bash, run: 'echo v=1 >> "$GITHUB_OUTPUT"; echo ready; exec sleep 60'}
- {id: b, shell: bash, if: failure(), run: 'true'}`,
      { killStep: killer.signal, outputListener: (line) => line === 'ready' && killer.abort() },
    );
    expect(job.status).toBe('failure');
    expect(job.steps).toMatchObject([
      { outcome: 'failure', exitCode: 137, outputs: { v: '1' } },
      { outcome: 'success' },
    ]);
  });

  it('evaluates nothing any more where the runner is lost', async () => {
    const loss = new AbortController();
    const job = await run(
      `- {id: a, shell: bash, run: 'echo ready; exec sleep 60'}
- {id: b, shell: bash, if: always(), run: 'true'}`,
      { loseRunner: loss.signal, outputListener: (line) => line === 'ready' && loss.abort() },
    );
    expect(job.steps.map(({ id }) => id)).toEqual(['a']);
    expect(job.outputs).toEqual({});
  });

  it('cancels after a number of seconds', async () => {
    const job = await run(`- {id: a, shell: bash, run: 'exec sleep 60'}`, { cancelAfterSeconds: 0.3 });
    expect(job.status).toBe('cancelled');
    expect(job.steps[0]?.seconds).toBeLessThan(5);
  });
});
