import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { LineSplitter, parseCommand, RefusedStopToken, StepOutput } from '../../../sandbox/runner/commands';

function split(...chunks: string[]): string[] {
  const lines: string[] = [];
  const splitter = new LineSplitter((line) => lines.push(line));
  for (const chunk of chunks) splitter.push(chunk);
  splitter.end();
  return lines;
}

describe('LineSplitter', () => {
  it.each<[string, string[], string[]]>([
    ['line feeds', ['a\nb\n'], ['a', 'b']],
    ['a rest without an end', ['a\nb'], ['a', 'b']],
    ['carriage return with line feed as one end', ['a\r\nb\r\n'], ['a', 'b']],
    ['a lone carriage return (tqdm)', ['1%\r2%\r::error::x\n'], ['1%', '2%', '::error::x']],
    ['a pair cut between chunks', ['a\r', '\nb\n'], ['a', 'b']],
    ['a carriage return at the end of a chunk', ['a\r', 'b\n'], ['a', 'b']],
    ['a pair cut between chunks, after which comes an empty line', ['a\r', '\n\nb\n'], ['a', '', 'b']],
    ['one line over many chunks', ['a', 'b', '', 'c\n'], ['abc']],
    ['empty lines', ['\n\n'], ['', '']],
    ['no U+2028, U+0085 or form feed', ['a\u2028b\u0085c\fd\n'], ['a\u2028b\u0085c\fd']],
  ])('cuts at %s', (_name, chunks, lines) => {
    expect(split(...chunks)).toEqual(lines);
  });
});

describe('parseCommand', () => {
  it.each<[string, string, ReturnType<typeof parseCommand>]>([
    ['V2', '::error file=a.py,line=3::boo', v2('error', { file: 'a.py', line: '3' }, 'boo')],
    ['V2 after spaces', '\u00a0\u3000\u0085 ::debug::x', v2('debug', {}, 'x')],
    ['V2 of any case', '::Add-Mask::x', v2('Add-Mask', {}, 'x')],
    ['V2 data with the mark in it', '::debug::a::b', v2('debug', {}, 'a::b')],
    ['V2 escapes in data', '::debug::a%0Ab%0Dc%253A%3A', v2('debug', {}, 'a\nb\rc%3A%3A')],
    ['V2 escapes in properties', '::error title=a%3Ab%2Cc%0Ad::', v2('error', { title: 'a:b,c\nd' }, '')],
    ['V2 properties with spaces around the list', '::error  title=a ::b', v2('error', { title: 'a' }, 'b')],
    ['V2 without empty properties', '::error title=,=x,file=f::b', v2('error', { file: 'f' }, 'b')],
    ['V1', '##[error]boo', v1('error', {}, 'boo')],
    ['V1 in the middle', '12:00 | loss ##[add-mask]a', v1('add-mask', {}, 'a')],
    ['V1 with properties', 'x ##[set-output name=image;b=c]evil', v1('set-output', { name: 'image', b: 'c' }, 'evil')],
    ['V1 escapes', '##[error title=a%5Db%3Bc]d%5D%25', v1('error', { title: 'a]b;c' }, 'd]%')],
    ['V1 where V2 does not parse', '::nonsense::##[debug]x', v1('debug', {}, 'x')],
    ['marks with characters that .NET ignores', '\u200b:\u00ad:debug::x', v2('debug', {}, 'x')],
    ['V1 marks with a character that .NET ignores', 'a #\u200d#[debug]x', v1('debug', {}, 'x')],
  ])('reads %s', (_name, line, command) => {
    expect(parseCommand(line)).toEqual(command);
  });

  it.each([
    ['V2 after other text', '| ::error::x'],
    ['an unknown name', '::frobnicate::x'],
    ['an internal name', '::internal-set-repo-path repoFullName=a::x'],
    ['an open V2', '::error'],
    ['an open V1', '##[error boo'],
    ['only the first V1 mark of a line counts', '##[nothing] ##[error]x'],
    ['a broken V1 mark', '##\\[error]x'],
    ['a byte order mark, which .NET does not trim but ignores in comparisons, before text', '\ufeffx::error::x'],
    ['an empty line', ''],
  ])('takes for plain text: %s', (_name, line) => {
    expect(parseCommand(line)).toBeUndefined();
  });

  function v1(name: string, properties: Record<string, string>, data: string): ReturnType<typeof parseCommand> {
    return { name, properties, data, form: 'V1' };
  }
  function v2(name: string, properties: Record<string, string>, data: string): ReturnType<typeof parseCommand> {
    return { name, properties, data, form: 'V2' };
  }
});

/** Feeds lines to a step and writes down what they bring about. */
function play(lines: readonly string[], workspace = tmpdir()): { events: string[]; failed: boolean } {
  const events: string[] = [];
  let failed = false;
  const output = new StepOutput({
    output: (line) => events.push(line),
    annotate: (kind, message) => events.push(`<${kind}> ${message}`),
    debug: (message) => events.push(`<debug> ${message}`),
    setOutput: (name, value) => events.push(`<output> ${name}=${value}`),
    saveState: (name, value) => events.push(`<state> ${name}=${value}`),
    addMask: (value, withLines) => events.push(`<mask${withLines ? ' lines' : ''}> ${value}`),
    job: { echo: false, matchers: [] },
    acted: () => undefined,
    failStep: () => {
      failed = true;
    },
    workspace,
  });
  for (const line of lines) output.line(line);
  return { events, failed };
}

describe('StepOutput', () => {
  it('obeys what still acts and prints the rest', () => {
    const { events, failed } = play([
      'plain',
      '::group::Title',
      '::endgroup::',
      '::notice::n',
      '::add-mask::secret',
      '::debug::d',
      'x ##[save-state name=s]v',
    ]);
    expect(events).toEqual([
      'plain',
      '##[group]Title',
      '##[endgroup]',
      '<notice> n',
      '<mask lines> secret',
      '<debug> d',
      expect.stringContaining('<warning> The `save-state` command is deprecated'),
      '<state> s=v',
    ]);
    expect(failed).toBe(false);
  });

  it.each([['::set-env name=A::b'], ['::add-path::/tmp'], ['::set-output::v'], ['::echo::maybe']])(
    'fails the step on %s',
    (line) => {
      const { events, failed } = play([line]);
      expect(failed).toBe(true);
      expect(events).toContain(`<error> Unable to process command '${line}' successfully.`);
    },
  );

  it('warns of an empty mask', () => {
    expect(play(['::add-mask:: ']).events).toEqual([
      "<warning> Can't add secret mask for empty string in ##[add-mask] command.",
    ]);
  });

  it('stops commands until the token comes, in either form, and masks a long token', () => {
    const { events } = play([
      '::stop-commands::deadbeef',
      '::error::inside',
      '::stop-commands::other',
      'x ##[DEADBEEF]',
      '::error::outside',
    ]);
    expect(events).toEqual([
      '<mask> deadbeef',
      '::stop-commands::deadbeef',
      '::error::inside',
      '::stop-commands::other',
      'x ##[DEADBEEF]',
      '<error> outside',
    ]);
  });

  it('does not mask a token of six characters', () => {
    expect(play(['::stop-commands::abcdef']).events).toEqual(['::stop-commands::abcdef']);
  });

  it.each([['::stop-commands::'], ['::stop-commands::Pause-Logging'], ['##[stop-commands]add-mask']])(
    'refuses the token of %s',
    (line) => {
      expect(() => play([line])).toThrow(RefusedStopToken);
    },
  );

  it('echoes commands when told to, but never a mask', () => {
    expect(
      play(['::echo::on', '::save-state name=a::b', '::add-mask::secret', '::echo::off', '::debug::x']).events,
    ).toEqual([
      '::save-state name=a::b',
      expect.stringContaining('<warning>'),
      '<state> a=b',
      '::add-mask::***',
      '<mask lines> secret',
      '::echo::off',
      '<debug> x',
    ]);
  });

  it('reads a problem matcher from a file of the workspace and lets it go again', () => {
    const folder = mkdtempSync(join(tmpdir(), 'matcher-'));
    const pattern = [{ regexp: '^(.+):(\\d+): (.+)$', file: 1, line: 2, message: 3 }];
    writeFileSync(
      join(folder, 'm.json'),
      JSON.stringify({ problemMatcher: [{ owner: 'py', severity: 'warning', pattern }] }),
    );
    const { events } = play(
      [
        'a.py:3: before',
        '::add-matcher::m.json',
        'a.py:3: bad',
        'fine',
        '::remove-matcher owner=PY::',
        'a.py:3: after',
      ],
      folder,
    );
    rmSync(folder, { recursive: true });
    expect(events).toEqual(['a.py:3: before', '<warning> bad', 'fine', 'a.py:3: after']);
  });

  it('fails the step on a matcher file that is not there', () => {
    expect(play(['##[add-matcher]nothing.json']).failed).toBe(true);
  });
});
