import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { startGitHub, type GitHubSandbox } from '../../sandbox/github/server';
import { runAction, type JobResult, type RunActionOptions, type WorkflowEvent } from '../../sandbox/runner/index';

/** The repository's root: where action.yml and dist/ are. */
export const ROOT = resolve(import.meta.dirname, '../..');
/** The sandbox repository that scenarios play in. */
export const REPOSITORY = 'acme/models';

/** Path to text; `null` deletes. */
export type Files = Readonly<Record<string, string | null>>;

/** A checked-out git repository in a temporary folder. */
export interface Workspace {
  readonly dir: string;
  /** Commits so far, oldest first. */
  readonly shas: readonly string[];
  /** The newest commit. */
  readonly sha: string;
  /** Writes files and commits them; answers the commit. */
  commit(files: Files, message?: string): Promise<string>;
  /** Writes files without committing them (a dirty tree). */
  write(files: Files): void;
  git(...args: string[]): Promise<string>;
  remove(): void;
}

const run = promisify(execFile);

/** Makes a git repository on `main` with `files` in its first commit. */
export async function createWorkspace(files: Files = {}): Promise<Workspace> {
  const dir = mkdtempSync(join(tmpdir(), 'byoc-workspace-'));
  const shas: string[] = [];
  const git = async (...args: string[]): Promise<string> => {
    const author = ['-c', 'user.name=Sandbox', '-c', 'user.email=sandbox@example.com', '-c', 'commit.gpgsign=false'];
    return (await run('git', [...author, ...args], { cwd: dir })).stdout.trim();
  };
  const write = (changes: Files): void => {
    for (const [name, text] of Object.entries(changes)) {
      const path = join(dir, name);
      if (text === null) {
        rmSync(path, { recursive: true, force: true });
      } else {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, text);
      }
    }
  };
  const commit = async (changes: Files, message = 'Change'): Promise<string> => {
    write(changes);
    await git('add', '--all', '--force');
    await git('commit', '--quiet', '--allow-empty', '--message', message);
    const sha = await git('rev-parse', 'HEAD');
    shas.push(sha);
    return sha;
  };
  await git('init', '--quiet', '--initial-branch', 'main');
  await commit(files, 'First');
  return {
    dir,
    shas,
    get sha() {
      return shas.at(-1) ?? '';
    },
    commit,
    write,
    git,
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

/** What a scenario starts from. */
export interface ScenarioOptions {
  /** Files of the workspace's first commit, which is the pull request's head. Default: an empty repository. */
  files?: Files;
  /** A workspace that is there already; it is not removed. */
  workspace?: Workspace;
  /** Who opened the pull request. Default `alice`, who may write. */
  author?: string;
  /** The pull request comes from a fork. */
  fork?: boolean;
}

/** What differs between the jobs of a scenario; the rest of {@link RunActionOptions} goes through. */
export interface JobOptions extends Partial<Omit<RunActionOptions, 'actionPath' | 'workspace' | 'event'>> {
  event: WorkflowEvent;
  /** Default: the repository's own action. */
  actionPath?: string;
}

/** A GitHub of its own, a repository with one open pull request, and the action run against both. */
export interface Scenario extends AsyncDisposable {
  readonly github: GitHubSandbox;
  readonly workspace: Workspace;
  /** Number of the pull request, whose head is the workspace's first commit. */
  readonly number: number;
  /** A token as a workflow with `contents: read, pull-requests: write, issues: write` gets it. */
  readonly token: string;
  /** The `pull_request` event; `synchronize` moves the head to the workspace's newest commit. */
  pullRequestEvent(
    action: 'opened' | 'synchronize' | 'reopened' | 'closed' | 'labeled' | 'unlabeled',
    options?: { label?: string; sender?: string },
  ): WorkflowEvent;
  /** The `issue_comment` event of a new comment. */
  commentEvent(body: string, sender?: string): WorkflowEvent;
  /** A push of the workspace's newest commit to a branch. */
  pushEvent(branch?: string): WorkflowEvent;
  /** Runs one job. Nothing but loopback is reached unless `network: 'open'`. */
  run(options: JobOptions): Promise<JobResult>;
  close(): Promise<void>;
}

/** Starts a scenario. Close it (or declare it with `await using`) so that the server ends and the folders go. */
export async function startScenario(options: ScenarioOptions = {}): Promise<Scenario> {
  const workspace = options.workspace ?? (await createWorkspace(options.files));
  const github = await startGitHub();
  const author = options.author ?? 'alice';
  github.createRepository(REPOSITORY, { organization: true });
  github.createUser('maya', { role: 'admin' });
  if (!options.fork) github.createUser(author, { role: 'write' });
  const { number } = github.createPullRequest({
    title: 'Change the model',
    author,
    head: { ref: 'topic', sha: workspace.sha },
    fork: options.fork ?? false,
  });
  const token = github.token();
  const folders: string[] = [];
  let runs = 0;

  const runJob = async (job: JobOptions): Promise<JobResult> => {
    runs += 1;
    const runnerTemp = job.runnerTemp ?? mkdtempSync(join(tmpdir(), 'byoc-runner-'));
    folders.push(runnerTemp);
    const { env, ...rest } = job;
    const result = await runAction({
      actionPath: ROOT,
      network: 'blocked',
      token,
      ...rest,
      runnerTemp,
      workspace: workspace.dir,
      env: {
        GITHUB_REPOSITORY: REPOSITORY,
        GITHUB_API_URL: github.url,
        GITHUB_SERVER_URL: github.url,
        GITHUB_GRAPHQL_URL: `${github.url}/graphql`,
        GITHUB_RUN_ID: String(9_000_000_000 + runs),
        GITHUB_RUN_NUMBER: String(runs),
        ...env,
      },
    });
    folders.push(dirname(result.logPath));
    return result;
  };

  const close = async (): Promise<void> => {
    await github.close();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    if (!options.workspace) workspace.remove();
  };

  return {
    github,
    workspace,
    number,
    token,
    pullRequestEvent: (action, event = {}) => {
      if (action === 'synchronize' && github.pullRequest(number).head.sha !== workspace.sha) {
        github.push(number, { sha: workspace.sha });
      }
      return { name: 'pull_request', payload: github.event('pull_request', { action, number, ...event }) };
    },
    commentEvent: (body, sender = author) => ({
      name: 'issue_comment',
      payload: github.event('issue_comment', { action: 'created', number, body, sender }),
    }),
    pushEvent: (branch = 'main') => ({
      name: 'push',
      payload: {
        ref: `refs/heads/${branch}`,
        after: workspace.sha,
        before: workspace.shas.at(-2) ?? '0'.repeat(40),
        repository: github.shapes.repository(github.state.repository(REPOSITORY)),
        sender: { login: author },
        deleted: false,
      },
    }),
    run: runJob,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** One job in a scenario of its own: for tests that look at the result and at what GitHub holds afterwards. */
export async function scenario(
  options: ScenarioOptions & Omit<JobOptions, 'event'> & { event: (scenario: Scenario) => WorkflowEvent },
): Promise<JobResult & { github: GitHubSandbox }> {
  const { event, files, workspace, author, fork, ...job } = options;
  const started = await startScenario({
    ...(files && { files }),
    ...(workspace && { workspace }),
    ...(author && { author }),
    ...(fork && { fork }),
  });
  try {
    const result = await started.run({ ...job, event: event(started) });
    // Spreading reads the log, whose file goes with the scenario.
    return { ...result, github: started.github };
  } finally {
    await started.close();
  }
}

/** Whether `npm run build` has been run; scenarios go through dist/. */
export function hasDist(): boolean {
  return existsSync(join(ROOT, 'dist', 'index.js'));
}
