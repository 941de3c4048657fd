import { spawn, type ChildProcess } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { LineSplitter } from './commands';

/** From SIGINT to SIGTERM, and from SIGTERM to SIGKILL (actions/runner, ProcessInvoker.cs). Real time, never scaled. */
export const SIGINT_GRACE_MILLISECONDS = 7_500;
export const SIGTERM_GRACE_MILLISECONDS = 2_500;
/** How long the runner reads on after the entry process has ended while a descendant holds the pipe. */
const STREAM_GRACE_MILLISECONDS = 5_000;

/** A signal that was sent, and when, in milliseconds since the cancel. */
export interface SentSignal {
  readonly signal: NodeJS.Signals;
  readonly afterMilliseconds: number;
}

export interface EntryProcess {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** One line of stdout or stderr. A throw ends the reading and rejects. */
  readonly onLine: (line: string) => void;
  /** Cancels this step: SIGINT, SIGTERM, SIGKILL to the entry process alone. */
  readonly cancel: AbortSignal;
  /** SIGKILL to the entry process when one of them fires from now on. */
  readonly kill: readonly (AbortSignal | undefined)[];
}

export interface EntryResult {
  /** 128 + n where signal n ended it. */
  readonly exitCode: number;
  readonly cancelled: boolean;
  readonly signals: readonly SentSignal[];
}

/** Runs a step's entry process as the runner does. Rejects where it cannot be started. */
export async function runEntryProcess(entry: EntryProcess): Promise<EntryResult> {
  const child = spawn(entry.command, [...entry.args], {
    cwd: entry.cwd,
    env: { ...entry.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const signals: SentSignal[] = [];
  const { finished, failure } = follow(child, entry.onLine);

  let cancelling: Promise<void> | undefined;
  const cancel = (): void => {
    const start = performance.now();
    const send = async (signal: NodeJS.Signals, graceMilliseconds: number): Promise<boolean> => {
      if (child.exitCode === null && child.signalCode === null) {
        signals.push({ signal, afterMilliseconds: Math.round(performance.now() - start) });
        child.kill(signal);
      }
      return within(finished, graceMilliseconds);
    };
    cancelling = (async () => {
      if (await send('SIGINT', SIGINT_GRACE_MILLISECONDS)) return;
      if (await send('SIGTERM', SIGTERM_GRACE_MILLISECONDS)) return;
      await send('SIGKILL', 0);
    })();
  };
  const kill = (): void => {
    signals.push({ signal: 'SIGKILL', afterMilliseconds: 0 });
    child.kill('SIGKILL');
  };
  if (entry.cancel.aborted) cancel();
  else entry.cancel.addEventListener('abort', cancel, { once: true });
  for (const signal of entry.kill) signal?.addEventListener('abort', kill, { once: true });
  try {
    const exitCode = await Promise.race([finished, failure]);
    await cancelling;
    return { exitCode, cancelled: cancelling !== undefined, signals };
  } finally {
    entry.cancel.removeEventListener('abort', cancel);
    for (const signal of entry.kill) signal?.removeEventListener('abort', kill);
  }
}

/** Whether `promise` settles within the time. */
async function within(promise: Promise<unknown>, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  try {
    return await Promise.race([promise.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** `finished`: the process has ended and its streams are read, or five seconds more have passed. */
function follow(
  child: ChildProcess,
  onLine: (line: string) => void,
): { finished: Promise<number>; failure: Promise<never> } {
  let timer: NodeJS.Timeout | undefined;
  const streams = [child.stdout, child.stderr];
  let fail: (error: unknown) => void = () => undefined;
  const failure = new Promise<never>((_resolve, reject) => {
    fail = reject;
  });
  failure.catch(() => undefined);
  const leave = (): void => {
    clearTimeout(timer);
    for (const stream of streams) stream?.destroy();
  };

  for (const stream of streams) {
    const decoder = new StringDecoder('utf8');
    const lines = new LineSplitter(onLine);
    const guarded = (body: () => void): void => {
      try {
        body();
      } catch (error) {
        leave();
        fail(error);
      }
    };
    stream?.on('data', (chunk: Buffer) => guarded(() => lines.push(decoder.write(chunk))));
    stream?.once('end', () => {
      guarded(() => {
        lines.push(decoder.end());
        lines.end();
      });
    });
    stream?.on('error', fail);
  }
  child.once('error', fail);

  const finished = new Promise<number>((resolve) => {
    child.once('exit', (code, signal) => {
      const exitCode = code ?? 128 + (signal ? (SIGNAL_NUMBERS[signal] ?? 0) : 0);
      timer = setTimeout(() => {
        leave();
        resolve(exitCode);
      }, STREAM_GRACE_MILLISECONDS);
      child.once('close', () => {
        clearTimeout(timer);
        resolve(exitCode);
      });
    });
  });
  return { finished, failure };
}

const SIGNAL_NUMBERS: Partial<Record<NodeJS.Signals, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGABRT: 6,
  SIGKILL: 9,
  SIGSEGV: 11,
  SIGPIPE: 13,
  SIGTERM: 15,
};

/** A shell as `shell:` names it, resolved to a program and its arguments. */
export interface Shell {
  readonly command: string;
  readonly args: readonly string[];
}

const FORMATS: Readonly<Record<string, string>> = {
  bash: '--noprofile --norc -e -o pipefail {0}',
  sh: '-e {0}',
  python: '{0}',
  pwsh: `-command ". '{0}'"`,
  powershell: `-command ". '{0}'"`,
};

/** The extension of the script file. */
export function scriptExtension(shell: string): string {
  return { bash: '.sh', sh: '.sh', python: '.py', pwsh: '.ps1', powershell: '.ps1' }[programOf(shell)] ?? '';
}

function programOf(shell: string): string {
  return shell.trim().split(' ')[0] ?? '';
}

/** What `shell:` runs for a script. Throws where the program is missing or the format has no `{0}`. */
export function resolveShell(shell: string, script: string, path: string): Shell {
  const program = programOf(shell);
  const given = shell.trim().slice(program.length).trim();
  const format = given === '' ? FORMATS[program] : given;
  if (!format?.includes('{0}')) {
    throw new Error(
      "Invalid shell option. Shell must be a valid built-in (bash, sh, cmd, powershell, pwsh) or a format string containing '{0}'",
    );
  }
  const args = format.match(/"[^"]*"|[^\s"]+/g) ?? [];
  return {
    command: which(program, path),
    args: args.map((arg) => arg.replaceAll('"', '').replaceAll('{0}', script)),
  };
}

function which(program: string, path: string): string {
  const candidates = isAbsolute(program) ? [program] : path.split(delimiter).map((folder) => join(folder, program));
  const found = candidates.find((candidate) => {
    try {
      accessSync(candidate, constants.X_OK);
      return statSync(candidate).isFile();
    } catch {
      return false;
    }
  });
  if (found === undefined) throw new Error(`${program}: command not found`);
  return found;
}
