import { dirname, join, relative, sep } from 'node:path';

import { codeOf, messageOf, UserError } from '../errors';
import type { Exec, ProcessResult } from '../process';
import { type BuildContext, isInside } from './context';
import type { Dockerignore } from './dockerignore';

/** What the tree is to be proved against. */
export interface PlannedCommit {
  /** 40 (or 64) hex digits. */
  sha: string;
  /** The `ref:` of actions/checkout that gives this commit, an expression: see {@link checkoutRef}. */
  ref: string;
}

/** Paths named in an error; more would bury the message. */
const PATHS_SHOWN = 10;

/**
 * The expression for actions/checkout's `ref:` that checks out the planned commit.
 * `workflowSha` is GITHUB_SHA: on a pull request the merge commit, which is never built.
 */
export function checkoutRef(eventName: string, sha: string, workflowSha: string | undefined): string {
  if (eventName === 'pull_request') return '${{ github.event.pull_request.head.sha }}';
  if (workflowSha === sha) return '${{ github.sha }}';
  // A comment's event knows no commit: a job before this one plans, and hands the bound commit on.
  return '${{ needs.plan.outputs.sha }}';
}

/**
 * Proves that what Docker would read is the planned commit: HEAD is that commit, no tracked file of the context differs,
 * the Dockerfile is tracked, and no untracked file would be sent unless git or .dockerignore ignores it (data that an
 * earlier step downloaded into an ignored folder is meant to be there).
 *
 * @throws UserError with the `ref:` line to write, or the files that differ.
 */
export async function proveTree(
  exec: Exec,
  workspace: string,
  context: BuildContext,
  ignore: Dockerignore,
  planned: PlannedCommit,
  signal?: AbortSignal,
): Promise<void> {
  const git = gitIn(exec, workspace, signal);

  // A context in a submodule belongs to the commit of the repository around it, all the way up.
  let top = await topLevel(git, context.directory);
  const dirty = await changesIn(git, top, pathsOf(context), 'none', context, ignore);
  for (let superproject = await superprojectOf(git, top); superproject !== '';) {
    // What is inside the submodule has been looked at; here only whether it stands at the recorded commit.
    dirty.push(...(await changesIn(git, superproject, [top], 'dirty', context, ignore)));
    top = superproject;
    superproject = await superprojectOf(git, top);
  }

  const head = await headOf(git, top);
  if (head !== planned.sha) throw wrongCommit(head, planned);
  if (!(await isTracked(git, context.dockerfile))) {
    throw new UserError(
      `The Dockerfile ${shown(workspace, context.dockerfile)} is not part of commit ${short(planned.sha)}.`,
      {
        fix: 'Commit the Dockerfile: an image is only as traceable as the file it is made from.',
      },
    );
  }
  if (dirty.length > 0) throw dirtyTree(dirty, workspace, planned);
}

/** A difference between the tree and its commit. */
interface Change {
  kind: 'changed' | 'untracked';
  /** Absolute. */
  path: string;
}

type Git = (directory: string, args: readonly string[]) => Promise<ProcessResult>;

/**
 * git that runs nothing of the tree's choosing and asks nobody. A pull request may hold a bare repository whose config
 * names a program: `safe.bareRepository` and the ceiling keep git from taking that for ours.
 */
function gitIn(exec: Exec, workspace: string, signal: AbortSignal | undefined): Git {
  return async (directory, args) => {
    // In a job container the checkout belongs to another user. Trusted are the folders from the workspace to here, no other.
    const safe: string[] = [];
    for (let folder = directory; isInside(workspace, folder); folder = dirname(folder)) {
      safe.push('-c', `safe.directory=${folder}`);
      if (dirname(folder) === folder) break;
    }
    const hardened = ['core.fsmonitor=', 'core.hooksPath=/dev/null', 'safe.bareRepository=explicit'];
    const options = ['--literal-pathspecs', '--no-pager', ...hardened.flatMap((setting) => ['-c', setting]), ...safe];
    try {
      const result = await exec.run('git', [...options, '-C', directory, ...args], {
        env: {
          LC_ALL: 'C',
          GIT_TERMINAL_PROMPT: '0',
          GIT_OPTIONAL_LOCKS: '0',
          GIT_NO_LAZY_FETCH: '1',
          GIT_CEILING_DIRECTORIES: dirname(workspace),
        },
        ...(signal ? { signal } : {}),
      });
      signal?.throwIfAborted();
      return result;
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      if (codeOf(error) === 'ENOENT') {
        throw new UserError('git is not on the PATH, so it cannot be proved which commit is built.', {
          fix: 'Install git before actions/checkout (on Debian and Ubuntu: `apt-get install -y git`); without it, checkout leaves no repository.',
          cause: error,
        });
      }
      throw new Error(`git could not be started: ${messageOf(error)}`, { cause: error });
    }
  };
}

async function topLevel(git: Git, directory: string): Promise<string> {
  return (await ask(git, directory, ['rev-parse', '--show-toplevel'])).trimEnd();
}

async function superprojectOf(git: Git, top: string): Promise<string> {
  return (await ask(git, top, ['rev-parse', '--show-superproject-working-tree'])).trimEnd();
}

async function headOf(git: Git, top: string): Promise<string> {
  return (await ask(git, top, ['rev-parse', '--verify', 'HEAD^{commit}'])).trim();
}

async function isTracked(git: Git, file: string): Promise<boolean> {
  const listed = await ask(git, dirname(file), ['ls-files', '-z', '--', file]);
  return listed !== '';
}

function pathsOf(context: BuildContext): string[] {
  const paths = [context.directory, context.dockerfile, `${context.dockerfile}.dockerignore`];
  return paths.filter((path, index) => index === 0 || !isInside(context.directory, path));
}

async function changesIn(
  git: Git,
  top: string,
  paths: readonly string[],
  ignoreSubmodules: 'none' | 'dirty',
  context: BuildContext,
  ignore: Dockerignore,
): Promise<Change[]> {
  const args = ['--untracked-files=all', `--ignore-submodules=${ignoreSubmodules}`, '--ignored=no', '--no-renames'];
  const status = await ask(git, top, ['status', '--porcelain=v1', '-z', ...args, '--', ...paths]);
  const changes: Change[] = [];
  for (const entry of status.split('\0')) {
    if (entry === '') continue;
    // A repository in the tree that is no submodule is told as a folder, `nested/`.
    const isFolder = entry.endsWith('/');
    const path = join(top, isFolder ? entry.slice(3, -1) : entry.slice(3));
    if (!entry.startsWith('??')) changes.push({ kind: 'changed', path });
    else if (isSent(path, isFolder, context, ignore)) changes.push({ kind: 'untracked', path });
  }
  return changes;
}

/** Whether Docker reads an untracked file: as part of the context, or as the recipe itself. */
function isSent(path: string, isFolder: boolean, context: BuildContext, ignore: Dockerignore): boolean {
  if (path === context.dockerfile || path === ignore.path) return true;
  if (!isInside(context.directory, path)) return false;
  const inContext = relative(context.directory, path).split(sep).join('/');
  return (isFolder && ignore.hasExceptions) || !ignore.ignores(inContext);
}

async function ask(git: Git, directory: string, args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await git(directory, args);
  if (exitCode === 0) return stdout;
  if (/dubious ownership/i.test(stderr)) {
    throw new UserError('git refuses to read the checkout, because it belongs to another user.', {
      fix: `Run \`git config --global --add safe.directory "$GITHUB_WORKSPACE"\` in a step before this action.`,
      details: stderr.trim().split('\n'),
    });
  }
  if (/not a git repository|cannot use bare repository|must be run in a work tree/i.test(stderr)) {
    throw new UserError('The build context is not in a git checkout, so it cannot be proved which commit is built.', {
      fix:
        'Check the repository out with actions/checkout before this action. ' +
        'In a container without git, checkout only unpacks an archive: install git before it.',
      details: stderr.trim().split('\n'),
    });
  }
  if (args[0] === 'rev-parse' && args.includes('--verify')) {
    throw new UserError('The checkout has no commit yet (HEAD leads nowhere).', {
      fix: 'Check the repository out with actions/checkout before this action.',
      details: stderr.trim().split('\n'),
    });
  }
  throw new UserError(`git ${args[0] ?? ''} failed in the checkout (exit code ${exitCode}).`, {
    fix: 'Run the same command in a step before this action to see why; a fresh actions/checkout usually mends it.',
    details: stderr.trim().split('\n').slice(-PATHS_SHOWN),
  });
}

function wrongCommit(head: string, { sha, ref }: PlannedCommit): UserError {
  const merge = ref.includes('pull_request.head') ? ' (without `ref:` actions/checkout takes the merge commit)' : '';
  return new UserError(`The checked-out tree is commit ${short(head)}, but commit ${short(sha)} is planned${merge}.`, {
    fix: `Write this in the \`with:\` of actions/checkout:\n  ref: ${ref}`,
    details: [`checked out: ${head}`, `planned:     ${sha}`],
  });
}

function dirtyTree(dirty: readonly Change[], workspace: string, { sha }: PlannedCommit): UserError {
  const changed = dirty.filter(({ kind }) => kind === 'changed').length;
  const untracked = dirty.length - changed;
  const parts = [...(changed > 0 ? [`${changed} changed`] : []), ...(untracked > 0 ? [`${untracked} untracked`] : [])];
  const fixes = [
    ...(changed > 0
      ? ['Changed files: let no step before this action change tracked files, or commit the change.']
      : []),
    ...(untracked > 0
      ? [
          'Untracked files: commit them, or ignore them in .gitignore or .dockerignore (ignored by git alone they still reach the image).',
        ]
      : []),
  ];
  const details = dirty.slice(0, PATHS_SHOWN).map(({ kind, path }) => `${kind}: ${shown(workspace, path)}`);
  if (dirty.length > PATHS_SHOWN) details.push(`… and ${dirty.length - PATHS_SHOWN} more`);
  return new UserError(
    `The build context is not commit ${short(sha)}: ${parts.join(' and ')} file(s) would be built in.`,
    {
      fix: fixes.join('\n'),
      details,
    },
  );
}

function shown(workspace: string, path: string): string {
  return relative(workspace, path);
}

function short(sha: string): string {
  return sha.slice(0, 12);
}
