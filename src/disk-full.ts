import { codeOf, UserError } from './errors';

/** What to do when a disk of the runner is full. */
export const MAKE_ROOM = [
  'Make room in a step before this action:',
  '  docker system prune --all --force          (self-hosted: unused images and layer cache)',
  '  sudo rm -rf /usr/share/dotnet /usr/local/lib/android /opt/ghc /opt/hostedtoolcache/CodeQL   (GitHub-hosted)',
  'Or take a larger runner, a smaller base image, or list data in .dockerignore.',
].join('\n');

/** Whether something failed because the disk, or what the user may take of it, is used up. */
export function isDiskFull(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'ENOSPC' || code === 'EDQUOT';
}

/**
 * The error that the user can mend, where `error` is a full disk; anything else comes back as it is.
 *
 * @param path what was being written
 * @param fix what to do where {@link MAKE_ROOM} says too little
 */
export function diskFull(error: unknown, path?: string, fix = MAKE_ROOM): unknown {
  if (!isDiskFull(error)) return error;
  const where = path === undefined ? '' : ` (while writing ${path})`;
  return new UserError(`The runner’s disk is full${where}.`, { fix, cause: error });
}
