import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { UserError } from '../../../src/errors';
import { compileMetricDefinitions, finiteNumber, leadingLiteral, MetricReader } from '../../../src/training/metrics';

const regexOf = (regex: string): { name: string; regex: string }[] => [{ name: 'val_acc', regex }];

function read(regex: string, ...lines: string[]): MetricReader {
  const reader = new MetricReader(compileMetricDefinitions(regexOf(regex)));
  lines.forEach((line, index) => reader.read(line, 1_000 + index));
  return reader;
}

describe('definitions that SageMaker would not take, or not everywhere', () => {
  it.each([
    ['two groups', '(a)(b)', /2 groups.*exactly one/],
    ['two groups, one inside', '((a)b)', /2 groups/],
    ['no group', 'val_acc: [0-9.]+', /no group/],
    ['only a group that does not capture', '(?:a)', /no group/],
    ['an escaped bracket for a group', '\\(a\\)', /no group/],
    ['look-behind', '(?<=acc )(\\d+)', /look-behind/],
    ['look-ahead', '(\\d+)(?=%)', /look-ahead/],
    ['negative look-ahead', '(?!x)(\\d+)', /look-ahead/],
    ['a back-reference', '(a)\\1', /back-reference/],
    ['a named group', '(?P<acc>\\d+)', /named group/],
    ['a named group, other spelling', '(?<acc>\\d+)', /named group/],
    ['an inline flag', '(?i)acc (\\d+)', /inline flag/],
    ['a flag in a group', '(?i:acc) (\\d+)', /inline flag/],
    ['a POSIX class', '([[:digit:]]+)', /POSIX class/],
    ['a Unicode class', '(\\p{L})', /escape/],
    ['a possessive quantifier', '(a++)', /cannot be read/],
    ['an open group', '(a', /cannot be read/],
    ['nothing', '', /1 to 500/],
    ['too long', `(${'a'.repeat(499)})`, /1 to 500/],
    ['a line end', '(a\n)', /1 to 500/],
  ])('%s', (_name, regex, message) => {
    const check = (): unknown => compileMetricDefinitions(regexOf(regex));
    expect(check).toThrow(UserError);
    expect(check).toThrow(message);
    // It names the definition.
    expect(check).toThrow('"val_acc"');
  });

  it.each([
    ['a name of 256 characters', [{ name: 'a'.repeat(256), regex: '(a)' }], /1 to 255/],
    ['no name', [{ name: '', regex: '(a)' }], /1 to 255/],
    ['a name twice', [...regexOf('(a)'), ...regexOf('(b)')], /twice/],
    ['41 definitions', Array.from({ length: 41 }, (_, n) => ({ name: `m${n}`, regex: '(a)' })), /at most 40/],
  ])('%s', (_name, definitions, message) => {
    expect(() => compileMetricDefinitions(definitions)).toThrow(message);
  });

  it.each([
    ['a bracket in a class', '[(?=](\\d)'],
    ['a literal backslash before a digit', '\\\\1(\\d)'],
    ['500 characters', `(${'a'.repeat(498)})`],
    ['a group that does not capture', '(?:val|test)_acc: (\\d+)'],
    ['a lazy quantifier', '.*?acc: ([0-9.]+)'],
  ])('but %s is fine', (_name, regex) => {
    expect(compileMetricDefinitions(regexOf(regex))).toHaveLength(1);
  });
});

describe('captured text', () => {
  it.each([
    ['0.5', 0.5],
    ['1e-3', 0.001],
    ['+1.5E+2', 150],
    ['-.5', -0.5],
    ['7.', 7],
    [' 3 ', 3],
    ['007', 7],
    ['nan', undefined],
    ['NaN', undefined],
    ['inf', undefined],
    ['-Infinity', undefined],
    ['1e999', undefined],
    ['0x10', undefined],
    ['1_000', undefined],
    ['1,5', undefined],
    ['0.5.', undefined],
    ['', undefined],
    ['.', undefined],
    ['e5', undefined],
  ])('%j is %p', (text, value) => {
    expect(finiteNumber(text)).toBe(value);
  });

  it('is dropped and counted where it is no number', () => {
    const [series] = read('loss=(\\S+)', 'loss=1', 'loss=nan', 'loss=inf', 'loss=2').series();
    expect(series).toEqual({
      name: 'val_acc',
      regex: 'loss=(\\S+)',
      last: 2,
      points: [
        { step: 0, timeMilliseconds: 1_000, value: 1 },
        { step: 1, timeMilliseconds: 1_003, value: 2 },
      ],
      count: 2,
      dropped: 2,
    });
  });

  it('is the first on a line, and lines are read one by one', () => {
    expect(read('a=(\\d)', 'a=1 a=2', 'a=', '3').series()[0]).toMatchObject({ count: 1, last: 1 });
  });

  it('is found behind each carriage return of a bar', () => {
    expect(read('a=(\\d)', 'a=1\ra=2\ra=3').series()[0]).toMatchObject({ count: 3, last: 3 });
  });

  it('has no last value where there is none', () => {
    expect(read('a=(\\d)').series()[0]).toEqual({
      name: 'val_acc',
      regex: 'a=(\\d)',
      points: [],
      count: 0,
      dropped: 0,
    });
  });
});

describe('thinning', () => {
  it('keeps first, last, least and greatest, and at most 200 points in order', () => {
    const values = fc.array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 1, maxLength: 3_000 });
    fc.assert(
      fc.property(values, (numbers) => {
        const [series] = read('(-?\\d+)', ...numbers.map(String)).series();
        const points = series?.points ?? [];
        const kept = points.map(({ value }) => value);
        expect(points.length).toBeLessThanOrEqual(200);
        expect(points[0]).toMatchObject({ step: 0, value: numbers[0] });
        expect(points.at(-1)).toMatchObject({ step: numbers.length - 1, value: numbers.at(-1) });
        expect(Math.min(...kept)).toBe(Math.min(...numbers));
        expect(Math.max(...kept)).toBe(Math.max(...numbers));
        expect(points.every(({ step, value }) => numbers[step] === value)).toBe(true);
        expect(points.every(({ step }, index) => index === 0 || step > (points[index - 1]?.step ?? 0))).toBe(true);
        expect(series?.count).toBe(numbers.length);
      }),
      { numRuns: 30 },
    );
  });

  it('keeps everything of a short series', () => {
    expect(read('(\\d+)', ...Array.from({ length: 197 }, (_, n) => String(n))).series()[0]?.points).toHaveLength(197);
  });
});

describe('the search before the engine', () => {
  it.each([
    ['val_acc: ([0-9.]+)', 'val_acc: '],
    ['\\[epoch (\\d+)\\]', '[epoch '],
    ['ab*(c)', 'a'],
    ['ab?(c)', 'a'],
    ['ab{0,1}(c)', 'a'],
    ['ab+(c)', 'ab'],
    ['a|(b)', ''],
    ['.*acc (\\d)', ''],
    ['\\d(a)', ''],
    ['\\\\(a)', '\\'],
  ])('%s begins with %j', (regex, literal) => {
    expect(leadingLiteral(regex)).toBe(literal);
  });
});

it('a hostile line and pattern take linear time', () => {
  const began = performance.now();
  read('((?:x+x+)+y)', 'x'.repeat(100_000));
  read('(.*.*.*=.*)', 'x'.repeat(100_000));
  expect(performance.now() - began).toBeLessThan(5_000);
});
