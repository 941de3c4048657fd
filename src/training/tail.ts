/** The last lines of a log, each cut: memory stays the same however long the log is. */
export class LogTail {
  readonly #lines: string[] = [];
  #next = 0;

  constructor(
    private readonly linesMax: number,
    private readonly charactersMax = 2_000,
  ) {}

  add(line: string): void {
    // A slice of a long string keeps the whole of it alive; a copy through a buffer does not.
    const cut = Buffer.from(line.slice(0, this.charactersMax)).toString();
    this.#lines[this.#next] = cut;
    this.#next = (this.#next + 1) % this.linesMax;
  }

  /** Oldest first. */
  lines(): string[] {
    const full = this.#lines.length === this.linesMax;
    return full ? [...this.#lines.slice(this.#next), ...this.#lines.slice(0, this.#next)] : [...this.#lines];
  }
}
