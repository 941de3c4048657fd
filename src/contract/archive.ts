import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { extract as newExtract, pack as newPack, type Header } from 'tar-stream';
import { diskFull as diskFullError, isDiskFull } from '../disk-full';
import { codeOf } from '../errors';
import { dockerFailure, type Docker } from './docker';

/** An entry of a folder in a container. All of it is untrusted; `name` is checked to stay inside whatever it is joined to. */
export interface FolderEntry {
  /** Relative, `/`-separated, no empty part, no `.` or `..`. */
  name: string;
  type: 'file' | 'directory' | 'symlink' | 'hardlink' | 'other';
  sizeBytes: number;
  mode: number;
  modifiedAt: Date;
  /** Where a symbolic link points, as written; for a hard link the relative name of its first occurrence. */
  linkTarget?: string;
}

/** A file written here. */
export interface WrittenFile {
  path: string;
  sizeBytes: number;
  sha256: string;
}

/** A container and the folder to read from it. */
export interface Source {
  docker: Docker;
  container: string;
  /** Absolute, in the container. */
  folder: string;
}

/**
 * The relative name of a tar entry without the archive's first part, `''` for that part itself, `undefined` for a name
 * that could lead outside of the folder it is joined to. Pure.
 */
export function innerName(name: string): string | undefined {
  if (name.startsWith('/') || name.includes('\0') || name.includes('\\')) return undefined;
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) return undefined;
  return parts.slice(1).join('/');
}

function entryOf(header: Header): FolderEntry | undefined {
  const name = innerName(header.name);
  if (name === undefined) return undefined;
  const base = {
    name,
    sizeBytes: header.size ?? 0,
    mode: (header.mode ?? 0) & 0o7777,
    modifiedAt: header.mtime ?? new Date(0),
  };
  switch (header.type) {
    case 'file':
    case 'contiguous-file':
      return { ...base, type: 'file' };
    case 'directory':
      return { ...base, type: 'directory', sizeBytes: 0 };
    case 'symlink':
      return { ...base, type: 'symlink', sizeBytes: 0, linkTarget: header.linkname ?? '' };
    case 'link': {
      const target = innerName(header.linkname ?? '');
      return target ? { ...base, type: 'hardlink', sizeBytes: 0, linkTarget: target } : undefined;
    }
    default:
      return { ...base, type: 'other', sizeBytes: 0 };
  }
}

/**
 * Visits what lies in a folder of a container (not the folder itself), one after the other, as the engine streams it.
 * A folder that is not there, or is a link or a file, has nothing in it.
 *
 * @param visit gets the content of each file; what it leaves unread is skipped
 * @throws UserError when the engine fails
 */
export async function visitFolder(
  { docker, container, folder }: Source,
  visit: (entry: FolderEntry, content: Readable) => Promise<void>,
): Promise<void> {
  const child = docker.spawn(['cp', `${container}:${folder}`, '-']);
  child.stdin.end();
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr = (stderr + chunk.toString()).slice(-8_192)));
  const extract = newExtract();
  const visiting = (async () => {
    for await (const source of extract) {
      const entry = entryOf(source.header);
      if (entry && entry.name !== '') await visit(entry, source as unknown as Readable);
      source.resume();
    }
  })();
  const [piped, visited, exit] = await Promise.allSettled([pipeline(child.stdout, extract), visiting, child.exit]);
  // A visitor that failed is the cause of whatever else failed then.
  if (visited.status === 'rejected' && piped.status === 'fulfilled') throw visited.reason;
  if (exit.status === 'rejected') throw exit.reason;
  if (exit.value !== 0 && visited.status === 'fulfilled') {
    if (/Could not find the file|no such file or directory|not a directory/i.test(stderr)) return;
    throw dockerFailure({ exitCode: exit.value, stderr }, `reading ${folder} of the container`);
  }
  if (visited.status === 'rejected') throw visited.reason;
  if (piped.status === 'rejected') throw piped.reason;
}

/** All entries of a folder, without content. Hard links come as the files they are. */
export async function listFolder(source: Source): Promise<FolderEntry[]> {
  const entries: FolderEntry[] = [];
  await visitFolder(source, (entry) => {
    entries.push(entry);
    return Promise.resolve();
  });
  return entries;
}

/** Counts and hashes what passes. */
class Meter extends Transform {
  sizeBytes = 0;
  readonly #hash = createHash('sha256');

  override _transform(chunk: Buffer, _encoding: BufferEncoding, callback: (error: null, data: Buffer) => void): void {
    this.sizeBytes += chunk.length;
    this.#hash.update(chunk);
    callback(null, chunk);
  }

  sha256(): string {
    return this.#hash.digest('hex');
  }
}

/**
 * Packs the content of a folder of several containers into one `.tar.gz`, rooted at the folder. Where two have the same
 * name the later container wins. The file appears at `path` when it is whole.
 *
 * @param onEntry hears of every entry of every container, in no promised order
 * @returns `undefined`, and no file, when there is nothing
 * @throws UserError when the engine fails or the disk is full
 */
export async function saveArchive(
  sources: readonly Source[],
  path: string,
  onEntry: (source: Source, entry: FolderEntry) => void = () => undefined,
): Promise<WrittenFile | undefined> {
  const pack = newPack();
  pack.on('error', () => undefined);
  const meter = new Meter();
  const partial = `${path}.partial`;
  await mkdir(dirname(path), { recursive: true });
  // Models hardly shrink: the fastest level costs a third of the time of the usual one for nearly the same size.
  const writing = pipeline(
    pack,
    createGzip({ level: 1 }),
    meter,
    createWriteStream(partial, { flags: 'w', mode: 0o644 }),
  );
  writing.catch(() => undefined);

  const seen = new Set<string>();
  const packing = (async () => {
    // Last container first, so that the first of a name is the one that wins and nothing need be taken back.
    for (const source of [...sources].reverse()) {
      await visitFolder(source, async (entry, content) => {
        onEntry(source, entry);
        if (entry.type === 'other' || seen.has(entry.name)) return;
        seen.add(entry.name);
        const common = { mode: entry.mode, mtime: entry.modifiedAt, uid: 0, gid: 0 };
        if (entry.type === 'file') {
          await pipeline(content, pack.entry({ ...common, name: entry.name, size: entry.sizeBytes, type: 'file' }));
        } else if (entry.type === 'directory') {
          pack.entry({ ...common, name: `${entry.name}/`, type: 'directory' });
        } else {
          const type = entry.type === 'hardlink' ? 'link' : 'symlink';
          pack.entry({ ...common, name: entry.name, type, linkname: entry.linkTarget ?? '' });
        }
      });
    }
  })();
  try {
    await packing.then(
      () => pack.finalize(),
      (error: unknown) => {
        pack.destroy(error instanceof Error ? error : new Error(String(error)));
        throw error;
      },
    );
    await writing;
    if (seen.size === 0) return undefined;
    await rename(partial, path);
    return { path, sizeBytes: meter.sizeBytes, sha256: meter.sha256() };
  } catch (error) {
    // The writer's own failure is the cause of what the packing then said.
    throw diskFull(
      await writing.then(
        () => error,
        (cause: unknown) => (isDiskFull(cause) ? cause : error),
      ),
      path,
    );
  } finally {
    await rm(partial, { force: true });
  }
}

/**
 * Writes plain files of a folder of several containers below `directory`, each under its relative name. Links and
 * devices are never written, and an existing file is never touched. Where two have the same name the later container wins.
 */
export async function saveFiles(
  sources: readonly Source[],
  directory: string,
  wanted: (name: string) => boolean,
  limits: { files: number; bytesPerFile: number },
): Promise<(WrittenFile & { name: string })[]> {
  const saved: (WrittenFile & { name: string })[] = [];
  const seen = new Set<string>();
  for (const source of [...sources].reverse()) {
    await visitFolder(source, async (entry, content) => {
      if (entry.type !== 'file' || seen.has(entry.name) || !wanted(entry.name)) return;
      seen.add(entry.name);
      if (entry.sizeBytes > limits.bytesPerFile || saved.length >= limits.files) return;
      const path = join(directory, ...entry.name.split('/'));
      try {
        await mkdir(dirname(path), { recursive: true });
        // 'wx' neither follows a link nor overwrites anything.
        const file = await open(path, 'wx', 0o644);
        const meter = new Meter();
        await pipeline(content, meter, file.createWriteStream());
        saved.push({ name: entry.name, path, sizeBytes: meter.sizeBytes, sha256: meter.sha256() });
      } catch (error) {
        // A file here where another node has a folder, or the other way round: the first stays.
        const code = codeOf(error);
        if (code !== 'EEXIST' && code !== 'ENOTDIR' && code !== 'EISDIR') throw diskFull(error, path);
      }
    });
  }
  return saved.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * The beginning of a small text file of a container; `undefined` when it is not there or no plain file.
 *
 * @param charactersMax what is kept, in characters
 */
export async function readText(source: Source, charactersMax: number): Promise<string | undefined> {
  const { docker, container, folder: file } = source;
  const child = docker.spawn(['cp', `${container}:${file}`, '-']);
  child.stdin.end();
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr = (stderr + chunk.toString()).slice(-8_192)));
  const extract = newExtract();
  let bytes: Buffer | undefined;
  const reading = (async () => {
    for await (const entry of extract) {
      if (entry.header.type === 'file' && bytes === undefined) {
        const chunks: Buffer[] = [];
        let length = 0;
        for await (const chunk of entry as AsyncIterable<Buffer>) {
          // The rest is read and dropped, so that docker ends by itself.
          if (length <= charactersMax * 4) chunks.push(chunk);
          length += chunk.length;
        }
        bytes = Buffer.concat(chunks);
      }
      entry.resume();
    }
  })();
  const [, , exit] = await Promise.allSettled([pipeline(child.stdout, extract), reading, child.exit]);
  if (exit.status === 'rejected') throw exit.reason;
  if (exit.value !== 0 && !/Could not find the file|no such file or directory|not a directory/i.test(stderr)) {
    throw dockerFailure({ exitCode: exit.value, stderr }, `reading ${file} of the container`);
  }
  return bytes === undefined
    ? undefined
    : [...bytes.subarray(0, charactersMax * 4).toString('utf8')].slice(0, charactersMax).join('');
}

function diskFull(error: unknown, path: string): unknown {
  return diskFullError(
    error,
    path,
    'Free space on the runner, use one with a larger disk, or let the training keep less in /opt/ml/model and /opt/ml/output/data.',
  );
}
