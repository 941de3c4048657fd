import { setTimeout as sleep } from 'node:timers/promises';
import { getOctokit } from '@actions/github';
import type { Log } from './log';

/** The toolkit's Octokit: REST methods and pagination. */
export type Octokit = ReturnType<typeof getOctokit>;

/** One request may take this long; GitHub itself gives up after 10 s. */
const REQUEST_TIMEOUT_MILLISECONDS = 15_000;

/** Waits before a second and a third try. */
const RETRY_MILLISECONDS = [1_000, 3_000] as const;

/** A rate limit that lasts longer is not waited for: a comment is not worth a runner's minutes. */
const RATE_LIMIT_WAIT_SECONDS_MAX = 20;

/** GitHub asks for a second between writes. */
const WRITE_PAUSE_MILLISECONDS = 1_000;

/** GitHub's answer to a request that failed; network errors come as status 500. */
export interface RequestFailure {
  status: number;
  message: string;
  response?: { headers: Record<string, string | number | undefined>; data: unknown };
}

/** Whether a thrown thing is a failed request, by its shape: several copies of Octokit's class may be about. */
export function isRequestFailure(error: unknown): error is RequestFailure {
  return error instanceof Error && 'status' in error && typeof error.status === 'number' && error.status >= 400;
}

/** Seconds until the limit ends when a request was refused by a rate limit, primary or secondary; else `undefined`. */
export function rateLimitSeconds(failure: RequestFailure, now: Date): number | undefined {
  if (failure.status !== 429 && failure.status !== 403) return undefined;
  const headers = failure.response?.headers ?? {};
  const after = Number(headers['retry-after'] ?? NaN);
  if (Number.isFinite(after)) return Math.max(0, after);
  if (Number(headers['x-ratelimit-remaining'] ?? NaN) === 0) {
    const reset = Number(headers['x-ratelimit-reset'] ?? NaN);
    return Number.isFinite(reset) ? Math.max(0, reset - now.getTime() / 1000) : 60;
  }
  // GitHub's advice for a secondary limit that does not say how long.
  return failure.status === 429 || /secondary rate limit/iu.test(failure.message) ? 60 : undefined;
}

/**
 * A client that waits out short rate limits and tries again what may be tried again.
 *
 * A rate limit refuses a request before it has any effect, so every method is tried again. After a lost or a 5xx answer
 * nobody knows what happened; only methods that may run twice (GET, PATCH, DELETE …) are tried again, never POST: whoever
 * posts looks first whether it is there. `request.signal` of a call ends its waits too.
 */
export function createGitHubClient({ token, baseUrl, log }: { token: string; baseUrl: string; log: Log }): Octokit {
  const quiet = (message: string): void => log.debug(message);
  const octokit = getOctokit(token, { baseUrl, log: { debug: quiet, info: quiet, warn: quiet, error: quiet } });
  let nextWrite = 0;

  octokit.hook.wrap('request', async (request, options) => {
    const given = options.request?.signal;
    const wait = (milliseconds: number): Promise<void> =>
      sleep(milliseconds, undefined, given ? { signal: given } : {});
    for (let attempt = 0; ; attempt += 1) {
      if (options.method !== 'GET') {
        const pause = nextWrite - performance.now();
        nextWrite = Math.max(nextWrite, performance.now()) + WRITE_PAUSE_MILLISECONDS;
        if (pause > 0) await wait(pause);
      }
      const limit = AbortSignal.timeout(REQUEST_TIMEOUT_MILLISECONDS);
      const signal = given ? AbortSignal.any([given, limit]) : limit;
      try {
        // The hook's types want the same object back; only the signal differs.
        return await request(Object.assign({}, options, { request: { ...options.request, signal } }));
      } catch (error) {
        const milliseconds = given?.aborted ? undefined : retryMilliseconds(error, options.method, attempt);
        if (milliseconds === undefined) throw error;
        log.debug(`${options.method} ${options.url} failed, again in ${Math.round(milliseconds / 1000)} s`);
        await wait(milliseconds);
      }
    }
  });
  return octokit;
}

function retryMilliseconds(error: unknown, method: string, attempt: number): number | undefined {
  const backoff = RETRY_MILLISECONDS[attempt];
  if (backoff === undefined || !isRequestFailure(error)) return undefined;
  const limitSeconds = rateLimitSeconds(error, new Date());
  if (limitSeconds !== undefined) {
    return limitSeconds <= RATE_LIMIT_WAIT_SECONDS_MAX ? Math.max(limitSeconds * 1000, backoff) : undefined;
  }
  return error.status >= 500 && method !== 'POST' ? backoff : undefined;
}
