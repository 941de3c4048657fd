import type { Exec } from '../../process';
import { Docker } from '../docker';
import { RUN_LABEL } from '../removal';

/** What an image says of itself, without running it. All strings are untrusted. */
export interface ImageFacts {
  os: string;
  architecture: string;
  user: string;
  /** `NAME=value`. */
  environment: string[];
  labels: Record<string, string>;
  entrypoint: string[];
  command: string[];
  sizeBytes: number;
  /** The instruction behind each layer, the newest first. */
  history: string[];
  /** Paths under /opt/ml that the image brings along, but for /opt/ml/code; the first few. */
  reservedPaths: string[];
  /** First line of the program that `train` would run, when there is no entrypoint and it is on PATH. */
  trainProgram?: string;
}

interface RawImage {
  Os?: string;
  Architecture?: string;
  Size?: number;
  Config?: {
    User?: string;
    Env?: string[] | null;
    Labels?: Record<string, string> | null;
    Entrypoint?: string[] | null;
    Cmd?: string[] | null;
  } | null;
}

const RESERVED_PATHS_MAX = 5;
const PROGRAM_START_BYTES = 200;
const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * Reads an image's configuration, its history, and what lies under /opt/ml. Nothing of the image is executed.
 *
 * @param runId - label of the container that is made (never started) to look inside, and removed again
 * @throws UserError when the engine fails or does not have the image
 */
export async function inspectImage(
  exec: Exec,
  image: string,
  runId: string,
  signal?: AbortSignal,
): Promise<ImageFacts> {
  const docker = new Docker(exec);
  const options = signal ? { signal } : {};
  const [inspected, history, files] = await Promise.all([
    docker.run(['image', 'inspect', '--format', '{{json .}}', image], 'inspecting the image', options),
    docker.run(
      ['history', '--no-trunc', '--format', '{{json .CreatedBy}}', image],
      'reading the history of the image',
      options,
    ),
    lookInside(docker, image, runId, options),
  ]);
  const raw = JSON.parse(inspected) as RawImage;
  return {
    os: raw.Os ?? '',
    architecture: raw.Architecture ?? '',
    user: raw.Config?.User ?? '',
    environment: raw.Config?.Env ?? [],
    labels: raw.Config?.Labels ?? {},
    entrypoint: raw.Config?.Entrypoint ?? [],
    command: raw.Config?.Cmd ?? [],
    sizeBytes: raw.Size ?? 0,
    history: history
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => String(JSON.parse(line))),
    reservedPaths: files.reservedPaths,
    ...((raw.Config?.Entrypoint ?? []).length === 0 && files.trainProgram !== undefined
      ? { trainProgram: files.trainProgram }
      : {}),
  };
}

/** Copies out of a container that is made but never started: works for images without any tool, and for any platform. */
async function lookInside(
  docker: Docker,
  image: string,
  runId: string,
  options: { signal?: AbortSignal },
): Promise<Pick<ImageFacts, 'reservedPaths' | 'trainProgram'>> {
  const created = await docker.try(
    ['create', '--pull', 'never', '--label', `${RUN_LABEL}=${runId}`, '--network', 'none', image, 'train'],
    options,
  );
  // Whatever is wrong with the image, the runs will say it better.
  if (created.exitCode !== 0) return { reservedPaths: [] };
  const container = created.stdout.trim();
  try {
    const environment = await docker.try(['inspect', '--format', '{{json .Config.Env}}', container]);
    const variables = JSON.parse(environment.stdout || 'null') as string[] | null;
    const path = variables?.find((variable) => variable.startsWith('PATH='))?.slice('PATH='.length) ?? DEFAULT_PATH;
    const [reservedPaths, ...programs] = await Promise.all([
      reservedEntries(docker, container),
      ...path
        .split(':')
        .filter((folder) => folder.startsWith('/'))
        .slice(0, 12)
        .map((folder) => startOfFile(docker, container, `${folder}/train`)),
    ]);
    const trainProgram = programs.find((program) => program !== undefined);
    return { reservedPaths, ...(trainProgram === undefined ? {} : { trainProgram }) };
  } finally {
    await docker.try(['rm', '--force', '--volumes', container]);
  }
}

async function reservedEntries(docker: Docker, container: string): Promise<string[]> {
  const paths: string[] = [];
  await readArchive(docker, container, '/opt/ml', (header) => {
    // The archive is rooted at `ml/`.
    const name = header.name.replace(/\/+$/, '');
    if (header.type !== 'directory' && !name.startsWith('ml/code/')) paths.push(`/opt/${name}`);
    return paths.length < RESERVED_PATHS_MAX;
  });
  return paths;
}

async function startOfFile(docker: Docker, container: string, path: string): Promise<string | undefined> {
  let start: string | undefined;
  await readArchive(docker, container, path, (header, content) => {
    if (header.type === 'file') start = content.toString('utf8').split('\n')[0] ?? '';
    return false;
  });
  return start;
}

/** Walks what `docker cp` gives of `path`, until `visit` says false; nothing when there is no such path. */
async function readArchive(
  docker: Docker,
  container: string,
  path: string,
  visit: (header: { name: string; type: string | null | undefined }, start: Buffer) => boolean,
): Promise<void> {
  const { extract } = await import('tar-stream');
  const child = docker.spawn(['cp', `${container}:${path}`, '-']);
  child.stdin.end();
  child.stderr.resume();
  const archive = extract();
  child.stdout.pipe(archive);
  try {
    for await (const entry of archive) {
      let start = Buffer.alloc(0);
      for await (const chunk of entry as AsyncIterable<Buffer>) {
        if (start.length < PROGRAM_START_BYTES) start = Buffer.concat([start, chunk]).subarray(0, PROGRAM_START_BYTES);
      }
      if (!visit({ name: entry.header.name, type: entry.header.type }, start)) break;
    }
  } catch {
    // No such path, or an archive cut short: then there is nothing to tell of.
  }
  child.kill('SIGTERM');
  child.stdout.destroy();
  await child.exit;
}
