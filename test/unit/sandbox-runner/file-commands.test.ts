import { mkdtempSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  createCommandFiles,
  parseKeyValues,
  readCommandFiles,
  SUMMARY_BYTES_MAX,
  type CommandFiles,
} from '../../../sandbox/runner/file-commands';

describe('parseKeyValues', () => {
  it.each<[string, string, [string, string][]]>([
    ['nothing', '', []],
    ['a pair', 'a=b\n', [['a', 'b']]],
    ['a pair without an end', 'a=b', [['a', 'b']]],
    ['an empty value', 'a=\n', [['a', '']]],
    ['a value with = and <<', 'a=b=c<<d\n', [['a', 'b=c<<d']]],
    ['a block', 'a<<E\none\ntwo\nE\n', [['a', 'one\ntwo']]],
    ['a block without an end of the last line', 'a<<E\none\nE', [['a', 'one']]],
    ['an empty block', 'a<<E\nE\n', [['a', '']]],
    ['a block of one empty line', 'a<<E\n\nE\n', [['a', '']]],
    ['a delimiter with =', 'a<<E=F\nx\nE=F\n', [['a', 'x']]],
    ['a carriage return, which belongs to the value', 'a=b\r\n', [['a', 'b\r']]],
    [
      'several',
      'a=1\n\nb<<E\n2\nE\nc=3',
      [
        ['a', '1'],
        ['b', '2'],
        ['c', '3'],
      ],
    ],
  ])('reads %s', (_name, text, pairs) => {
    expect(parseKeyValues(text)).toEqual(pairs);
  });

  it.each([
    ['a line with neither', 'abc\n', "Invalid format 'abc'"],
    ['an empty name', '=b\n', 'Name must not be empty'],
    ['an empty delimiter', 'a<<\nb\n', 'delimiter must not be empty'],
    ['a block that does not end', 'a<<E\nb\n', "Matching delimiter not found 'E'"],
    ['an indented delimiter', 'a<<E\nb\n E\n', "Matching delimiter not found 'E'"],
    ['a last line without an end', 'a<<E\nb', 'EOF value must end with a newline'],
  ])('refuses %s', (_name, text, message) => {
    expect(() => parseKeyValues(text)).toThrow(message);
  });
});

describe('readCommandFiles', () => {
  let folder: string;
  let files: CommandFiles;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'file-commands-'));
    files = createCommandFiles(folder);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('reads every file', () => {
    writeFileSync(files.GITHUB_OUTPUT, '\ufeffa=1\n');
    writeFileSync(files.GITHUB_ENV, 'B=2\n');
    writeFileSync(files.GITHUB_PATH, '/one\r\n\n/two\n');
    writeFileSync(files.GITHUB_STATE, 'c=3\n');
    writeFileSync(files.GITHUB_STEP_SUMMARY, '# Hi\n');
    expect(readCommandFiles(files)).toEqual({
      outputs: [['a', '1']],
      env: [['B', '2']],
      paths: ['/one', '/two'],
      state: [['c', '3']],
      summary: '# Hi\n',
      errors: [],
    });
  });

  it('keeps NODE_OPTIONS out without failing the step', () => {
    writeFileSync(files.GITHUB_ENV, 'node_options=--inspect\nA=1\n');
    const { env, errors } = readCommandFiles(files);
    expect(env).toEqual([['A', '1']]);
    expect(errors).toEqual([{ message: expect.stringContaining('NODE_OPTIONS') as unknown, fatal: false }]);
  });

  it('drops a summary above 1 MiB with an error that does not fail the step', () => {
    writeFileSync(files.GITHUB_STEP_SUMMARY, 'x'.repeat(SUMMARY_BYTES_MAX));
    expect(readCommandFiles(files).summary).toHaveLength(SUMMARY_BYTES_MAX);
    writeFileSync(files.GITHUB_STEP_SUMMARY, 'x'.repeat(SUMMARY_BYTES_MAX + 1));
    const { summary, errors } = readCommandFiles(files);
    expect(summary).toBeUndefined();
    expect(errors).toEqual([{ message: expect.stringContaining('up to a size of 1024k') as unknown, fatal: false }]);
  });

  it('fails the step over a malformed file and still reads the others', () => {
    writeFileSync(files.GITHUB_OUTPUT, 'a<<E\nb\n');
    writeFileSync(files.GITHUB_STATE, 'c=3\n');
    const { outputs, state, errors } = readCommandFiles(files);
    expect(outputs).toEqual([]);
    expect(state).toEqual([['c', '3']]);
    expect(errors[0]).toEqual({ message: "Unable to process file command 'output' successfully.", fatal: true });
  });

  it('takes a deleted file for an empty one', () => {
    unlinkSync(files.GITHUB_OUTPUT);
    unlinkSync(files.GITHUB_STEP_SUMMARY);
    expect(readCommandFiles(files)).toMatchObject({ outputs: [], summary: undefined, errors: [] });
  });
});
