import { spawn } from 'node:child_process';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { createLog, formatCommand, type Log, type LogOptions } from '../../../src/log';
import { lastState, neutralise, neutraliseLines } from '../../../src/neutralise';

function logged(body: (log: Log) => void, options: LogOptions = {}): string[] {
  let text = '';
  let tokens = 0;
  const log = createLog((written) => (text += written), { newToken: () => `token-${(tokens += 1)}`, ...options });
  body(log);
  return text.split('\n').slice(0, -1);
}

describe('neutralise', () => {
  it.each([
    ['plain', 'loss 0.5', 'loss 0.5'],
    ['an old command', 'x ##[add-mask]a', 'x ##\\[add-mask]a'],
    ['an old command in doubled marks', '####[[error]', '####\\[[error]'],
    ['a marker torn by a zero-width space', '#\u200b#[error]x', '##\\[error]x'],
    ['a marker torn by an escape', '##\u001b[0m[error]x', '##\\[error]x'],
    ['a marker torn by a soft hyphen', '##\u00ad[error]', '##\\[error]'],
    ['colours', '\u001b[1;31mred\u001b[0m', 'red'],
    ['an eight-bit colour', '\u009b31mred', 'red'],
    ['a link', '\u001b]8;;http://a\u0007text\u001b]8;;\u0007', 'text'],
    ['an unterminated title', 'a\u001b]0;title', 'a'],
    ['a device control string', 'a\u001bPq#0\u001b\\b', 'ab'],
    ['a character set', '\u001b(Ba', 'a'],
    ['bidi', 'a\u202eb\u2066c\u061c', 'abc'],
    ['controls', 'a\u0000\u0007\u0008\u007f\u0085b', 'a b'],
    ['a tab', 'a\tb', 'a    b'],
    ['line ends', 'a\nb\r\nc\u2028d', 'a b  c d'],
    ['a lone surrogate', 'a\ud800b', 'a\ufffdb'],
    ['letters of others', 'Größe 大 🧪', 'Größe 大 🧪'],
  ])('%s', (_name, text, expected) => {
    expect(neutralise(text)).toBe(expected);
  });

  it('cuts a long line and says how long it was', () => {
    expect(neutralise('x'.repeat(3_000))).toBe(`${'x'.repeat(2_000)} … (3000 characters, cut)`);
  });

  it('does not cut through a pair', () => {
    expect(neutralise(`${'x'.repeat(1_999)}🧪🧪`)).toBe(`${'x'.repeat(1_999)} … (2003 characters, cut)`);
  });

  it.each([
    ['50%\r100%', ['100%']],
    ['50%\r100%\r', ['100%']],
    ['a\r\nb\nc', ['a', 'b', 'c']],
    ['a\u0085::error::b', ['a', '::error::b']],
    ['\r\r', ['']],
  ])('lines of %j', (text, expected) => {
    expect([...neutraliseLines(text)]).toEqual(expected);
  });

  it('takes the last state of a bar in linear time', () => {
    const began = performance.now();
    expect(lastState(`x${'\r'.repeat(1_000_000)}`)).toBe('x');
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});

describe('commands', () => {
  it('are escaped as the toolkit escapes them', () => {
    expect(formatCommand('error', '100%\r\n::x', { title: 'a:b,c%\n' })).toBe(
      '::error title=a%3Ab%2Cc%25%0A::100%25%0D%0A::x\n',
    );
  });

  it('keep the lines of an annotation, but no controls', () => {
    expect(logged((log) => log.error('one\ntwo\u001b[31m\rthree', 'a\nb'))).toEqual([
      '::error title=a b::one%0Atwo three',
    ]);
  });

  it('mask, but never nothing', () => {
    expect(
      logged((log) => {
        log.mask('');
        log.mask(' \n');
        log.mask('s3cret\nline');
      }),
    ).toEqual(['::add-mask::s3cret%0Aline']);
  });

  it('of debug are only sent when somebody looks', () => {
    expect(logged((log) => log.debug('x'))).toEqual([]);
    expect(logged((log) => log.debug('x'), { debug: true })).toEqual(['::debug::x']);
  });

  it('cannot come from a line of ours that quotes something', () => {
    expect(logged((log) => log.info('  ::error::x\n##[error]y\nplain'))).toEqual([
      '|   ::error::x',
      '##\\[error]y',
      'plain',
    ]);
  });
});

describe('an untrusted sink', () => {
  it('turns parsing off while it is open, and prefixes', () => {
    expect(
      logged((log) => {
        const sink = log.untrusted();
        sink.line('::error::x');
        sink.line('two\nlines', 'algo-1');
        sink.close();
        sink.close();
      }),
    ).toEqual(['::stop-commands::token-1', '| ::error::x', 'algo-1 | two', 'algo-1 | lines', '::token-1::']);
  });

  it('resumes when the last of several is closed', () => {
    expect(
      logged((log) => {
        const [one, two] = [log.untrusted(), log.untrusted()];
        one.close();
        two.line('x');
        two.close();
      }),
    ).toEqual(['::stop-commands::token-1', '| x', '::token-1::']);
  });

  it('lets our own commands through with a new token each', () => {
    expect(
      logged((log) => {
        const sink = log.untrusted();
        log.warning('w');
        sink.line('x');
        sink.close();
      }),
    ).toEqual([
      '::stop-commands::token-1',
      '::token-1::',
      '::warning::w',
      '::stop-commands::token-2',
      '| x',
      '::token-2::',
    ]);
  });

  it('shows no more than its limit, and counts the rest', () => {
    expect(
      logged(
        (log) => {
          const sink = log.untrusted();
          for (const text of ['a', 'b', 'c', 'd']) sink.line(text);
          sink.close();
        },
        { untrustedMax: { lines: 2, characters: 1_000 } },
      ),
    ).toEqual([
      '::stop-commands::token-1',
      '| a',
      '| b',
      expect.stringContaining('not shown'),
      '::token-1::',
      '2 lines of output were not shown.',
    ]);
  });

  it('has a label that cannot be a command', () => {
    expect(logged((log) => log.untrusted().line('x', '::error::\n'))[1]).toBe('__error___ | x');
  });

  it('is not written to when closed', () => {
    expect(() =>
      logged((log) => {
        const sink = log.untrusted();
        sink.close();
        sink.line('x');
      }),
    ).toThrow('after close()');
  });
});

describe('groups', () => {
  it('end also when the body throws, and are not nested', async () => {
    let text = '';
    const log = createLog((written) => (text += written));
    const body = log.group('outer', () =>
      log.group('inner', () => {
        throw new Error('no');
      }),
    );
    await expect(body).rejects.toThrow('no');
    expect(text).toBe('::group::outer\ninner\n::endgroup::\n');
  });
});

describe('the writer', () => {
  const program = `
    import { stdoutWriter } from ${JSON.stringify(join(import.meta.dirname, '../../../src/log.ts'))};
    const write = stdoutWriter();
    for (let index = 0; index < 100_000; index += 1) write('line ' + index + '\\n');
    process.stderr.write('done ' + process.resourceUsage().maxRSS);
  `;
  const start = (): ReturnType<typeof spawn> =>
    spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });

  it('goes on when nobody reads any more', async () => {
    const child = start();
    let stderr = '';
    child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.stdout?.once('data', () => child.stdout?.destroy());
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(stderr).toMatch(/^done \d+$/);
    expect(code).toBe(0);
  }, 30_000);

  it('waits for a slow reader and loses nothing', async () => {
    const child = start();
    let lines = 0;
    child.stdout?.on('data', (chunk: Buffer) => {
      lines += chunk.toString().split('\n').length - 1;
      child.stdout?.pause();
      setTimeout(() => child.stdout?.resume(), 5);
    });
    await new Promise((resolve) => child.on('close', resolve));
    expect(lines).toBe(100_000);
  }, 30_000);
});
