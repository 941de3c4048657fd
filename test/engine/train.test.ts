import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';

import { CancelledError, UserError } from '../../src/errors';
import type { RunRecord } from '../../src/record';
import { train } from '../../src/steps/train';
import { buildTrainer, removeTrainer, TrainWorld } from './train-world';

const METRICS = 'loss=loss: ([0-9.]+)';
const DATA = 'train=data/train';

let world: TrainWorld;

/** Runs the step and gives what it threw. */
async function trained(inputs: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<unknown> {
  world = new TrainWorld(inputs, signal);
  try {
    await train(world.context);
    return undefined;
  } catch (error) {
    return error;
  }
}

beforeAll(() => buildTrainer(), 300_000);
afterAll(() => removeTrainer());
afterEach(() => {
  const leftovers = world.leftovers();
  world.remove();
  expect(leftovers).toEqual([]);
});

describe('training on the runner', () => {
  it('brings home model, output, pictures, metrics and log', async () => {
    const error = await trained({
      'input-data-config': DATA,
      'metric-definitions': METRICS,
      hyperparameters: 'epochs=3',
      environment: 'THE_SECRET=xyz',
    });
    expect(error).toBeUndefined();
    const section = world.context.record.train;
    expect(section).toMatchObject({
      status: 'Completed',
      exitCode: 0,
      instanceCount: 1,
      hyperparameters: { epochs: '3' },
      channels: [{ name: 'train', files: 1, sizeBytes: 6, mode: 'File' }],
      metrics: [{ name: 'loss', count: 3, dropped: 0, last: 0.3333 }],
    });
    expect(section?.peakMemoryBytes ?? 1).toBeGreaterThan(0);
    expect(section?.logTail).toContain("algo-1 channel train ['one.csv']");
    expect(section?.logTail.at(-1)).toBe('secret xyz');

    expect(section?.artifacts.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'model model.tar.gz',
      'output output.tar.gz',
      'picture matrix.png',
    ]);
    for (const { path, sha256, sizeBytes } of section?.artifacts ?? []) {
      const bytes = readFileSync(path);
      expect(bytes.length).toBe(sizeBytes);
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
    }

    const folder = join(world.context.folder, 'artifacts');
    expect(Object.fromEntries(world.outputs)).toEqual({
      'training-job-name': expect.stringMatching(/^byoc-[0-9a-f]{8}-pr7-a1b2c3d-[0-9a-f]{8}$/),
      'training-job-status': 'Completed',
      'model-artifacts': join(folder, 'model.tar.gz'),
      'artifact-path': folder,
    });
    const copy = JSON.parse(readFileSync(join(folder, 'record.json'), 'utf8')) as RunRecord;
    expect(copy.train?.status).toBe('Completed');
    expect(readFileSync(join(folder, 'log-tail.txt'), 'utf8')).toContain('[epoch 3] loss: 0.3333');
    // The first save says that it runs: a killed step leaves that.
    expect((JSON.parse(world.saved[0] ?? '') as RunRecord).train?.status).toBe('InProgress');

    expect(world.printed).toContain('| ::error::hostile ##\\[add-mask]hostile');
    // The bar comes as its first and its last state.
    expect(world.printed.match(/\| \d+%/g)).toEqual(['| 0%', '| 100%']);
    expect(world.printed).toMatch(/Training completed: epoch 3 of 3 · .* · loss 0\.3333 · model /);
  }, 120_000);

  it('names the node of each line when there are several', async () => {
    expect(await trained({ 'instance-count': '2', 'metric-definitions': METRICS })).toBeUndefined();
    expect(world.printed).toContain('algo-1 | [epoch 1] loss: 1.0000');
    expect(world.printed).toContain('algo-2 | [epoch 1] loss: 1.0000');
    expect(world.context.record.train?.metrics[0]?.count).toBe(6);
  }, 120_000);

  it('fails with the reason and the last words', async () => {
    const error = await trained({ hyperparameters: 'do=fail' });
    expect(error).toBeInstanceOf(UserError);
    expect(String(error)).toMatch(/failed, exit code 3: .*the disk is made of cheese/);
    expect((error as UserError).details.at(-1)).toBe('last words');
    expect(world.context.record.train).toMatchObject({ status: 'Failed', exitCode: 3 });
    expect(world.outputs.get('training-job-status')).toBe('Failed');
    expect(world.outputs.has('model-artifacts')).toBe(false);
    expect(readFileSync(join(world.outputs.get('artifact-path') ?? '', 'log-tail.txt'), 'utf8')).toContain(
      'last words',
    );
  }, 120_000);

  it.each([
    ['a model', { hyperparameters: 'do=no-model' }, /exited 0, but it left no model/],
    ['a metric', { 'metric-definitions': 'f1=f1: ([0-9.]+)' }, /exited 0, but the metric "f1" was never seen/],
  ])(
    'is not green without %s',
    async (_what, inputs, message) => {
      const error = await trained(inputs);
      expect(error).toBeInstanceOf(UserError);
      expect(String(error)).toMatch(message);
    },
    120_000,
  );

  it.each([
    ['does not exist', 'train=data/nowhere', /data\/nowhere, which does not exist/],
    ['lies elsewhere', 'train=/etc', /outside the workspace/],
  ])(
    'starts nothing for a channel that %s',
    async (_what, channel, message) => {
      expect(String(await trained({ 'input-data-config': channel }))).toMatch(message);
      expect(world.context.record.train).toBeUndefined();
      expect(world.outputs.size).toBe(0);
    },
    60_000,
  );

  it('ends its containers at once when cancelled', async () => {
    const cancel = new AbortController();
    const running = trained({ hyperparameters: 'do=hang' }, cancel.signal);
    for (let waited = 0; waited < 60_000 && !world.printed.includes('hanging'); waited += 50) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const began = performance.now();
    cancel.abort(new CancelledError('SIGINT'));
    expect(await running).toBeInstanceOf(CancelledError);
    // The runner gives us 7.5 s.
    expect(performance.now() - began).toBeLessThan(6_000);
    expect(world.context.record.train).toMatchObject({ status: 'Stopped' });
    expect(world.context.record.train?.logTail.at(-1)).toBe('hanging');
    expect(world.leftovers()).toEqual([]);
    const lines = world.printed.trimEnd().split('\n');
    expect(lines.some((line) => /^::[0-9a-f-]{36}::$/.test(line))).toBe(true);
  }, 120_000);
});
