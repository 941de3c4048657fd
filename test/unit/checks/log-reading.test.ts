import { describe, expect, it } from '@jest/globals';

import { LogReading } from '../../../src/contract/checks/log-reading';
import { compileMetricDefinitions } from '../../../src/training/metrics';

const LOSS = compileMetricDefinitions([{ name: 'loss', regex: 'loss=([0-9.]+)' }]);

function read(lines: readonly string[], metrics = LOSS): LogReading {
  const log = new LogReading(metrics);
  lines.forEach((line, index) => log.read(line, index));
  return log;
}

describe('LogReading', () => {
  it.each([
    [['epoch 1', 'epoch 2'], { unit: 'epoch', first: 1, count: 2 }],
    [['[Epoch 0] loss: 1', '[Epoch 1] loss: 1'], { unit: 'epoch', first: 0, count: 2 }],
    [['Epoch: [3][10/20]', 'Epoch: [3][20/20]'], { unit: 'epoch', first: 3, count: 1 }],
    [['step=100 epoch=1', 'step=200 epoch=1', 'step=300 epoch=1'], { unit: 'epoch', first: 1, count: 1 }],
    [['iter 10', 'iter 20', 'round 1'], { unit: 'iter', first: 10, count: 2 }],
    [['epochs: 50', 'batch size: 32', 'multistep 3'], undefined],
  ])('reads the numbering of %j', (lines, marker) => {
    expect(read(lines).marker()).toEqual(marker);
  });

  it('counts steps by metric values, else by numbers', () => {
    expect(read(['epoch 1 loss=1', 'epoch 2 loss=0.5', 'epoch 3']).steps()).toBe(2);
    expect(read(['epoch 1', 'epoch 2', 'epoch 3']).steps()).toBe(3);
    expect(read(['hello']).steps()).toBe(0);
  });

  it.each([
    ['resuming after epoch 3', true],
    ['Resumed from checkpoint /opt/ml/checkpoints/3.pt', true],
    ['loaded the last checkpoint', true],
    ['Restoring weights', true],
    ['continuing from epoch 2', true],
    ['no checkpoint to resume from', false],
    ['cannot resume: starting from scratch', false],
    ['ignoring the checkpoint', false],
    ['saving checkpoint 3', false],
    ['continue', false],
  ])('%s: says that it resumes? %p', (line, resumes) => {
    expect(read([line]).resumed).toEqual(resumes ? [line] : []);
  });

  it('keeps no more of a long hostile log than of a short one, and reads it in time', () => {
    const log = new LogReading(LOSS);
    const begun = performance.now();
    for (let index = 0; index < 100_000; index += 1)
      log.read(`error: epoch ${index} resuming ${'x'.repeat(100)}`, index);
    log.read(`epoch ${'= '.repeat(500_000)}1`, 0);
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect(log.lines).toBe(100_001);
    expect(log.resumed.length).toBeLessThanOrEqual(20);
    expect(log.errors.length).toBeLessThanOrEqual(20);
    expect(log.marker()?.count).toBeLessThanOrEqual(10_000);
  });
});
