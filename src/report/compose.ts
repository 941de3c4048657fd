/** One wording of a block. The one with the least `keep` of all blocks is given up first, for the block's next wording. */
export interface Wording {
  /** Empty: the block is left out. */
  text: string;
  /** How much it matters to keep this wording rather than to go on to the next, shorter one. */
  keep: number;
}

/** A part of the report, in its wordings from the fullest to the shortest. */
export interface Block {
  /** What the reader is told was cut; without a name the block belongs to the frame and has one wording. */
  name?: string;
  wordings: readonly Wording[];
}

/** A block of the frame: always there. */
export function frame(text: string): Block {
  return { wordings: [{ text, keep: Infinity }] };
}

/**
 * Joins the blocks to at most `budgetBytes` of UTF-8. Shortens by giving up the least important wording until all fits;
 * every wording is whole Markdown of its own, so nothing is ever cut open.
 *
 * @param note says what was cut, in words for the reader
 * @throws RangeError when not even the frame fits: the frame is bounded, so that is a mistake of the caller
 */
export function compose(
  blocks: readonly Block[],
  budgetBytes: number,
  note: (cut: readonly string[]) => string,
): string {
  const states = blocks.map((block) => ({
    block,
    at: 0,
    bytes: block.wordings.map(({ text }) => (text === '' ? 0 : Buffer.byteLength(text) + 2)),
  }));
  const noteText = (): string => {
    const cut = states.flatMap(({ block, at }) => (at > 0 && block.name !== undefined ? [block.name] : []));
    return cut.length > 0 ? note(cut) : '';
  };
  for (;;) {
    const closing = noteText();
    const total = states.reduce((sum, { at, bytes }) => sum + (bytes[at] ?? 0), 0) + Buffer.byteLength(closing) + 1;
    if (total <= budgetBytes) {
      const texts = states.map(({ block, at }) => block.wordings[at]?.text ?? '');
      return `${[...texts, closing].filter((text) => text !== '').join('\n\n')}\n`;
    }
    let least: (typeof states)[number] | undefined;
    for (const state of states) {
      if (state.at >= state.block.wordings.length - 1) continue;
      const keep = state.block.wordings[state.at]?.keep ?? Infinity;
      if (least === undefined || keep < (least.block.wordings[least.at]?.keep ?? Infinity)) least = state;
    }
    if (least === undefined) throw new RangeError(`The report's frame takes ${total} bytes of ${budgetBytes}`);
    least.at += 1;
  }
}
