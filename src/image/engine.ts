import { stat } from 'node:fs/promises';

import { type Docker, dockerFailure } from '../contract/docker';
import { UserError } from '../errors';
import type { ProcessResult } from '../process';
import { type Builder, isAtLeast, parseVersion, type Version } from './argv';

/** The Docker engine and what builds with it. */
export interface Engine {
  builder: Builder;
  /** `buildx 0.13.1` or `docker 20.10.24 (BuildKit)`. */
  builderName: string;
  /** Where the engine keeps images, when that is a folder of this machine. */
  rootDirectory: string | undefined;
  /** With containerd's image store the id of an image is the digest of its manifest, else of its config. */
  containerdStore: boolean;
}

/** Before this, BuildKit in Docker's own client was an experiment; from 23 on it is not in it any more. */
const CLASSIC_FROM: Version = [20, 10, 0];
const CLASSIC_BEFORE: Version = [23, 0, 0];
/** `--metadata-file` and secrets from the environment. */
const BUILDX_FROM: Version = [0, 6, 0];

/**
 * Asks for the engine and chooses the builder: buildx where there is one, else BuildKit in Docker's own client.
 * @throws UserError when there is no engine, it cannot be reached, or nothing can build with it.
 */
export async function probeEngine(docker: Docker, signal: AbortSignal): Promise<Engine> {
  const [info, client, buildx] = await Promise.all([
    docker.try(['info', '--format', '{{json .}}'], { signal }),
    docker.try(['--version'], { signal }),
    docker.try(['buildx', 'version'], { signal }),
  ]);
  signal.throwIfAborted();
  const engine = info.exitCode === 0 ? readInfo(info.stdout) : undefined;
  if (!engine) throw dockerFailure(info, 'looking for the engine');

  const builder = chooseBuilder(client.stdout, buildx);
  const root = engine.DockerRootDir;
  return {
    builder,
    builderName:
      builder.kind === 'buildx'
        ? `buildx ${builder.version?.join('.') ?? '(development build)'}`
        : `docker ${builder.version.join('.')} (BuildKit)`,
    // Docker Desktop keeps images in a machine of its own, whose disk this one's says nothing of.
    rootDirectory: root && !/desktop/i.test(engine.OperatingSystem) && (await isFolder(root)) ? root : undefined,
    containerdStore: engine.DriverStatus.some((entry) =>
      entry.some((word) => word.includes('io.containerd.snapshotter')),
    ),
  };
}

function chooseBuilder(clientVersion: string, buildx: ProcessResult): Builder {
  const client = parseVersion(clientVersion);
  const plugin = parseVersion(buildx.stdout);
  if (buildx.exitCode === 0 && isAtLeast(plugin, BUILDX_FROM)) return { kind: 'buildx', version: plugin };
  if (client && isAtLeast(client, CLASSIC_FROM) && !isAtLeast(client, CLASSIC_BEFORE)) {
    return { kind: 'classic', version: client };
  }
  const has = buildx.exitCode === 0 ? `buildx ${plugin?.join('.') ?? ''} is too old` : 'buildx is missing';
  throw new UserError(`Docker ${client?.join('.') ?? ''} cannot build with BuildKit here: ${has}.`, {
    fix: 'Add docker/setup-buildx-action before this action, or install the package `docker-buildx-plugin` (0.10 or newer) on the runner.',
  });
}

/** The part of `docker info` that is read. */
interface Info {
  OperatingSystem: string;
  DockerRootDir: string;
  DriverStatus: string[][];
}

function readInfo(json: string): Info | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const info = value as Partial<Record<keyof Info | 'ServerVersion', unknown>>;
  // Docker's client answers with an empty document, and older ones with exit code 0, when the engine is down.
  if (typeof info.ServerVersion !== 'string' || info.ServerVersion === '') return undefined;
  const text = (field: unknown): string => (typeof field === 'string' ? field : '');
  const status = Array.isArray(info.DriverStatus) ? (info.DriverStatus as unknown[]) : [];
  return {
    OperatingSystem: text(info.OperatingSystem),
    DockerRootDir: text(info.DockerRootDir),
    DriverStatus: status.map((entry) => (Array.isArray(entry) ? entry.map(text) : [])),
  };
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}
