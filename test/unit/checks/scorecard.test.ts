import { describe, expect, it } from '@jest/globals';

import { checkPlatform, checkUser } from '../../../src/contract/checks/platform-and-user';
import { quoted } from '../../../src/contract/checks/scorecard';
import { CHECK_IDS } from '../../../src/record';
import { GOOD, scorecardWith } from './facts';

describe('which checks are required', () => {
  const always = ['train-argument', 'hyperparameters', 'channels', 'model', 'failure', 'user', 'platform', 'secrets'];
  it.each([
    ['by default', { hasMetricDefinitions: false }, always],
    ['with metric definitions', { hasMetricDefinitions: true }, [...always, 'metrics']],
    ['with two instances', { hasMetricDefinitions: false, instanceCount: 2 }, [...always, 'nodes']],
    ['when strict', { level: 'strict' as const }, [...CHECK_IDS]],
  ])('%s', (_name, rules, required) => {
    const { scorecard } = scorecardWith(rules);
    expect(CHECK_IDS.filter((id) => scorecard.isRequired(id)).sort()).toEqual([...required].sort());
    expect(scorecard.isRequired('lint-size')).toBe(false);
  });
});

describe('the scorecard', () => {
  it('skips what is left out, with the reason', async () => {
    const { scorecard, told } = scorecardWith({ skip: ['stop', 'lint-size'], hasMetricDefinitions: false });
    await scorecard.begin();
    expect(Object.fromEntries(told.map(({ id, reason }) => [id, reason]))).toEqual({
      stop: '`verify-skip` names it',
      serve: 'nothing is deployed',
      metrics: 'no `metric-definitions`',
      nodes: '`instance-count` is 1',
    });
    await scorecard.warn({ id: 'lint-size', title: '', proof: '', fix: '' });
    expect(scorecard.isDecided('lint-size')).toBe(false);
  });

  it('keeps the first verdict of a check and gives each promise exactly one', async () => {
    const { scorecard, told } = scorecardWith({ skip: ['model'] });
    await scorecard.begin();
    await scorecard.fail('model', 'empty', 'fill it', 1);
    await scorecard.fail('failure', 'exit code 0', 'exit 1', 1);
    await scorecard.warn({ id: 'lint-size', title: 'small', proof: '12 GB', fix: 'shrink' });
    await scorecard.skipRest('`platform` failed');
    expect(scorecard.verdict('model')).toBe('skipped');
    expect(scorecard.results().map(({ id }) => id)).toEqual([...CHECK_IDS, 'lint-size']);
    expect(told).toHaveLength(CHECK_IDS.length + 1);
  });
});

it.each([
  ['', 'pass'],
  ['root', 'pass'],
  ['0', 'pass'],
  ['0:0', 'pass'],
  ['root:staff', 'pass'],
  ['1000', 'fail'],
  ['trainer', 'fail'],
  ['1000:0', 'fail'],
])('USER %p: %s', async (user, verdict) => {
  const { scorecard } = scorecardWith();
  await checkUser({ ...GOOD, user }, scorecard);
  expect(scorecard.verdict('user')).toBe(verdict);
});

it.each([
  ['linux', 'amd64', 'pass'],
  ['linux', 'arm64', 'fail'],
  ['windows', 'amd64', 'fail'],
  ['', '', 'fail'],
])('%s/%s: %s', async (os, architecture, verdict) => {
  const { scorecard } = scorecardWith();
  await checkPlatform({ ...GOOD, os, architecture }, scorecard);
  expect(scorecard.verdict('platform')).toBe(verdict);
});

it('makes text of others harmless and short', () => {
  expect(quoted('  a\n::error::b\u001b[31m ##[error]c  ')).toBe('«a ::error::b ##\\[error]c»');
  expect(quoted('x'.repeat(1_000)).length).toBeLessThan(260);
});
