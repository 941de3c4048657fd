import { describe, expect, it } from '@jest/globals';
import { startScenario } from './harness';
import { SMALL_IMAGE, SMALL_INPUTS } from './small-image';

/** A script with a strict argument parser: it chokes on the word `train`. The commonest way a first container fails. */
describe('an image that chokes on `train`', () => {
  it('is stopped before training; the comment names the check, what was seen, and the change', async () => {
    const scenario = await startScenario({
      files: {
        ...SMALL_IMAGE,
        'train.py':
          'import argparse\nparser = argparse.ArgumentParser()\nparser.add_argument("--epochs")\nparser.parse_args()\n',
      },
    });
    try {
      const result = await scenario.run({ event: scenario.pullRequestEvent('opened'), inputs: SMALL_INPUTS });
      const outcome = (step: string): string | undefined => result.steps.find(({ id }) => id === step)?.outcome;
      expect([outcome('verify'), outcome('train'), outcome('report')]).toEqual(['failure', 'skipped', 'success']);
      expect(result.outputs['verdict']).toBe('failed');
      expect(result.annotations.find(({ kind }) => kind === 'error')?.message).toMatch(/train-argument/);

      const body = scenario.github.comments(scenario.number)[0]?.body ?? '';
      expect(body).toMatch(/^<!-- [^\n]+ -->\n### ❌ Contract broken: `train-argument`/);
      expect(body).toContain('unrecognized arguments: train');
      expect(body).toMatch(/\*\*Change:\*\*.*parse\\?_known\\?_args/);
    } finally {
      await scenario.close();
    }
  }, 120_000);
});
