import { describe, expect, it } from '@jest/globals';
import { ActionLoadError, loadAction, parseAction } from '../../../sandbox/runner/action';

function action(step: string, rest = ''): string {
  return `name: x\nruns:\n  using: composite\n  steps:\n    - ${step.replaceAll('\n', '\n      ')}\n${rest}`;
}

describe('parseAction', () => {
  it("accepts the repository's own action.yml", () => {
    const { steps } = loadAction('.');
    expect(steps.map(({ id }) => id)).toEqual(expect.arrayContaining(['plan', 'build', 'verify', 'train', 'report']));
  });

  it('names steps without an id as the runner does', () => {
    const text = action(
      'run: a\nshell: bash',
      '    - run: b\n      shell: bash\n    - uses: actions/upload-artifact@v4\n',
    );
    expect(parseAction(text).steps.map(({ id }) => id)).toEqual(['__run', '__run_2', '__actions_upload-artifact']);
  });

  it.each([
    ['a run step without shell', action('run: a'), 'Required property is missing: shell'],
    ['timeout-minutes', action('run: a\nshell: bash\ntimeout-minutes: 1'), "Unexpected value 'timeout-minutes'"],
    ['with on a run step', action('run: a\nshell: bash\nwith: {a: b}'), "Unexpected value 'with'"],
    ['shell on a uses step', action('uses: a/b@c\nshell: bash'), "Unexpected value 'shell'"],
    ['neither run nor uses', action('name: a'), 'not enough info'],
    ['an expression in uses', action('uses: ${{ github.action_path }}/x'), 'uses: Unexpected value'],
    ['post', action('run: a\nshell: bash', '  post: x.js'), "Unexpected value 'post'"],
    ['another kind of action', 'runs: {using: node24, main: x.js}', "runs.using is 'node24'"],
    ['secrets', action('run: echo ${{ secrets.A }}\nshell: bash'), "Unrecognized named-value: 'secrets'"],
    ['vars in if', action('if: vars.A\nrun: a\nshell: bash'), "Unrecognized named-value: 'vars'"],
    [
      'a status function outside if',
      action('run: echo ${{ success() }}\nshell: bash'),
      "Unrecognized function: 'success'",
    ],
    [
      'inputs in a default',
      `inputs: {a: {default: '\${{ inputs.b }}'}}\n${action('run: a\nshell: bash')}`,
      'named-value',
    ],
    ['an output without value', `outputs: {a: {description: x}}\n${action('run: a\nshell: bash')}`, 'missing: value'],
    [
      'an output with required',
      `outputs: {a: {value: x, required: true}}\n${action('run: a\nshell: bash')}`,
      "Unexpected value 'required'",
    ],
    [
      'two steps of one id',
      action('id: a\nrun: a\nshell: bash', '    - {id: A, run: b, shell: sh}\n'),
      'more than once',
    ],
    ['an id with a dot', action('id: a.b\nrun: a\nshell: bash'), "identifier 'a.b' is invalid"],
    ['a broken expression', action('if: a ==\nrun: a\nshell: bash'), 'Unexpected end of expression'],
    ['what is not YAML', 'a: [', 'not YAML'],
  ])('refuses %s', (_name, text, message) => {
    expect(() => parseAction(text)).toThrow(ActionLoadError);
    expect(() => parseAction(text)).toThrow(message);
  });

  it('lets unknown keys of the root and of an input pass, as the runner does', () => {
    expect(
      parseAction(`foo: bar\ninputs: {a: {bar: 1, required: true}}\n${action('run: a\nshell: bash')}`).inputs,
    ).toEqual({
      a: { default: undefined, deprecationMessage: undefined },
    });
  });
});
