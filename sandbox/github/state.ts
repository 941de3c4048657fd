import { createHash } from 'node:crypto';

/** Roles that GitHub knows, weakest first. */
export const ROLES = ['none', 'read', 'triage', 'write', 'maintain', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export interface User {
  id: number;
  /** As shown; a GitHub App's ends in `[bot]`. */
  login: string;
  type: 'User' | 'Bot' | 'Organization';
  name: string | null;
  createdAt: Date;
}

export interface Label {
  id: number;
  name: string;
  /** Six hex digits. */
  color: string;
  description: string | null;
}

export interface Commit {
  /** 40 hex digits. */
  sha: string;
  message: string;
  author: User;
  at: Date;
  parents: string[];
}

export interface Reaction {
  id: number;
  user: User;
  content: string;
  createdAt: Date;
}

export interface Comment {
  id: number;
  body: string;
  user: User;
  createdAt: Date;
  updatedAt: Date;
  reactions: Reaction[];
}

/** What stands between the comments of a thread. */
export type TimelineEvent =
  | { kind: 'committed'; at: Date; commit: Commit }
  | { kind: 'labeled' | 'unlabeled'; at: Date; actor: User; label: Label }
  | { kind: 'closed' | 'reopened' | 'merged'; at: Date; actor: User };

export interface PullRequestSide {
  ref: string;
  sha: string;
  repository: Repository;
}

export interface PullRequest {
  id: number;
  /** The issue that every pull request is, too, has an id of its own. */
  issueId: number;
  number: number;
  title: string;
  body: string | null;
  author: User;
  head: PullRequestSide;
  base: PullRequestSide;
  state: 'open' | 'closed';
  draft: boolean;
  locked: boolean;
  merged: boolean;
  createdAt: Date;
  updatedAt: Date;
  closedAt: Date | null;
  labels: Label[];
  commits: Commit[];
  comments: Comment[];
  timeline: TimelineEvent[];
}

export interface Repository {
  id: number;
  owner: User;
  name: string;
  description: string | null;
  private: boolean;
  defaultBranch: string;
  /** The repository that this one was forked from. */
  parent: Repository | null;
  createdAt: Date;
  /** Role by lower-case login; the owner is an admin. */
  roles: Map<string, Role>;
  labels: Label[];
  commits: Map<string, Commit>;
  /** Branch → head SHA. */
  branches: Map<string, string>;
  pullRequests: Map<number, PullRequest>;
}

/** One end of a new pull request: a branch, and the commit that it stands at (made up when none is given). */
export interface BranchAt {
  ref: string;
  sha?: string;
}

export interface NewPullRequest {
  /** The next free one when none is given. */
  number?: number;
  title: string;
  body?: string | null;
  /** Login; made when unknown. */
  author: string;
  /** Default: the default branch. */
  base?: BranchAt;
  head: BranchAt;
  /** The branch lives in a fork that the author (or this login) owns. */
  fork?: boolean | string;
  draft?: boolean;
}

/**
 * All that the sandbox's GitHub remembers. Logins and repository names compare without regard to case, as GitHub's do.
 * The time comes from `now`, so that tests and screenshots can own it.
 */
export class GitHubState {
  readonly users = new Map<string, User>();
  readonly repositories = new Map<string, Repository>();
  #nextId = 1_000;
  #nextUserId = 41_898_282;

  constructor(readonly now: () => Date) {}

  /** A fresh number; ids rise over all kinds, so later comments always come later. */
  id(): number {
    this.#nextId += 1;
    return this.#nextId;
  }

  findUser(login: string): User | undefined {
    return this.users.get(login.toLowerCase());
  }

  /** The user of that login, made when there is none. */
  user(login: string, options: { type?: User['type']; name?: string } = {}): User {
    const known = this.findUser(login);
    if (known) return known;
    const made: User = {
      id: this.#nextUserId++,
      login,
      type: options.type ?? (login.endsWith('[bot]') ? 'Bot' : 'User'),
      name: options.name ?? null,
      createdAt: this.now(),
    };
    this.users.set(login.toLowerCase(), made);
    return made;
  }

  findRepository(owner: string, name: string): Repository | undefined {
    return this.repositories.get(`${owner}/${name}`.toLowerCase());
  }

  /** @throws Error when there is no such repository: a fault of the test or demo, not of a client. */
  repository(fullName: string): Repository {
    const found = this.repositories.get(fullName.toLowerCase());
    if (!found) throw new Error(`The sandbox has no repository ${fullName}`);
    return found;
  }

  /** Makes a repository with a first commit on its default branch. */
  createRepository(
    fullName: string,
    options: {
      private?: boolean;
      description?: string;
      defaultBranch?: string;
      parent?: Repository;
      organization?: boolean;
    } = {},
  ): Repository {
    const [ownerLogin, name, ...rest] = fullName.split('/');
    if (!ownerLogin || !name || rest.length > 0) throw new Error(`Not owner/name: ${fullName}`);
    if (this.repositories.has(fullName.toLowerCase())) throw new Error(`There is a repository ${fullName} already`);
    const owner = this.user(ownerLogin, options.organization === true ? { type: 'Organization' } : {});
    const repository: Repository = {
      id: this.id(),
      owner,
      name,
      description: options.description ?? null,
      private: options.private ?? false,
      defaultBranch: options.defaultBranch ?? 'main',
      parent: options.parent ?? null,
      createdAt: this.now(),
      roles: new Map([[ownerLogin.toLowerCase(), 'admin']]),
      labels: [],
      commits: new Map(),
      branches: new Map(),
      pullRequests: new Map(),
    };
    this.repositories.set(fullName.toLowerCase(), repository);
    const first = this.#commit(repository, { message: 'Initial commit', author: owner, parents: [] });
    repository.branches.set(repository.defaultBranch, first.sha);
    return repository;
  }

  /** Gives a user a role on a repository; the user is made when unknown. */
  setRole(repository: Repository, login: string, role: Role): User {
    repository.roles.set(login.toLowerCase(), role);
    return this.user(login);
  }

  /** The role that counts: what was given, else what everybody has. */
  roleOf(repository: Repository, login: string): Role {
    return repository.roles.get(login.toLowerCase()) ?? (repository.private ? 'none' : 'read');
  }

  createPullRequest(repository: Repository, options: NewPullRequest): PullRequest {
    const number = options.number ?? Math.max(0, ...repository.pullRequests.keys()) + 1;
    if (repository.pullRequests.has(number)) throw new Error(`There is a pull request ${number} already`);
    const author = this.user(options.author);
    const headRepository = this.#headRepository(repository, options, author);
    const baseRef = options.base?.ref ?? repository.defaultBranch;
    const baseSha = options.base?.sha ?? repository.branches.get(baseRef);
    const base = this.#at(repository, baseRef, baseSha, author, `Head of ${baseRef}`);
    const head = this.#at(headRepository, options.head.ref, options.head.sha, author, options.title, [base.sha]);
    const at = this.now();
    const pullRequest: PullRequest = {
      id: this.id(),
      issueId: this.id(),
      number,
      title: options.title,
      body: options.body ?? null,
      author,
      head: { ref: options.head.ref, sha: head.sha, repository: headRepository },
      base: { ref: baseRef, sha: base.sha, repository },
      state: 'open',
      draft: options.draft ?? false,
      locked: false,
      merged: false,
      createdAt: at,
      updatedAt: at,
      closedAt: null,
      labels: [],
      commits: [head],
      comments: [],
      timeline: [{ kind: 'committed', at, commit: head }],
    };
    repository.pullRequests.set(number, pullRequest);
    return pullRequest;
  }

  /** A push to the pull request's branch: the head moves on (what follows is a `synchronize` event). */
  push(pullRequest: PullRequest, options: { sha?: string; message?: string; author?: string } = {}): Commit {
    const commit = this.#commit(pullRequest.head.repository, {
      ...(options.sha !== undefined && { sha: options.sha }),
      message: options.message ?? 'Update',
      author: options.author === undefined ? pullRequest.author : this.user(options.author),
      parents: [pullRequest.head.sha],
    });
    pullRequest.head.sha = commit.sha;
    pullRequest.head.repository.branches.set(pullRequest.head.ref, commit.sha);
    pullRequest.commits.push(commit);
    pullRequest.timeline.push({ kind: 'committed', at: this.#touch(pullRequest), commit });
    return commit;
  }

  close(pullRequest: PullRequest, actor: string, options: { merged?: boolean } = {}): void {
    const at = this.#touch(pullRequest);
    pullRequest.state = 'closed';
    pullRequest.merged = options.merged ?? false;
    pullRequest.closedAt = at;
    pullRequest.timeline.push({ kind: pullRequest.merged ? 'merged' : 'closed', at, actor: this.user(actor) });
  }

  reopen(pullRequest: PullRequest, actor: string): void {
    pullRequest.state = 'open';
    pullRequest.closedAt = null;
    pullRequest.timeline.push({ kind: 'reopened', at: this.#touch(pullRequest), actor: this.user(actor) });
  }

  addComment(pullRequest: PullRequest, login: string, body: string): Comment {
    const at = this.#touch(pullRequest);
    const comment = { id: this.id(), body, user: this.user(login), createdAt: at, updatedAt: at, reactions: [] };
    pullRequest.comments.push(comment);
    return comment;
  }

  updateComment(pullRequest: PullRequest, comment: Comment, body: string): void {
    comment.body = body;
    comment.updatedAt = this.#touch(pullRequest);
  }

  deleteComment(pullRequest: PullRequest, comment: Comment): void {
    this.#touch(pullRequest);
    pullRequest.comments = pullRequest.comments.filter((other) => other !== comment);
  }

  /** A comment of a repository and the pull request that it stands on. */
  findComment(repository: Repository, id: number): { pullRequest: PullRequest; comment: Comment } | undefined {
    for (const pullRequest of repository.pullRequests.values()) {
      const comment = pullRequest.comments.find((candidate) => candidate.id === id);
      if (comment) return { pullRequest, comment };
    }
    return undefined;
  }

  /** Answers the reaction and whether it is new: one user has each reaction once. */
  react(comment: Comment, login: string, content: string): { reaction: Reaction; created: boolean } {
    const user = this.user(login);
    const known = comment.reactions.find((one) => one.user === user && one.content === content);
    if (known) return { reaction: known, created: false };
    const reaction = { id: this.id(), user, content, createdAt: this.now() };
    comment.reactions.push(reaction);
    return { reaction, created: true };
  }

  /** Puts a label on; the repository gets it when it has none of that name. */
  addLabel(pullRequest: PullRequest, name: string, actor: string): Label {
    const repository = pullRequest.base.repository;
    const same = (label: Label): boolean => label.name.toLowerCase() === name.toLowerCase();
    let label = repository.labels.find(same);
    if (!label) repository.labels.push((label = { id: this.id(), name, color: 'ededed', description: null }));
    if (!pullRequest.labels.some(same)) {
      pullRequest.labels.push(label);
      const at = this.#touch(pullRequest);
      pullRequest.timeline.push({ kind: 'labeled', at, actor: this.user(actor), label });
    }
    return label;
  }

  /** Takes a label off; undefined when it was not on. */
  removeLabel(pullRequest: PullRequest, name: string, actor: string): Label | undefined {
    const label = pullRequest.labels.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
    if (!label) return undefined;
    pullRequest.labels = pullRequest.labels.filter((other) => other !== label);
    const at = this.#touch(pullRequest);
    pullRequest.timeline.push({ kind: 'unlabeled', at, actor: this.user(actor), label });
    return label;
  }

  #touch(pullRequest: PullRequest): Date {
    pullRequest.updatedAt = this.now();
    return pullRequest.updatedAt;
  }

  #headRepository(base: Repository, options: NewPullRequest, author: User): Repository {
    if (options.fork === undefined || options.fork === false) return base;
    const owner = options.fork === true ? author.login : options.fork;
    return (
      this.findRepository(owner, base.name) ??
      this.createRepository(`${owner}/${base.name}`, { private: base.private, parent: base })
    );
  }

  #at(
    repository: Repository,
    ref: string,
    sha: string | undefined,
    author: User,
    message: string,
    parents: string[] = [],
  ): Commit {
    const known = sha === undefined ? undefined : repository.commits.get(sha);
    const commit = known ?? this.#commit(repository, { ...(sha !== undefined && { sha }), message, author, parents });
    repository.branches.set(ref, commit.sha);
    return commit;
  }

  #commit(repository: Repository, options: { sha?: string; message: string; author: User; parents: string[] }): Commit {
    const { message, author, parents } = options;
    const sha = options.sha ?? createHash('sha1').update(`${repository.id} ${this.id()} ${message}`).digest('hex');
    if (!/^[0-9a-f]{40}$/.test(sha)) throw new Error(`Not a commit's SHA: ${sha}`);
    const commit = { sha, message, author, at: this.now(), parents };
    repository.commits.set(sha, commit);
    return commit;
  }
}
