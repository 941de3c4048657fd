import { open, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

import { UserError } from '../errors';
import { isInside } from './context';
import type { Dockerignore } from './dockerignore';

/** A line that would carry a credential into the image. The credential itself is never kept. */
export interface GitCredential {
  /** Relative to the context. */
  path: string;
  line: number;
  /** What it is, in words. */
  kind: string;
}

/** Config files are small; what is larger is no config. */
const FILE_BYTES_MAX = 1024 * 1024;

/** Files of a `.git` folder that git, actions/checkout or a credential helper write credentials to. */
const CANDIDATE = /^(?:config|config\.worktree|fetch_head|.*credential.*|.*\.config|\.netrc|\.extraheader)$/i;

/** Each is tried on one line; the first that matches names it. */
const KINDS: readonly [RegExp, string][] = [
  // actions/checkout up to v5 writes this unless persist-credentials is false.
  [/^\s*extraheader\s*=.*(?:authorization|token|cookie|api-?key)/i, 'an `extraheader` with an authorization'],
  // A user name alone is no credential, but for the tokens that are used as one.
  [/\bhttps?:\/\/[^\s/@:"]*:[^\s/@"]+@/i, 'a URL with a password'],
  [/\bhttps?:\/\/(?:gh[pousr]_|github_pat_|glpat-|x-access-token)[^\s/@"]*@/i, 'a URL with a token'],
  [/^\s*(?:password|passwd|token|oauthtoken|sslcertpassword)\s*=\s*\S/i, 'a password'],
  [/\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|glpat-[\w-]{16,})/, 'a token'],
];

/**
 * Credentials that Docker would copy with `.git`. `gitFiles` are the files of `.git` folders that would be sent.
 * Follows `include.path` to files in the context (newer actions/checkout keeps the credential in a file of its own,
 * normally outside, under RUNNER_TEMP: then there is nothing to find).
 */
export async function findGitCredentials(
  context: string,
  gitFiles: readonly string[],
  ignore: Dockerignore,
): Promise<GitCredential[]> {
  const found: GitCredential[] = [];
  const queue = gitFiles.filter((path) => CANDIDATE.test(basename(path)) && !/(?:^|\/)\.git\/objects\//.test(path));
  const seen = new Set(queue);
  for (const path of queue) {
    const text = await smallText(join(context, path));
    for (const [index, line] of text.split(/\r?\n/).entries()) {
      if (/^\s*[#;]/.test(line)) continue;
      const kind = KINDS.find(([pattern]) => pattern.test(line))?.[1];
      if (kind) found.push({ path, line: index + 1, kind });
      const included = await sentInclude(context, path, line, ignore);
      if (included && !seen.has(included)) {
        seen.add(included);
        queue.push(included);
      }
    }
  }
  return found;
}

/** Refuses a context whose `.git` would carry credentials into the image. */
export function refuseGitCredentials(found: readonly GitCredential[]): void {
  const first = found[0];
  if (!first) return;
  throw new UserError(
    `The build context holds git credentials (${first.kind} in ${first.path}), and nothing keeps them out of the image.`,
    {
      fix:
        'Add `persist-credentials: false` to the `with:` of actions/checkout, ' +
        'or keep git out of the image with a line `**/.git` in .dockerignore. Best do both.',
      details: found.slice(0, 10).map(({ path, line, kind }) => `${path}:${line}: ${kind}`),
    },
  );
}

async function smallText(path: string): Promise<string> {
  const file = await open(path, 'r').catch(() => undefined);
  if (!file) return '';
  try {
    const stats = await file.stat();
    return stats.isFile() && stats.size <= FILE_BYTES_MAX ? await file.readFile('utf8') : '';
  } finally {
    await file.close();
  }
}

/** The file that a `path = …` line includes, relative to the context, when it would be sent too. */
async function sentInclude(
  context: string,
  from: string,
  line: string,
  ignore: Dockerignore,
): Promise<string | undefined> {
  const written = /^\s*path\s*=\s*"?([^"]+?)"?\s*$/i.exec(line)?.[1];
  if (written === undefined || (!isAbsolute(written) && written.startsWith('~'))) return undefined;
  const path = resolve(dirname(join(context, from)), written);
  const real = await realpath(path).catch(() => undefined);
  if (real === undefined || !isInside(context, real) || !(await stat(real)).isFile()) return undefined;
  const inContext = relative(context, real).split(sep).join('/');
  return ignore.ignores(inContext) ? undefined : inContext;
}
