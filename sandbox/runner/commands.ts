import { readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';

/**
 * The runner's reading of a step's output, line by line (actions/runner: ActionCommand.cs, ActionCommandManager.cs,
 * OutputManager.cs). Both streams of a step share one {@link StepOutput}, as they share one command manager there.
 */

/** A workflow command as found in a line. */
export interface WorkflowCommand {
  /** As written; names are compared without regard to case. */
  readonly name: string;
  /** Keyed by lower-case name. */
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
  /** `::name k=v::data` at the start of a line, or `##[name k=v]data` anywhere in it. */
  readonly form: 'V1' | 'V2';
}

export type AnnotationKind = 'error' | 'warning' | 'notice';

/** Cuts a stream into lines at `\n`, `\r\n` and a lone `\r`, as .NET's ReadLine does. Holds one line at most. */
export class LineSplitter {
  private pending: string[] = [];
  private afterReturn = false;

  constructor(private readonly onLine: (line: string) => void) {}

  push(chunk: string): void {
    let start = 0;
    if (this.afterReturn && chunk !== '') {
      this.afterReturn = false;
      if (chunk.startsWith('\n')) start = 1;
    }
    const ends = /\r\n|\n|\r/g;
    ends.lastIndex = start;
    for (let match = ends.exec(chunk); match; match = ends.exec(chunk)) {
      this.emit(chunk.slice(start, match.index));
      start = ends.lastIndex;
      this.afterReturn = match[0] === '\r' && start === chunk.length;
    }
    if (start < chunk.length) this.pending.push(chunk.slice(start));
  }

  /** The stream has ended: what is left is a line too. */
  end(): void {
    if (this.pending.length > 0) this.emit('');
  }

  private emit(last: string): void {
    if (this.pending.length === 0) {
      this.onLine(last);
      return;
    }
    this.pending.push(last);
    const line = this.pending.join('');
    this.pending = [];
    this.onLine(line);
  }
}

const COMMANDS = [
  'stop-commands',
  'set-env',
  'set-output',
  'save-state',
  'add-mask',
  'add-path',
  'add-matcher',
  'remove-matcher',
  'debug',
  'warning',
  'error',
  'notice',
  'group',
  'endgroup',
  'echo',
] as const;

/** The names the runner knows. */
export const REGISTERED_COMMANDS: ReadonlySet<string> = new Set(COMMANDS);

/** White space as .NET's TrimStart sees it: unlike JavaScript's with U+0085, without U+FEFF. */
const LEADING_SPACE = /^[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;

/**
 * Characters that .NET's culture-sensitive comparisons take for nothing. The runner compares that way, so a line may
 * hold them anywhere in the marks and be a command all the same.
 */
const IGNORABLE = /(?![\t\n\v\f\r\u0085])[\p{Cc}\p{Cf}]/gu;

/** The command in a line, or nothing. `registered` holds lower-case names. */
export function parseCommand(
  line: string,
  registered: ReadonlySet<string> = REGISTERED_COMMANDS,
): WorkflowCommand | undefined {
  const ordinal = parseOrdinal(line, registered);
  if (ordinal) return ordinal;
  const plain = line.replace(IGNORABLE, '');
  return plain.length === line.length ? undefined : parseOrdinal(plain, registered);
}

function parseOrdinal(line: string, registered: ReadonlySet<string>): WorkflowCommand | undefined {
  return parseV2(line, registered) ?? parseV1(line, registered);
}

function parseV2(line: string, registered: ReadonlySet<string>): WorkflowCommand | undefined {
  if (!line.includes('::')) return undefined;
  const message = line.replace(LEADING_SPACE, '');
  if (!message.startsWith('::')) return undefined;
  const end = message.indexOf('::', 2);
  if (end < 0) return undefined;
  return build(message.slice(2, end), message.slice(end + 2), 'V2', registered);
}

function parseV1(line: string, registered: ReadonlySet<string>): WorkflowCommand | undefined {
  const start = line.indexOf('##[');
  if (start < 0) return undefined;
  const end = line.indexOf(']', start);
  if (end < 0) return undefined;
  return build(line.slice(start + 3, end), line.slice(end + 1), 'V1', registered);
}

function build(
  head: string,
  data: string,
  form: 'V1' | 'V2',
  registered: ReadonlySet<string>,
): WorkflowCommand | undefined {
  const space = head.indexOf(' ');
  const name = space < 0 ? head : head.slice(0, space);
  if (!registered.has(name.toLowerCase())) return undefined;
  const properties: Record<string, string> = {};
  if (space > 0) {
    const list = form === 'V2' ? head.slice(space + 1).trim() : head.slice(space + 1);
    for (const part of list.split(form === 'V2' ? ',' : ';')) {
      const equals = part.indexOf('=');
      const key = part.slice(0, equals);
      const value = part.slice(equals + 1);
      if (equals > 0 && value !== '')
        properties[key.toLowerCase()] = unescape(value, form === 'V2' ? PROPERTY : V1_ALL);
    }
  }
  return { name, properties, data: unescape(data, form === 'V2' ? DATA : V1_ALL), form };
}

// In the runner's order: %25 last, so that %2525 becomes %25.
const DATA = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%25', '%'],
] as const;
const PROPERTY = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%3A', ':'],
  ['%2C', ','],
  ['%25', '%'],
] as const;
const V1_ALL = [
  ['%3B', ';'],
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%5D', ']'],
  ['%25', '%'],
] as const;

function unescape(text: string, mappings: readonly (readonly [string, string])[]): string {
  if (!text.includes('%')) return text;
  return mappings.reduce((result, [escaped, plain]) => result.replaceAll(escaped, plain), text);
}

/** What a step's output may bring about in the job. */
export interface CommandEffects {
  /** A line for the log, not yet masked. */
  output(line: string): void;
  annotate(kind: AnnotationKind, message: string, properties: Readonly<Record<string, string>>): void;
  debug(message: string): void;
  setOutput(name: string, value: string): void;
  saveState(name: string, value: string): void;
  addMask(value: string, withLines: boolean): void;
  /** Shared by the whole job. */
  readonly job: JobOutputState;
  /** A command was obeyed (or refused with an error). */
  acted(command: WorkflowCommand): void;
  /** The step fails, whatever its exit code (a command that could not be processed). */
  failStep(): void;
  readonly workspace: string;
}

/** State of the job that commands of any step change. */
export interface JobOutputState {
  echo: boolean;
  matchers: ProblemMatcher[];
}

/** One registered problem matcher, of which single- and multi-line patterns without `loop` are played. */
export interface ProblemMatcher {
  readonly owner: string;
  readonly severity: string;
  readonly patterns: readonly MatcherPattern[];
}

interface MatcherPattern {
  readonly regexp: RegExp;
  readonly groups: Readonly<Record<string, number>>;
}

/** A stop token that the runner refuses: the step fails at once and its output is read no further. */
export class RefusedStopToken extends Error {
  override readonly name = 'RefusedStopToken';
}

const DEPRECATED = (name: string): string =>
  `The \`${name}\` command is deprecated and will be disabled soon. Please upgrade to using Environment Files. For more information see: https://github.blog/changelog/2022-10-11-github-actions-deprecating-save-state-and-set-output-commands/`;
const DISABLED = (name: string): string =>
  `The \`${name}\` command is disabled. Please upgrade to using Environment Files or opt into unsecure command execution by setting the \`ACTIONS_ALLOW_UNSECURE_COMMANDS\` environment variable to \`true\`. For more information see: https://github.blog/changelog/2020-10-01-github-actions-deprecating-set-env-and-add-path-commands/`;
const BAD_STOP_TOKEN =
  "You cannot use a endToken that is an empty string, the string 'pause-logging', or another workflow command.";

/** Reads the lines of one step. */
export class StepOutput {
  private readonly registered = new Set(REGISTERED_COMMANDS);
  private stopToken: string | undefined;
  /** How many patterns of a multi-line matcher have matched so far, and what they found. */
  private readonly progress = new Map<ProblemMatcher, { index: number; found: Record<string, string> }>();

  constructor(private readonly effects: CommandEffects) {}

  /** Takes one line. Throws {@link RefusedStopToken}. */
  line(text: string): void {
    const command = parseCommand(text, this.registered);
    if (command && this.obey(command, text)) return;
    if (this.effects.job.matchers.length > 0 && this.match(text)) return;
    this.effects.output(text);
  }

  private obey(command: WorkflowCommand, line: string): boolean {
    const name = command.name.toLowerCase();
    if (this.stopToken !== undefined) {
      if (name !== this.stopToken.toLowerCase()) return false;
      this.effects.output(line);
      this.registered.delete(this.stopToken.toLowerCase());
      this.stopToken = undefined;
      this.effects.acted(command);
      return true;
    }
    if (name === 'stop-commands') {
      this.stop(command, line);
      return true;
    }
    this.effects.acted(command);
    if (this.effects.job.echo && name !== 'add-mask' && !QUIET.has(name)) this.effects.output(line);
    try {
      this.process(name, command);
    } catch (error) {
      this.effects.annotate(
        'error',
        `Unable to process command '${name === 'add-mask' ? name : line}' successfully.`,
        {},
      );
      this.effects.annotate('error', error instanceof Error ? error.message : String(error), {});
      this.effects.failStep();
    }
    return true;
  }

  private stop(command: WorkflowCommand, line: string): void {
    const token = command.data;
    if (token === '' || token.toLowerCase() === 'pause-logging' || this.registered.has(token.toLowerCase())) {
      throw new RefusedStopToken(BAD_STOP_TOKEN);
    }
    this.effects.acted(command);
    this.stopToken = token;
    this.registered.add(token.toLowerCase());
    if (token.length > 6) this.effects.addMask(token, false);
    this.effects.output(line);
  }

  private process(name: string, command: WorkflowCommand): void {
    const { effects } = this;
    const { data, properties } = command;
    const required = (): string => {
      const value = properties['name'];
      if (value === undefined) throw new Error(`Required field 'name' is missing in ##[${name}] command.`);
      return value;
    };
    switch (name) {
      case 'add-mask':
        if (data.trim() === '') {
          effects.annotate('warning', "Can't add secret mask for empty string in ##[add-mask] command.", {});
        } else {
          if (effects.job.echo) effects.output('::add-mask::***');
          effects.addMask(data, true);
        }
        break;
      case 'set-output':
        effects.annotate('warning', DEPRECATED(name), {});
        effects.setOutput(required(), data);
        break;
      case 'save-state':
        effects.annotate('warning', DEPRECATED(name), {});
        effects.saveState(required(), data);
        break;
      case 'set-env':
      case 'add-path':
        throw new Error(DISABLED(name));
      case 'error':
      case 'warning':
      case 'notice':
        effects.annotate(name, data, properties);
        break;
      case 'group':
        effects.output(`##[group]${data}`);
        break;
      case 'endgroup':
        effects.output('##[endgroup]');
        break;
      case 'debug':
        effects.debug(data);
        break;
      case 'echo':
        this.echo(data);
        break;
      case 'add-matcher':
        this.addMatcher(data);
        break;
      case 'remove-matcher':
        this.removeMatcher(properties['owner'], data);
        break;
      default:
        effects.annotate('warning', `Can't find command extension for ##[${name}.command].`, {});
    }
  }

  private echo(value: string): void {
    const choice = value.trim().toUpperCase();
    if (choice !== 'ON' && choice !== 'OFF') {
      throw new Error(`Invalid echo command value. Possible values can be: 'on', 'off'. Current value is: '${value}'.`);
    }
    this.effects.job.echo = choice === 'ON';
  }

  private addMatcher(file: string): void {
    if (file === '') {
      this.effects.annotate('warning', 'File path must be specified.', {});
      return;
    }
    const added = readMatchers(isAbsolute(file) ? file : join(this.effects.workspace, file));
    const owners = new Set(added.map((matcher) => matcher.owner.toLowerCase()));
    const kept = this.effects.job.matchers.filter((matcher) => !owners.has(matcher.owner.toLowerCase()));
    this.effects.job.matchers = [...added, ...kept];
  }

  private removeMatcher(owner: string | undefined, file: string): void {
    if (owner !== undefined && file !== '') {
      this.effects.annotate(
        'warning',
        'Either specify an owner name or a file path in ##[remove-matcher] command. Both values cannot be set.',
        {},
      );
      return;
    }
    const path = isAbsolute(file) ? file : join(this.effects.workspace, file);
    const owners = owner === undefined ? readMatchers(path).map((matcher) => matcher.owner) : [owner];
    const folded = new Set(owners.map((name) => name.toLowerCase()));
    this.effects.job.matchers = this.effects.job.matchers.filter((item) => !folded.has(item.owner.toLowerCase()));
  }

  private match(line: string): boolean {
    for (const matcher of this.effects.job.matchers) {
      const state = this.progress.get(matcher) ?? { index: 0, found: {} };
      const pattern = matcher.patterns[state.index];
      const match = pattern?.regexp.exec(line);
      if (!pattern || !match) {
        this.progress.delete(matcher);
        continue;
      }
      for (const [key, group] of Object.entries(pattern.groups)) state.found[key] = match[group] ?? '';
      state.index += 1;
      if (state.index < matcher.patterns.length) {
        this.progress.set(matcher, state);
        continue;
      }
      this.progress.clear();
      const { message = '', severity = matcher.severity, ...properties } = state.found;
      const kind = (severity === '' ? 'error' : severity).toLowerCase();
      if (message.trim() !== '' && (kind === 'error' || kind === 'warning' || kind === 'notice')) {
        this.effects.annotate(kind, message, properties);
        return true;
      }
    }
    return false;
  }
}

/** These say what they do in the log themselves. */
const QUIET: ReadonlySet<string> = new Set(['error', 'warning', 'notice', 'group', 'endgroup', 'debug']);

function readMatchers(path: string): ProblemMatcher[] {
  const config: unknown = JSON.parse(readFileSync(path, 'utf8'));
  const list = field(config, 'problemMatcher');
  if (!Array.isArray(list)) return [];
  return list.map((item: unknown) => {
    const owner = field(item, 'owner');
    const pattern = field(item, 'pattern');
    if (typeof owner !== 'string' || owner === '') throw new Error('Owner must not be empty');
    if (!Array.isArray(pattern) || pattern.length === 0)
      throw new Error(`Matcher '${owner}' does not contain any patterns`);
    const severity = field(item, 'severity');
    return { owner, severity: typeof severity === 'string' ? severity : '', patterns: pattern.map(readPattern) };
  });
}

function readPattern(item: unknown): MatcherPattern {
  const regexp = field(item, 'regexp');
  if (typeof regexp !== 'string') throw new Error('Regexp must not be empty');
  const groups: Record<string, number> = {};
  for (const key of ['file', 'fromPath', 'line', 'column', 'severity', 'code', 'message']) {
    const group = field(item, key);
    if (typeof group === 'number') groups[key] = group;
  }
  return { regexp: new RegExp(regexp), groups };
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
