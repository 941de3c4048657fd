import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { scenario } from './harness';
import { SMALL_IMAGE, SMALL_INPUTS } from './small-image';

/** `dry-run: true` prints the plan with its reasons and stops. */
describe('a dry run', () => {
  it('says what would happen and does nothing', async () => {
    const result = await scenario({
      files: SMALL_IMAGE,
      inputs: { ...SMALL_INPUTS, 'dry-run': 'true' },
      event: ({ pullRequestEvent }) => pullRequestEvent('opened'),
      steps: {
        afterStep: ({ id }) => {
          if (id !== 'plan') throw new Error(`${id} ran`);
        },
      },
    });
    expect(result.status).toBe('success');
    expect(result.outputs['verdict']).toBe('skipped');
    expect(result.log).toContain('– train    dry run; else: `train-on` has `pull_request`');
    expect(result.summaries[0]?.text).toContain('| build | no | dry run; else: every commit');
    expect(result.github.requests).toEqual([]);
  });

  it('finds what is wrong, as the real run would', async () => {
    const result = await scenario({
      files: {},
      inputs: { 'dry-run': 'true' },
      event: ({ pullRequestEvent }) => pullRequestEvent('opened'),
    });
    expect(result.status).toBe('failure');
    expect(result.annotations[0]?.message).toContain('Dockerfile');
    expect(readdirSync('.').filter((name) => name.startsWith('byoc-'))).toEqual([]);
  });
});
