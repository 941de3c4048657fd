import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CUT_MARK, LINE_LENGTH_MAX, LineSplitter, LineTail } from '../../../src/contract/lines';

function split(chunks: readonly Buffer[]): string[] {
  const lines: string[] = [];
  const splitter = new LineSplitter((line) => lines.push(line));
  for (const chunk of chunks) splitter.write(chunk);
  splitter.end();
  return lines;
}

it('gives the same lines however the bytes are cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('a', 'ä', '😀', '\r', '\n', '\r\n', ''), { maxLength: 40 }),
      fc.array(fc.nat(60), { maxLength: 8 }),
      (parts, cuts) => {
        const text = parts.join('');
        const bytes = Buffer.from(text);
        const edges = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)), bytes.length].sort((a, b) => a - b);
        const chunks = edges.slice(1).map((edge, index) => bytes.subarray(edges[index], edge));
        const expected = text.split(/\r\n|\r|\n/);
        if (expected.at(-1) === '') expected.pop();
        expect(split(chunks)).toEqual(expected);
      },
    ),
  );
});

it('cuts what is too long once, and goes on after its end', () => {
  const chunks = Array.from({ length: 50 }, () => Buffer.alloc(10_000, 'x'));
  expect(split([...chunks, Buffer.from('\nnext\n')])).toEqual(['x'.repeat(LINE_LENGTH_MAX) + CUT_MARK, 'next']);
});

it('keeps the tail', () => {
  const tail = new LineTail(3);
  for (let index = 0; index < 100; index += 1) tail.push(String(index));
  expect(tail.lines()).toEqual(['97', '98', '99']);
});
