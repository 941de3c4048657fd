import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { Dockerignore } from './dockerignore';

/** What Docker would send of a context. */
export interface ContextContents {
  /** Sum over all files sent; a lower bound when `truncated`. */
  sizeBytes: number;
  fileCount: number;
  /** Files below a `.git` folder, and `.git` files, that would be sent; relative to the context. */
  gitFiles: string[];
  /** Too many files to look at all of them. */
  truncated: boolean;
}

/** Files looked at for their size; far beyond any context that can be built in reasonable time. */
const FILES_MAX = 300_000;

/** Walks the context without following symbolic links (Docker sends the link itself) and without what is ignored. */
export async function surveyContext(directory: string, ignore: Dockerignore): Promise<ContextContents> {
  const contents: ContextContents = { sizeBytes: 0, fileCount: 0, gitFiles: [], truncated: false };

  async function walk(folder: string, inGit: boolean): Promise<void> {
    const files: string[] = [];
    // A folder that cannot be read will stop Docker itself, with a better message than ours.
    for (const entry of await readdir(join(directory, folder), { withFileTypes: true }).catch(() => [])) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      const ignored = ignore.ignores(path);
      const git = inGit || entry.name === '.git';
      if (entry.isDirectory()) {
        // Credentials are looked for even in a context too large to measure, hence `git ||`.
        if ((!ignored || ignore.hasExceptions) && (git || contents.fileCount < FILES_MAX)) await walk(path, git);
      } else if (!ignored) {
        contents.fileCount++;
        if (git) contents.gitFiles.push(path);
        if (entry.isFile()) files.push(path);
      }
    }
    if (contents.fileCount >= FILES_MAX) contents.truncated = true;
    for (let start = 0; start < files.length; start += 256) {
      const sizes = await Promise.all(
        files.slice(start, start + 256).map((path) =>
          lstat(join(directory, path)).then(
            (stats) => stats.size,
            () => 0,
          ),
        ),
      );
      for (const size of sizes) contents.sizeBytes += size;
    }
  }

  await walk('', false);
  return contents;
}
