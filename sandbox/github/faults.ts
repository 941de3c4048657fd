/** A fault on demand: what goes wrong, for which requests, how often. */
export interface Fault {
  /** Default: any. */
  method?: string;
  /** Matched against the path with its query. */
  path: RegExp;
  /** How many requests it hits. Default 1. */
  times?: number;
  /** Status to answer; without one (and without `reset`) the request is only delayed. */
  status?: number;
  /** JSON body beside the status. Default: what GitHub's own edge says for that status. */
  body?: unknown;
  headers?: Record<string, string>;
  /** The request takes effect first, and then its answer is lost. Default: it is refused before anything happens. */
  after?: 'commit';
  /** Milliseconds before anything else. */
  delayMilliseconds?: number;
  /** Ends the connection without an answer. */
  reset?: boolean;
}

/** Bodies that GitHub gives with the statuses people meet. */
const BODIES: Readonly<Record<number, unknown>> = {
  403: {
    message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
    documentation_url: 'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits',
    status: '403',
  },
  404: { message: 'Not Found', documentation_url: 'https://docs.github.com/rest', status: '404' },
  429: {
    message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
    documentation_url: 'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits',
    status: '429',
  },
  500: { message: 'Server Error' },
  502: { message: 'Server Error' },
  503: { message: 'Service Unavailable' },
};

/** The faults that wait for their requests, first come first served. */
export class Faults {
  readonly #waiting: { fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times ?? 1 });
  }

  /** The fault for this request, used up once. */
  take(method: string, pathAndQuery: string): Fault | undefined {
    const found = this.#waiting.find(
      ({ fault, left }) => left > 0 && (fault.method ?? method) === method && fault.path.test(pathAndQuery),
    );
    if (!found) return undefined;
    found.left -= 1;
    return found.fault;
  }

  /** Forgets those that have not happened. */
  clear(): void {
    this.#waiting.length = 0;
  }
}

/** The body of a fault's answer. */
export function faultBody(fault: Fault): unknown {
  return fault.body ?? BODIES[fault.status ?? 0] ?? { message: 'Server Error' };
}
