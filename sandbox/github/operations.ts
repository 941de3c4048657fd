import { ROLES, type Comment, type GitHubState, type PullRequest, type Repository, type Role } from './state';
import { Refusal, type Reply } from './reply';
import type { Shapes } from './shapes';
import type { Access, PermissionName, Token } from './token';

/** A request that passed the description's check. */
export interface Call {
  state: GitHubState;
  shapes: Shapes;
  token: Token;
  values: Record<string, string>;
  query: URLSearchParams;
  /** Address of the request without its query, for `Link`. */
  url: string;
  body: unknown;
}

/** One operation: what a token must hold (any one of the names; empty for metadata), and the work. */
export interface Handler {
  needs: readonly PermissionName[];
  access: Access;
  run(call: Call): Reply;
}

/** GitHub's limit of a comment's length; counted here in UTF-16 units, the strictest reading. */
const BODY_LENGTH_MAX = 65_536;
const PER_PAGE_DEFAULT = 30;
const PER_PAGE_MAX = 100;

const notFound = (): Refusal => new Refusal(404, 'Not Found');

/** A private repository hides itself from whoever may not read it. */
export function repositoryOf({ state, token, values }: Call): Repository {
  const repository = state.findRepository(values.owner ?? '', values.repo ?? '');
  if (!repository) throw notFound();
  const hidden = token.kind === 'installation' ? false : state.roleOf(repository, token.login) === 'none';
  if (hidden) throw notFound();
  return repository;
}

function pullRequestOf(call: Call): PullRequest {
  const number = Number(call.values.pull_number ?? call.values.issue_number);
  const pullRequest = repositoryOf(call).pullRequests.get(number);
  if (!pullRequest) throw notFound();
  return pullRequest;
}

function commentOf(call: Call): { pullRequest: PullRequest; comment: Comment } {
  const found = call.state.findComment(repositoryOf(call), Number(call.values.comment_id));
  if (!found) throw notFound();
  return found;
}

/** What the token's holder may do: an installation acts with its own rights, a person with their role. */
function roleOfToken({ state, token }: Call, repository: Repository): Role {
  if (token.kind === 'installation') return token.can('contents', 'write') ? 'write' : 'read';
  return state.roleOf(repository, token.login);
}

function wholeNumber(text: string | null, fallback: number, max: number): number {
  const number = text !== null && /^\d+$/.test(text) ? Number(text) : fallback;
  return number < 1 ? fallback : Math.min(number, max);
}

/** One page of a list, with GitHub's `Link` header. */
function paged<T>(call: Call, items: readonly T[], shape: (item: T) => unknown): Reply {
  const perPage = wholeNumber(call.query.get('per_page'), PER_PAGE_DEFAULT, PER_PAGE_MAX);
  const page = wholeNumber(call.query.get('page'), 1, Number.MAX_SAFE_INTEGER);
  const last = Math.max(1, Math.ceil(items.length / perPage));
  const link = (rel: string, target: number): string => {
    const query = new URLSearchParams(call.query);
    query.set('page', String(target));
    return `<${call.url}?${query.toString()}>; rel="${rel}"`;
  };
  const links = [
    ...(page > 1 ? [link('prev', Math.min(page - 1, last))] : []),
    ...(page < last ? [link('next', page + 1), link('last', last)] : []),
    ...(page > 1 ? [link('first', 1)] : []),
  ];
  return {
    status: 200,
    body: items.slice((page - 1) * perPage, page * perPage).map(shape),
    ...(links.length > 0 && { headers: { link: links.join(', ') } }),
  };
}

function invalid(error: Record<string, string>): Refusal {
  return new Refusal(422, 'Validation Failed', { errors: [error] });
}

function commentBody({ body }: Call): string {
  const text = (body as { body: string }).body;
  const refuse = (message: string): Refusal =>
    invalid({ resource: 'IssueComment', code: 'unprocessable', field: 'data', message });
  if (text.trim() === '') throw refuse('Body cannot be blank');
  if (text.length > BODY_LENGTH_MAX) throw refuse(`Body is too long (maximum is ${BODY_LENGTH_MAX} characters)`);
  return text;
}

/** A list of label names or of objects with one, bare or under `labels`: the description allows all of these. */
function labelNames(body: unknown): string[] {
  const list: unknown = Array.isArray(body) ? body : (body as { labels?: unknown } | undefined)?.labels;
  return (Array.isArray(list) ? list : [list])
    .map((item: unknown) => (typeof item === 'string' ? item : (item as { name?: string } | undefined)?.name))
    .filter((name) => name !== undefined);
}

const ISSUE: readonly PermissionName[] = ['issues', 'pull_requests'];

function labelsReply({ shapes }: Call, pullRequest: PullRequest): Reply {
  const body = pullRequest.labels.map((label) => shapes.label(label, pullRequest.base.repository));
  return { status: 200, body };
}

function listedPulls(call: Call): PullRequest[] {
  const state = call.query.get('state') ?? 'open';
  const head = call.query.get('head');
  const base = call.query.get('base');
  const ascending = call.query.get('direction') === 'asc';
  return [...repositoryOf(call).pullRequests.values()]
    .filter((one) => state === 'all' || one.state === state)
    .filter((one) => !head || `${one.head.repository.owner.login}:${one.head.ref}` === head)
    .filter((one) => !base || one.base.ref === base)
    .sort((a, b) => (ascending ? a.number - b.number : b.number - a.number));
}

function createPull(call: Call): Reply {
  const repository = repositoryOf(call);
  const body = call.body as { title?: string; head: string; base: string; body?: string; draft?: boolean };
  const refuse = (error: Record<string, string>): Refusal => invalid({ resource: 'PullRequest', ...error });
  const [owner, ref] = body.head.includes(':') ? body.head.split(':', 2) : [repository.owner.login, body.head];
  const headRepository = call.state.findRepository(owner ?? '', repository.name);
  const sha = headRepository?.branches.get(ref ?? '');
  if (ref === undefined || sha === undefined) throw refuse({ field: 'head', code: 'invalid' });
  if (!repository.branches.has(body.base)) throw refuse({ field: 'base', code: 'invalid' });
  if (body.title === undefined) throw refuse({ field: 'title', code: 'missing_field' });
  const open = [...repository.pullRequests.values()].find(
    (one) => one.state === 'open' && one.head.ref === ref && one.head.repository === headRepository,
  );
  if (open) {
    throw refuse({ code: 'custom', message: `A pull request already exists for ${owner}:${ref}.` });
  }
  const made = call.state.createPullRequest(repository, {
    title: body.title,
    body: body.body ?? null,
    author: call.token.login,
    head: { ref, sha },
    base: { ref: body.base },
    ...(owner !== undefined && headRepository !== repository && { fork: owner }),
    draft: body.draft ?? false,
  });
  return { status: 201, body: call.shapes.pullRequest(made) };
}

function collaboratorPermission(call: Call): Reply {
  const repository = repositoryOf(call);
  const { state, shapes, token, values } = call;
  if (token.kind === 'anonymous') throw token.lacking();
  if (ROLES.indexOf(roleOfToken(call, repository)) < ROLES.indexOf('write') && token.kind === 'personal') {
    throw new Refusal(403, 'Must have push access to view collaborator permission.');
  }
  const user = state.findUser(values.username ?? '');
  if (!user) throw new Refusal(404, `${values.username ?? ''} is not a user`);
  return { status: 200, body: shapes.collaboratorPermission(user, state.roleOf(repository, user.login)) };
}

function createComment(call: Call): Reply {
  const pullRequest = pullRequestOf(call);
  if (pullRequest.locked && ROLES.indexOf(roleOfToken(call, pullRequest.base.repository)) < ROLES.indexOf('write')) {
    throw new Refusal(403, 'Unable to create comment because issue is locked.');
  }
  const comment = call.state.addComment(pullRequest, call.token.login, commentBody(call));
  const body = call.shapes.comment(pullRequest, comment);
  return { status: 201, body, headers: { location: String(body.url) } };
}

function rateLimit({ token, state }: Call): Reply {
  const core = token.budget(state.now());
  const search = { ...core, limit: 30, remaining: 30, used: 0 };
  return { status: 200, body: { resources: { core, search }, rate: core } };
}

/** What the sandbox answers, by GitHub's operation id. */
export const HANDLERS: Readonly<Record<string, Handler>> = {
  'repos/get': {
    needs: [],
    access: 'read',
    run: (call) => {
      const repository = repositoryOf(call);
      return { status: 200, body: call.shapes.fullRepository(repository, roleOfToken(call, repository)) };
    },
  },
  'repos/get-branch': {
    needs: ['contents'],
    access: 'read',
    run: (call) => {
      const repository = repositoryOf(call);
      const name = call.values.branch ?? '';
      const commit = repository.commits.get(repository.branches.get(name) ?? '');
      if (!commit) throw new Refusal(404, 'Branch not found');
      return { status: 200, body: call.shapes.branch(repository, name, commit) };
    },
  },
  'repos/get-commit': {
    needs: ['contents'],
    access: 'read',
    run: (call) => {
      const repository = repositoryOf(call);
      const ref = call.values.ref ?? '';
      const commit = repository.commits.get(repository.branches.get(ref.replace(/^heads\//, '')) ?? ref);
      if (!commit) throw new Refusal(422, `No commit found for SHA: ${ref}`);
      return { status: 200, body: call.shapes.commit(commit, repository) };
    },
  },
  'repos/get-collaborator-permission-level': { needs: [], access: 'read', run: collaboratorPermission },
  'issues/get': {
    needs: ISSUE,
    access: 'read',
    run: (call) => ({ status: 200, body: call.shapes.issue(pullRequestOf(call)) }),
  },
  'issues/list-comments': {
    needs: ISSUE,
    access: 'read',
    run: (call) => {
      const pullRequest = pullRequestOf(call);
      const since = Date.parse(call.query.get('since') ?? '') || 0;
      const comments = pullRequest.comments.filter((one) => one.updatedAt.getTime() >= since);
      return paged(call, comments, (one) => call.shapes.comment(pullRequest, one));
    },
  },
  'issues/create-comment': { needs: ISSUE, access: 'write', run: createComment },
  'issues/get-comment': {
    needs: ISSUE,
    access: 'read',
    run: (call) => {
      const { pullRequest, comment } = commentOf(call);
      return { status: 200, body: call.shapes.comment(pullRequest, comment) };
    },
  },
  'issues/update-comment': {
    needs: ISSUE,
    access: 'write',
    run: (call) => {
      const { pullRequest, comment } = commentOf(call);
      call.state.updateComment(pullRequest, comment, commentBody(call));
      return { status: 200, body: call.shapes.comment(pullRequest, comment) };
    },
  },
  'issues/delete-comment': {
    needs: ISSUE,
    access: 'write',
    run: (call) => {
      const { pullRequest, comment } = commentOf(call);
      call.state.deleteComment(pullRequest, comment);
      return { status: 204 };
    },
  },
  'issues/list-labels-on-issue': {
    needs: ISSUE,
    access: 'read',
    run: (call) => {
      const pullRequest = pullRequestOf(call);
      return paged(call, pullRequest.labels, (label) => call.shapes.label(label, pullRequest.base.repository));
    },
  },
  'issues/add-labels': {
    needs: ISSUE,
    access: 'write',
    run: (call) => {
      const pullRequest = pullRequestOf(call);
      for (const name of labelNames(call.body)) call.state.addLabel(pullRequest, name, call.token.login);
      return labelsReply(call, pullRequest);
    },
  },
  'issues/remove-label': {
    needs: ISSUE,
    access: 'write',
    run: (call) => {
      const pullRequest = pullRequestOf(call);
      const removed = call.state.removeLabel(pullRequest, call.values.name ?? '', call.token.login);
      if (!removed) throw new Refusal(404, 'Label does not exist');
      return labelsReply(call, pullRequest);
    },
  },
  'reactions/list-for-issue-comment': {
    needs: ISSUE,
    access: 'read',
    run: (call) => {
      const content = call.query.get('content');
      const reactions = commentOf(call).comment.reactions.filter((one) => content === null || one.content === content);
      return paged(call, reactions, (one) => call.shapes.reaction(one));
    },
  },
  'reactions/create-for-issue-comment': {
    needs: ISSUE,
    access: 'write',
    run: (call) => {
      const { content } = call.body as { content: string };
      const { reaction, created } = call.state.react(commentOf(call).comment, call.token.login, content);
      return { status: created ? 201 : 200, body: call.shapes.reaction(reaction) };
    },
  },
  'pulls/list': {
    needs: ['pull_requests'],
    access: 'read',
    run: (call) => paged(call, listedPulls(call), (one) => call.shapes.pullRequestSimple(one)),
  },
  'pulls/create': { needs: ['pull_requests'], access: 'write', run: createPull },
  'pulls/get': {
    needs: ['pull_requests'],
    access: 'read',
    run: (call) => ({ status: 200, body: call.shapes.pullRequest(pullRequestOf(call)) }),
  },
  'pulls/list-commits': {
    needs: ['pull_requests'],
    access: 'read',
    run: (call) => {
      const pullRequest = pullRequestOf(call);
      return paged(call, pullRequest.commits, (one) => call.shapes.commit(one, pullRequest.head.repository));
    },
  },
  'users/get-authenticated': {
    needs: [],
    access: 'read',
    run: ({ token, state, shapes }) => {
      // An installation is no user: GitHub refuses, which is why bots must find their own login some other way.
      if (token.kind !== 'personal') throw token.lacking();
      return { status: 200, body: shapes.profile(state.user(token.login)) };
    },
  },
  'users/get-by-username': {
    needs: [],
    access: 'read',
    run: ({ state, shapes, values }) => {
      const user = state.findUser(values.username ?? '');
      if (!user) throw notFound();
      return { status: 200, body: shapes.profile(user) };
    },
  },
  'rate-limit/get': { needs: [], access: 'read', run: rateLimit },
};
