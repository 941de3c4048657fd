import type { ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

/** How to start a child process. */
export interface SpawnOptions {
  cwd?: string;
  /** Variables beside the allow-listed ones of the edge (see {@link childEnvironment}). */
  env?: Readonly<Record<string, string>>;
  /** Ends the child: SIGTERM at once, SIGKILL after `killAfterMilliseconds`. */
  signal?: AbortSignal;
  /** Default 5,000 ms. */
  killAfterMilliseconds?: number;
}

/** What a finished child process left. `exitCode` is 128 + n where signal n ended it, as a shell says it. */
export interface ProcessResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** A running child process; `exit` never rejects but for a program that could not be started. */
export interface RunningProcess {
  readonly pid: number | undefined;
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly exit: Promise<number>;
  kill(signal: NodeJS.Signals): void;
}

/** Starts programs. argv is never a shell line. No secret may stand in `args`: argv is readable by every process. */
export interface Exec {
  /** Streams; for what talks long or much. */
  spawn(command: string, args: readonly string[], options?: SpawnOptions): RunningProcess;
  /** Collects at most 8 MiB of each stream (the tail wins) and never rejects because of a non-zero exit. */
  run(command: string, args: readonly string[], options?: SpawnOptions & { input?: string }): Promise<ProcessResult>;
}

const COLLECTED_BYTES_MAX = 8 * 1024 * 1024;

/**
 * The variables of ours that child processes may see: where programs and the Docker engine are, whose they are, and
 * nothing that is a credential, a token, an input of the action, or the runner's file commands.
 */
const ALLOWED = [
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'TMPDIR',
  'TMP',
  'TEMP',
  'LANG',
  'LC_ALL',
  'TZ',
  'SSH_AUTH_SOCK',
  'XDG_RUNTIME_DIR',
  'DOCKER_HOST',
  'DOCKER_CONTEXT',
  'DOCKER_CONFIG',
  'DOCKER_CERT_PATH',
  'DOCKER_TLS_VERIFY',
  'DOCKER_API_VERSION',
  'BUILDX_BUILDER',
  'BUILDX_CONFIG',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'SYSTEMROOT',
  'SystemRoot',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
  'ProgramData',
  'PATHEXT',
  'COMSPEC',
  // By the first the runner, by the second our cleanup finds what a killed step has left running.
  'RUNNER_TRACKING_ID',
  'BYOC_RECORD',
] as const;

/** The allow-listed part of `env`. */
export function childEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const result: Record<string, string> = {};
  for (const name of ALLOWED) {
    const value = env[name];
    if (value !== undefined) result[name] = value;
  }
  return result;
}

/** The real edge: child processes with the allow-listed environment. */
export function realExec(env: Readonly<Record<string, string | undefined>>): Exec {
  const base = childEnvironment(env);

  function spawn(command: string, args: readonly string[], options: SpawnOptions = {}): RunningProcess {
    // Loaded when first needed: a step that starts no program (plan) need not wait for it.
    const { spawn: nodeSpawn } = process.getBuiltinModule('node:child_process');
    // A process group of its own (not on Windows): a signal for us must not reach the child before we decide what it gets.
    const child: ChildProcessByStdio<Writable, Readable, Readable> = nodeSpawn(command, [...args], {
      cwd: options.cwd,
      env: { ...base, ...options.env },
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    // A child that ends before it read its input is not our failure; its exit code says what happened.
    child.stdin.on('error', () => undefined);

    let killTimer: NodeJS.Timeout | undefined;
    // The whole group: docker's plugins (buildx) are children of the client and would outlive it.
    const killGroup = (signal: NodeJS.Signals): void => {
      if (child.pid === undefined || process.platform === 'win32') return void child.kill(signal);
      try {
        process.kill(-child.pid, signal);
      } catch {
        // Nobody is left in it.
      }
    };
    const end = (): void => {
      killGroup('SIGTERM');
      killTimer = setTimeout(() => killGroup('SIGKILL'), options.killAfterMilliseconds ?? 5_000);
      killTimer.unref();
    };
    const exit = new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => {
        clearTimeout(killTimer);
        options.signal?.removeEventListener('abort', end);
        resolve(code ?? 128 + signalNumber(signal));
      });
    });
    // Whoever does not await `exit` (a fire-and-forget kill) must not bring the process down.
    exit.catch(() => undefined);
    if (options.signal?.aborted) end();
    else options.signal?.addEventListener('abort', end, { once: true });

    return {
      pid: child.pid,
      stdin: child.stdin,
      stdout: child.stdout,
      stderr: child.stderr,
      exit,
      kill: (signal) => void child.kill(signal),
    };
  }

  async function run(
    command: string,
    args: readonly string[],
    options: SpawnOptions & { input?: string } = {},
  ): Promise<ProcessResult> {
    const child = spawn(command, args, options);
    child.stdin.end(options.input ?? '');
    const [exitCode, stdout, stderr] = await Promise.all([child.exit, collect(child.stdout), collect(child.stderr)]);
    return { exitCode, stdout, stderr };
  }

  return { spawn, run };
}

async function collect(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    while (bytes > COLLECTED_BYTES_MAX && chunks.length > 1) bytes -= chunks.shift()?.length ?? 0;
  }
  return Buffer.concat(chunks).toString('utf8');
}

function signalNumber(signal: NodeJS.Signals | null): number {
  const numbers: Partial<Record<NodeJS.Signals, number>> = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };
  return (signal && numbers[signal]) ?? 0;
}
