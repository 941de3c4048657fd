import { StringDecoder } from 'node:string_decoder';

/** Longer lines are cut: nobody reads them, and a stream without line ends must not fill our memory. */
export const LINE_LENGTH_MAX = 64 * 1024;

/** Stands at the end of a line that was cut. */
export const CUT_MARK = ' … [line cut]';

/**
 * Cuts a byte stream into lines with constant memory. `\n`, `\r\n` and a lone `\r` (progress bars) end a line. What is
 * no UTF-8 becomes U+FFFD. `overwritten` says that a lone `\r` ended the line: what follows is written over it.
 */
export class LineSplitter {
  readonly #decoder = new StringDecoder('utf8');
  readonly #onLine: (line: string, overwritten: boolean) => void;
  #pending = '';
  /** The rest of the line in hand is thrown away. */
  #cutting = false;
  /** The last character was `\r`: the line in hand has ended, and only the next character tells how. */
  #afterReturn = false;

  constructor(onLine: (line: string, overwritten: boolean) => void) {
    this.#onLine = onLine;
  }

  write(chunk: Buffer): void {
    this.#take(this.#decoder.write(chunk));
  }

  /** Delivers what stands after the last line end. */
  end(): void {
    this.#take(this.#decoder.end());
    if (this.#afterReturn) this.#endLine('', false);
    this.#afterReturn = false;
    if (this.#pending !== '' && !this.#cutting) this.#onLine(this.#pending, false);
    this.#pending = '';
    this.#cutting = false;
  }

  #take(text: string): void {
    let start = 0;
    if (this.#afterReturn && text !== '') {
      this.#afterReturn = false;
      const feed = text.startsWith('\n');
      this.#endLine('', !feed);
      if (feed) start = 1;
    }
    // Searched by hand: a regular expression with a match object per line halves the throughput.
    let nextReturn = text.indexOf('\r', start);
    let nextFeed = text.indexOf('\n', start);
    while (nextReturn >= 0 || nextFeed >= 0) {
      const isReturn = nextReturn >= 0 && (nextFeed < 0 || nextReturn < nextFeed);
      const end = isReturn ? nextReturn : nextFeed;
      if (isReturn && end + 1 === text.length) {
        this.#append(text.slice(start, end));
        this.#afterReturn = true;
        return;
      }
      const pair = isReturn && nextFeed === end + 1;
      this.#endLine(text.slice(start, end), isReturn && !pair);
      start = end + (pair ? 2 : 1);
      if (isReturn) {
        nextReturn = text.indexOf('\r', start);
      }
      if (nextFeed >= 0 && nextFeed < start) nextFeed = text.indexOf('\n', start);
    }
    this.#append(text.slice(start));
  }

  #endLine(rest: string, overwritten: boolean): void {
    this.#append(rest);
    if (!this.#cutting) this.#onLine(this.#pending, overwritten);
    this.#pending = '';
    this.#cutting = false;
  }

  #append(text: string): void {
    if (this.#cutting || text === '') return;
    this.#pending += text;
    if (this.#pending.length <= LINE_LENGTH_MAX) return;
    this.#onLine(this.#pending.slice(0, LINE_LENGTH_MAX) + CUT_MARK, false);
    this.#pending = '';
    this.#cutting = true;
  }
}

/** The last lines of something, and no more. */
export class LineTail {
  readonly #lines: string[] = [];

  constructor(private readonly limit: number) {}

  push(line: string): void {
    this.#lines.push(line);
    // Trimmed in bulk: a shift for every line would move the whole array each time.
    if (this.#lines.length >= this.limit * 2) this.#lines.splice(0, this.#lines.length - this.limit);
  }

  lines(): string[] {
    return this.#lines.slice(-this.limit);
  }
}
