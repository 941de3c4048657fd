import type { Clock } from '../deps';
import { isRequestFailure, rateLimitSeconds, type Octokit, type RequestFailure } from '../github';
import { compareRuns, markerLine, readMarker, type Marker } from './marker';

/** Where the comment goes and which one it is. */
export interface CommentTarget {
  owner: string;
  repo: string;
  /** The pull request's. */
  number: number;
  marker: Marker;
}

/** What became of the comment: its address, or a plain sentence why there is none. Never an error of the run. */
export type CommentOutcome = { url: string; action: 'created' | 'updated' } | { skipped: string };

/** Edges of {@link upsertComment}. */
export interface CommentEdges {
  octokit: Octokit;
  clock: Clock;
  signal: AbortSignal;
  /** All requests and waits together. Default 60,000. */
  timeoutMilliseconds?: number;
}

const TIMEOUT_MILLISECONDS = 60_000;

/** GitHub shows a comment that it made behind a lost answer after about a second. */
const SETTLE_MILLISECONDS = 2_000;

/** The author behind every workflow's own token. */
const ACTIONS_LOGIN = 'github-actions[bot]';

type Comment = Awaited<ReturnType<Octokit['rest']['issues']['listComments']>>['data'][number];

interface Found {
  id: number;
  url: string;
  marker: Marker;
}

/**
 * Creates or updates this run's one comment.
 *
 * Ours is the comment with our marker at its very start and of our own making. Who we are: a workflow's token writes as
 * `github-actions[bot]`; a person's token is asked (`GET /user`, which refuses installations); the token of another
 * GitHub App is told by GraphQL's `viewer`. A marker in anybody else's comment is a forgery and left alone.
 *
 * An older run never overwrites a newer one's report. Two runs that race make two comments and then agree on the one with
 * the lowest id. A comment deleted meanwhile is made anew. A POST whose answer was lost is repeated only after a look whether it came
 * through.
 *
 * @throws only what is no failed request: a bug of ours
 */
export async function upsertComment(
  target: CommentTarget,
  markdown: string,
  edges: CommentEdges,
): Promise<CommentOutcome> {
  const limit = AbortSignal.timeout(edges.timeoutMilliseconds ?? TIMEOUT_MILLISECONDS);
  const signal = AbortSignal.any([edges.signal, limit]);
  const sticky = new StickyComment(target, `${markerLine(target.marker)}\n${markdown}`, { ...edges, signal });
  try {
    return await sticky.upsert();
  } catch (error) {
    if (edges.signal.aborted) return { skipped: 'the run was cancelled' };
    if (limit.aborted) return { skipped: 'GitHub took too long to answer' };
    if (isRequestFailure(error)) return { skipped: sentenceOf(error, edges.clock.now()) };
    throw error;
  }
}

class StickyComment {
  readonly #octokit: Octokit;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #repository: { owner: string; repo: string; request: { signal: AbortSignal } };
  /** Ours, once known; `null`: an installation whose login nobody tells. */
  #login: string | null | undefined;

  constructor(
    private readonly target: CommentTarget,
    private readonly body: string,
    { octokit, clock, signal }: CommentEdges,
  ) {
    this.#octokit = octokit;
    this.#clock = clock;
    this.#signal = signal;
    this.#repository = { owner: target.owner, repo: target.repo, request: { signal } };
  }

  async upsert(): Promise<CommentOutcome> {
    const found = await this.#ours();
    const newer = this.#newerOf(found);
    if (newer) return { skipped: newerSentence(newer) };
    const [kept] = found;
    if (!kept) return this.#create();
    if (!(await this.#update(kept.id))) return this.#create();
    await this.#removeDuplicates(found, kept);
    return { url: kept.url, action: 'updated' };
  }

  /** Posts, and if the answer got lost looks before it posts once more. */
  async #create(): Promise<CommentOutcome> {
    try {
      return await this.#settle(await this.#post());
    } catch (error) {
      if (!isRequestFailure(error) || error.status < 500 || this.#signal.aborted) throw error;
    }
    await this.#clock.sleep(SETTLE_MILLISECONDS, this.#signal);
    const [there] = await this.#ours();
    return this.#settle(there ?? (await this.#post()));
  }

  /** After a POST: another run may have posted too. The lowest id stays, with the newest run's report in it. */
  async #settle(made: Found): Promise<CommentOutcome> {
    let found: Found[];
    try {
      found = await this.#ours();
    } catch (error) {
      if (!isRequestFailure(error)) throw error;
      return { url: made.url, action: 'created' };
    }
    const [kept = made] = found;
    if (kept.id === made.id) {
      const newer = this.#newerOf(found);
      if (!newer) await this.#removeDuplicates(found, kept);
      return { url: made.url, action: 'created' };
    }
    if (compareRuns(kept.marker, this.target.marker) < 0 && !(await this.#update(kept.id))) {
      return { url: made.url, action: 'created' };
    }
    await this.#remove(made.id);
    return compareRuns(kept.marker, this.target.marker) > 0
      ? { skipped: newerSentence(kept) }
      : { url: kept.url, action: 'updated' };
  }

  /** All comments with our key that are ours, lowest id first, over all pages. */
  async #ours(): Promise<Found[]> {
    const found: Found[] = [];
    for await (const comment of this.#comments()) {
      const marker = readMarker(comment.body ?? '');
      if (marker?.commentKey !== this.target.marker.commentKey || !comment.user) continue;
      if (await this.#isOurs(comment.user)) found.push({ id: comment.id, url: comment.html_url, marker });
    }
    return found.sort((a, b) => a.id - b.id);
  }

  /** Page by page; Octokit's own `paginate` drops the signal, and with it the time limit. */
  async *#comments(): AsyncGenerator<Comment> {
    for (let page = 1; ; page += 1) {
      const { data, headers } = await this.#octokit.rest.issues.listComments({
        ...this.#repository,
        issue_number: this.target.number,
        per_page: 100,
        page,
      });
      yield* data;
      if (!(headers.link ?? '').includes('rel="next"')) return;
    }
  }

  async #isOurs({ login, type }: { login: string; type: string }): Promise<boolean> {
    if (type === 'Bot' && login === ACTIONS_LOGIN) return true;
    if (this.#login === undefined) this.#login = await this.#askUser();
    // An installation never writes as a person; only another App's own comment is worth the question.
    if (this.#login === null && type === 'Bot') this.#login = await this.#askViewer();
    return login === this.#login;
  }

  async #askUser(): Promise<string | null> {
    try {
      const { data } = await this.#octokit.rest.users.getAuthenticated({ request: { signal: this.#signal } });
      return data.login;
    } catch (error) {
      if (isRequestFailure(error) && (error.status === 403 || error.status === 404)) return null;
      throw error;
    }
  }

  async #askViewer(): Promise<string> {
    try {
      const answer = await this.#octokit.graphql<{ viewer: { login: string } }>('query { viewer { login } }', {
        request: { signal: this.#signal },
      });
      return answer.viewer.login;
    } catch (error) {
      // Not told: then nobody's comment is ours but the Actions bot's, and one of our own is made.
      if (isRequestFailure(error) || (error instanceof Error && error.name === 'GraphqlResponseError')) return '';
      throw error;
    }
  }

  #newerOf(found: readonly Found[]): Found | undefined {
    return found.find((one) => compareRuns(one.marker, this.target.marker) > 0);
  }

  async #post(): Promise<Found> {
    const { data } = await this.#octokit.rest.issues.createComment({
      ...this.#repository,
      issue_number: this.target.number,
      body: this.body,
    });
    if (data.user) this.#login ??= data.user.login;
    return { id: data.id, url: data.html_url, marker: this.target.marker };
  }

  /** False when it is not there any more. */
  async #update(id: number): Promise<boolean> {
    try {
      await this.#octokit.rest.issues.updateComment({ ...this.#repository, comment_id: id, body: this.body });
      return true;
    } catch (error) {
      if (isRequestFailure(error) && (error.status === 404 || error.status === 410)) return false;
      throw error;
    }
  }

  /** Others of ours that no newer run wrote. What stays behind is untidy and no more. */
  async #removeDuplicates(found: readonly Found[], kept: Found): Promise<void> {
    for (const one of found) {
      if (one.id === kept.id || compareRuns(one.marker, this.target.marker) > 0) continue;
      await this.#remove(one.id);
    }
  }

  async #remove(id: number): Promise<void> {
    try {
      await this.#octokit.rest.issues.deleteComment({ ...this.#repository, comment_id: id });
    } catch (error) {
      if (!isRequestFailure(error)) throw error;
    }
  }
}

function newerSentence({ marker }: Found): string {
  return `a newer run (${marker.runId}, attempt ${marker.runAttempt}) has already reported on this pull request`;
}

/** Why there is no comment, with what to do where something can be done. */
function sentenceOf(failure: RequestFailure, now: Date): string {
  const said = messageIn(failure);
  const limit = rateLimitSeconds(failure, now);
  if (limit !== undefined) return "GitHub's rate limit for this token is used up; the next run comments again";
  if (/\block/iu.test(said) && failure.status === 403) return 'the conversation is locked';
  switch (failure.status) {
    case 401:
      return 'GitHub refused the token (401); see the input `github-token`';
    case 403:
      return 'the token may not write comments; give the job `permissions: pull-requests: write`';
    case 404:
      return 'GitHub did not find the pull request with this token (404); give the job `permissions: pull-requests: write`';
    default:
      return failure.status >= 500
        ? `GitHub could not be reached or failed (${said || failure.status})`
        : `GitHub refused the comment (${failure.status}: ${said})`;
  }
}

function messageIn(failure: RequestFailure): string {
  const data = failure.response?.data;
  const message =
    typeof data === 'object' && data !== null && 'message' in data && typeof data.message === 'string'
      ? data.message
      : failure.message;
  return message.replaceAll('`', "'").slice(0, 200);
}
