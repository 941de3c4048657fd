import { expect, it } from '@jest/globals';

import { restOf, tallyOf } from '../../../src/contract/tally';
import type { CheckResult } from '../../../src/record';

it('counts promises, and no warnings', () => {
  const check = (id: CheckResult['id'], verdict: CheckResult['verdict'], required = true): CheckResult => ({
    ...{ id, title: '', required, verdict, seconds: 0, proof: '' },
  });
  const tally = tallyOf([
    check('model', 'pass'),
    check('offline', 'pass', false),
    check('channels', 'fail'),
    check('stop', 'fail', false),
    check('serve', 'skipped', false),
    check('lint-size', 'fail', false),
  ]);
  expect(tally).toEqual({ kept: 2, broken: 1, advice: 1, skipped: 1, promises: 14 });
  expect(restOf(tally)).toBe(', 1 advice, 1 skipped');
  expect(restOf({ ...tally, advice: 0, skipped: 0 })).toBe('');
});
