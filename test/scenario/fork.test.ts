import { describe, expect, it } from '@jest/globals';
import { scenario } from './harness';
import { SMALL_IMAGE, SMALL_INPUTS } from './small-image';

/** A stranger's pull request: everything is shown, nothing is commented, nothing trains on our own machines. */
describe('a pull request from a fork', () => {
  const run = (environment: 'github-hosted' | 'self-hosted'): ReturnType<typeof scenario> =>
    scenario({
      files: SMALL_IMAGE,
      fork: true,
      author: 'stranger',
      inputs: SMALL_INPUTS,
      env: { RUNNER_ENVIRONMENT: environment },
      event: ({ pullRequestEvent }) => pullRequestEvent('opened'),
    });

  it('trains on a hosted runner, and reports in the summary alone, with the reason', async () => {
    const result = await run('github-hosted');
    expect(result.status).toBe('success');
    expect(result.outputs['training-job-status']).toBe('Completed');
    expect(result.github.requests).toEqual([]);
    const summary = result.summaries.map(({ text }) => text).join('\n');
    expect(summary).toContain('✅ Passed');
    expect(summary).toMatch(/fork/);
    expect(result.annotationCounts.notice).toBe(1);
  }, 120_000);

  it('never trains on a self-hosted runner', async () => {
    const result = await run('self-hosted');
    expect(result.status).toBe('success');
    expect(result.steps.find(({ id }) => id === 'train')?.outcome).toBe('skipped');
    expect(JSON.parse(result.outputs['plan'] ?? '')).toMatchObject({
      train: { run: false, reason: 'code of strangers is never trained on a self-hosted runner' },
    });
  }, 120_000);
});
