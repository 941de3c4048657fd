import { describe, expect, it } from '@jest/globals';
import {
  blockLines,
  code,
  codeCell,
  cut,
  fenced,
  inline,
  link,
  mermaidText,
  oneLine,
  prose,
  safeUrl,
} from '../../../src/report/escape';

const Z = '\u200B';

describe('inline', () => {
  it.each([
    ['val_acc', 'val_acc'],
    ['_a_ and __b__', '\\_a\\_ and \\_\\_b\\_\\_'],
    ['**bold** `x` [a](b)', '\\*\\*bold\\*\\* \\`x\\` \\[a\\](b)'],
    ['<b>&amp;</b>', '&lt;b&gt;&amp;amp;&lt;/b&gt;'],
    ['@octocat and #12', `@${Z}octocat and \\#${Z}12`],
    ['GH-7 www.x.org', `GH-${Z}7 www.${Z}x.org`],
    ['https://x.org', `https:${Z}//x.org`],
    [':shipit:', `:${Z}shipit:`],
    ['a|b\nc\td', 'a\\|b c d'],
    ['1. one', '1\\. one'],
    ['- one', '\\- one'],
    ['$x$', '&#36;x&#36;'],
    ['a\u202Eb\u200Bc\u0007\u001B[31md\uD800', 'abcd'],
    ['\\', '\\\\'],
  ])('%j becomes %j', (text, expected) => {
    expect(inline(text)).toBe(expected);
  });
});

describe('code', () => {
  it.each([
    ['a', '`a`'],
    ['a`b', '``a`b``'],
    ['`', '`` ` ``'],
    ['', '*(empty)*'],
    ['<!-- x', '`<! -- x`'],
  ])('%j becomes %j', (text, expected) => {
    expect(code(text)).toBe(expected);
  });

  it.each([
    ['a|b', '`a\\|b`'],
    ['a\\|b', '`a\\\\\\|b`'],
    ['a\\\\|b', '`a\\\\\\|b`'],
  ])('in a cell %j becomes %j', (text, expected) => {
    expect(codeCell(text)).toBe(expected);
  });
});

describe('prose', () => {
  it('keeps code between backticks and escapes the rest', () => {
    expect(prose('Set `batch-size` to *32*.')).toBe('Set `batch-size` to \\*32\\*.');
  });
  it('takes an unpaired backtick for a backtick', () => {
    expect(prose('a ` b')).toBe('a \\` b');
  });
});

describe('blocks', () => {
  it('fences longer than any run inside', () => {
    expect(fenced(['`````'])).toBe('``````text\n`````\n``````');
  });
  it('keeps the last lines, without colours, carriage returns or comments of ours', () => {
    expect(
      blockLines(['one\rtwo', '\u001B[31mred\u001B[0m\u001B]0;title\u0007', ''], { lines: 2, keep: 'last' }),
    ).toEqual(['two', 'red']);
    expect(fenced(['<!-- sagemaker-byoc-action:v1'])).toContain('<! -- sagemaker');
  });
  it('cuts lines', () => {
    expect(blockLines('x'.repeat(50), { lineLength: 10 })).toEqual([`${'x'.repeat(9)}…`]);
  });
});

describe('links', () => {
  it.each([
    ['https://github.com/a/b', 'https://github.com/a/b'],
    ['https://github.com/a(b)', 'https://github.com/a%28b%29'],
    ['http://127.0.0.1:4567/x', 'http://127.0.0.1:4567/x'],
    ['http://example.org', undefined],
    ['javascript:alert(1)', undefined],
    ['https://user:pass@github.com', undefined],
    ['no address', undefined],
    [`https://github.com/${'x'.repeat(2000)}`, undefined],
  ])('%j becomes %j', (url, expected) => {
    expect(safeUrl(url)).toBe(expected);
  });
  it('is its label alone where the address is not one to link', () => {
    expect(link('run', 'javascript:1')).toBe('run');
  });
});

it('a Mermaid string holds no quote, brace or comment', () => {
  expect(mermaidText('a"b{c}%%d--;e')).toBe("a'b c d- e");
});

it('cuts at whole characters', () => {
  expect(cut('ab😀', 3)).toBe('ab…');
  expect(cut('a😀b', 3)).toBe('a…');
  expect(cut('abc', 3)).toBe('abc');
});

it('looks at a huge line no longer than at a short one', () => {
  const line = '\u001B]'.repeat(500_000);
  const start = performance.now();
  for (let count = 0; count < 200; count += 1) oneLine(line, 100);
  expect(performance.now() - start).toBeLessThan(1_000);
});
