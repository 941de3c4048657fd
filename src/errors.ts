/**
 * A fault that the user can mend. Everything else that is thrown is a bug of ours.
 *
 * `message` says what is wrong and where; `fix` says what to do. Thrown anywhere, caught once in `main.ts`.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  /** What to do about it, one sentence or a few lines, ready to print. */
  readonly fix: string | undefined;
  /** Further lines that prove it (the failing Dockerfile line, the last output …). Untrusted text: escape before use. */
  readonly details: readonly string[];

  constructor(message: string, options: { fix?: string; details?: readonly string[]; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.fix = options.fix;
    this.details = options.details ?? [];
  }
}

/** The workflow was cancelled (SIGINT, SIGTERM, SIGBREAK). Not a failure of anything: the step tidies up and ends. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';
  constructor(readonly signal: string) {
    super(`Cancelled by ${signal}`);
  }
}

/** The text of anything thrown, for a log line. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Node's code of anything thrown (`ENOENT`), told by shape: an error of another realm is no `Error` of ours. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
