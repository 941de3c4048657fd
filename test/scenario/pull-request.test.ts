import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JobResult } from '../../sandbox/runner';
import type { RunRecord } from '../../src/record';
import { startScenario, type Scenario } from './harness';
import { leftoversOf } from './leftovers';
import { SMALL_IMAGE, SMALL_INPUTS } from './small-image';

/** A pull request is opened, then pushed to: one comment, brought up to date. */
describe('a pull request', () => {
  let scenario: Scenario;
  let first: JobResult;
  let second: JobResult;
  let record: RunRecord;

  beforeAll(async () => {
    scenario = await startScenario({ files: SMALL_IMAGE });
    first = await scenario.run({ event: scenario.pullRequestEvent('opened'), inputs: SMALL_INPUTS });
    record = JSON.parse(readFileSync(first.outputs['record-path'] ?? '', 'utf8')) as RunRecord;
    await scenario.workspace.commit({ 'notes.md': 'More.\n' });
    second = await scenario.run({ event: scenario.pullRequestEvent('synchronize'), inputs: SMALL_INPUTS });
  }, 240_000);
  afterAll(() => scenario.close());

  it('is built, verified, trained and reported, green', () => {
    expect(first.steps.map(({ id, conclusion }) => `${id} ${conclusion}`)).toEqual(
      expect.arrayContaining([
        'plan success',
        'build success',
        'verify success',
        'train success',
        'upload success',
        'report success',
      ]),
    );
    expect(first.status).toBe('success');
    expect(first.annotationCounts.error).toBe(0);
  });

  it('hands on every output', () => {
    expect(first.outputs).toMatchObject({
      sha: scenario.workspace.shas[0],
      verdict: 'passed',
      'training-job-status': 'Completed',
      'comment-url': scenario.github.comments(scenario.number)[0]?.html_url,
    });
    expect(first.outputs['image-id']).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(first.outputs['training-job-name']).toMatch(/^byoc-[0-9a-f]{8}-pr\d+-[0-9a-f]{7}-[0-9a-f]{8}$/);
    expect(JSON.parse(first.outputs['metrics'] ?? '')).toMatchObject({ val_acc: { last: 0.85, best: 0.85 } });
    expect(JSON.parse(first.outputs['plan'] ?? '')).toMatchObject({ train: { run: true } });
    expect(statSync(first.outputs['model-artifacts'] ?? '').size).toBeGreaterThan(50);
    expect(existsSync(first.outputs['report-path'] ?? '')).toBe(true);
  });

  it('keeps what the training left as an artifact, and links it', () => {
    const [artifact] = first.artifacts;
    expect(artifact?.files).toEqual(expect.arrayContaining(['model.tar.gz', 'output.tar.gz', 'record.json']));
    const comment = scenario.github.comments(scenario.number)[0]?.body ?? '';
    expect(comment).toContain(`/artifacts/${artifact?.id}`);
    const kept = readFileSync(join(artifact?.folder ?? '', 'record.json'), 'utf8');
    expect(kept).not.toContain(scenario.token);
  });

  it('has exactly one comment, of the newest commit', () => {
    const comments = scenario.github.comments(scenario.number);
    expect(comments).toHaveLength(1);
    expect(comments[0]?.body).toContain(scenario.workspace.sha.slice(0, 12));
    expect(comments[0]?.body).toContain('✅ Passed: val_acc 0.85');
    expect(second.outputs['verdict']).toBe('passed');
    expect(scenario.github.violations).toEqual([]);
  });

  it('leaves nothing: no container, network, volume, process, and nothing for the job’s later steps', async () => {
    expect(await leftoversOf(record.id)).toEqual([]);
    expect(first.orphans).toEqual([]);
    expect(first.jobEnvironment).toEqual({ env: {}, paths: [] });
  });

  it('tells nothing secret: neither log, record, report nor comment has the token', () => {
    const report = readFileSync(first.outputs['report-path'] ?? '', 'utf8');
    for (const text of [first.log, JSON.stringify(record), report]) expect(text).not.toContain(scenario.token);
  });
});
