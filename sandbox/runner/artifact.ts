import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

/** A workflow artifact as uploaded. */
export interface Artifact {
  readonly id: number;
  readonly name: string;
  /** Where the copies lie. */
  readonly folder: string;
  /** Paths inside the artifact, with `/`, sorted. */
  readonly files: readonly string[];
  /** Hex SHA-256 over names and bytes. The real one is over the zip, which nobody can foresee either. */
  readonly digest: string;
}

/** Stands in for `actions/upload-artifact`, pinned by SHA. */
export const UPLOAD_ARTIFACT = /^actions\/upload-artifact@[0-9a-f]{40}$/;

export const UPLOAD_INPUTS = [
  'name',
  'path',
  'if-no-files-found',
  'retention-days',
  'compression-level',
  'overwrite',
  'include-hidden-files',
] as const;

export interface UploadContext {
  readonly workspace: string;
  readonly artifactsFolder: string;
  /** Artifacts of the run so far; the new one is added. */
  readonly artifacts: Artifact[];
  warn(message: string): void;
  info(message: string): void;
}

/** Uploads as the action would; `undefined` where there was nothing to upload. Throws what fails the step. */
export function uploadArtifact(inputs: Readonly<Record<string, string>>, context: UploadContext): Artifact | undefined {
  const name = inputs['name'] || 'artifact';
  const path = inputs['path'] ?? '';
  const whenNone = inputs['if-no-files-found'] || 'warn';
  if (path === '') throw new Error('Input required and not supplied: path');
  if (!['warn', 'error', 'ignore'].includes(whenNone)) {
    throw new Error(
      `Unrecognized if-no-files-found input. Provided: ${whenNone}. Available options: warn,error,ignore`,
    );
  }
  integer(inputs['retention-days'], 'retention-days', 1, 90);
  integer(inputs['compression-level'], 'compression-level', 0, 9);
  const overwrite = boolean(inputs['overwrite'], 'overwrite');
  const hidden = boolean(inputs['include-hidden-files'], 'include-hidden-files');
  const forbidden = /[":<>|*?\r\n\\/]/.exec(name);
  if (forbidden)
    throw new Error(
      `The artifact name is not valid: ${name}. Contains the following character: ${JSON.stringify(forbidden[0])}`,
    );

  const { files, root } = search(path, context.workspace, hidden);
  if (files.length === 0) {
    const message = `No files were found with the provided path: ${path}. No artifacts will be uploaded.`;
    if (whenNone === 'error') throw new Error(message);
    if (whenNone === 'warn') context.warn(message);
    else context.info(message);
    return undefined;
  }

  const same = context.artifacts.findIndex((artifact) => artifact.name === name);
  if (same >= 0 && !overwrite) {
    throw new Error(
      'Failed to CreateArtifact: Received non-retryable error: Failed request: (409) Conflict: an artifact with this name already exists on the workflow run',
    );
  }
  if (same >= 0) context.artifacts.splice(same, 1);
  const folder = join(context.artifactsFolder, name);
  rmSync(folder, { recursive: true, force: true });
  const digest = createHash('sha256');
  const names = files.map((file) => relative(root, file).split(sep).join('/')).sort();
  for (const file of names) {
    const target = join(folder, file);
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(join(root, file), target);
    digest.update(`${file}\0`).update(readFileSync(target));
  }
  const artifact = { id: nextId(context.artifactsFolder), name, folder, files: names, digest: digest.digest('hex') };
  context.artifacts.push(artifact);
  context.info(
    `Artifact ${name} has been successfully uploaded! Final size is ${names.length} files. Artifact ID is ${artifact.id}`,
  );
  return artifact;
}

/** Ids grow over the folder's life, as GitHub's do: an overwritten artifact gets a new one. */
function nextId(folder: string): number {
  const path = join(folder, '.last-id');
  const id = (existsSync(path) ? Number(readFileSync(path, 'utf8')) : 100_000) + 1;
  writeFileSync(path, String(id));
  return id;
}

function search(path: string, workspace: string, hidden: boolean): { files: string[]; root: string } {
  const lines = path
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const absolute = (pattern: string): string => (isAbsolute(pattern) ? resolve(pattern) : resolve(workspace, pattern));
  const found = new Set<string>();
  const bases: string[] = [];
  for (const line of lines) {
    // In order: a later pattern may take back what an earlier one excluded.
    if (line.startsWith('!')) {
      const pattern = absolute(line.slice(1));
      for (const file of found) if (matches(file, pattern)) found.delete(file);
      continue;
    }
    const pattern = absolute(line);
    const base = baseOf(pattern);
    bases.push(base);
    for (const file of walk(base, hidden)) if (matches(file, pattern)) found.add(file);
  }
  const files = [...found];
  const [only] = files;
  const single = bases.length === 1 && files.length === 1 && only !== undefined && only === bases[0];
  return { files, root: single ? dirname(only) : commonFolder(bases) };
}

/** A pattern that names a folder takes everything under it. */
function matches(file: string, pattern: string): boolean {
  return file === pattern || globExpression(pattern).test(file);
}

/** `*`, `?`, `[…]` inside a segment, `**` over segments. */
function globExpression(pattern: string): RegExp {
  const source = pattern.replace(/\*\*\/|\*\*|\*|\?|\[[^\]/]+\]|[\\^$.|+(){}[\]]/g, (part) => {
    if (part === '**/') return '(?:.*/)?';
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    return part.length > 1 ? part.replace(/^\[!/, '[^') : `\\${part}`;
  });
  return new RegExp(`^${source}(?:/.*)?$`);
}

/** The part of a pattern before the first wildcard. */
function baseOf(pattern: string): string {
  const segments = pattern.split(sep);
  const magic = segments.findIndex((segment) => /[*?[]/.test(segment));
  return magic < 0 ? pattern : segments.slice(0, magic).join(sep) || sep;
}

function commonFolder(bases: readonly string[]): string {
  const split = bases.map((base) => (existsSync(base) && statSync(base).isFile() ? dirname(base) : base).split(sep));
  const [first = []] = split;
  let length = first.length;
  for (const segments of split) {
    let same = 0;
    while (same < length && segments[same] === first[same]) same += 1;
    length = same;
  }
  return first.slice(0, length).join(sep) || sep;
}

function* walk(path: string, hidden: boolean): Generator<string> {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isFile()) yield path;
  if (!stat?.isDirectory()) return;
  for (const entry of readdirSync(path)) {
    if (hidden || !entry.startsWith('.')) yield* walk(join(path, entry), hidden);
  }
}

function integer(value: string | undefined, name: string, least: number, most: number): void {
  if (value === undefined || value === '') return;
  const number = Number(value);
  if (!Number.isInteger(number) || number < least || number > most) throw new Error(`Invalid ${name}: ${value}`);
}

function boolean(value: string | undefined, name: string): boolean {
  if (value === undefined || value === '') return false;
  if (/^(?:true|True|TRUE)$/.test(value)) return true;
  if (/^(?:false|False|FALSE)$/.test(value)) return false;
  throw new Error(`Input does not meet YAML 1.2 "Core Schema" specification: ${name}`);
}
