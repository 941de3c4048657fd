import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';

import { UserError } from '../errors';
import type { Inputs } from '../inputs';

/** Where the build reads from; both paths are absolute and free of symbolic links. */
export interface BuildContext {
  directory: string;
  dockerfile: string;
}

/**
 * Finds the build context and the Dockerfile and proves that both lie in the workspace, also behind symbolic links.
 * Touches nothing, so `plan` may call it to refuse a wrong input before any side effect.
 *
 * `workspace` is absolute and real; `inputs.context` and `inputs.file` are relative to it, as they are written.
 * @throws UserError for what is missing, of the wrong kind, or outside.
 */
export async function checkContext(workspace: string, inputs: Pick<Inputs, 'context' | 'file'>): Promise<BuildContext> {
  if (/^(?:[a-z][a-z0-9+.-]*:\/\/|git@)/i.test(inputs.context)) {
    throw new UserError(`context: "${inputs.context}" is a URL; the build context must be a folder of the checkout.`, {
      fix: 'Check the repository out with actions/checkout and set `context` to a folder in it (default `.`).',
    });
  }
  const directory = await inside(workspace, 'context', inputs.context, resolve(workspace, inputs.context));
  if (!(await stat(directory)).isDirectory()) {
    throw new UserError(`context: "${inputs.context}" is a file; the build context must be a folder.`, {
      fix: 'Set `context` to the folder that holds what the image needs, and `file` to the Dockerfile.',
    });
  }

  const written = inputs.file ?? join(inputs.context, 'Dockerfile');
  const dockerfile = await inside(workspace, 'file', written, resolve(workspace, written), directory);
  if (!(await stat(dockerfile)).isFile()) {
    throw new UserError(`file: "${written}" is not a file.`, { fix: 'Set `file` to the path of the Dockerfile.' });
  }
  return { directory, dockerfile };
}

/** The real path of `path`, which the input `name` gave as `written`; refuses one that is missing or outside. */
async function inside(
  workspace: string,
  name: 'context' | 'file',
  written: string,
  path: string,
  context?: string,
): Promise<string> {
  // The path as written is looked at first: whether something exists outside is nobody's business.
  if (!isInside(workspace, path)) throw outside(name, written);
  let real: string;
  try {
    real = await realpath(path);
  } catch (error) {
    throw new UserError(`${name}: "${written}" does not exist in the checked-out repository.`, {
      fix: await missingFix(name, written, context),
      cause: error,
    });
  }
  if (!isInside(workspace, real)) throw outside(name, written, true);
  return real;
}

function outside(name: string, written: string, bySymlink = false): UserError {
  const how = bySymlink ? 'leads outside the workspace through a symbolic link' : 'lies outside the workspace';
  return new UserError(`${name}: "${written}" ${how}; only files of the checked-out repository are built.`, {
    fix: `Set \`${name}\` to a path inside the repository, relative to its root.`,
  });
}

async function missingFix(name: 'context' | 'file', written: string, context: string | undefined): Promise<string> {
  if (name === 'context') {
    return 'Check out the repository before this action (actions/checkout), or correct `context`; it is relative to the workspace.';
  }
  if (context && !isAbsolute(written) && (await exists(join(context, written)))) {
    return `\`file\` is relative to the workspace, not to the context; the file is there as "${join('<context>', written)}".`;
  }
  return 'Set `file` to the path of the Dockerfile, relative to the workspace (default: `Dockerfile` in the context).';
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Whether `path` is `folder` or below it; both absolute. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
