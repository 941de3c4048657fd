import { randomBytes } from 'node:crypto';
import { Refusal } from './reply';

/** What a workflow's `permissions:` knows, as far as the sandbox's operations ask for it. */
export type PermissionName = 'contents' | 'issues' | 'metadata' | 'pull_requests';
export type Access = 'read' | 'write';

export interface TokenOptions {
  /** Default `github-actions[bot]`, the author behind a workflow's token. A login without `[bot]` is a person's token. */
  login?: string;
  /** By name; or one word for all. Default: `write` for all. `metadata` is always readable. */
  permissions?: Partial<Record<PermissionName, Access>> | Access;
  /** Requests an hour. Default: 1,000 for an app's installation, 5,000 for a person, as GitHub's. */
  requestsPerHour?: number;
}

const HOUR_MILLISECONDS = 3_600_000;

/** A token's rights and its budget; `anonymous` is the budget of requests without one. */
export class Token {
  readonly value: string;
  readonly login: string;
  readonly kind: 'installation' | 'personal' | 'anonymous';
  readonly limit: number;
  readonly #permissions: Partial<Record<PermissionName, Access>> | Access;
  used = 0;
  resetAt: Date | undefined;

  constructor(options: TokenOptions | 'anonymous') {
    if (options === 'anonymous') {
      this.value = '';
      this.login = '';
      this.kind = 'anonymous';
      this.limit = 60;
      this.#permissions = {};
      return;
    }
    this.login = options.login ?? 'github-actions[bot]';
    this.kind = this.login.endsWith('[bot]') ? 'installation' : 'personal';
    // The prefixes are GitHub's, so that whatever looks for tokens in a text finds ours too.
    this.value = (this.kind === 'installation' ? 'ghs_' : 'ghp_') + randomBytes(18).toString('hex');
    this.limit = options.requestsPerHour ?? (this.kind === 'installation' ? 1_000 : 5_000);
    this.#permissions = options.permissions ?? 'write';
  }

  can(name: PermissionName, access: Access): boolean {
    if (name === 'metadata' && access === 'read') return true;
    const held = typeof this.#permissions === 'string' ? this.#permissions : this.#permissions[name];
    return held === 'write' || held === access;
  }

  /** Counts a request. @throws Refusal when the hour's budget is spent. */
  spend(now: Date): void {
    if (this.resetAt === undefined || now >= this.resetAt) {
      this.used = 0;
      this.resetAt = new Date(now.getTime() + HOUR_MILLISECONDS);
    }
    if (this.used >= this.limit) {
      const whose = this.kind === 'installation' ? 'installation' : this.kind === 'personal' ? 'user' : 'your IP';
      throw new Refusal(403, `API rate limit exceeded for ${whose}.`);
    }
    this.used += 1;
  }

  /** The budget as `x-ratelimit-*` and `GET /rate_limit` say it; `reset` in UTC seconds. */
  budget(now: Date): { limit: number; remaining: number; reset: number; used: number } {
    const reset = this.resetAt ?? new Date(now.getTime() + HOUR_MILLISECONDS);
    return {
      limit: this.limit,
      remaining: Math.max(0, this.limit - this.used),
      reset: Math.floor(reset.getTime() / 1000),
      used: this.used,
    };
  }

  /** How GitHub words that this kind of token lacks a permission. */
  lacking(): Refusal {
    if (this.kind === 'anonymous') return new Refusal(401, 'Requires authentication');
    const what = this.kind === 'installation' ? 'integration' : 'personal access token';
    return new Refusal(403, `Resource not accessible by ${what}`);
  }
}
