import { describe, expect, it } from '@jest/globals';
import { PassThrough } from 'node:stream';

import type { Docker } from '../../../src/contract/docker';
import { UsageWatch } from '../../../src/contract/usage';

/** `docker stats` that looks `samples` times at one container, on an engine elsewhere; the clock never waits. */
async function usageAfter(samples: number): Promise<ReturnType<UsageWatch['stop']>> {
  let now = 0;
  const stdout = new PassThrough();
  const asked = new Promise<void>((resolve) => {
    const docker = {
      spawn: () => {
        resolve();
        return { stdin: new PassThrough(), stdout, stderr: new PassThrough(), kill: () => undefined };
      },
    } as unknown as Docker;
    const sleep = (milliseconds: number): Promise<void> => {
      now += milliseconds / 1000;
      return Promise.resolve();
    };
    watch = new UsageWatch(docker, { now: () => new Date(0), seconds: () => now, sleep }, ['no-such-container']);
  });
  await asked;
  for (let sample = 1; sample <= samples; sample += 1) {
    stdout.write(`{"ID":"no-such-container","MemUsage":"${sample}MiB / 2GiB","CPUPerc":"50.00%"}\n`);
  }
  await new Promise((resolve) => setImmediate(resolve));
  return watch.stop();
}
let watch: UsageWatch;

describe('the peak memory', () => {
  it.each([
    [0, undefined],
    [2, undefined],
    [3, 3 * 2 ** 20],
    [9, 9 * 2 ** 20],
  ])('after %d looks is %p', async (samples, expected) => {
    expect((await usageAfter(samples)).peakMemoryBytes).toBe(expected);
  });
});
