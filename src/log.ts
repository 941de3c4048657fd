import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';

import { codeOf } from './errors';
import { neutralise, neutraliseLines } from './neutralise';

/**
 * The step's log. `info` and the rest take text of ours; text from outside (a container, a build, a log stream, a
 * file name) goes through `untrusted` or is passed through `neutralise` first, because the runner obeys commands that
 * it finds in our output.
 */
export interface Log {
  info(message: string): void;
  /** Shown only with the runner's debug logging on. */
  debug(message: string): void;
  /** Annotations: at most ten of a kind are shown for a whole action, so they are for the end of a step. */
  notice(message: string, title?: string): void;
  warning(message: string, title?: string): void;
  error(message: string, title?: string): void;
  /** Runs `body` inside a foldable group. */
  group<T>(title: string, body: () => Promise<T>): Promise<T>;
  /** Hides a value in everything the runner prints from now on. */
  mask(secret: string): void;
  /**
   * A sink for output of others. While one is open the runner's command parsing is off; nothing written to it acts.
   * Several may be open at once. Close it in `finally`.
   */
  untrusted(): UntrustedLog;
}

/** See {@link Log.untrusted}. */
export interface UntrustedLog {
  /** Prints one line (without its line end), neutralised, after `label` ("algo-1") when one is given. */
  line(text: string, label?: string): void;
  close(): void;
}

/** Lines of others shown by one step in all; a training that prints more is still read, measured and kept in part. */
const UNTRUSTED_LINES_MAX = 50_000;
/** The same in characters, so that long lines cannot make up for it. */
const UNTRUSTED_CHARACTERS_MAX = 16 * 1024 * 1024;
/** The runner cuts an annotation's message here. */
const ANNOTATION_CHARACTERS_MAX = 4_096;

/** How a log is made. */
export interface LogOptions {
  /** The runner's debug logging is on (RUNNER_DEBUG=1). */
  debug?: boolean;
  /** A word that nobody can guess, to turn command parsing back on with. Default: a random UUID. */
  newToken?: () => string;
  /** How much of others' output is shown. Default 50,000 lines, 16 Mi characters. */
  untrustedMax?: { lines: number; characters: number };
}

/**
 * The log over a writer that has handed its text on when it returns ({@link stdoutWriter}): nothing is kept here, so
 * memory stays the same whatever is logged.
 *
 * The commands are written here and not by the toolkit: its `@actions/core` costs 100 ms of start-up for the HTTP client
 * that comes with it, its `command.js` writes to a stream that cannot be handed in, and the rule is three lines long.
 */
export function createLog(write: (text: string) => void, options: LogOptions = {}): Log {
  const newToken = options.newToken ?? randomUUID;
  const shownMax = options.untrustedMax ?? { lines: UNTRUSTED_LINES_MAX, characters: UNTRUSTED_CHARACTERS_MAX };
  let openSinks = 0;
  let token = '';
  let shownLines = 0;
  let shownCharacters = 0;
  let hiddenLines = 0;
  let openGroups = 0;

  const stop = (): string => {
    token = newToken();
    return `::stop-commands::${token}\n`;
  };
  const resume = (): string => `::${token}::\n`;

  /** One command of ours. While parsing is off it is turned on for this one, in one write so that nothing gets between. */
  const command = (name: string, message: string, properties: Readonly<Record<string, string>> = {}): void => {
    const text = formatCommand(name, message, properties);
    write(openSinks === 0 ? text : resume() + text + stop());
  };
  const annotate = (name: 'notice' | 'warning' | 'error') => (message: string, title?: string) => {
    // Line ends are fine in an annotation; everything else that a log line may not hold, it may not hold either.
    const lines = message.split(/\r\n|\n/).map((line) => neutralise(line, ANNOTATION_CHARACTERS_MAX));
    const text = shorten(lines.join('\n'), ANNOTATION_CHARACTERS_MAX);
    command(name, text, title === undefined ? {} : { title: neutralise(title, 200) });
  };

  const untrusted = (): UntrustedLog => {
    if (openSinks === 0) write(stop());
    openSinks += 1;
    let open = true;
    return {
      line: (text, label) => {
        if (!open) throw new Error('line() after close() of an untrusted log');
        const prefix = label === undefined ? '| ' : `${label.replace(/[^\w.-]/g, '_')} | `;
        for (const line of neutraliseLines(text)) {
          if (shownLines >= shownMax.lines || shownCharacters >= shownMax.characters) {
            if (hiddenLines === 0) {
              write(
                `Too much output: from here on lines are not shown, but still read. The last ones are kept in the record.\n`,
              );
            }
            hiddenLines += 1;
            continue;
          }
          shownLines += 1;
          shownCharacters += line.length;
          write(`${prefix}${line}\n`);
        }
      },
      close: () => {
        if (!open) return;
        open = false;
        openSinks -= 1;
        if (openSinks > 0) return;
        write(resume());
        if (hiddenLines > 0) write(`${hiddenLines} lines of output were not shown.\n`);
      },
    };
  };

  return {
    info: (message) => write(`${message.split('\n').map(harmlessOwnLine).join('\n')}\n`),
    debug: (message) => {
      // Without debug logging the runner throws these away; sending them would only turn parsing on and off.
      if (options.debug === true) command('debug', message);
    },
    notice: annotate('notice'),
    warning: annotate('warning'),
    error: annotate('error'),
    async group(title, body) {
      // The runner knows no groups in groups: an inner one is a plain line.
      if (openGroups > 0) write(`${harmlessOwnLine(title)}\n`);
      else command('group', neutralise(title, 200));
      openGroups += 1;
      try {
        return await body();
      } finally {
        openGroups -= 1;
        if (openGroups === 0) command('endgroup', '');
      }
    },
    mask: (secret) => {
      if (secret.trim() !== '') command('add-mask', secret);
    },
    untrusted,
  };
}

/**
 * A workflow command as the runner reads it: `::name key=value,key=value::message`, with the toolkit's escapes
 * (github.com/actions/toolkit, packages/core/src/command.ts). Ends with a line end.
 */
export function formatCommand(
  name: string,
  message: string,
  properties: Readonly<Record<string, string>> = {},
): string {
  const pairs = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)}`);
  return `::${name}${pairs.length > 0 ? ` ${pairs.join(',')}` : ''}::${escapeData(message)}\n`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** A line of ours may quote a file name or a branch: it must not act either. */
function harmlessOwnLine(line: string): string {
  const harmless = neutralise(line);
  return harmless.trimStart().startsWith('::') ? `| ${harmless}` : harmless;
}

function shorten(text: string, charactersMax: number): string {
  return text.length <= charactersMax ? text : `${text.slice(0, charactersMax - 2)} …`;
}

/**
 * A writer that returns when the text is in the pipe: a slow reader slows us down instead of filling our memory. When
 * nobody reads any more (EPIPE: the runner is gone) further text is dropped, so that tidying up can go on.
 */
export function stdoutWriter(fileDescriptor = 1): (text: string) => void {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  let gone = false;
  return (text) => {
    let bytes = Buffer.from(text, 'utf8');
    while (bytes.length > 0 && !gone) {
      try {
        bytes = bytes.subarray(writeSync(fileDescriptor, bytes));
      } catch (error) {
        const code = codeOf(error);
        // Somebody who shares the pipe made it non-blocking, and it is full: wait for the reader.
        if (code === 'EAGAIN') Atomics.wait(pause, 0, 0, 5);
        else if (code === 'EPIPE') gone = true;
        else throw error;
      }
    }
  };
}
