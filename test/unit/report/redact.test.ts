import { describe, expect, it } from '@jest/globals';
import { redact, redactRecord } from '../../../src/report/redact';
import { green } from './records';

// Put together here, so that no scanner takes this file for a leak.
const ID = `AKIA${'IOSFODNN7EXAMPLE'.replace(/[^A-Z2-7]/gu, 'A')}`;
const GITHUB = `ghs_${'a1B2'.repeat(9)}`;
const KEY = ['-----BEGIN RSA ', 'PRIVATE KEY-----'].join('');
const KEY_END = ['-----END RSA ', 'PRIVATE KEY-----'].join('');

describe('redact', () => {
  it.each([
    [`id ${ID}.`, 'id ***.'],
    ['aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'aws_secret_access_key = ***'],
    [`token ${GITHUB}`, 'token ***'],
    ['Authorization: Bearer abcdefghijkl', 'Authorization: Bearer ***'],
    ['sent bearer abcdefgh12345', 'sent bearer ***'],
    ['https://b.s3.amazonaws.com/k?X-Amz-Signature=abc&x=1 next', 'https://b.s3.amazonaws.com/k?*** next'],
    ['https://user:pass@pypi.example/simple', 'https://***@pypi.example/simple'],
    ['https://example.org/?page=2', 'https://example.org/?page=2'],
    [`${KEY}\nabc\n${KEY_END}\nnext`, '***\nnext'],
    [`${KEY}\nabc`, '***'],
    ['epochs=3 max_tokens=512', 'epochs=3 max_tokens=512'],
  ])('%j becomes %j', (text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  it('takes out given values in every form', () => {
    const secret = 'pa"ss/wörd';
    const forms = [secret, JSON.stringify(secret), encodeURIComponent(secret), Buffer.from(secret).toString('base64')];
    const text = redact(forms.join(' '), [secret]);
    for (const form of forms) expect(text).not.toContain(form);
  });

  it('takes out each line of a value of many lines, and leaves short values alone', () => {
    expect(redact('first-line or 1', ['first-line\nsecond-line', '1'])).toBe('*** or 1');
  });

  it('stays linear', () => {
    const start = performance.now();
    redact('https://'.repeat(50_000));
    redact(`${KEY}`.repeat(5_000));
    redact('eyJ'.repeat(100_000));
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

it('redacts a record throughout, names told secrets too, and leaves the given one alone', () => {
  const record = green();
  const train = record.train;
  if (!train) throw new Error('the fixture has a training');
  train.hyperparameters = { 'hf-token': 'whatever', pad_token: '<pad>', note: GITHUB };
  train.logTail = ['before', KEY, 'abcdef', KEY_END, 'after'];
  const result = redactRecord(record);
  expect(result.train?.hyperparameters).toEqual({ 'hf-token': '***', pad_token: '<pad>', note: '***' });
  expect(result.train?.logTail).toEqual(['before', '***', 'after']);
  expect(train.logTail).toHaveLength(5);
  expect(result.plan).toEqual(record.plan);
});
