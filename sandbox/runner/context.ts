import { execFileSync } from 'node:child_process';
import type { Value } from './expressions';

/** The event that started the workflow, as GitHub delivers it. */
export interface WorkflowEvent {
  /** `pull_request`, `push`, `issue_comment` … */
  readonly name: string;
  /** The webhook payload; it becomes the file at GITHUB_EVENT_PATH. */
  readonly payload: unknown;
}

/** `github.ref`, `github.sha` and their like, which GitHub derives from the event. */
export interface EventRefs {
  readonly ref: string;
  readonly sha: string;
  readonly headRef: string;
  readonly baseRef: string;
}

/**
 * What GitHub makes of an event (docs.github.com, "Events that trigger workflows"): for `pull_request` the merge
 * commit, for `issue_comment`, `workflow_run` and `schedule` the default branch. Where the payload cannot say the
 * commit, it is `HEAD` of the workspace.
 */
export function eventRefs(event: WorkflowEvent, workspace: string): EventRefs {
  const { payload } = event;
  const none = { headRef: '', baseRef: '' };
  const text = (...path: string[]): string => textAt(payload, path) ?? '';
  const head = (): string => headOf(workspace);
  const defaultBranch = text('repository', 'default_branch') || 'main';
  switch (event.name) {
    case 'pull_request':
    case 'pull_request_review':
    case 'pull_request_review_comment':
      return {
        ref: `refs/pull/${text('pull_request', 'number')}/merge`,
        sha: text('pull_request', 'merge_commit_sha') || head(),
        headRef: text('pull_request', 'head', 'ref'),
        baseRef: text('pull_request', 'base', 'ref'),
      };
    case 'pull_request_target':
      return {
        ref: `refs/heads/${defaultBranch}`,
        sha: text('pull_request', 'base', 'sha') || head(),
        headRef: text('pull_request', 'head', 'ref'),
        baseRef: text('pull_request', 'base', 'ref'),
      };
    case 'push':
      return { ref: text('ref'), sha: text('after') || head(), ...none };
    case 'merge_group':
      return { ref: text('merge_group', 'head_ref'), sha: text('merge_group', 'head_sha') || head(), ...none };
    case 'release':
      return { ref: `refs/tags/${text('release', 'tag_name')}`, sha: head(), ...none };
    case 'workflow_dispatch':
      return { ref: text('ref') || `refs/heads/${defaultBranch}`, sha: head(), ...none };
    default:
      return { ref: `refs/heads/${defaultBranch}`, sha: head(), ...none };
  }
}

function headOf(workspace: string): string {
  return execFileSync('git', ['rev-parse', 'HEAD'], { cwd: workspace, encoding: 'utf8' }).trim();
}

function textAt(value: unknown, path: readonly string[]): string | undefined {
  let at: unknown = value;
  for (const name of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Record<string, unknown>)[name];
  }
  return typeof at === 'string' || typeof at === 'number' ? String(at) : undefined;
}

/** Names of the `github` context that run steps get as GITHUB_* (actions/runner, GitHubContext.cs). */
const EXPORTED = [
  'action',
  'action_path',
  'action_ref',
  'action_repository',
  'actor',
  'actor_id',
  'api_url',
  'base_ref',
  'env',
  'event_name',
  'event_path',
  'graphql_url',
  'head_ref',
  'job',
  'output',
  'path',
  'ref',
  'ref_name',
  'ref_protected',
  'ref_type',
  'repository',
  'repository_id',
  'repository_owner',
  'repository_owner_id',
  'retention_days',
  'run_attempt',
  'run_id',
  'run_number',
  'server_url',
  'sha',
  'state',
  'step_summary',
  'triggering_actor',
  'workflow',
  'workflow_ref',
  'workflow_sha',
  'workspace',
] as const;

/** The GITHUB_* variables of a step. */
export function githubEnvironment(github: Readonly<Record<string, Value>>): Record<string, string> {
  const env: Record<string, string> = {};
  for (const name of EXPORTED) {
    const value = github[name];
    if (typeof value === 'string') env[`GITHUB_${name.toUpperCase()}`] = value;
  }
  return env;
}

/** Everything the `github` context is made of. */
export interface GithubContextFacts {
  readonly event: WorkflowEvent;
  readonly eventPath: string;
  readonly workspace: string;
  readonly actionPath: string;
  readonly token: string;
  /** GITHUB_* variables given by the caller win over what is derived. */
  readonly overrides: Readonly<Record<string, string>>;
}

/** The `github` context of the job. */
export function githubContext(facts: GithubContextFacts): Record<string, Value> {
  const { event, overrides } = facts;
  const refs = eventRefs(event, facts.workspace);
  const text = (...path: string[]): string => textAt(event.payload, path) ?? '';
  const repository = overrides['GITHUB_REPOSITORY'] ?? (text('repository', 'full_name') || 'octo-org/octo-repo');
  const [owner = ''] = repository.split('/');
  const ref = overrides['GITHUB_REF'] ?? refs.ref;
  const actor = text('sender', 'login') || 'octocat';
  const workflow = overrides['GITHUB_WORKFLOW'] ?? 'CI';
  const serverUrl = overrides['GITHUB_SERVER_URL'] ?? 'https://github.com';
  const github: Record<string, Value> = {
    action: '__self',
    action_path: facts.actionPath,
    action_ref: '',
    action_repository: '',
    actor,
    actor_id: text('sender', 'id') || '1',
    api_url: 'https://api.github.com',
    base_ref: refs.baseRef,
    event_name: event.name,
    event_path: facts.eventPath,
    graphql_url: 'https://api.github.com/graphql',
    head_ref: refs.headRef,
    job: 'byoc',
    ref,
    ref_name: ref.replace(/^refs\/(?:heads|tags|pull)\//, ''),
    ref_protected: 'false',
    ref_type: ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    repository,
    repository_id: text('repository', 'id') || '1',
    repository_owner: owner,
    repository_owner_id: text('repository', 'owner', 'id') || '1',
    retention_days: '90',
    run_attempt: '1',
    run_id: '1000000001',
    run_number: '1',
    server_url: serverUrl,
    sha: refs.sha,
    triggering_actor: actor,
    workflow,
    workflow_ref: `${repository}/.github/workflows/ci.yml@${ref}`,
    workflow_sha: refs.sha,
    workspace: facts.workspace,
  };
  for (const name of EXPORTED) {
    const given = overrides[`GITHUB_${name.toUpperCase()}`];
    if (given !== undefined) github[name] = given;
  }
  // Not exported to steps, but readable in expressions.
  github['event'] = JSON.parse(JSON.stringify(event.payload ?? {})) as Value;
  github['token'] = facts.token;
  github['repositoryUrl'] = `git://${serverUrl.replace(/^https?:\/\//, '')}/${repository}.git`;
  github['secret_source'] = 'Actions';
  return github;
}

/** The machine's part: `runner` context and RUNNER_* variables. */
export function runnerContext(runnerTemp: string, toolCache: string, debug: boolean): Record<string, Value> {
  const os = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' }[process.platform as string] ?? 'Linux';
  const arch = { x64: 'X64', arm64: 'ARM64', arm: 'ARM', ia32: 'X86' }[process.arch as string] ?? 'X64';
  return {
    os,
    arch,
    name: 'sandbox',
    environment: 'github-hosted',
    temp: runnerTemp,
    tool_cache: toolCache,
    ...(debug ? { debug: '1' } : {}),
  };
}
