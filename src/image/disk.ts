import { statfs } from 'node:fs/promises';

import { MAKE_ROOM } from '../disk-full';
import { UserError } from '../errors';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

/** Room that BuildKit needs to work at all. */
const FLOOR_BYTES = 512 * MIB;
/** A CUDA base image alone takes this once unpacked. */
const COMFORT_BYTES = 10 * GIB;

/** What the free space means for the build. */
export type DiskVerdict = { enough: true } | { enough: true; warning: string } | { enough: false; error: UserError };

/** Free bytes of the disk that `path` is on, for an ordinary process; `undefined` when it cannot be told. */
export async function freeBytes(path: string | undefined): Promise<number | undefined> {
  if (path === undefined) return undefined;
  return statfs(path).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => undefined,
  );
}

/**
 * Judges the space before the build. Refused is only what cannot work: the context is copied to the engine once before
 * anything else happens. The size of the base image is unknown here, hence the warning. Pure.
 */
export function judgeDisk(free: number | undefined, contextBytes: number): DiskVerdict {
  if (free === undefined) return { enough: true };
  if (free < FLOOR_BYTES + contextBytes) {
    return {
      enough: false,
      error: new UserError(
        `The Docker engine's disk has ${gib(free)} free; the build needs at least ${gib(FLOOR_BYTES + contextBytes)} ` +
          `(the build context alone is ${gib(contextBytes)}).`,
        { fix: MAKE_ROOM },
      ),
    };
  }
  const wanted = Math.max(COMFORT_BYTES, 2 * contextBytes + 2 * GIB);
  if (free < wanted) {
    return {
      enough: true,
      warning: `The Docker engine's disk has ${gib(free)} free. Training images with CUDA often need more than ${gib(wanted)}.`,
    };
  }
  return { enough: true };
}

function gib(bytes: number): string {
  return bytes < GIB ? `${Math.ceil(bytes / MIB)} MiB` : `${(bytes / GIB).toFixed(1)} GiB`;
}
