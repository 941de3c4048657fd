import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { RunRecord } from '../../src/record';
import { startScenario } from './harness';
import { leftoversOf } from './leftovers';
import { SMALL_IMAGE, SMALL_INPUTS } from './small-image';

/** The training ends with code 3 and a hostile reason. */
describe('a training that fails', () => {
  it('turns the run red, says why in the comment, and still uploads what it left', async () => {
    const scenario = await startScenario({ files: SMALL_IMAGE });
    try {
      const result = await scenario.run({
        event: scenario.pullRequestEvent('opened'),
        inputs: { ...SMALL_INPUTS, verify: 'off', hyperparameters: 'mode=fail' },
      });
      expect(result.status).toBe('failure');
      expect(result.outputs).toMatchObject({
        verdict: 'failed',
        'training-job-status': 'Failed',
        'model-artifacts': '',
      });
      expect(result.steps.find(({ id }) => id === 'report')?.conclusion).toBe('success');
      expect(result.artifacts).toHaveLength(1);

      const body = scenario.github.comments(scenario.number)[0]?.body ?? '';
      expect(body).toContain('❌ Training failed');
      expect(body).toContain('the moon is full');
      // Nobody is called by a container's words, neither here nor in the log.
      expect(scenario.github.page(scenario.number)).not.toMatch(/<a[^>]*>@everyone/);
      expect(result.annotations.filter(({ message }) => message === 'x')).toEqual([]);

      const record = JSON.parse(readFileSync(result.outputs['record-path'] ?? '', 'utf8')) as RunRecord;
      expect(record.errors).toHaveLength(1);
      expect(record.train?.exitCode).toBe(3);
      expect(await leftoversOf(record.id)).toEqual([]);
    } finally {
      await scenario.close();
    }
  }, 120_000);
});
