import type { Clock } from '../deps';
import { UserError } from '../errors';
import type { Docker } from './docker';

/** Label of everything a run makes in the engine; its value is `record.id`. */
export const RUN_LABEL = 'byoc.run';
/** Label of one job's containers, volumes and network. */
export const JOB_LABEL = 'byoc.job';

export interface RemovalOptions {
  /** How often the engine must say "nothing left" in a row. More than once where a client call may still be in flight. */
  quietRounds: number;
  /** Time between two rounds. */
  pauseMilliseconds: number;
  /** Rounds in all, so that an engine that refuses to remove something cannot hold us. */
  roundsMax: number;
}

/**
 * Removes all containers, volumes and networks that carry a label, by label only. Idempotent.
 *
 * @param label `name=value`
 * @returns how many things were removed
 * @throws UserError when the engine does not answer, or something is still there after the last round
 */
export async function removeLabelled(
  docker: Docker,
  clock: Clock,
  label: string,
  { quietRounds, pauseMilliseconds, roundsMax }: RemovalOptions,
): Promise<number> {
  const filter = ['--filter', `label=${label}`];
  const list = async (args: readonly string[]): Promise<string[]> => {
    const listed = await docker.run([...args, ...filter], 'looking for what a run left');
    return listed === '' ? [] : listed.split('\n');
  };
  const removed = new Set<string>();
  let quiet = 0;
  let said = '';
  for (let round = 0; round < roundsMax; round += 1) {
    if (round > 0) await clock.sleep(pauseMilliseconds);
    const [containers, volumes, networks] = await Promise.all([
      list(['ps', '--all', '--quiet', '--no-trunc']),
      list(['volume', 'ls', '--quiet']),
      list(['network', 'ls', '--quiet', '--no-trunc']),
    ]);
    if (containers.length + volumes.length + networks.length === 0) {
      quiet += 1;
      if (quiet >= quietRounds) return removed.size;
      continue;
    }
    quiet = 0;
    for (const id of [...containers, ...volumes, ...networks]) removed.add(id);
    // Containers first: they hold the rest.
    if (containers.length > 0) said = (await docker.try(['rm', '--force', '--volumes', ...containers])).stderr;
    const rest = await Promise.all([
      volumes.length > 0 ? docker.try(['volume', 'rm', '--force', ...volumes]) : undefined,
      networks.length > 0 ? docker.try(['network', 'rm', ...networks]) : undefined,
    ]);
    said += rest.map((result) => result?.stderr ?? '').join('');
    // Whether it is gone is asked of the engine, not believed: the next round lists again at once when only one is needed.
    if (quietRounds === 1 && said.trim() === '') return removed.size;
  }
  throw new UserError(`Something of this run could not be removed from the Docker engine (label ${label}).`, {
    fix: `Remove it on the runner: docker rm -f -v $(docker ps -aq --filter label=${label})`,
    details: said.trim() === '' ? [] : said.trim().split('\n').slice(-12),
  });
}
