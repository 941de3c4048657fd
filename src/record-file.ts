import { randomBytes } from 'node:crypto';
import { mkdtemp, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { diskFull } from './disk-full';
import { UserError } from './errors';
import { RECORD_VERSION, type RunRecord } from './record';

/** Makes the run's private folder, `<parent>/byoc-<random>` (mode 0700), and returns its path. */
export async function makeRunFolder(parent: string): Promise<string> {
  return mkdtemp(join(parent, 'byoc-'));
}

/** An id for the label `byoc.run`: 12 hex digits. */
export function newRunId(): string {
  return randomBytes(6).toString('hex');
}

/**
 * Writes the record so that a reader finds the old one or the new one, whole, whatever moment the process dies at:
 * a temporary file in the same folder, flushed, then renamed.
 *
 * @throws UserError when the disk is full; nothing is left beside the old record then
 */
export async function writeRecord(path: string, record: RunRecord): Promise<void> {
  const temporary = join(dirname(path), `.record-${randomBytes(4).toString('hex')}.tmp`);
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(`${JSON.stringify(record, null, 2)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw diskFull(error, path);
  }
}

/** @throws UserError when there is none, it is no JSON, or another version of the action wrote it. */
export async function readRecord(path: string | undefined): Promise<RunRecord> {
  if (!path) {
    throw new UserError('No record: BYOC_RECORD is empty.', {
      fix: 'Run the step `plan` first; action.yml hands its output `record-path` on.',
    });
  }
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new UserError(`The record ${path} can't be read.`, {
      fix: 'It lies under RUNNER_TEMP and lives as long as the job: all steps must run in one job.',
      cause: error,
    });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UserError(`The record ${path} is no JSON.`, {
      fix: 'Something else wrote to it; run the job again.',
      cause: error,
    });
  }
  const version = (value as { version?: unknown } | null)?.version;
  if (version !== RECORD_VERSION) {
    throw new UserError(`The record ${path} has version ${String(version)}; this action writes ${RECORD_VERSION}.`, {
      fix: 'Use one version of the action in all steps of a run.',
    });
  }
  return value as RunRecord;
}
