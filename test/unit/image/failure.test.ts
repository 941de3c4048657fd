import { describe, expect, it } from '@jest/globals';

import { findInstruction, parseDockerfile } from '../../../src/image/dockerfile';
import { buildFailure } from '../../../src/image/failure';
import { ProgressReader } from '../../../src/image/progress';
import { parseHistory } from '../../../src/image/inspect';
import { judgeDisk } from '../../../src/image/disk';

function read(lines: readonly string[]): ReturnType<ProgressReader['read']> {
  const reader = new ProgressReader();
  for (const line of lines) reader.push(line);
  return reader.read();
}

describe('progress', () => {
  it('counts steps and cached ones, and is not fooled by output', () => {
    const progress = read([
      '#1 [internal] load build definition from Dockerfile',
      '#1 DONE 0.0s',
      '#2 [base 1/3] FROM docker.io/library/x',
      '#2 CACHED',
      '#3 [linux/amd64 base  2/3] RUN a',
      '#3 sha256:1467413d4bba860cfb6eae8424a0629e71fdbea59ef407e8e2043741aab26b49',
      '#3 CACHED',
      '#4 [base 3/3] RUN b',
      '#4 0.254 CACHED',
      '#4 0.255 ERROR: mine',
      '#4 DONE 0.3s',
    ]);
    expect(progress).toMatchObject({ totalSteps: 2, cachedSteps: 1, failed: undefined });
  });

  it('names the cause and not the neighbours it cancelled', () => {
    const progress = read([
      '#5 [a 2/2] RUN sleep 9',
      '#6 [b 2/2] RUN false',
      '#5 CANCELED',
      '#6 1.0 out',
      '#6 ERROR: exit code: 1',
    ]);
    expect(progress.failed).toEqual({ name: '[b 2/2] RUN false', output: ['out'], error: 'exit code: 1' });
  });

  it('keeps the last 30 lines of a step', () => {
    const lines = Array.from({ length: 1000 }, (_, index) => `#6 1.0 line ${index}`);
    const { failed } = read(['#6 [2/2] RUN x', ...lines, '#6 ERROR: x']);
    expect(failed?.output).toHaveLength(30);
    expect(failed?.output.at(-1)).toBe('line 999');
  });
});

const SOURCE = [
  '# escape=\\', // 1
  'FROM a AS Base', // 2
  'RUN one \\', // 3
  '  # comment \\', // 4
  '', // 5
  '  && two', // 6
  'COPY <<EOF /x', // 7
  'RUN not an instruction', // 8
  'EOF', // 9
  'ENV A=b', // 10
  'workdir /x', // 11
  'FROM base', // 12
  'RUN three', // 13
].join('\n');

it('splits a Dockerfile', () => {
  expect(parseDockerfile(SOURCE).map(({ keyword, line, endLine }) => [keyword, line, endLine])).toEqual([
    ['FROM', 2, 2],
    ['RUN', 3, 6],
    ['COPY', 7, 9],
    ['ENV', 10, 10],
    ['WORKDIR', 11, 11],
    ['FROM', 12, 12],
    ['RUN', 13, 13],
  ]);
});

it.each([
  ['[base 2/4] RUN one   && two', 3],
  ['[base 3/4] COPY <<EOF /x', 7],
  ['[linux/amd64 base 4/4] WORKDIR /x', 11],
  ['[stage-1 1/1] RUN three', 13],
  ['[stage-1 1/1] COPY three', undefined],
  ['[other 1/1] RUN three', undefined],
  ['[internal] load metadata for x', undefined],
])('finds %s', (step, line) => {
  expect(findInstruction(parseDockerfile(SOURCE), step)?.line).toBe(line);
});

describe('buildFailure', () => {
  const dockerfile = { name: 'train/Dockerfile', source: 'FROM a\nRUN make \\\n  all\n' };
  const fail = (lines: readonly string[]): ReturnType<typeof buildFailure> =>
    buildFailure({
      exitCode: 1,
      progress: read(lines),
      dockerfile,
      redact: (text) => text.replaceAll('hunter2', '***'),
    });

  it("reads a newer BuildKit's excerpt", () => {
    const error = fail([
      '#5 [2/2] RUN make   all',
      '#5 0.1 hunter2: no rule',
      '#5 ERROR: process "/bin/sh -c make   all" did not complete successfully: exit code: 2',
      '------',
      ' > [2/2] RUN make   all:',
      '0.1 hunter2: no rule',
      '------',
      'Dockerfile:2',
      '--------------------',
      '   1 |     FROM a',
      '   2 | >>> RUN make \\',
      '   3 | >>>   all',
      '   4 |     ',
      '--------------------',
      'ERROR: failed to solve: process "/bin/sh -c make   all" did not complete successfully: exit code: 2',
    ]);
    expect(error.message).toBe('The image build failed at train/Dockerfile:2: a command failed.');
    expect(error.details.slice(0, 4)).toEqual([
      'Dockerfile:2',
      '   1 |     FROM a',
      '   2 | >>> RUN make \\',
      '   3 | >>>   all',
    ]);
    expect(error.details).toContain('***: no rule');
  });

  it.each([
    ['ERROR: failed to solve: dockerfile parse error on line 2: unknown instruction: RUNN', /Dockerfile:2: .*parsed/],
    ['ERROR: failed to solve: a: toomanyrequests: You have reached your pull rate limit', /rate limit/],
    ['ERROR: failed to solve: a: pull access denied, repository does not exist', /cannot be pulled/],
    ['ERROR: Cache export is not supported for the docker driver.', /layer cache/],
    [
      'ERROR: failed to receive status: rpc error: code = Unavailable desc = error reading from server: EOF',
      /engine went away/,
    ],
    ['ERROR: something new', /\(exit code 1\)/],
  ])('explains %s', (line, message) => {
    const error = fail([line]);
    expect(error.message).toMatch(message);
    expect(error.details).toContain(line);
  });

  it('does not take a cause from what a command prints', () => {
    const error = fail(['#5 [2/2] RUN make all', '#5 0.1 pull access denied', '#5 ERROR: exit code: 1']);
    expect(error.message).toMatch(/a command failed/);
  });
});

it('shortens history and hides values', () => {
  const lines = [
    { CreatedBy: 'RUN |2 COLOUR=deep blue API=x /bin/sh -c make # buildkit', Size: '7' },
    { CreatedBy: 'ENV API_TOKEN=abc', Size: '0' },
    { CreatedBy: '/bin/sh -c DB_PASSWORD=abcdef make', Size: '6' },
    { CreatedBy: '/bin/sh -c #(nop) ADD file:1 in / ', Size: '5' },
    { CreatedBy: '', Comment: 'Imported from -', Size: '4' },
  ];
  const history = lines.map((line) => JSON.stringify(line)).join('\n');
  expect(parseHistory(history, { buildArgs: { COLOUR: 'deep blue' }, secrets: [] })).toEqual([
    { createdBy: '(imported)', sizeBytes: 4 },
    { createdBy: 'ADD file:1 in /', sizeBytes: 5 },
    { createdBy: 'RUN DB_PASSWORD=*** make', sizeBytes: 6 },
    { createdBy: 'RUN make', sizeBytes: 7 },
  ]);
});

describe('judgeDisk', () => {
  const gib = 1024 ** 3;
  it.each([
    [undefined, 1, 'enough'],
    [50 * gib, gib, 'enough'],
    [9 * gib, gib, 'warning'],
    [20 * gib, 10 * gib, 'warning'],
    [gib, gib, 'refused'],
    [0, 0, 'refused'],
  ])('%s bytes free for a context of %s: %s', (free, context, verdict) => {
    const judged = judgeDisk(free, context);
    expect(judged.enough ? ('warning' in judged ? 'warning' : 'enough') : 'refused').toBe(verdict);
  });
});
