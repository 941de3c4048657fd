import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import type { RunRecord } from '../../src/record';
import { startScenario } from '../scenario/harness';
import { leftoversOf } from '../scenario/leftovers';
import { SMALL_IMAGE, SMALL_INPUTS } from '../scenario/small-image';

/**
 * The job is cancelled, or the running step is killed, at many moments: afterwards the engine holds nothing of the run,
 * no process of ours lives, and the record is whole.
 */

const run = promisify(execFile);

/** Processes whose environment or command line belongs to this run's folder. */
async function processesOf(folder: string): Promise<string[]> {
  const { stdout } = await run('ps', ['-eo', 'pid,args']);
  return stdout.split('\n').filter((line) => line.includes(folder) && !line.includes('ps -eo'));
}

interface Moment {
  step: 'build' | 'verify' | 'train';
  afterSeconds: number;
  how: 'cancel' | 'SIGKILL';
}

const moments: Moment[] = [
  ...[0.05, 0.6, 1.5].map((afterSeconds): Moment => ({ step: 'verify', afterSeconds, how: 'cancel' })),
  ...[0.05, 0.4, 1, 3].map((afterSeconds): Moment => ({ step: 'train', afterSeconds, how: 'cancel' })),
  ...[0.1, 0.5].map((afterSeconds): Moment => ({ step: 'build', afterSeconds, how: 'cancel' })),
  { step: 'verify', afterSeconds: 4, how: 'cancel' },
  ...[0.2, 0.7, 2].map((afterSeconds): Moment => ({ step: 'train', afterSeconds, how: 'SIGKILL' })),
  ...[0.5, 1.5, 4].map((afterSeconds): Moment => ({ step: 'verify', afterSeconds, how: 'SIGKILL' })),
];

describe('interrupted, a run leaves nothing behind', () => {
  it.each(moments)(
    '$how $afterSeconds s into $step',
    async ({ step, afterSeconds, how }) => {
      const runnerTemp = mkdtempSync(join(tmpdir(), 'interrupt-'));
      const scenario = await startScenario({ files: SMALL_IMAGE });
      const blow = new AbortController();
      try {
        const result = await scenario.run({
          event: scenario.pullRequestEvent('opened'),
          inputs: {
            ...SMALL_INPUTS,
            verify: step === 'verify' ? 'standard' : 'off',
            'no-cache': String(step === 'build'),
            hyperparameters: 'mode=slow',
          },
          runnerTemp,
          steps: {
            beforeStep: ({ id }) => {
              if (id === step) setTimeout(() => blow.abort(), afterSeconds * 1_000);
            },
          },
          ...(how === 'cancel' ? { signal: blow.signal } : { killStep: blow.signal }),
        });

        const folder = readdirSync(runnerTemp).find((name) => name.startsWith('byoc-')) ?? '';
        const record = JSON.parse(readFileSync(join(runnerTemp, folder, 'record.json'), 'utf8')) as RunRecord;
        expect(await leftoversOf(record.id)).toEqual([]);
        expect(await processesOf(runnerTemp)).toEqual([]);
        expect(result.orphans).toEqual([]);
        if (blow.signal.aborted && result.status !== 'success') {
          // An early build may be through before the blow falls; every other one was cut off and says so.
          const interrupted = result.steps.find(({ id }) => id === step);
          if (interrupted?.outcome !== 'success') expect(record.cancelled?.step).toBe(step);
          expect(result.outputs['verdict']).toBe('failed');
        }
        // Ended well before the runner would have had to kill it.
        const signals = result.steps.flatMap(({ signals }) => signals.map(({ signal }) => signal));
        if (how === 'cancel') expect(signals).not.toContain('SIGKILL');
      } finally {
        await scenario.close();
        rmSync(runnerTemp, { recursive: true, force: true });
      }
    },
    120_000,
  );
});
