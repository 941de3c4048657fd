import { describe, expect, it } from '@jest/globals';

import { judgeStop, type StopFacts } from '../../../src/contract/checks/stop';

/** SIGTERM after step 2 of 5, obeyed after one more. */
const OBEYED: StopFacts = {
  sentAfterSeconds: 2,
  stepsWhenSent: 2,
  steps: 3,
  endedAfterSeconds: 0.5,
  exitCode: 0,
  sigkilled: false,
  graceSeconds: 120,
  mainSteps: 5,
  mainSeconds: 5,
};

describe('judgeStop', () => {
  it.each<[string, Partial<StopFacts>, string, RegExp]>([
    ['ends early', {}, 'pass', /0\.5 s after SIGTERM, exit code 0, 3 of 5 steps/],
    ['is killed', { sigkilled: true, exitCode: 137 }, 'fail', /120 s after SIGTERM and was killed/],
    ['trains to its end', { steps: 5 }, 'fail', /after step 2 of 5, yet it trained to its end/],
    ['ends with another code after its last step', { steps: 5, exitCode: 143 }, 'pass', /exit code 143/],
    ['ends before SIGTERM', { sentAfterSeconds: undefined }, 'skipped', /finished before SIGTERM/],
    // One that looks at the signal after each epoch finishes the second of two: that is no proof against it.
    ['had one step left', { mainSteps: 2, stepsWhenSent: 1, steps: 2 }, 'skipped', /too few steps/],
    [
      'shows no steps, ends early',
      { mainSteps: 0, steps: 0, stepsWhenSent: 0 },
      'pass',
      /about 3\.0 s before its time/,
    ],
    [
      'shows no steps, ends in time',
      { mainSteps: 0, steps: 0, stepsWhenSent: 0, endedAfterSeconds: 3 },
      'skipped',
      /shows no epochs or metrics/,
    ],
    [
      'shows no steps, hardly any time was left',
      { mainSteps: 0, steps: 0, sentAfterSeconds: 4.5, endedAfterSeconds: 0.1 },
      'skipped',
      /shows no epochs/,
    ],
  ])('a training that %s', (_what, facts, verdict, words) => {
    const judged = judgeStop({ ...OBEYED, ...facts });
    expect(judged.verdict).toBe(verdict);
    expect(judged.words).toMatch(words);
  });
});
