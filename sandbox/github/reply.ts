/** An answer before it goes out. `body` undefined means none (204). */
export interface Reply {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

/** Thrown by whatever finds that a request cannot be served; worded as GitHub words it. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly more: { errors?: unknown[]; headers?: Record<string, string> } = {},
  ) {
    super(message);
  }

  /** GitHub's error body; `documentation` is the page of the operation. */
  reply(documentation: string | null): Reply {
    const { errors, headers } = this.more;
    return {
      status: this.status,
      body: {
        message: this.message,
        ...(errors && { errors }),
        documentation_url: documentation ?? 'https://docs.github.com/rest',
        status: String(this.status),
      },
      ...(headers && { headers }),
    };
  }
}
