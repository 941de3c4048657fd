import { describe, expect, it } from '@jest/globals';

import { judgeResume, type RunTrace } from '../../../src/contract/checks/resume';

const epochs = (first: number, count: number): RunTrace['marker'] => ({ unit: 'epoch', first, count });
const COLD: RunTrace = { steps: 5, marker: epochs(1, 5), resumed: [] };
const SILENT: RunTrace = { steps: 0, marker: undefined, resumed: [] };

describe('judgeResume', () => {
  it.each<[string, RunTrace, RunTrace, string, RegExp]>([
    ['says so', COLD, { ...COLD, resumed: ['resuming from epoch 3'] }, 'continued', /it said «resuming from epoch 3»/],
    [
      'begins later',
      COLD,
      { ...COLD, marker: epochs(4, 2) },
      'continued',
      /began with epoch 4, a cold start with epoch 1/,
    ],
    ['does less', COLD, { steps: 2, marker: undefined, resumed: [] }, 'continued', /2 steps, a cold start 5/],
    ['finds all done', COLD, SILENT, 'continued', /0 steps, a cold start 5/],
    ['does all of it again', COLD, COLD, 'started-over', /began with epoch 1 again and did 5 steps/],
    ['does more', COLD, { ...COLD, steps: 9 }, 'started-over', /9 steps/],
    // A line that a cold start prints as well proves nothing.
    [
      'says what it always says',
      { ...COLD, resumed: ['from checkpoint'] },
      { ...COLD, resumed: ['from checkpoint'] },
      'started-over',
      /again/,
    ],
    [
      'numbers something else',
      COLD,
      { ...COLD, marker: { unit: 'step', first: 9, count: 5 } },
      'started-over',
      /5 steps/,
    ],
    ['shows nothing', SILENT, SILENT, 'unclear', /neither epochs nor metrics/],
  ])('a run that %s', (_what, cold, second, verdict, proof) => {
    const judged = judgeResume(cold, second);
    expect(judged.verdict).toBe(verdict);
    expect(judged.proof).toMatch(proof);
  });
});
