/**
 * The step's log. `info` and the rest take text of ours; text from outside (a container, a build, a log stream, a
 * file name) goes through `untrusted` or is passed through `neutralise` first, because the runner obeys commands that
 * it finds in our output.
 */
export interface Log {
  info(message: string): void;
  /** Shown only with the runner's debug logging on. */
  debug(message: string): void;
  /** Annotations: at most ten of a kind are shown for a whole action, so they are for the end of a step. */
  notice(message: string, title?: string): void;
  warning(message: string, title?: string): void;
  error(message: string, title?: string): void;
  /** Runs `body` inside a foldable group. */
  group<T>(title: string, body: () => Promise<T>): Promise<T>;
  /** Hides a value in everything the runner prints from now on. */
  mask(secret: string): void;
  /**
   * A sink for output of others. While one is open the runner's command parsing is off; nothing written to it acts.
   * Several may be open at once. Close it in `finally`.
   */
  untrusted(): UntrustedLog;
}

/** See {@link Log.untrusted}. */
export interface UntrustedLog {
  /** Prints one line (without its line end), neutralised, after `label` ("algo-1") when one is given. */
  line(text: string, label?: string): void;
  close(): void;
}
