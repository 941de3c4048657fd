import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import type { RunRecord } from '../../src/record';
import { startScenario, type Files } from '../scenario/harness';
import { leftoversOf } from '../scenario/leftovers';
import { SMALL_IMAGE, SMALL_INPUTS } from '../scenario/small-image';

/**
 * The job is cancelled, or the running step is killed, at many moments: afterwards the engine holds nothing of the run,
 * no process of ours lives, and the record is whole.
 */

const run = promisify(execFile);

/** Processes, in containers and out of them, with one of `words` in their command line or environment. */
function processesWith(...words: string[]): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      const [command, environment] = ['cmdline', 'environ'].map((file) => readProc(pid, file).replaceAll('\0', ' '));
      return words.some((word) => `${command} ${environment}`.includes(word)) ? [`${pid} ${command}`] : [];
    });
}

function readProc(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    // It ended meanwhile, or is none of ours to look into.
    return '';
  }
}

/** A build that is busy for a minute without a word, so that its client has no broken pipe to die of. */
const slowBuild = (seconds: string): Files => ({
  ...SMALL_IMAGE,
  Dockerfile: `ARG BASE_IMAGE\nFROM \${BASE_IMAGE}\nLABEL interrupt.test=${seconds}\nRUN sleep ${seconds}\n`,
});

interface Moment {
  step: 'build' | 'verify' | 'train';
  afterSeconds: number;
  how: 'cancel' | 'SIGKILL';
  /** The build's RUN is still asleep then. */
  slow?: true;
}

const moments: Moment[] = [
  ...[0.05, 0.6, 1.5].map((afterSeconds): Moment => ({ step: 'verify', afterSeconds, how: 'cancel' })),
  ...[0.05, 0.4, 1, 3].map((afterSeconds): Moment => ({ step: 'train', afterSeconds, how: 'cancel' })),
  ...[0.1, 0.5].map((afterSeconds): Moment => ({ step: 'build', afterSeconds, how: 'cancel' })),
  { step: 'build', afterSeconds: 4, how: 'cancel', slow: true },
  ...[0.3, 4].map((afterSeconds): Moment => ({ step: 'build', afterSeconds, how: 'SIGKILL', slow: true })),
  { step: 'verify', afterSeconds: 4, how: 'cancel' },
  ...[0.2, 0.7, 2].map((afterSeconds): Moment => ({ step: 'train', afterSeconds, how: 'SIGKILL' })),
  ...[0.5, 1.5, 4].map((afterSeconds): Moment => ({ step: 'verify', afterSeconds, how: 'SIGKILL' })),
];

describe('interrupted, a run leaves nothing behind', () => {
  it.each(moments)(
    '$how $afterSeconds s into $step',
    async ({ step, afterSeconds, how, slow }) => {
      const runnerTemp = mkdtempSync(join(tmpdir(), 'interrupt-'));
      // A number that no other process sleeps for.
      const seconds = `60.${randomInt(1e8, 1e9)}`;
      const scenario = await startScenario({ files: slow ? slowBuild(seconds) : SMALL_IMAGE });
      const blow = new AbortController();
      let asleep: string[] = [];
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
              if (id !== step) return;
              setTimeout(() => {
                asleep = processesWith(`sleep ${seconds}`);
                blow.abort();
              }, afterSeconds * 1_000);
            },
          },
          ...(how === 'cancel' ? { signal: blow.signal } : { killStep: blow.signal }),
        });

        const folder = readdirSync(runnerTemp).find((name) => name.startsWith('byoc-')) ?? '';
        const record = JSON.parse(readFileSync(join(runnerTemp, folder, 'record.json'), 'utf8')) as RunRecord;
        expect(await leftoversOf(record.id)).toEqual([]);
        expect(result.orphans).toEqual([]);
        expect(processesWith(runnerTemp)).toEqual([]);
        if (slow) {
          expect(result.steps.find(({ id }) => id === step)?.outcome).not.toBe('success');
          // Late enough, the blow did fall on a build at work.
          if (afterSeconds >= 4) expect(asleep).not.toEqual([]);
          // The engine ends the work when its client is gone, in its own time.
          for (const end = Date.now() + 5_000; Date.now() < end && processesWith(`sleep ${seconds}`).length > 0;)
            await sleep(100);
          expect(processesWith(`sleep ${seconds}`)).toEqual([]);
          const images = await run('docker', ['images', '--quiet', '--filter', `label=interrupt.test=${seconds}`]);
          expect(images.stdout).toBe('');
        }
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
