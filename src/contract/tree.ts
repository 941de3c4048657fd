import { createReadStream } from 'node:fs';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, isAbsolute, join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pack as newPack, type Pack } from 'tar-stream';
import { messageOf, UserError } from '../errors';
import { dockerFailure, type Docker } from './docker';

/** Every file and folder that we put into a container has this time, so that a run's input is the same each time. */
export const INPUT_TIME = new Date('2020-01-01T00:00:00Z');

/** Up to this size a file is read at once, which is a lot faster for the many small ones that data sets are made of. */
const WHOLE_BYTES_MAX = 256 * 1024;

/** So many small files are read before they are needed: at most 4 MiB of memory. */
const READ_AHEAD_FILES = 16;

/** What will be copied into a container. Names are relative with `/`, in the order of names. */
export interface LocalTree {
  directories: string[];
  files: { name: string; path: string; sizeBytes: number }[];
}

/**
 * Lists a local folder, or one file as a folder that holds it. Links are followed as uploading to S3 follows them, but
 * never out of the folder. What is neither file nor folder is left out.
 *
 * @param path absolute
 * @param what for messages: "channel «train»"
 * @throws UserError when the path cannot be read, or a link leads out of it, nowhere or in a circle
 */
export async function listTree(path: string, what: string): Promise<LocalTree> {
  const tree: LocalTree = { directories: [], files: [] };
  let root: string;
  try {
    root = await realpath(path);
    const top = await stat(root);
    if (!top.isDirectory()) {
      if (top.isFile()) tree.files.push({ name: basename(path), path: root, sizeBytes: top.size });
      return tree;
    }
  } catch (error) {
    throw unreadable(path, what, error);
  }

  const walk = async (folder: string, prefix: string, above: readonly string[]): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true });
    entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    for (const entry of entries) {
      // A checkout's .git may hold credentials, and is no data.
      if (entry.name === '.git') continue;
      const name = prefix + entry.name;
      let real = join(folder, entry.name);
      if (entry.isSymbolicLink()) {
        real = await realpath(real);
        const inside = relative(root, real);
        if (inside.startsWith('..') || isAbsolute(inside)) {
          throw new UserError(`The link «${name}» of ${what} leads out of its folder.`, {
            fix: 'Put the file itself there: nothing else of the runner is given to a container.',
          });
        }
      }
      const found = await stat(real);
      if (found.isFile()) tree.files.push({ name, path: real, sizeBytes: found.size });
      if (!found.isDirectory()) continue;
      if (above.includes(real)) {
        throw new UserError(`The link «${name}» of ${what} leads in a circle.`, { fix: 'Remove the link.' });
      }
      tree.directories.push(name);
      await walk(real, `${name}/`, [...above, real]);
    }
  };
  try {
    await walk(root, '', [root]);
  } catch (error) {
    throw error instanceof UserError ? error : unreadable(path, what, error);
  }
  return tree;
}

function unreadable(path: string, what: string, error: unknown): UserError {
  return new UserError(`${capitalised(what)} (${path}) cannot be read: ${messageOf(error)}`, {
    fix: 'Check that it exists, that this user may read it, and that nothing changes it during the job.',
    cause: error,
  });
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Writes entries that belong to root, with one fixed time. */
export class InputPack {
  constructor(private readonly pack: Pack) {}

  async directory(name: string): Promise<void> {
    await this.#entry({ name: `${name}/`, type: 'directory', mode: 0o755 });
  }

  async file(name: string, content: Buffer): Promise<void> {
    await this.#entry({ name, type: 'file', mode: 0o644 }, content);
  }

  /** @throws UserError when a file changes while it is read */
  async tree(prefix: string, tree: LocalTree, what: string): Promise<void> {
    for (const name of tree.directories) await this.directory(`${prefix}/${name}`);
    // Small files are read ahead, a few at a time: waiting for each of them would double the time of a data set of images.
    const ahead: Promise<Buffer | undefined>[] = [];
    const read = (index: number): void => {
      const file = tree.files[index];
      if (!file) return;
      const content = file.sizeBytes > WHOLE_BYTES_MAX ? Promise.resolve(undefined) : readFile(file.path);
      content.catch(() => undefined);
      ahead.push(content);
    };
    for (let index = 0; index < READ_AHEAD_FILES; index += 1) read(index);
    for (const [index, file] of tree.files.entries()) {
      const name = `${prefix}/${file.name}`;
      try {
        const content = await ahead.shift();
        read(index + READ_AHEAD_FILES);
        if (content) {
          if (content.length !== file.sizeBytes) throw new Error('its size has changed');
          await this.file(name, content);
        } else {
          const header = { name, size: file.sizeBytes, type: 'file' as const, mode: 0o644, mtime: INPUT_TIME };
          // A growing file must not break the archive; one that shrinks is found by the archive itself.
          await pipeline(createReadStream(file.path, { end: file.sizeBytes - 1 }), this.pack.entry(header));
        }
      } catch (error) {
        throw unreadable(file.path, `${what}: file «${file.name}»`, error);
      }
    }
  }

  async #entry(header: { name: string; type: 'file' | 'directory'; mode: number }, content?: Buffer): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const settle = (error?: Error | null): void => (error ? reject(error) : resolve());
      const full = { ...header, mtime: INPUT_TIME };
      const sink = content ? this.pack.entry(full, content, settle) : this.pack.entry(full, settle);
      sink.on('error', settle);
    });
  }
}

/**
 * Streams a tar into a container that was created and not started; names are relative to `/`.
 *
 * @throws UserError when the engine or a local file fails; the signal's reason when aborted
 */
export async function copyIn(
  docker: Docker,
  container: string,
  fill: (pack: InputPack) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const child = docker.spawn(['cp', '-', `${container}:/`], { signal });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr = (stderr + chunk.toString()).slice(-8_192)));
  child.stdout.resume();
  const pack = newPack();
  pack.on('error', () => undefined);
  const filling = fill(new InputPack(pack)).then(
    () => pack.finalize(),
    (error: unknown) => {
      pack.destroy(error instanceof Error ? error : new Error(String(error)));
      throw error;
    },
  );
  const [filled, , exit] = await Promise.allSettled([filling, pipeline(pack, child.stdin), child.exit]);
  signal.throwIfAborted();
  if (exit.status === 'rejected') throw exit.reason;
  // When both fail, the one that says more: docker's words about its disk, else ours about the file.
  if (exit.value !== 0 && (filled.status === 'fulfilled' || !/unexpected EOF|^$/i.test(stderr.trim()))) {
    throw dockerFailure({ exitCode: exit.value, stderr }, 'copying the input into the container');
  }
  if (filled.status === 'rejected') throw filled.reason;
}
