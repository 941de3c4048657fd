import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { UserError } from '../errors';

/**
 * Variables that the docker client, its loader or its plugins act on, and those by which the client is found when its
 * step was killed. A container may well be given one of them, but it must not reach the client on the way.
 */
const READ_BY_CLIENT =
  /^(?:PATH|HOME|USER|LOGNAME|USERPROFILE|APPDATA|LOCALAPPDATA|ProgramData|SystemRoot|PATHEXT|COMSPEC|TMPDIR|TMP|TEMP|TZ|LANG|LANGUAGE|TERM|NO_COLOR|COLUMNS|SSLKEYLOGFILE|DOCKER_.*|BUILDX_.*|BUILDKIT_.*|COMPOSE_.*|LC_.*|LD_.*|DYLD_.*|GLIBC_.*|MALLOC_.*|GO.*|CGO_.*|SSL_CERT_.*|SSH_.*|XDG_.*|OTEL_.*|.*_PROXY|RUNNER_TRACKING_ID|BYOC_RECORD)$/i;

/** How the folders begin that hold values for the length of a call. */
export const CLIENT_FOLDER_PREFIX = 'byoc-env-';

/** How a container's variables reach `docker create` without standing in its argv. */
export interface ClientEnvironment {
  /** `-e NAME`, `--env-file path`. */
  args: string[];
  /** For the client's own environment. */
  env: Record<string, string>;
  /** Removes what was written. */
  remove(): Promise<void>;
}

/**
 * Values go through the client's environment, so that argv, which every process can read, has none. Those that would
 * change the client itself go through a private file that lives as long as the call. The proxies of the user's Docker
 * configuration, which the client would put into the container, are left out.
 *
 * @param folderOfRun where the file lies for that time: the run's private folder, which the cleanup step looks through
 * @throws UserError for a variable that the client acts on and whose value has a line break
 */
export async function clientEnvironment(
  variables: Readonly<Record<string, string>>,
  configFolder = process.env['DOCKER_CONFIG'] ?? join(homedir(), '.docker'),
  folderOfRun = process.env['BYOC_RECORD'] ? dirname(process.env['BYOC_RECORD']) : tmpdir(),
): Promise<ClientEnvironment> {
  const args: string[] = [];
  const env: Record<string, string> = {};
  const lines: string[] = [];
  for (const [name, value] of Object.entries(variables)) {
    if (!READ_BY_CLIENT.test(name)) {
      args.push('--env', name);
      env[name] = value;
    } else if (/[\r\n]/.test(value)) {
      throw new UserError(`The environment variable ${name} has a line break in its value.`, {
        fix: 'The docker client cannot hand on this one with a line break. Use another name.',
      });
    } else {
      lines.push(`${name}=${value}\n`);
    }
  }

  const config = await configWithoutProxies(configFolder);
  if (lines.length === 0 && config === undefined) return { args, env, remove: () => Promise.resolve() };

  const folder = await mkdtemp(join(folderOfRun, CLIENT_FOLDER_PREFIX));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    if (lines.length > 0) {
      const file = join(folder, 'env');
      await writeFile(file, lines.join(''), { mode: 0o600, flag: 'wx' });
      args.push('--env-file', file);
    }
    if (config !== undefined) {
      const twin = join(folder, 'docker');
      await mkdir(twin, { mode: 0o700 });
      await writeFile(join(twin, 'config.json'), config, { mode: 0o600, flag: 'wx' });
      // Contexts, certificates and plugins stay the user's.
      for (const name of await readdir(configFolder)) {
        if (name !== 'config.json') await symlink(join(configFolder, name), join(twin, name));
      }
      env['DOCKER_CONFIG'] = twin;
    }
  } catch (error) {
    await remove();
    throw error;
  }
  return { args, env, remove };
}

/** The client's configuration without proxies and logins (nothing is pulled); `undefined` when it has no proxies. */
async function configWithoutProxies(folder: string): Promise<string | undefined> {
  let config: unknown;
  try {
    config = JSON.parse(await readFile(join(folder, 'config.json'), 'utf8'));
  } catch {
    // None, or one that the client itself will complain of.
    return undefined;
  }
  if (typeof config !== 'object' || config === null || !('proxies' in config)) return undefined;
  const kept = Object.entries(config).filter(
    ([key]) => !['proxies', 'auths', 'credsStore', 'credHelpers'].includes(key),
  );
  return JSON.stringify(Object.fromEntries(kept));
}
