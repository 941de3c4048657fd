import { describe, expect, it } from '@jest/globals';
import {
  evaluate,
  ExpressionError,
  interpolate,
  parseCondition,
  parseExpression,
  truthy,
  type Scope,
  type Value,
} from '../../../sandbox/runner/expressions';

const contexts: Record<string, Value> = {
  github: { event_name: 'push', event: { number: 7, labels: [{ name: 'train' }, { name: 'Bug' }] }, token: 't' },
  inputs: { 'dry-run': 'false', empty: '' },
  steps: { plan: { outputs: { build: 'true' }, outcome: 'success' } },
  matrix: null,
  env: { A: '1' },
};

function value(source: string): Value {
  return evaluate(parseExpression(source), { contexts });
}

describe('evaluate', () => {
  it.each<[string, Value]>([
    // Literals.
    ['true', true],
    ['NULL', null],
    ['0xff', 255],
    ['0o17', 15],
    ['-2.5e3', -2500],
    ["'it''s'", "it's"],
    // Access.
    ["steps.plan.outputs.build == 'true'", true],
    ['STEPS.Plan.OUTPUTS.Build', 'true'],
    ["inputs['dry-run']", 'false'],
    ['inputs.dry-run', 'false'],
    ['steps.train.outputs.x', null],
    ['matrix.os', null],
    ['github.event.labels[1].name', 'Bug'],
    ['github.event.labels[9].name', null],
    ["contains(github.event.labels.*.name, 'TRAIN')", true],
    ["contains(github.event.labels.*.name, 'tra')", false],
    ['join(github.event.labels.*.name)', 'train,Bug'],
    // Operators: && and || give an operand.
    ["inputs.empty || 'x'", 'x'],
    ["inputs.empty && 'x'", ''],
    ["true && 'a' || 'b'", 'a'],
    ["'false' && 1", 1],
    ['!0 == true', true],
    ['!(1 > 2) && 3 >= 3', true],
    ['1 < 2 == true', true],
    ['true || false && false', true],
    // Loose equality.
    ["'A' == 'a'", true],
    ["'a' < 'B'", true],
    ["1 == '1'", true],
    ["1 == ' 1.0 '", true],
    ["'' == 0", true],
    ['null == 0', true],
    ["null == ''", true],
    ["true == 'true'", false],
    ['true == 1', true],
    ["'0x10' == 16", true],
    ["'abc' == 0", false],
    ["'abc' != 0", true],
    ["'abc' < 1", false],
    ['NaN == NaN', false],
    ['github == github', true],
    ['github == steps', false],
    ['github == null', false],
    // Functions.
    ["contains('Hello', 'ELL')", true],
    ["startsWith('refs/tags/v1', 'Refs/Tags')", true],
    ["endsWith('a.PY', '.py')", true],
    ["format('{1}-{0} {{x}}', 'a', 2)", '2-a {x}'],
    ['fromJSON(\'{"a":[1,2]}\').a[1]', 2],
    ["toJSON(fromJSON('[1]'))", '[\n  1\n]'],
    ['toJSON(null)', 'null'],
    ["join(fromJSON('[1,true,null]'), '-')", '1-true-'],
  ])('%s', (source, expected) => {
    expect(value(source)).toEqual(expected);
  });

  it.each([
    ['secrets.X', 'Unrecognized named-value'],
    ['nothing()', 'Unrecognized function'],
    ['success()', 'Unrecognized function'],
    ['contains(1)', 'Wrong number of parameters'],
    ["format('{3}', 1)", 'format string is invalid'],
    ["fromJSON('{')", 'Error parsing fromJson'],
    ['1 +', 'Unexpected symbol'],
    ['(1', 'Unexpected end'],
    ['"a"', 'Unexpected symbol'],
    ['a b', 'Unexpected symbol'],
    ['', 'Unexpected end'],
  ])('refuses %s', (source, message) => {
    expect(() => value(source)).toThrow(ExpressionError);
    expect(() => value(source)).toThrow(message);
  });
});

describe('interpolate', () => {
  it.each([
    ['plain', 'plain'],
    ["a${{ 1 }}b${{ 'c' }}", 'a1bc'],
    ["${{ '}}' }}", '}}'],
    ['${{ matrix.os }}', ''],
    ['${{ true }}', 'true'],
    ['${{ github }}', 'Object'],
    ['${{ github.event.labels }}', 'Array'],
    ['${{ 1.50 }}', '1.5'],
  ])('%s', (text, expected) => {
    expect(interpolate(text, { contexts })).toBe(expected);
  });

  it('refuses what is not closed', () => {
    expect(() => interpolate('${{ 1', { contexts })).toThrow(ExpressionError);
  });
});

describe('parseCondition', () => {
  const status = { success: true, failure: false, cancelled: false };
  function holds(text: string | undefined, now: Partial<typeof status> = {}): boolean {
    const at = { ...status, ...now };
    const scope: Scope = {
      contexts,
      status: {
        always: () => true,
        success: () => at.success,
        failure: () => at.failure,
        cancelled: () => at.cancelled,
      },
    };
    return truthy(evaluate(parseCondition(text), scope));
  }
  const failed = { success: false, failure: true };

  it.each<[string | undefined, Partial<typeof status>, boolean]>([
    [undefined, {}, true],
    [undefined, failed, false],
    ['', failed, false],
    ["steps.plan.outputs.build == 'true'", {}, true],
    ["steps.plan.outputs.build == 'true'", failed, false],
    ["${{ steps.plan.outputs.build == 'true' }}", failed, false],
    ['true || false', failed, false],
    ["always() && steps.plan.outputs.build == 'true'", failed, true],
    ['${{ always() }}', { success: false, cancelled: true }, true],
    ['!cancelled()', failed, true],
    ['!cancelled()', { success: false, cancelled: true }, false],
    ['failure()', failed, true],
    ['failure() || cancelled()', {}, false],
    // A status function inside a string does not count.
    ["github.event_name == 'always()'", {}, false],
    // The trap: text around ${{ }} makes a string that is not empty.
    ["${{ github.event_name }} == 'pull_request'", {}, true],
    ["${{ github.event_name }} == 'pull_request'", failed, false],
  ])('if: %s, with %j: %s', (text, now, expected) => {
    expect(holds(text, now)).toBe(expected);
  });
});
