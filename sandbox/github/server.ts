import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { randomUUID, createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../src/errors';
import { avatar } from './avatar';
import { ApiDescription, type OperationMatch } from './description';
import { issueCommentPayload, pullRequestPayload, type CommentAction, type PullRequestAction } from './events';
import { faultBody, Faults, type Fault } from './faults';
import { HANDLERS, repositoryOf, type Call } from './operations';
import { renderPullRequestPage } from './page';
import { Refusal, type Reply } from './reply';
import { Shapes, type CommentShape, type PullRequestShape, type Shape, type UserShape } from './shapes';
import { GitHubState, type NewPullRequest, type PullRequest, type Repository, type Role } from './state';
import { Token, type TokenOptions } from './token';

/** One request as the sandbox saw it. */
export interface RecordedRequest {
  method: string;
  /** With its query. */
  path: string;
  /** What was answered; 0 when the connection was reset. */
  status: number;
  /** Behind the token; empty without one. */
  login: string;
}

/** Where a request, or an answer of ours, differs from GitHub's description. */
export interface Violation {
  method: string;
  path: string;
  /** What is wrong: an operation the sandbox does not have, a value in path, query, or body, our own answer. */
  part: 'operation' | 'path' | 'query' | 'body' | 'response';
  message: string;
}

/** What `event` takes for `pull_request`. */
export interface PullRequestEvent {
  action: PullRequestAction;
  number: number;
  /** Of `labeled` and `unlabeled`. */
  label?: string;
  /** Who did it. Default: the pull request's author. */
  sender?: string;
  repository?: string;
}

/** What `event` takes for `issue_comment`: the id of a comment that is there, or a body to write one. */
export interface IssueCommentEvent {
  action: CommentAction;
  number: number;
  comment?: number;
  body?: string;
  /** Who commented. Default: the comment's or the pull request's author. */
  sender?: string;
  repository?: string;
}

export interface GitHubSandbox {
  /** Address of API and pages alike: `GITHUB_API_URL` and `GITHUB_SERVER_URL`. */
  readonly url: string;
  readonly port: number;
  /** All requests to the API, oldest first. */
  readonly requests: readonly RecordedRequest[];
  /** Requests and answers that GitHub's OpenAPI description does not allow. Empty is good. */
  readonly violations: readonly Violation[];
  readonly state: GitHubState;
  readonly shapes: Shapes;
  /** Makes a token and answers its text. */
  token(options?: TokenOptions): string;
  /** Makes the next fitting requests fail. */
  fail(fault: Fault): void;
  /** Forgets faults that have not happened, recorded requests, and violations. */
  forget(): void;
  /** The first repository made is the one meant wherever none is named. */
  createRepository(fullName: string, options?: Parameters<GitHubState['createRepository']>[1]): Shape;
  /** Makes a user, and gives a role on a repository when one is named. */
  createUser(login: string, options?: { role?: Role; repository?: string }): UserShape;
  createPullRequest(options: NewPullRequest & { repository?: string }): PullRequestShape;
  /** Moves the head on by a commit. */
  push(
    number: number,
    options?: { sha?: string; message?: string; author?: string; repository?: string },
  ): PullRequestShape;
  addComment(number: number, login: string, body: string, repository?: string): CommentShape;
  pullRequest(number: number, repository?: string): PullRequestShape;
  comments(number: number, repository?: string): CommentShape[];
  /** Makes it so where it is not yet (label, push, close, comment), and answers the webhook's payload. */
  event(name: 'pull_request', event: PullRequestEvent): Shape;
  event(name: 'issue_comment', event: IssueCommentEvent): Shape;
  /** The pull request's page; with `inlineAssets` a single file that works offline. */
  page(number: number, options?: { inlineAssets?: boolean; repository?: string }): string;
  close(): Promise<void>;
}

const BODY_BYTES_MAX = 10 * 1024 * 1024;
const VERSION = '2022-11-28';
/** It remembers nothing but compiled schemas, so all sandboxes of a process share it. */
const description = new ApiDescription();
const mermaidScript = createRequire(import.meta.url).resolve('mermaid/dist/mermaid.min.js');

/**
 * Starts GitHub's REST API with nothing in it, on loopback, in memory. Answers when it listens.
 *
 * @throws Error from `listen`, such as EADDRINUSE.
 */
export async function startGitHub(options: { port?: number; now?: () => Date } = {}): Promise<GitHubSandbox> {
  const sandbox = new Sandbox(options.now ?? ((): Date => new Date()));
  await sandbox.listen(options.port ?? 0);
  return sandbox;
}

class Sandbox implements GitHubSandbox {
  readonly requests: RecordedRequest[] = [];
  readonly violations: Violation[] = [];
  readonly state: GitHubState;
  readonly #faults = new Faults();
  readonly #tokens = new Map<string, Token>();
  readonly #anonymous = new Token('anonymous');
  readonly #server: Server;
  #port = 0;
  #shapes: Shapes | undefined;

  constructor(readonly now: () => Date) {
    this.state = new GitHubState(now);
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch((error: unknown) => {
        // A bug of the sandbox must be seen by whoever called, not hang them.
        if (!response.headersSent) response.writeHead(500, { 'content-type': 'application/json; charset=utf-8' });
        response.end(JSON.stringify({ message: `Sandbox: ${messageOf(error)}` }));
      });
    });
  }

  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', resolve);
    });
    this.#port = (this.#server.address() as AddressInfo).port;
    this.#shapes = new Shapes(this.url, this.state);
  }

  get port(): number {
    return this.#port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get shapes(): Shapes {
    if (!this.#shapes) throw new Error('The sandbox does not listen yet');
    return this.#shapes;
  }

  token(options: TokenOptions = {}): string {
    const token = new Token(options);
    this.state.user(token.login);
    this.#tokens.set(token.value, token);
    return token.value;
  }

  fail(fault: Fault): void {
    this.#faults.add(fault);
  }

  forget(): void {
    this.#faults.clear();
    this.requests.length = 0;
    this.violations.length = 0;
  }

  createRepository(fullName: string, options?: Parameters<GitHubState['createRepository']>[1]): Shape {
    return this.shapes.repository(this.state.createRepository(fullName, options));
  }

  createUser(login: string, options: { role?: Role; repository?: string } = {}): UserShape {
    const user = this.state.user(login);
    if (options.role !== undefined) this.state.setRole(this.#repository(options.repository), login, options.role);
    return this.shapes.user(user);
  }

  createPullRequest({ repository, ...options }: NewPullRequest & { repository?: string }): PullRequestShape {
    return this.shapes.pullRequest(this.state.createPullRequest(this.#repository(repository), options));
  }

  push(
    number: number,
    { repository, ...options }: { sha?: string; message?: string; author?: string; repository?: string } = {},
  ): PullRequestShape {
    const pullRequest = this.#pullRequest(number, repository);
    this.state.push(pullRequest, options);
    return this.shapes.pullRequest(pullRequest);
  }

  addComment(number: number, login: string, body: string, repository?: string): CommentShape {
    const pullRequest = this.#pullRequest(number, repository);
    return this.shapes.comment(pullRequest, this.state.addComment(pullRequest, login, body));
  }

  pullRequest(number: number, repository?: string): PullRequestShape {
    return this.shapes.pullRequest(this.#pullRequest(number, repository));
  }

  comments(number: number, repository?: string): CommentShape[] {
    const pullRequest = this.#pullRequest(number, repository);
    return pullRequest.comments.map((comment) => this.shapes.comment(pullRequest, comment));
  }

  event(name: 'pull_request', event: PullRequestEvent): Shape;
  event(name: 'issue_comment', event: IssueCommentEvent): Shape;
  event(...given: ['pull_request', PullRequestEvent] | ['issue_comment', IssueCommentEvent]): Shape {
    if (given[0] === 'pull_request') return this.#pullRequestEvent(given[1]);
    return this.#issueCommentEvent(given[1]);
  }

  page(number: number, options: { inlineAssets?: boolean; repository?: string } = {}): string {
    const pullRequest = this.#pullRequest(number, options.repository);
    return renderPullRequestPage(this.state, pullRequest, { inlineAssets: options.inlineAssets ?? false });
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #repository(fullName: string | undefined): Repository {
    const [first] = this.state.repositories.values();
    if (fullName !== undefined) return this.state.repository(fullName);
    if (!first) throw new Error('The sandbox has no repository yet: createRepository first');
    return first;
  }

  #pullRequest(number: number, repository: string | undefined): PullRequest {
    const found = this.#repository(repository).pullRequests.get(number);
    if (!found) throw new Error(`The sandbox has no pull request ${number}`);
    return found;
  }

  #pullRequestEvent({ action, number, repository, ...event }: PullRequestEvent): Shape {
    const pullRequest = this.#pullRequest(number, repository);
    const sender = event.sender === undefined ? pullRequest.author : this.state.user(event.sender);
    const labelName = event.label ?? 'train';
    let label;
    let before;
    if (action === 'labeled') label = this.state.addLabel(pullRequest, labelName, sender.login);
    if (action === 'unlabeled') {
      label =
        this.state.removeLabel(pullRequest, labelName, sender.login) ??
        pullRequest.base.repository.labels.find((one) => one.name === labelName);
      if (!label) throw new Error(`No label ${labelName} to take off`);
    }
    if (action === 'synchronize') {
      if (pullRequest.commits.length < 2) this.state.push(pullRequest, { author: sender.login });
      before = pullRequest.commits.at(-2)?.sha;
    }
    if (action === 'closed' && pullRequest.state === 'open') this.state.close(pullRequest, sender.login);
    if (action === 'reopened' && pullRequest.state === 'closed') this.state.reopen(pullRequest, sender.login);
    return pullRequestPayload(this.shapes, pullRequest, { action, sender, label, before });
  }

  #issueCommentEvent({ action, number, repository, ...event }: IssueCommentEvent): Shape {
    const pullRequest = this.#pullRequest(number, repository);
    const known = pullRequest.comments.find((one) => one.id === event.comment);
    if (!known && event.body === undefined) throw new Error('Name a comment that is there, or give a body');
    const author = event.sender ?? pullRequest.author.login;
    const comment = known ?? this.state.addComment(pullRequest, author, event.body ?? '');
    const previousBody = comment.body;
    if (action === 'edited' && event.body !== undefined) this.state.updateComment(pullRequest, comment, event.body);
    const sender = event.sender === undefined ? comment.user : this.state.user(event.sender);
    const payload = issueCommentPayload(this.shapes, pullRequest, { action, sender, comment, previousBody });
    if (action === 'deleted') this.state.deleteComment(pullRequest, comment);
    return payload;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? 'GET';
    const url = new URL(request.url ?? '/', this.url);
    if (method === 'GET' && this.#serveWeb(url.pathname, response)) return;

    const raw = await bodyOf(request);
    const path = url.pathname + url.search;
    const fault = this.#faults.take(method, path);
    const token = this.#tokens.get(bearer(request.headers.authorization));
    const entry: RecordedRequest = { method, path, status: 0, login: token?.login ?? '' };
    this.requests.push(entry);

    if (fault?.delayMilliseconds !== undefined) await sleep(fault.delayMilliseconds);
    const happens = fault === undefined || fault.after === 'commit' || (fault.status === undefined && !fault.reset);
    let reply: Reply | undefined = happens ? this.#answer(request, method, url, raw, token) : undefined;
    if (fault?.reset) {
      request.socket.destroy();
      return;
    }
    if (fault?.status !== undefined) {
      reply = { status: fault.status, body: faultBody(fault), ...(fault.headers && { headers: fault.headers }) };
    }
    if (!reply) throw new Error('A request without a reply');
    entry.status = reply.status;
    this.#send(request, response, reply, token ?? this.#anonymous);
  }

  /** What is not the API: pages, pictures, the one script. Answers whether it was that. */
  #serveWeb(path: string, response: ServerResponse): boolean {
    const send = (type: string, body: string | Buffer): true => {
      response.writeHead(200, { 'content-type': type, 'cache-control': 'no-cache' }).end(body);
      return true;
    };
    const first = [...this.state.repositories.values()].flatMap((repository) =>
      [...repository.pullRequests.keys()].map(
        (number) => `/${repository.owner.login}/${repository.name}/pull/${number}`,
      ),
    )[0];
    // A browser that is pointed at the address alone sees the first pull request.
    if (path === '/' && first !== undefined) {
      response.writeHead(302, { location: first }).end();
      return true;
    }
    const page = /^\/([^/]+)\/([^/]+)\/pull\/(\d+)$/.exec(path);
    if (page) {
      const repository = this.state.findRepository(page[1] ?? '', page[2] ?? '');
      const pullRequest = repository?.pullRequests.get(Number(page[3]));
      if (!pullRequest) return false;
      return send('text/html; charset=utf-8', renderPullRequestPage(this.state, pullRequest, { inlineAssets: false }));
    }
    const login = /^\/avatars\/([^/]+)$/.exec(path)?.[1];
    if (login !== undefined) return send('image/svg+xml', avatar(this.state.user(decodeURIComponent(login))));
    if (path === '/assets/mermaid.min.js') return send('text/javascript; charset=utf-8', readFileSync(mermaidScript));
    return false;
  }

  /** The API's own answer; never throws for what a client did. */
  #answer(request: IncomingMessage, method: string, url: URL, raw: string, token: Token | undefined): Reply {
    const path = url.pathname + url.search;
    const match = description.find(method, url.pathname);
    const documentation = match?.operation.documentation ?? null;
    try {
      if (request.headers['user-agent'] === undefined) {
        throw new Refusal(
          403,
          'Request forbidden by administrative rules. Please make sure your request has a User-Agent header.',
        );
      }
      if (request.headers.authorization !== undefined && !token) throw new Refusal(401, 'Bad credentials');
      const holder = token ?? this.#anonymous;
      if (match?.operation.id !== 'rate-limit/get') holder.spend(this.now());
      const handler = match && HANDLERS[match.operation.id];
      if (!match || !handler) {
        this.violations.push({ method, path, part: 'operation', message: 'The sandbox serves no such operation' });
        throw new Refusal(404, 'Not Found');
      }
      this.#judgeValues(match, method, url);
      const call: Call = {
        state: this.state,
        shapes: this.shapes,
        token: holder,
        values: match.values,
        query: url.searchParams,
        url: this.url + url.pathname,
        body: undefined,
      };
      this.#authorise(call, handler);
      call.body = this.#judgedBody(match, method, path, raw);
      const reply = handler.run(call);
      for (const message of description.responseFaults(match.operation, reply.status, reply.body)) {
        this.violations.push({ method, path, part: 'response', message });
      }
      const needed = handler.needs.map((name) => `${name}=${handler.access}`).join('; ') || 'metadata=read';
      return { ...reply, headers: { ...reply.headers, 'x-accepted-github-permissions': needed } };
    } catch (error) {
      if (error instanceof Refusal) return error.reply(documentation);
      throw error;
    }
  }

  /** Rights come before the body's faults, and a repository that one may not see before both. */
  #authorise(call: Call, handler: (typeof HANDLERS)[string]): void {
    const open = call.values.repo === undefined || !repositoryOf(call).private;
    if (handler.needs.length === 0 || (open && handler.access === 'read')) return;
    if (!handler.needs.some((name) => call.token.can(name, handler.access))) throw call.token.lacking();
  }

  #judgeValues({ operation, values }: OperationMatch, method: string, url: URL): void {
    const path = url.pathname + url.search;
    const wrongPath = description.parameterFaults(operation, 'path', values);
    for (const message of wrongPath) this.violations.push({ method, path, part: 'path', message });
    // GitHub ignores queries that it does not understand, so these are noted and no more.
    const query = Object.fromEntries(url.searchParams);
    for (const message of description.parameterFaults(operation, 'query', query)) {
      this.violations.push({ method, path, part: 'query', message });
    }
    if (wrongPath.length > 0) throw new Refusal(404, 'Not Found');
  }

  #judgedBody({ operation }: OperationMatch, method: string, path: string, raw: string): unknown {
    let body: unknown;
    try {
      body = raw === '' ? undefined : JSON.parse(raw);
    } catch {
      this.violations.push({ method, path, part: 'body', message: 'Not JSON' });
      throw new Refusal(400, 'Problems parsing JSON');
    }
    // Clients send `{}` where an operation takes nothing; GitHub does not mind.
    if (!operation.body && (raw === '{}' || raw === '')) return undefined;
    const faults = description.bodyFaults(operation, body);
    for (const message of faults) this.violations.push({ method, path, part: 'body', message });
    if (faults.length > 0) throw new Refusal(422, `Invalid request.\n\n${faults.join('\n')}`);
    return body;
  }

  #send(request: IncomingMessage, response: ServerResponse, reply: Reply, token: Token): void {
    const text = reply.body === undefined ? '' : JSON.stringify(reply.body);
    const { limit, remaining, reset, used } = token.budget(this.now());
    const tag = `W/"${createHash('sha256').update(text).digest('hex')}"`;
    const headers: Record<string, string> = {
      'x-github-media-type': 'github.v3; format=json',
      'x-github-api-version-selected': VERSION,
      'x-github-request-id': randomUUID().toUpperCase(),
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(remaining),
      'x-ratelimit-reset': String(reset),
      'x-ratelimit-used': String(used),
      'x-ratelimit-resource': 'core',
      ...(text !== '' && { 'content-type': 'application/json; charset=utf-8' }),
      ...(request.method === 'GET' && reply.status === 200 && { etag: tag }),
      ...reply.headers,
    };
    if (reply.status === 200 && request.method === 'GET' && request.headers['if-none-match'] === tag) {
      response.writeHead(304, headers).end();
      return;
    }
    response.writeHead(reply.status, headers).end(text);
  }
}

/** The token of `Authorization: token …` or `Bearer …`. */
function bearer(authorization: string | undefined): string {
  return /^(?:token|bearer)\s+(.+)$/i.exec(authorization ?? '')?.[1] ?? '';
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) throw new Error(`A body over ${BODY_BYTES_MAX} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
