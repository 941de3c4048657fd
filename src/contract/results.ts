import { listFolder, readText, saveArchive, saveFiles, type FolderEntry, type Source } from './archive';
import type { Docker } from './docker';
import { channelFolder, CHECKPOINT_FOLDER, MODEL_FOLDER, OUTPUT_FOLDER } from './layout';
import type { Entry, InputChange, JobResults, SavedFile } from './runner';
import { INPUT_TIME, type LocalTree } from './tree';

/** `FailureReason` is made of this many characters of the failure file. */
const FAILURE_TEXT_LENGTH = 1024;

const PICTURE_LIMITS = { files: 50, bytesPerFile: 20 * 1024 * 1024 };

export interface ResultsOptions {
  docker: Docker;
  nodes: readonly { host: string; container: string }[];
  /** The File channels as they were put in. */
  fileChannels: ReadonlyMap<string, LocalTree>;
  hasCheckpoints: boolean;
  /** The node that failed first, once known. */
  firstFailed: () => string | undefined;
}

/** Reads what ended containers left, as streams from the engine. */
export function jobResults({ docker, nodes, fileChannels, hasCheckpoints, firstFailed }: ResultsOptions): JobResults {
  const sources = (folder: string): (Source & { host: string })[] =>
    nodes.map(({ host, container }) => ({ docker, container, folder, host }));

  const entriesOf = async (folder: string, from = sources(folder)): Promise<Entry[]> => {
    const all = await Promise.all(
      from.map(async (source) => {
        const entries = await listFolder(source);
        return entries.map((entry) => toEntry(source.host, entry, entries));
      }),
    );
    return all.flat();
  };

  const outputData = `${OUTPUT_FOLDER}/data`;
  const nameOf = (path: string): string => path.replace(/^.*[/\\]/, '');
  const archive = async (folder: string, path: string): Promise<SavedFile | undefined> => {
    const written = await saveArchive(sources(folder), path);
    return written && { name: nameOf(path), ...written };
  };

  return {
    modelEntries: () => entriesOf(MODEL_FOLDER),
    outputEntries: () => entriesOf(outputData),
    // All nodes share the one volume.
    checkpointEntries: () =>
      hasCheckpoints ? entriesOf(CHECKPOINT_FOLDER, sources(CHECKPOINT_FOLDER).slice(0, 1)) : Promise.resolve([]),
    saveModelArchive: (path) => archive(MODEL_FOLDER, path),
    saveOutputArchive: (path) => archive(outputData, path),

    saveOutputFiles(pattern, directory, limits = {}) {
      // A pattern with the flag g or y would remember where it last matched.
      const stateless = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''));
      return saveFiles(sources(outputData), directory, (name) => stateless.test(name), {
        ...PICTURE_LIMITS,
        ...limits,
      });
    },

    saveCheckpoints(directory) {
      if (!hasCheckpoints) return Promise.resolve([]);
      const unlimited = { files: Infinity, bytesPerFile: Infinity };
      return saveFiles(sources(CHECKPOINT_FOLDER).slice(0, 1), directory, () => true, unlimited);
    },

    async failureText() {
      const failed = firstFailed();
      const from = sources(`${OUTPUT_FOLDER}/failure`).sort(
        (a, b) => Number(b.host === failed) - Number(a.host === failed),
      );
      for (const source of from) {
        const text = await readText(source, FAILURE_TEXT_LENGTH);
        if (text !== undefined) return text;
      }
      return undefined;
    },

    async inputChanges() {
      const changes = await Promise.all(
        [...fileChannels].flatMap(([channel, tree]) =>
          sources(channelFolder(channel)).map(async (source) =>
            changesOf(tree, await listFolder(source)).map((change) => ({ host: source.host, channel, ...change })),
          ),
        ),
      );
      return changes.flat();
    },
  };
}

function toEntry(host: string, entry: FolderEntry, all: readonly FolderEntry[]): Entry {
  const { name, sizeBytes, mode } = entry;
  switch (entry.type) {
    case 'hardlink': {
      // The engine sends the content with the first of its names; the others are files of that size all the same.
      const first = all.find((other) => other.name === entry.linkTarget);
      return { host, name, type: 'file', sizeBytes: first?.sizeBytes ?? 0, mode };
    }
    case 'symlink':
      return { host, name, type: 'symlink', sizeBytes, mode, linkTarget: entry.linkTarget ?? '' };
    case 'file':
    case 'directory':
    case 'other':
      return { host, name, type: entry.type, sizeBytes, mode };
  }
}

/** Every file went in with one fixed time, so whatever was written since has another. Pure. */
export function changesOf(tree: LocalTree, now: readonly FolderEntry[]): Pick<InputChange, 'name' | 'change'>[] {
  const before = new Map(tree.files.map(({ name, sizeBytes }) => [name, sizeBytes]));
  const changes: Pick<InputChange, 'name' | 'change'>[] = [];
  for (const entry of now) {
    if (entry.type === 'directory') {
      if (!tree.directories.includes(entry.name)) changes.push({ name: `${entry.name}/`, change: 'added' });
      continue;
    }
    const sizeBytes = before.get(entry.name);
    if (sizeBytes === undefined) changes.push({ name: entry.name, change: 'added' });
    else if (
      entry.type !== 'file' ||
      entry.sizeBytes !== sizeBytes ||
      entry.modifiedAt.getTime() !== INPUT_TIME.getTime()
    ) {
      changes.push({ name: entry.name, change: 'changed' });
    }
    before.delete(entry.name);
  }
  for (const name of before.keys()) changes.push({ name, change: 'deleted' });
  return changes;
}
