import { codeOf, UserError } from '../errors';
import type { Exec, ProcessResult, RunningProcess, SpawnOptions } from '../process';

/** What an engine or client says that a user can mend, and how. The first match wins. */
const FAULTS: readonly { pattern: RegExp; message: string; fix: string }[] = [
  {
    pattern: /permission denied while trying to connect|permission denied.*docker\.sock|connect: permission denied/i,
    message: 'This user may not talk to the Docker engine',
    fix: 'Add the runner’s user to the group «docker» (sudo usermod -aG docker <user>, then restart the runner), or point DOCKER_HOST to an engine it may use.',
  },
  {
    pattern:
      /Cannot connect to the Docker daemon|error during connect|failed to connect to the docker API|connection refused|unexpected EOF|connection reset by peer|Is the docker daemon running/i,
    message: 'The Docker engine does not answer',
    fix: 'Start it (sudo systemctl start docker) or check DOCKER_HOST and the Docker context. Use a runner with an engine, such as ubuntu-latest.',
  },
  {
    pattern: /no space left on device|disk quota exceeded/i,
    message: 'The Docker engine’s disk is full',
    fix: 'Free space on the runner (docker system df shows what takes it, docker system prune removes what nobody uses), use a runner with a larger disk, or give the job less data.',
  },
  {
    pattern:
      /could not select device driver|nvidia-container-cli|unknown or invalid runtime name: nvidia|libnvidia-ml/i,
    message: 'The Docker engine has no GPU to give',
    fix: 'The engine says it has NVIDIA’s runtime, so GPUs were asked for. Fix the driver and the NVIDIA Container Toolkit on the runner, or take the runtime out of the engine’s configuration.',
  },
  {
    pattern: /No such image|Unable to find image|image .* (?:does not exist|not found)|manifest unknown/i,
    message: 'The Docker engine does not have this image',
    fix: 'Build it before this step, on the same runner and engine.',
  },
  {
    pattern: /could not find an available.*address pool|all predefined address pools have been fully subnetted/i,
    message: 'The Docker engine has no network addresses left',
    fix: 'Remove unused networks on the runner (docker network prune).',
  },
  {
    pattern: /invalid reference format/i,
    message: 'This is no name of an image',
    fix: 'Use the name or id that `docker images` shows.',
  },
];

/**
 * The error for a docker command that failed: one that a user can mend where we know the cause.
 *
 * @param result what the command left
 * @param doing what it was for, to follow "while": "creating the container"
 */
export function dockerFailure(result: Pick<ProcessResult, 'exitCode' | 'stderr'>, doing: string): UserError {
  const said = result.stderr.trim().slice(-2_000);
  const details = said === '' ? [] : said.split(/\r\n|\r|\n/).slice(-12);
  const fault = FAULTS.find(({ pattern }) => pattern.test(said));
  if (fault) return new UserError(`${fault.message} (while ${doing}).`, { fix: fault.fix, details });
  return new UserError(`docker failed with exit code ${result.exitCode} while ${doing}.`, {
    fix: 'The lines above are docker’s own. Run the job again; when it fails again, check the engine on the runner.',
    details,
  });
}

/** The error for a docker client that could not be started; anything else comes back as it is. */
export function dockerMissing(error: unknown): unknown {
  const code = codeOf(error);
  if (code === 'ENOENT') {
    return new UserError('The program «docker» was not found on this runner.', {
      fix: 'Use a runner with Docker, such as ubuntu-latest, or install Docker and put it on the PATH.',
      cause: error,
    });
  }
  if (code === 'EACCES') {
    return new UserError('The program «docker» may not be run by this user.', {
      fix: 'Make it executable, or take the wrong one off the PATH.',
      cause: error,
    });
  }
  return error;
}

/** The docker client. A client, not the socket: it honours contexts, DOCKER_HOST and TLS as the user set them up. */
export class Docker {
  constructor(private readonly exec: Exec) {}

  /** Runs to its end, whatever the exit code. @throws UserError without a docker client. */
  async try(args: readonly string[], options: SpawnOptions & { input?: string } = {}): Promise<ProcessResult> {
    try {
      return await this.exec.run('docker', args, { killAfterMilliseconds: 1_000, ...options });
    } catch (error) {
      throw dockerMissing(error);
    }
  }

  /**
   * Runs to its end and gives its output, trimmed.
   * @throws UserError when it fails; the signal's reason when it was aborted
   */
  async run(args: readonly string[], doing: string, options: SpawnOptions & { input?: string } = {}): Promise<string> {
    const result = await this.try(args, options);
    options.signal?.throwIfAborted();
    if (result.exitCode !== 0) throw dockerFailure(result, doing);
    return result.stdout.trim();
  }

  /** For what streams. `exit` rejects with UserError without a docker client. */
  spawn(args: readonly string[], options: SpawnOptions = {}): RunningProcess {
    const child = this.exec.spawn('docker', args, { killAfterMilliseconds: 1_000, ...options });
    const exit = child.exit.catch((error: unknown) => {
      throw dockerMissing(error);
    });
    exit.catch(() => undefined);
    return { ...child, exit };
  }
}
