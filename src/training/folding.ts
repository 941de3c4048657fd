const SECONDS_BETWEEN = 10;

/**
 * Folds a progress bar, which overwrites its own line over and over, to what matters: its last state, and on the way one
 * state in ten seconds, so that a long download still shows that it lives.
 */
export class ProgressFolding {
  #held: string | undefined;
  #shownAtSeconds = Number.NEGATIVE_INFINITY;

  /** @param seconds - a monotonic clock */
  constructor(
    private readonly show: (line: string) => void,
    private readonly seconds: () => number,
  ) {}

  /** @param overwritten - the line ended with a lone carriage return: what follows is written over it */
  read(line: string, overwritten: boolean): void {
    if (!overwritten) {
      // A bar that ends with "\r\n" or "\r" and an empty line leaves its last state on the screen.
      const last = line.trim() === '' ? (this.#held ?? line) : line;
      this.#held = undefined;
      this.show(last);
      return;
    }
    if (line.trim() === '') return;
    this.#held = line;
    if (this.seconds() - this.#shownAtSeconds >= SECONDS_BETWEEN) this.flush();
  }

  /** Shows what is held back. */
  flush(): void {
    if (this.#held === undefined) return;
    const line = this.#held;
    this.#held = undefined;
    this.#shownAtSeconds = this.seconds();
    this.show(line);
  }
}
