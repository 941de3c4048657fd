import { UserError } from '../errors';

/** The program that builds. */
export type Builder =
  | { kind: 'buildx'; /** `undefined` for a development build. */ version: Version | undefined }
  | { kind: 'classic'; version: Version };

/** Major, minor, patch. */
export type Version = readonly [number, number, number];

/** All that decides the command line; paths are absolute. */
export interface BuildRequest {
  builder: Builder;
  context: string;
  dockerfile: string;
  target: string | undefined;
  buildArgs: Readonly<Record<string, string>>;
  /** `variable` is the environment variable that carries the value to the builder, of random name. */
  secrets: readonly { id: string; value: string; variable: string }[];
  cacheFrom: readonly string[];
  cacheTo: readonly string[];
  noCache: boolean;
  /** The local name of the image. */
  reference: string;
  /** Where the builder writes the image id. */
  iidFile: string;
  /** Where buildx writes its result. */
  metadataFile: string;
}

/** The command line after `docker`, and what its environment needs beside. */
export interface BuildCommand {
  args: string[];
  env: Record<string, string>;
}

/** SageMaker's instances, all but a few, and every check of verify. */
export const PLATFORM = 'linux/amd64';

/** Linux takes at most 128 KiB for one variable, its name included. */
const SECRET_BYTES_MAX = 100 * 1024;

/**
 * Variables that the builder or what it runs would obey. A build argument of such a name goes into the command line with
 * its value; build arguments are no secret anyway, the image's history shows them.
 */
const OBEYED =
  /^(?:PATH|HOME|USER|LOGNAME|SHELL|PWD|TMPDIR|TMP|TEMP|TZ|LANG|LC_.*|TERM|NO_COLOR|HTTPS?_PROXY|NO_PROXY|ALL_PROXY|FTP_PROXY|(?:DOCKER|BUILDX|BUILDKIT|COMPOSE|MOBY|OTEL|GIT|SSH|SSL|LD|DYLD|XDG|AWS|AZURE|ACTIONS|GITHUB|RUNNER|BYOC|GODEBUG|GOMAXPROCS|GOGC|GOTRACEBACK|GRPC|TEST|SOURCE_DATE_EPOCH|EXPERIMENTAL)(?:_.*)?|SYSTEMROOT|USERPROFILE|APPDATA|LOCALAPPDATA|PROGRAMDATA|PATHEXT|COMSPEC)$/i;

/**
 * The command that builds the image. Values of secrets are in `env` alone: argv is readable by every process.
 * @throws UserError for what the builder cannot do.
 */
export function buildCommand(request: BuildRequest): BuildCommand {
  const { builder } = request;
  const env: Record<string, string> = {};
  const args = builder.kind === 'buildx' ? ['buildx', 'build'] : ['build'];
  args.push(`--platform=${PLATFORM}`, '--progress=plain', `--file=${request.dockerfile}`, `--tag=${request.reference}`);
  args.push(`--iidfile=${request.iidFile}`);

  if (builder.kind === 'buildx') {
    // `--load`: a docker-container builder keeps its result to itself otherwise.
    args.push('--load', `--metadata-file=${request.metadataFile}`);
    // An attestation turns the image into an index, which SageMaker refuses. Older versions make none.
    if (isAtLeast(builder.version, [0, 10, 0])) args.push('--provenance=false', '--sbom=false');
    // buildx would run git in the context, with the configuration found there, to describe the source.
    env['BUILDX_GIT_INFO'] = 'false';
  } else {
    env['DOCKER_BUILDKIT'] = '1';
  }

  if (request.target !== undefined) args.push(`--target=${request.target}`);
  for (const [name, value] of Object.entries(request.buildArgs)) {
    if (value.includes('\0')) throw new UserError(`build-args: the value of "${name}" holds a NUL character.`);
    if (OBEYED.test(name) || !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
      args.push(`--build-arg=${name}=${value}`);
    } else {
      args.push(`--build-arg=${name}`);
      env[name] = value;
    }
  }
  for (const { id, value, variable } of request.secrets) {
    checkSecret(id, value);
    args.push(`--secret=id=${id},env=${variable}`);
    env[variable] = value;
  }
  args.push(...cacheArgs(request));
  if (request.noCache) args.push('--no-cache');
  args.push(request.context);
  return { args, env };
}

function checkSecret(id: string, value: string): void {
  if (!/^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(id)) {
    throw new UserError(`secrets: "${id}" is no valid id.`, {
      fix: 'Use letters, digits, `_`, `.` and `-`, as in `RUN --mount=type=secret,id=…` of the Dockerfile.',
    });
  }
  if (value.includes('\0')) {
    throw new UserError(`secrets: the value of "${id}" holds a NUL character.`, {
      fix: 'Give binary secrets as base64.',
    });
  }
  // Three bytes for a UTF-16 unit is the most that UTF-8 takes; a plain length check would be wrong for other scripts.
  if (value.length * 3 > SECRET_BYTES_MAX && utf8Bytes(value) > SECRET_BYTES_MAX) {
    throw new UserError(`secrets: the value of "${id}" is larger than 100 KiB.`, {
      fix: 'Give a key, not a data set.',
    });
  }
}

function utf8Bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}

function cacheArgs({ builder, cacheFrom, cacheTo }: BuildRequest): string[] {
  if (builder.kind === 'buildx') {
    return [...cacheFrom.map((cache) => `--cache-from=${cache}`), ...cacheTo.map((cache) => `--cache-to=${cache}`)];
  }
  if (cacheTo.length > 0) {
    throw new UserError('cache-to: Docker without buildx cannot export a layer cache.', {
      fix: 'Add docker/setup-buildx-action before this action, or leave `cache-to` empty.',
    });
  }
  return cacheFrom.map((cache) => {
    const image = imageOf(cache);
    if (image === undefined) {
      throw new UserError(`cache-from: Docker without buildx takes only images as cache, not "${cache}".`, {
        fix: 'Add docker/setup-buildx-action before this action, or name an image (`type=registry,ref=…`).',
      });
    }
    return `--cache-from=${image}`;
  });
}

/** `image` or `type=registry,ref=image` → the image. */
function imageOf(cache: string): string | undefined {
  if (!cache.includes('=')) return cache;
  const fields = Object.fromEntries(cache.split(',').map((field) => field.split(/=(.*)/s, 2) as [string, string]));
  return fields['type'] === 'registry' ? fields['ref'] : undefined;
}

/** The first `1.2.3` of a text, as `docker --version` and `docker buildx version` print it. */
export function parseVersion(text: string): Version | undefined {
  const match = /(?:^|[\sv])(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)] : undefined;
}

/** A version that cannot be told is a development build, hence new. */
export function isAtLeast(version: Version | undefined, least: Version): boolean {
  if (!version) return true;
  for (const [index, number] of least.entries()) {
    const own = version[index] ?? 0;
    if (own !== number) return own > number;
  }
  return true;
}

/** `byoc/<repository>:<sha12>`: lower case and of the characters that an image name may have. */
export function imageReference(repository: string, sha: string): string {
  const slug = repository
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return `byoc/${slug || 'image'}:${sha.slice(0, 12)}`;
}
