/**
 * What happened, told from a webhook payload, in the few words that `plan` decides by. Pure.
 *
 * Payload text (titles, branch names, comment bodies) is hostile; what is kept of it here is checked for its form.
 */
export type RunEvent =
  | {
      kind: 'pull_request';
      action: string;
      number: number;
      /** The head of the pull request, never its merge commit. */
      sha: string;
      head: string;
      base: string;
      fork: boolean;
      /** Opened or pushed to by a bot whose runs get no secrets (Dependabot). */
      dependabot: boolean;
      /** The label that this event added, for `labeled`. */
      labelAdded?: string;
      merged: boolean;
    }
  | {
      kind: 'issue_comment';
      action: string;
      number: number;
      pullRequest: boolean;
      commenter: string;
      firstLine: string;
    }
  | {
      kind: 'push';
      /** Empty for a tag. */
      branch?: string;
      tag?: string;
      sha: string;
      defaultBranch: string;
      deleted: boolean;
    }
  | { kind: 'merge_group'; sha: string; branch: string }
  | { kind: 'release'; action: string; tag: string; draft: boolean }
  | { kind: 'workflow_dispatch' }
  | { kind: 'schedule' }
  | { kind: 'workflow_run' }
  | { kind: 'pull_request_target' }
  | { kind: 'unknown'; name: string };

type Json = Record<string, unknown>;

/** A payload that its kind promises something it does not hold. */
export class PayloadError extends Error {
  override readonly name = 'PayloadError';
}

const SHA = /^[0-9a-f]{40}$/;

/**
 * @param name - `GITHUB_EVENT_NAME`
 * @param payload - the parsed file of `GITHUB_EVENT_PATH`
 * @throws PayloadError when a field that decides something is missing or of the wrong form
 */
export function readEvent(name: string, payload: unknown): RunEvent {
  const root = object(payload, 'the payload');
  switch (name) {
    case 'pull_request':
      return pullRequest(root);
    case 'issue_comment': {
      const issue = object(root['issue'], 'issue');
      const comment = object(root['comment'], 'comment');
      return {
        kind: 'issue_comment',
        action: string(root['action'], 'action'),
        number: number(issue['number'], 'issue.number'),
        pullRequest: typeof issue['pull_request'] === 'object' && issue['pull_request'] !== null,
        // Who wrote it, not who opened the pull request.
        commenter: string(object(comment['user'], 'comment.user')['login'], 'comment.user.login'),
        firstLine: (string(comment['body'] ?? '', 'comment.body').split(/\r\n|\n|\r/)[0] ?? '').trim(),
      };
    }
    case 'push': {
      const ref = string(root['ref'], 'ref');
      const branch = /^refs\/heads\/(.+)$/.exec(ref)?.[1];
      const tag = /^refs\/tags\/(.+)$/.exec(ref)?.[1];
      const repository = object(root['repository'], 'repository');
      const head = root['head_commit'];
      return {
        kind: 'push',
        ...(branch === undefined ? {} : { branch }),
        ...(tag === undefined ? {} : { tag }),
        // For an annotated tag `after` is the tag object; the commit it names is `head_commit.id`.
        sha: sha(tag !== undefined && isObject(head) ? head['id'] : root['after'], 'after'),
        defaultBranch: string(repository['default_branch'] ?? repository['master_branch'], 'repository.default_branch'),
        deleted: root['deleted'] === true,
      };
    }
    case 'merge_group': {
      const group = object(root['merge_group'], 'merge_group');
      return {
        kind: 'merge_group',
        sha: sha(group['head_sha'], 'merge_group.head_sha'),
        branch: string(group['base_ref'], 'merge_group.base_ref').replace(/^refs\/heads\//, ''),
      };
    }
    case 'release': {
      const release = object(root['release'], 'release');
      return {
        kind: 'release',
        action: string(root['action'], 'action'),
        tag: string(release['tag_name'], 'release.tag_name'),
        draft: release['draft'] === true,
      };
    }
    case 'workflow_dispatch':
    case 'schedule':
    case 'workflow_run':
    case 'pull_request_target':
      return { kind: name };
    default:
      return { kind: 'unknown', name: name.replace(/[^\w-]/g, '?').slice(0, 60) };
  }
}

function pullRequest(root: Json): RunEvent {
  const pull = object(root['pull_request'], 'pull_request');
  const head = object(pull['head'], 'pull_request.head');
  const base = object(pull['base'], 'pull_request.base');
  const baseRepository = object(base['repo'], 'pull_request.base.repo');
  // A deleted fork leaves `head.repo: null`; what can't be told to be ours counts as a fork.
  const headRepository = head['repo'];
  const fork = !isObject(headRepository) || headRepository['id'] !== baseRepository['id'];
  const sender = isObject(root['sender']) ? root['sender']['login'] : undefined;
  const label = isObject(root['label']) ? root['label']['name'] : undefined;
  const action = string(root['action'], 'action');
  return {
    kind: 'pull_request',
    action,
    number: number(pull['number'] ?? root['number'], 'pull_request.number'),
    sha: sha(head['sha'], 'pull_request.head.sha'),
    head: string(head['ref'], 'pull_request.head.ref'),
    base: string(base['ref'], 'pull_request.base.ref'),
    fork,
    dependabot: sender === 'dependabot[bot]',
    ...(action === 'labeled' && typeof label === 'string' ? { labelAdded: label } : {}),
    merged: pull['merged'] === true,
  };
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function object(value: unknown, name: string): Json {
  if (!isObject(value)) throw new PayloadError(`${name} is no object`);
  return value;
}

function string(value: unknown, name: string): string {
  if (typeof value !== 'string') throw new PayloadError(`${name} is no string`);
  return value;
}

function number(value: unknown, name: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw new PayloadError(`${name} is no whole number`);
  return value;
}

function sha(value: unknown, name: string): string {
  const text = string(value, name);
  if (!SHA.test(text)) throw new PayloadError(`${name} is no commit id`);
  return text;
}
