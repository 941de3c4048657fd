import { readdir, readFile } from 'node:fs/promises';
import type { Clock } from './deps';

/** How long a client may take to call off what it had asked the engine for. */
const GRACE_MILLISECONDS = 3_000;
const POLL_MILLISECONDS = 50;

/**
 * Ends what a killed step has left running: every process that carries this run's `BYOC_RECORD` in its environment
 * ({@link realExec} puts it there), but ourselves and the shells that we run in. First SIGTERM, at which the docker
 * client and buildx call off a build, then SIGKILL. By environment and not by kept process ids: nothing to write before
 * a kill can fall, and an id in use again is never mistaken. Linux only; elsewhere nothing is found.
 *
 * @param recordPath path of the run's record, which no other run has
 * @returns how many processes there were
 */
export async function endOrphans(recordPath: string, clock: Clock): Promise<number> {
  const family = await ancestors(process.pid);
  const find = (): Promise<number[]> => carriers(`BYOC_RECORD=${recordPath}`, family);
  const seen = new Set<number>();
  let left = await find();
  for (let waited = 0; left.length > 0 && waited < GRACE_MILLISECONDS; waited += POLL_MILLISECONDS) {
    // Once each: the docker client takes the third SIGTERM for an order to drop everything.
    for (const pid of left.filter((one) => !seen.has(one))) send(pid, 'SIGTERM');
    for (const pid of left) seen.add(pid);
    await clock.sleep(POLL_MILLISECONDS);
    left = await find();
  }
  for (const pid of left) {
    seen.add(pid);
    send(pid, 'SIGKILL');
  }
  return seen.size;
}

/** Processes with `entry` in the environment they were started with; of others' processes none is seen. */
async function carriers(entry: string, except: ReadonlySet<number>): Promise<number[]> {
  const names = await readdir('/proc').catch((): string[] => []);
  const pids = names.filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(
    pids
      .filter((pid) => !except.has(pid))
      .map(async (pid) => ((await readProc(pid, 'environ')).split('\0').includes(entry) ? [pid] : [])),
  );
  return found.flat();
}

/** A process and all above it. */
async function ancestors(pid: number): Promise<Set<number>> {
  const family = new Set<number>();
  for (let one = pid; one > 0 && !family.has(one);) {
    family.add(one);
    one = Number(/^PPid:\s*(\d+)$/m.exec(await readProc(one, 'status'))?.[1] ?? 0);
  }
  return family;
}

/** Empty for a process that is not ours, or has ended meanwhile. */
function readProc(pid: number, file: 'environ' | 'status'): Promise<string> {
  return readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended meanwhile.
  }
}
