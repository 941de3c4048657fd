import { open, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Deps } from '../deps';
import { messageOf } from '../errors';
import type { RunRecord, StepName } from '../record';

/** A client that was cut off in the middle of a call may get its wish a moment later. */
const LATE_PAUSE_MILLISECONDS = 400;
const LATE_QUIET_ROUNDS = 3;
const ROUNDS_MAX = 15;

/**
 * Ends and removes whatever a run has left: processes by the run's mark in their environment, what is in the Docker
 * engine by the run's label alone, and values in the run's folder. Runs always, also when the
 * process before it was killed; can run again; and never turns a job red: the run's own steps have said what was wrong.
 */
export async function cleanup({ env, clock, exec, log }: Deps): Promise<void> {
  const path = env['BYOC_RECORD'];
  if (!path) {
    log.info('Nothing to clean up: no run was planned.');
    return;
  }
  const [{ readRecord, writeRecord }, { endOrphans }] = await Promise.all([
    import('../record-file'),
    import('../orphans'),
  ]);
  // Before anything else: whoever still asks the engine for something would go on doing so, and our own clients come later.
  const ended = await endOrphans(path, clock);
  if (ended > 0) log.info(`Ended what a killed step had left running (processes: ${ended}).`);
  await removeValues(dirname(path)).catch((error: unknown) => log.debug(`cleanup: ${messageOf(error)}`));
  let record: RunRecord | undefined;
  try {
    record = await readRecord(path);
  } catch (error) {
    log.debug(`cleanup: ${messageOf(error)}`);
  }
  const ids = record ? [record.id].filter(isRunId) : await idsNear(path);
  if (ids.length === 0) {
    log.info('Nothing to clean up: the run’s record is gone, and with it the label of its containers.');
    return;
  }

  const [{ Docker }, { removeLabelled, RUN_LABEL }] = await Promise.all([
    import('../contract/docker'),
    import('../contract/removal'),
  ]);
  const docker = new Docker(exec);
  const cut = record?.cancelled?.step ?? record?.running;
  let removed = 0;
  for (const id of ids) {
    try {
      removed += await removeLabelled(docker, clock, `${RUN_LABEL}=${id}`, {
        // Only a run that was cut off can have a call in flight.
        quietRounds: cut === undefined && record ? 1 : LATE_QUIET_ROUNDS,
        pauseMilliseconds: LATE_PAUSE_MILLISECONDS,
        roundsMax: ROUNDS_MAX,
      });
    } catch (error) {
      // Without an engine nothing of ours can be running in it.
      log.info(`Could not clean up the Docker engine: ${messageOf(error)}`);
    }
  }
  if (removed > 0)
    log.info(`Removed from the Docker engine what the run had left (containers, volumes, networks: ${removed}).`);
  // A cancel that came before a step's process could listen leaves no other trace than the job's own word.
  const cancelled = env['BYOC_JOB_STATUS'] === 'cancelled';
  const step = cut ?? (cancelled && record ? nextStep(record) : undefined);
  if (record && step !== undefined && !record.cancelled) {
    record.cancelled = { step, signal: cancelled ? 'SIGINT' : 'SIGKILL', at: clock.now().toISOString() };
    delete record.running;
    if (record.train?.status === 'InProgress') record.train.status = 'Stopped';
    await writeRecord(path, record).catch((error: unknown) => log.debug(`cleanup: ${messageOf(error)}`));
  }
}

/** Removes the values of containers' variables that a killed step could not remove itself. */
async function removeValues(folder: string): Promise<void> {
  const { CLIENT_FOLDER_PREFIX } = await import('../contract/client-environment');
  const names = await readdir(folder).catch((): string[] => []);
  for (const name of names) {
    if (name.startsWith(CLIENT_FOLDER_PREFIX)) await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** The step that would have come next. */
function nextStep({ plan, build, verify, train }: RunRecord): StepName {
  if (plan.build.run && !build) return 'build';
  if (plan.verify.run && !verify) return 'verify';
  return plan.train.run && !train ? 'train' : 'report';
}

function isRunId(id: unknown): id is string {
  return typeof id === 'string' && /^[0-9a-f]{12}$/.test(id);
}

/** Run ids in a broken record, or in the unfinished ones that lie beside a lost one. Only our own private folder is read. */
async function idsNear(path: string): Promise<string[]> {
  const folder = dirname(path);
  const beside = await readdir(folder).catch((): string[] => []);
  const names = [basename(path), ...beside.filter((name) => /^\.record-[0-9a-f]+\.tmp$/.test(name))];
  const ids = new Set<string>();
  for (const name of names) {
    const text = await readHead(join(folder, name));
    const id = /"id":\s*"([0-9a-f]{12})"/.exec(text)?.[1];
    if (id !== undefined) ids.add(id);
  }
  return [...ids];
}

/** The beginning of a file, where the id stands; empty when it cannot be read. */
async function readHead(path: string): Promise<string> {
  try {
    const file = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(4096), 0, 4096, 0);
      return buffer.toString('utf8', 0, bytesRead);
    } finally {
      await file.close();
    }
  } catch {
    return '';
  }
}
