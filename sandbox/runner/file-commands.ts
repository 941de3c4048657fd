import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';

/** The files a step may write to, by the variable that names them. Fresh for each step. */
export interface CommandFiles {
  readonly GITHUB_OUTPUT: string;
  readonly GITHUB_ENV: string;
  readonly GITHUB_PATH: string;
  readonly GITHUB_STATE: string;
  readonly GITHUB_STEP_SUMMARY: string;
}

/** Largest step summary; a larger one is dropped (actions/runner, CreateStepSummaryCommand). */
export const SUMMARY_BYTES_MAX = 1024 * 1024;

/** Makes the empty files of one step under `runnerTemp`. */
export function createCommandFiles(runnerTemp: string): CommandFiles {
  const folder = join(runnerTemp, '_runner_file_commands');
  mkdirSync(folder, { recursive: true });
  const suffix = randomUUID();
  const make = (prefix: string): string => {
    const path = join(folder, `${prefix}_${suffix}`);
    writeFileSync(path, '');
    return path;
  };
  return {
    GITHUB_OUTPUT: make('set_output'),
    GITHUB_ENV: make('set_env'),
    GITHUB_PATH: make('add_path'),
    GITHUB_STATE: make('save_state'),
    GITHUB_STEP_SUMMARY: make('step_summary'),
  };
}

/** Removes the files of a step that has ended. */
export function removeCommandFiles(files: CommandFiles): void {
  for (const path of Object.values(files) as string[]) rmSync(path, { recursive: true, force: true });
}

/** What a step wrote to its files, ready to be applied. */
export interface FileCommandResult {
  outputs: [string, string][];
  env: [string, string][];
  paths: string[];
  state: [string, string][];
  summary: string | undefined;
  /** Error annotations; `fatal` ones fail the step. */
  errors: { message: string; fatal: boolean }[];
}

/** Reads the files of a step that has ended. A malformed file spoils that file alone, and the step. */
export function readCommandFiles(files: CommandFiles): FileCommandResult {
  const result: FileCommandResult = { outputs: [], env: [], paths: [], state: [], summary: undefined, errors: [] };
  const guarded = (name: string, body: () => void): void => {
    try {
      body();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      result.errors.push({ message: `Unable to process file command '${name}' successfully.`, fatal: true });
      result.errors.push({ message, fatal: true });
    }
  };
  guarded('path', () => {
    result.paths = read(files.GITHUB_PATH)
      .split(/\r\n|\n|\r/)
      .filter((line) => line !== '');
  });
  guarded('env', () => {
    for (const [name, value] of parseKeyValues(read(files.GITHUB_ENV))) {
      if (name.toUpperCase() === 'NODE_OPTIONS') {
        const message = "Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.";
        result.errors.push({ message, fatal: false });
      } else {
        result.env.push([name, value]);
      }
    }
  });
  guarded('step_summary', () => {
    const sizeBytes = statSync(files.GITHUB_STEP_SUMMARY, { throwIfNoEntry: false })?.size ?? 0;
    if (sizeBytes > SUMMARY_BYTES_MAX) {
      const message = `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of ${SUMMARY_BYTES_MAX / 1024}k, got ${Math.floor(sizeBytes / 1024)}k.`;
      result.errors.push({ message, fatal: false });
    } else if (sizeBytes > 0) {
      result.summary = read(files.GITHUB_STEP_SUMMARY);
    }
  });
  guarded('state', () => {
    result.state = parseKeyValues(read(files.GITHUB_STATE));
  });
  guarded('output', () => {
    result.outputs = parseKeyValues(read(files.GITHUB_OUTPUT));
  });
  return result;
}

/** A step may delete its file; the real runner takes that as nothing written. */
function read(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8').replace(/^\uFEFF/, '') : '';
}

/**
 * `NAME=value` lines and `NAME<<DELIMITER … DELIMITER` blocks. Throws with the runner's words for anything else.
 * Lines end with `\n` alone on Linux, so `\r` belongs to the value.
 */
export function parseKeyValues(text: string): [string, string][] {
  const pairs: [string, string][] = [];
  let at = 0;
  const readLine = (): { text: string; ended: boolean } | undefined => {
    if (at >= text.length) return undefined;
    const end = text.indexOf('\n', at);
    const line = end < 0 ? text.slice(at) : text.slice(at, end);
    at = end < 0 ? text.length : end + 1;
    return { text: line, ended: end >= 0 };
  };
  for (let line = readLine(); line !== undefined; line = readLine()) {
    if (line.text === '') continue;
    const equals = line.text.indexOf('=');
    const heredoc = line.text.indexOf('<<');
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      const name = line.text.slice(0, equals);
      if (name === '') throw new Error(`Invalid format '${line.text}'. Name must not be empty`);
      pairs.push([name, line.text.slice(equals + 1)]);
    } else if (heredoc >= 0) {
      const name = line.text.slice(0, heredoc);
      const delimiter = line.text.slice(heredoc + 2);
      if (name === '' || delimiter === '') {
        throw new Error(`Invalid format '${line.text}'. Name must not be empty and delimiter must not be empty`);
      }
      const lines: string[] = [];
      for (let inner = readLine(); inner?.text !== delimiter; inner = readLine()) {
        if (!inner) throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`);
        if (!inner.ended) throw new Error('Invalid value. EOF value must end with a newline');
        lines.push(inner.text);
      }
      pairs.push([name, lines.join('\n')]);
    } else {
      throw new Error(`Invalid format '${line.text}'`);
    }
  }
  return pairs;
}
