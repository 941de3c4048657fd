import { freeBytes } from '../image/disk';
import type { Docker } from '../contract/docker';

/** What training needs to know of the Docker engine. */
export interface EngineFacts {
  /** `--gpus all` can work: NVIDIA's runtime is registered, or the engine found its devices by CDI. */
  gpus: boolean;
  /** Free space where the engine keeps volumes; absent where that folder is not on this machine. */
  freeBytes?: number;
}

/**
 * Asks the engine. One that does not answer leaves everything unknown: starting the job will tell why, in its words.
 * @throws UserError without a docker client
 */
export async function readEngineFacts(docker: Docker, signal: AbortSignal): Promise<EngineFacts> {
  const { exitCode, stdout } = await docker.try(['info', '--format', '{{json .}}'], { signal });
  const info = exitCode === 0 ? parseEngineInfo(stdout) : { gpus: false };
  if (info.rootFolder === undefined) return { gpus: info.gpus };
  // Unknown where the engine runs on another machine, or in one of its own.
  const free = await freeBytes(info.rootFolder);
  return { gpus: info.gpus, ...(free === undefined ? {} : { freeBytes: free }) };
}

/** Reads the answer of `docker info --format '{{json .}}'`. Pure. */
export function parseEngineInfo(json: string): { gpus: boolean; rootFolder?: string } {
  let info: unknown;
  try {
    info = JSON.parse(json);
  } catch {
    return { gpus: false };
  }
  if (!isObject(info)) return { gpus: false };
  const runtimes = isObject(info['Runtimes']) ? Object.keys(info['Runtimes']) : [];
  const devices: unknown[] = Array.isArray(info['DiscoveredDevices']) ? info['DiscoveredDevices'] : [];
  const cdi = devices.some((device) => isObject(device) && String(device['ID']).startsWith('nvidia.com/gpu'));
  const rootFolder = info['DockerRootDir'];
  return {
    gpus: runtimes.includes('nvidia') || cdi,
    ...(typeof rootFolder === 'string' && rootFolder !== '' ? { rootFolder } : {}),
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
