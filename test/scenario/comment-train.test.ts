import { describe, expect, it } from '@jest/globals';
import { createWorkspace, startScenario } from './harness';
import { SMALL_IMAGE, SMALL_INPUTS } from './small-image';

/** `/train` on a pull request: a job that only plans hands the bound commit on; the next one checks it out and trains. */
describe('/train in a comment', () => {
  it('plans without a checkout, then trains the head of the pull request', async () => {
    const scenario = await startScenario({ files: SMALL_IMAGE });
    const elsewhere = await createWorkspace({ 'README.md': 'The default branch.\n' });
    const planner = await startScenario({ workspace: elsewhere });
    try {
      const event = scenario.commentEvent('/train');
      const sandbox = { GITHUB_API_URL: scenario.github.url };
      const planned = await planner.run({
        event,
        token: scenario.token,
        env: sandbox,
        inputs: { ...SMALL_INPUTS, 'train-on': 'comment', 'dry-run': 'true' },
      });
      expect(planned.status).toBe('success');
      expect(planned.outputs['sha']).toBe(scenario.workspace.sha);
      expect(planned.annotations.map(({ message }) => message).join()).toContain('is not checked out here');

      const trained = await scenario.run({ event, inputs: { ...SMALL_INPUTS, 'train-on': 'comment', verify: 'off' } });
      expect(trained.status).toBe('success');
      expect(trained.outputs).toMatchObject({ sha: planned.outputs['sha'], 'training-job-status': 'Completed' });
      expect(scenario.github.comments(scenario.number).at(-1)?.body).toContain('✅ Passed');
      expect(scenario.github.violations).toEqual([]);
    } finally {
      await planner.close();
      await scenario.close();
      elsewhere.remove();
    }
  }, 120_000);

  it('by somebody who may only read: nothing is built, and the log says why', async () => {
    const scenario = await startScenario({ files: SMALL_IMAGE });
    try {
      scenario.github.createUser('reader', { role: 'read' });
      const result = await scenario.run({
        event: scenario.commentEvent('/train', 'reader'),
        inputs: { ...SMALL_INPUTS, 'train-on': 'comment' },
      });
      expect(result.status).toBe('success');
      expect(result.steps.find(({ id }) => id === 'build')?.outcome).toBe('skipped');
      expect(result.annotations.map(({ message }) => message)).toEqual([
        '/train refused: only people who may write to this repository start a training.',
      ]);
      expect(scenario.github.comments(scenario.number)).toHaveLength(1);
    } finally {
      await scenario.close();
    }
  }, 60_000);
});
