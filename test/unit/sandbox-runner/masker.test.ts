import { describe, expect, it } from '@jest/globals';
import { SecretMasker } from '../../../sandbox/runner/masker';

function masker(...values: string[]): SecretMasker {
  const result = new SecretMasker();
  for (const value of values) result.addWithLines(value);
  return result;
}

describe('SecretMasker', () => {
  const secret = 'p@ss "word"/<&>';
  it.each([
    ['as it is', secret],
    ['as base64', Buffer.from(secret).toString('base64')],
    ['as JSON', JSON.stringify(secret).slice(1, -1)],
    ['as URL', encodeURIComponent(secret)],
    ['as XML', 'p@ss &quot;word&quot;/&lt;&amp;&gt;'],
  ])('hides a value %s', (_name, shown) => {
    expect(masker(secret).mask(`a ${shown} b`)).toBe('a *** b');
  });

  it('hides a value inside base64 of something longer, at any byte offset', () => {
    for (const before of ['', 'x', 'xy']) {
      const shown = Buffer.from(`${before}${'s3cr3t-of-some-length'}`).toString('base64');
      expect(masker('s3cr3t-of-some-length').mask(shown)).not.toContain(shown.slice(4, -4));
    }
  });

  it('hides each line of a value of several lines', () => {
    expect(masker('one\r\ntwo\n\nthree').mask('one 1 two 2 three 3')).toBe('*** 1 *** 2 *** 3');
  });

  it('makes one of ranges that overlap or touch', () => {
    expect(masker('abc', 'cde').mask('xabcdey')).toBe('x***y');
    expect(masker('abc').mask('xabcabcy')).toBe('x***y');
    expect(masker('aa').mask('aaay')).toBe('***y');
  });

  it('does not take blank values', () => {
    expect(masker('', '  ').mask('a  b')).toBe('a  b');
    expect(masker('', '  ').values).toEqual([]);
  });
});
