import { describe, expect, it } from '@jest/globals';
import { charts } from '../../../src/report/charts';
import { bestOf, directionOf, headlineOf } from '../../../src/report/direction';
import { duration, readable, size } from '../../../src/report/units';
import { series } from './records';

const linesOf = (chart: string): number[][] =>
  [...chart.matchAll(/^ {4}line \[(.*)\]$/gmu)].map((match) => (match[1] ?? '').split(', ').map(Number));

describe('charts', () => {
  it('puts scores in one chart and losses in another, scores first', () => {
    const made = charts(
      [series('train_loss', [1, 0.5]), series('val_acc', [0.4, 0.9]), series('val_loss', [1.1, 0.6])],
      'epoch',
    );
    expect(made).toHaveLength(2);
    expect(made[0]).toMatch(/^🟦 `val_acc`\n/u);
    expect(made[1]).toMatch(/^🟦 `train_loss` · 🟧 `val_loss`\n/u);
    expect(made[1]).toContain('x-axis "epoch" 1 --> 2');
    expect(linesOf(made[1] ?? '')).toEqual([
      [1, 0.5],
      [1.1, 0.6],
    ]);
  });

  it('makes none of a single value, and drops what is no number', () => {
    expect(charts([series('loss', [1])], 'epoch')).toEqual([]);
    expect(linesOf(charts([series('loss', [1, NaN, Infinity, 2])], 'epoch')[0] ?? '')[0]?.at(-1)).toBe(2);
  });

  it('never puts two scales in one chart', () => {
    expect(charts([series('acc', [0.1, 0.9]), series('top1_acc', [10, 90])], 'epoch')).toHaveLength(2);
  });

  it('draws at most 100 points, the first and the last kept', () => {
    const values = Array.from({ length: 200 }, (_, index) => index);
    const [line = []] = linesOf(charts([series('other', values)], 'value')[0] ?? '');
    expect(line).toHaveLength(100);
    expect([line[0], line.at(-1)]).toEqual([0, 199]);
  });

  it.each([
    [[1e-9, 3e-9]],
    [[5e-324, 1e-320]],
    [[1e300, -1e300]],
    [[1.7e308, -1.7e308]],
    [[0, 0]],
    [[7, 7]],
    [[-0.5, 0.5]],
  ])('prints plain decimals for %j', (values) => {
    const [chart = ''] = charts([series('x', values)], 'value');
    const [line = []] = linesOf(chart);
    expect(line.every(Number.isFinite)).toBe(true);
    const axis = /y-axis (\S+) --> (\S+)/u.exec(chart);
    expect(Number(axis?.[1])).toBeLessThan(Number(axis?.[2]));
    expect(chart.replace(/%%\{.*\}%%/u, '')).not.toMatch(/\d[eE][-+]?\d|NaN|Infinity|undefined/u);
  });
});

describe('direction', () => {
  it.each([
    ['val_loss', 'down'],
    ['validation:error', 'down'],
    ['balanced_error_rate', 'down'],
    ['valRMSE', 'down'],
    ['val_acc', 'up'],
    ['balanced', 'up'],
    ['test AUC', 'up'],
    ['f1', 'up'],
    ['mIoU', undefined],
    ['miou', 'up'],
    ['learning_rate', undefined],
    ['accident_count', undefined],
  ])('%s: %s', (name, direction) => {
    expect(directionOf(name)).toBe(direction);
  });

  it('finds the best by it', () => {
    expect(bestOf(series('loss', [3, 1, 2]))?.step).toBe(1);
    expect(bestOf(series('acc', [3, 1, 2]))?.step).toBe(0);
    expect(bestOf(series('rate', [3, 1, 2]))).toBeUndefined();
  });

  it('puts a validation score in the first line', () => {
    const all = [series('train_loss', [1]), series('train_acc', [1]), series('val_loss', [1]), series('val_acc', [1])];
    expect(headlineOf(all)?.name).toBe('val_acc');
    expect(headlineOf([series('val_acc', [])])).toBeUndefined();
  });
});

it.each([
  [0.92712, '0.9271'],
  [0.5, '0.5'],
  [100, '100'],
  [1234.5678, '1235'],
  [0.00001234, '1.234e-5'],
  [-3, '-3'],
])('%s reads %s', (value, text) => {
  expect(readable(value)).toBe(text);
});

it.each([
  [0, '0 s'],
  [4.23, '4.2 s'],
  [51.7, '52 s'],
  [59.6, '1 min'],
  [365, '6 min 5 s'],
  [3120, '52 min'],
  [3599, '1 h'],
  [4320, '1 h 12 min'],
])('%s s reads %s', (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [999_999, '1.00 MB'],
  [1_361_234_567, '1.36 GB'],
])('%s bytes reads %s', (bytes, text) => {
  expect(size(bytes)).toBe(text);
});
