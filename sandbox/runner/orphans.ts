import { readdirSync, readFileSync } from 'node:fs';

/** A process that outlived its step. */
export interface Orphan {
  readonly pid: number;
  readonly command: string;
}

/**
 * Ends what carries the job's RUNNER_TRACKING_ID in its environment, as the runner does when the job ends
 * (JobExtension.cs, "Terminate orphan process"). Processes that changed the variable stay, there as here. Linux only.
 */
export function terminateOrphans(trackingId: string): Orphan[] {
  if (process.platform !== 'linux') return [];
  const orphans: Orphan[] = [];
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    if (!readProc(pid, 'environ').split('\0').includes(`RUNNER_TRACKING_ID=${trackingId}`)) continue;
    const command = readProc(pid, 'cmdline').replaceAll('\0', ' ').trim();
    try {
      process.kill(pid, 'SIGKILL');
      orphans.push({ pid, command });
    } catch {
      // It ended meanwhile.
    }
  }
  return orphans;
}

function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
