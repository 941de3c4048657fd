import { describe, expect, it } from '@jest/globals';
import { INPUTS, parseInputs } from '../../src/inputs';

const parse = (given: Record<string, string>): ReturnType<typeof parseInputs> => parseInputs(JSON.stringify(given));

describe('inputs', () => {
  it('are the defaults when nothing is given, and when everything is given empty', () => {
    const nothing = parseInputs('');
    const empty = parse(Object.fromEntries(Object.values(INPUTS).map(({ name }) => [name, ''])));
    expect(empty).toEqual(nothing);
    expect(nothing).toMatchObject({
      dryRun: false,
      githubToken: undefined,
      context: '.',
      file: undefined,
      verify: 'standard',
      trainOn: ['label', 'comment', 'dispatch'],
      instanceCount: 1,
      comment: true,
    });
  });

  it.each([
    ['dry-run', 'True', 'dryRun', true],
    ['dry-run', 'FALSE', 'dryRun', false],
    ['hyperparameters', 'lr=1e-3\nid=007\nexpr=a=b= c', 'hyperparameters', { lr: '1e-3', id: '007', expr: 'a=b= c' }],
    ['hyperparameters', '# a comment\n\n  epochs = 3\r\n', 'hyperparameters', { epochs: ' 3' }],
    ['train-on', 'pull_request, merge\nlabel', 'trainOn', ['pull_request', 'merge', 'label']],
    ['verify-skip', 'stop,lint-tini', 'verifySkip', ['stop', 'lint-tini']],
    ['cache-from', 'type=gha,scope=a\ntype=registry,ref=x', 'cacheFrom', ['type=gha,scope=a', 'type=registry,ref=x']],
    [
      'secrets',
      'a=v\nb=@TOKEN',
      'secrets',
      [
        { id: 'a', value: 'v' },
        { id: 'b', environmentName: 'TOKEN' },
      ],
    ],
    ['input-data-config', 'train=data/train', 'inputDataConfig', [{ name: 'train', path: 'data/train', mode: 'File' }]],
    ['input-data-config', 'train=file://data', 'inputDataConfig', [{ name: 'train', path: 'data', mode: 'File' }]],
    [
      'input-data-config',
      'train={"InputMode":"FastFile","ContentType":"image/png","DataSource":{"S3DataSource":{"S3Uri":"file://data"}}}',
      'inputDataConfig',
      [{ name: 'train', path: 'data', mode: 'FastFile', contentType: 'image/png' }],
    ],
    ['metric-definitions', 'val=val=([0-9.]+)', 'metricDefinitions', [{ name: 'val', regex: 'val=([0-9.]+)' }]],
    ['instance-count', '20', 'instanceCount', 20],
  ] as const)('%s: %j is understood', (name, value, key, expected) => {
    expect(parse({ [name]: value })[key]).toEqual(expected);
  });

  it.each([
    ['dry-run', 'yes', 'must be true or false', '"yes"'],
    ['comment', 'ture', 'must be true or false', '"ture"'],
    ['verify', 'Strict', 'must be one of off, standard, strict', '"Strict"'],
    ['backend', 'sagemaker', 'must be one of runner', '"sagemaker"'],
    ['train-on', 'label, pr', '«pr»; allowed are label, comment', '"label, pr"'],
    ['verify-skip', 'stopp', '«stopp»; did you mean «stop»?; allowed are train-argument', '"stopp"'],
    ['instance-count', '0', 'whole number from 1 to 20', '"0"'],
    ['instance-count', '1.5', 'whole number from 1 to 20', '"1.5"'],
    ['hyperparameters', 'epochs', 'line 1, «epochs», is no name=value', '"epochs"'],
    ['hyperparameters', 'lr: 0.3', 'line 1, «lr: 0.3», is no name=value; write lr=0.3', ''],
    ['hyperparameters', 'a=x\u2028y', '«a» has a line break inside', ''],
    ['input-data-config', '..=data', '«..» is no channel name', ''],
    ['hyperparameters', '=3', 'line 1, «=3», is no name=value', '"=3"'],
    ['hyperparameters', 'a=1\na=2', 'line 2 gives «a» a second time', ''],
    ['hyperparameters', `a=${'x'.repeat(2501)}`, 'longer than 2500 characters', ''],
    ['hyperparameters', Array.from({ length: 101 }, (_, i) => `k${i}=1`).join('\n'), 'at most 100', ''],
    ['environment', '1A=x', '«1A» is no name', ''],
    ['build-args', 'A-B=x', '«A-B» is no name', ''],
    ['input-data-config', 'train=s3://bucket/x', 'lies in S3', ''],
    ['input-data-config', 'a/b=x', '«a/b» is no channel name', ''],
    ['input-data-config', 'train={"InputMode":"Pipe"}', 'the channel «train»', ''],
    ['input-data-config', 'train={', 'is no JSON', ''],
    ['metric-definitions', `a=${'x'.repeat(501)}`, 'has 501 characters; allowed are 1 to 500', ''],
    ['metric-definitions', 'a=', 'has 0 characters', ''],
    ['on-cancel', 'leave', 'the container ends with the runner', ''],
  ])('%s is refused with %.0s«%s»', (name, value, message, shown) => {
    expect(() => parse({ [name]: value })).toThrow(message);
    expect(() => parse({ [name]: value })).toThrow(`\`${name}`);
    expect(() => parse({ [name]: value })).toThrow(shown);
  });

  it('names every wrong input at once', () => {
    expect(() => parse({ 'dry-run': '1', comment: '2' })).toThrow(/2 inputs are wrong:\n- `dry-run`.*\n- `comment`/);
  });

  it('refuses a name it does not know', () => {
    expect(() => parse({ dryrun: 'true' })).toThrow('`dryrun`: there is no such input; did you mean «dry-run»?');
  });

  it('never shows the value of a secret', () => {
    expect(() => parse({ secrets: 'hunter2' })).toThrow('`secrets`: line 1 is no id=value');
    expect(() => parse({ secrets: 'hunter2' })).not.toThrow(/hunter2/);
  });

  it('refuses what is no object of strings', () => {
    expect(() => parseInputs('[1]')).toThrow('no object of strings');
    expect(() => parseInputs('{"a":1}')).toThrow('no object of strings');
    expect(() => parseInputs('{')).toThrow('no JSON');
  });
});
