import * as v from 'valibot';
import { UserError } from './errors';
import { CHECK_IDS, type CheckId } from './record';

/** A local folder handed to the container as a channel. */
export interface ChannelInput {
  /** 1 to 64 of `A-Za-z0-9.-_`. */
  name: string;
  /** As written: relative to the workspace, or absolute inside it. */
  path: string;
  mode: 'File' | 'FastFile';
  contentType?: string;
}

/** What starts training. */
export type TrainTrigger = 'label' | 'comment' | 'dispatch' | 'pull_request' | 'merge';

/** A BuildKit secret: a literal value or the name of an environment variable of the step. */
export type BuildSecret = { id: string; value: string } | { id: string; environmentName: string };

export interface MetricDefinition {
  name: string;
  /** RE2 syntax with exactly one group. */
  regex: string;
}

/** The action's inputs, parsed and checked. Empty means not given, hence `undefined` or an empty list. */
export interface Inputs {
  dryRun: boolean;
  githubToken: string | undefined;
  context: string;
  file: string | undefined;
  target: string | undefined;
  buildArgs: Record<string, string>;
  secrets: BuildSecret[];
  cacheFrom: string[];
  cacheTo: string[];
  noCache: boolean;
  verify: 'off' | 'standard' | 'strict';
  verifyChannels: ChannelInput[];
  verifyHyperparameters: Record<string, string>;
  verifySkip: CheckId[];
  trainOn: TrainTrigger[];
  backend: 'runner';
  inputDataConfig: ChannelInput[];
  hyperparameters: Record<string, string>;
  metricDefinitions: MetricDefinition[];
  environment: Record<string, string>;
  instanceCount: number;
  onCancel: 'stop' | 'leave';
  comment: boolean;
  commentKey: string | undefined;
  uploadArtifacts: boolean;
}

/** Thrown inside a schema's transform; becomes the issue's message. */
class SyntaxFault extends Error {}

/** A string turned into something else by `parse`, which throws {@link SyntaxFault} with what is wrong. */
function parsed<T>(parse: (text: string) => T): v.GenericSchema<string, T> {
  return v.pipe(
    v.string(),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      try {
        return parse(dataset.value);
      } catch (error) {
        if (!(error instanceof SyntaxFault)) throw error;
        addIssue({ message: error.message });
        return NEVER;
      }
    }),
  );
}

/** YAML 1.2 core booleans, as the toolkit's `getBooleanInput` takes them. */
const bool = parsed((text) => {
  if (/^(true|True|TRUE)$/.test(text)) return true;
  if (/^(false|False|FALSE)$/.test(text)) return false;
  throw new SyntaxFault('must be true or false');
});

const text = parsed((value) => value);
const optionalText = parsed((value) => (value === '' ? undefined : value));

const choice = <const T extends readonly string[]>(allowed: T): v.GenericSchema<string, T[number]> =>
  parsed((value) => {
    if (!allowed.includes(value)) throw new SyntaxFault(`must be one of ${allowed.join(', ')}`);
    return value;
  });

const integer = (least: number, most: number): v.GenericSchema<string, number> =>
  parsed((value) => {
    const number = /^\d{1,9}$/.test(value) ? Number(value) : NaN;
    if (!(number >= least && number <= most)) throw new SyntaxFault(`must be a whole number from ${least} to ${most}`);
    return number;
  });

/** Commas or line breaks between items. */
function splitList(value: string): string[] {
  return value
    .split(/[,\n]/)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

const lineList = parsed((value) =>
  value
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#')),
);

const listOf = <T extends string>(allowed: readonly T[], also?: RegExp): v.GenericSchema<string, T[]> =>
  parsed((value) =>
    splitList(value).map((item) => {
      if (!(allowed as readonly string[]).includes(item) && !also?.test(item)) {
        const hint = didYouMean(item, allowed);
        throw new SyntaxFault(`has «${item}»${hint}; allowed are ${allowed.join(', ')}${also ? ', lint-…' : ''}`);
      }
      return item as T;
    }),
  );

/** One `name=value` a line, split at the first `=`, the value verbatim; `#` starts a comment line. */
function splitLines(value: string, what: string, secret = false): [string, string][] {
  const pairs: [string, string][] = [];
  value.split('\n').forEach((raw, index) => {
    const line = raw.replace(/\r$/, '');
    if (line.trim() === '' || line.trimStart().startsWith('#')) return;
    const at = line.indexOf('=');
    const name = line.slice(0, at).trim();
    if (at < 1 || name === '') {
      const colon = /^\s*([\w.-]+):\s+(.*)$/.exec(line);
      const hint = colon && !secret ? `; write ${colon[1] ?? ''}=${(colon[2] ?? '').slice(0, 40)}` : '';
      throw new SyntaxFault(
        `line ${index + 1}${secret ? '' : `, «${line.trim().slice(0, 60)}»,`} is no ${what}=value${hint}`,
      );
    }
    if (pairs.some(([known]) => known === name))
      throw new SyntaxFault(`line ${index + 1} gives «${name}» a second time`);
    pairs.push([name, line.slice(at + 1)]);
  });
  return pairs;
}

interface PairLimits {
  what: string;
  count?: number;
  name?: RegExp;
  nameMax?: number;
  valueMax?: number;
  /** SageMaker takes no line break in a hyperparameter, of whatever kind. */
  oneLine?: true;
}

const lines = (limits: PairLimits): v.GenericSchema<string, Record<string, string>> =>
  parsed((value) => {
    const pairs = splitLines(value, limits.what);
    if (limits.count !== undefined && pairs.length > limits.count) {
      throw new SyntaxFault(`has ${pairs.length} entries; SageMaker takes at most ${limits.count}`);
    }
    for (const [name, text] of pairs) {
      if (limits.name && !limits.name.test(name))
        throw new SyntaxFault(`«${name}» is no name of the form ${limits.name.source}`);
      if (limits.nameMax !== undefined && name.length > limits.nameMax) {
        throw new SyntaxFault(`the name «${name.slice(0, 40)}…» is longer than ${limits.nameMax} characters`);
      }
      if (limits.oneLine && /[\r\v\f\u0085\u2028\u2029]/.test(name + text)) {
        throw new SyntaxFault(`«${name.slice(0, 40)}» has a line break inside`);
      }
      if (limits.valueMax !== undefined && text.length > limits.valueMax) {
        throw new SyntaxFault(`the value of «${name}» is longer than ${limits.valueMax} characters`);
      }
    }
    return Object.fromEntries(pairs);
  });

// Limits of CreateTrainingJob: 100 entries, key ≤ 256, value ≤ 2500.
const hyperparameters = lines({ what: 'name', count: 100, nameMax: 256, valueMax: 2500, oneLine: true });

const CHANNEL_NAME = /^[A-Za-z0-9._-]{1,64}$/;

/** `train=data/train`, `train=file://data/train`, or `train={"InputMode": "FastFile", "DataSource": …}`. */
const channels = parsed((value): ChannelInput[] => {
  const pairs = splitLines(value, 'channel');
  if (pairs.length > 20) throw new SyntaxFault(`has ${pairs.length} channels; SageMaker takes at most 20`);
  return pairs.map(([name, raw]) => {
    // «.» and «..» fit SageMaker's pattern, yet can be no folder's name.
    if (!CHANNEL_NAME.test(name) || name === '.' || name === '..') {
      throw new SyntaxFault(`«${name}» is no channel name (1 to 64 letters, digits, «.», «_», «-»)`);
    }
    const source = raw.trim();
    return source.startsWith('{')
      ? channelFromJson(name, source)
      : { name, path: localPath(name, source), mode: 'File' };
  });
});

function localPath(channel: string, source: string): string {
  if (/^(s3|https):\/\//.test(source)) {
    throw new SyntaxFault(
      `the channel «${channel}» lies in S3 (${source}), which the backend runner does not read; name a folder of the workspace`,
    );
  }
  const path = source.replace(/^file:\/\//, '');
  if (path === '') throw new SyntaxFault(`the channel «${channel}» names no folder`);
  return path;
}

const channelSchema = v.strictObject({
  ChannelName: v.optional(v.string()),
  ContentType: v.optional(v.pipe(v.string(), v.maxLength(256))),
  CompressionType: v.optional(v.literal('None')),
  RecordWrapperType: v.optional(v.literal('None')),
  InputMode: v.optional(v.picklist(['File', 'FastFile'])),
  DataSource: v.strictObject({
    S3DataSource: v.strictObject({
      S3DataType: v.optional(v.literal('S3Prefix')),
      S3Uri: v.string(),
      S3DataDistributionType: v.optional(v.literal('FullyReplicated')),
    }),
  }),
});

function channelFromJson(name: string, source: string): ChannelInput {
  let json: unknown;
  try {
    json = JSON.parse(source);
  } catch (error) {
    throw new SyntaxFault(`the channel «${name}» is no JSON: ${error instanceof Error ? error.message : ''}`);
  }
  const result = v.safeParse(channelSchema, json);
  if (!result.success) {
    const issue = result.issues[0];
    throw new SyntaxFault(`the channel «${name}»: ${v.getDotPath(issue) ?? 'value'}: ${issue.message}`);
  }
  const channel = result.output;
  if (channel.ChannelName !== undefined && channel.ChannelName !== name) {
    throw new SyntaxFault(`the channel «${name}» calls itself «${channel.ChannelName}» in its JSON`);
  }
  return {
    name,
    path: localPath(name, channel.DataSource.S3DataSource.S3Uri),
    mode: channel.InputMode ?? 'File',
    ...(channel.ContentType === undefined ? {} : { contentType: channel.ContentType }),
  };
}

const secrets = parsed((value): BuildSecret[] =>
  splitLines(value, 'id', true).map(([id, text]) => {
    if (!/^[A-Za-z0-9._-]{1,128}$/.test(id)) throw new SyntaxFault(`«${id}» is no secret id`);
    if (!text.startsWith('@')) return { id, value: text };
    const environmentName = text.slice(1).trim();
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(environmentName)) {
      throw new SyntaxFault(`the secret «${id}» takes its value from «@…», which names no environment variable`);
    }
    return { id, environmentName };
  }),
);

const metricDefinitions = parsed((value): MetricDefinition[] => {
  const pairs = splitLines(value, 'name');
  if (pairs.length > 40) throw new SyntaxFault(`has ${pairs.length} definitions; SageMaker takes at most 40`);
  return pairs.map(([name, regex]) => {
    if (name.length > 255) throw new SyntaxFault('a metric name is longer than 255 characters');
    if (regex === '' || regex.length > 500) {
      throw new SyntaxFault(`the regex of «${name}» has ${regex.length} characters; allowed are 1 to 500`);
    }
    return { name, regex };
  });
});

/** One row of the input table: what action.yml, the README and the parser know of it. */
export interface InputDescription {
  readonly name: string;
  /** As `interface.md` calls it: bool, string, path, list, lines, enum, int. */
  readonly type: string;
  /** As written in action.yml. */
  readonly default: string;
  /** One plain sentence; Markdown. */
  readonly help: string;
  /** Never shown in a log or message. */
  readonly secret?: true;
}

function input<T>(
  description: InputDescription,
  schema: v.GenericSchema<string, T>,
): InputDescription & { schema: v.GenericSchema<string, T> } {
  return { ...description, schema };
}

/**
 * The only description of the inputs, in the order of the README table. The key is the property of {@link Inputs}.
 * `action.yml` and the README table are generated from it (`npm run docs`).
 */
export const INPUTS = {
  dryRun: input(
    { name: 'dry-run', type: 'bool', default: 'false', help: 'Print the plan with its reasons and stop.' },
    bool,
  ),
  githubToken: input(
    {
      name: 'github-token',
      type: 'string',
      default: '${{ github.token }}',
      help: 'For the comment and for permissions; needs `pull-requests: write` to comment.',
      secret: true,
    },
    optionalText,
  ),
  context: input({ name: 'context', type: 'path', default: '.', help: 'Build context, inside the workspace.' }, text),
  file: input(
    { name: 'file', type: 'path', default: '', help: 'Dockerfile; empty means `{context}/Dockerfile`.' },
    optionalText,
  ),
  target: input({ name: 'target', type: 'string', default: '', help: 'Build stage to stop at.' }, optionalText),
  buildArgs: input(
    { name: 'build-args', type: 'lines', default: '', help: 'Build arguments, `NAME=value` a line.' },
    lines({ what: 'NAME', name: /^[A-Za-z_][A-Za-z0-9_]*$/ }),
  ),
  secrets: input(
    {
      name: 'secrets',
      type: 'lines',
      default: '',
      help: 'BuildKit secrets, `id=value` or `id=@ENV_NAME` a line; never in argv or the log.',
      secret: true,
    },
    secrets,
  ),
  cacheFrom: input(
    { name: 'cache-from', type: 'lines', default: '', help: 'Layer caches to read, one a line (buildx syntax).' },
    lineList,
  ),
  cacheTo: input(
    { name: 'cache-to', type: 'lines', default: '', help: 'Layer caches to write, one a line (buildx syntax).' },
    lineList,
  ),
  noCache: input({ name: 'no-cache', type: 'bool', default: 'false', help: 'Ignore the layer cache.' }, bool),
  verify: input(
    {
      name: 'verify',
      type: 'enum',
      default: 'standard',
      help: '`off`, `standard`, or `strict` (advisory checks turn the run red too).',
    },
    choice(['off', 'standard', 'strict']),
  ),
  verifyChannels: input(
    { name: 'verify-channels', type: 'lines', default: '', help: 'Small samples for verify, `channel=folder` a line.' },
    channels,
  ),
  verifyHyperparameters: input(
    {
      name: 'verify-hyperparameters',
      type: 'lines',
      default: '',
      help: 'Laid over `hyperparameters` while verifying, so that a run takes seconds.',
    },
    hyperparameters,
  ),
  verifySkip: input(
    { name: 'verify-skip', type: 'list', default: '', help: 'Ids of checks not to run.' },
    listOf<CheckId>(CHECK_IDS, /^lint-[a-z-]+$/),
  ),
  trainOn: input(
    {
      name: 'train-on',
      type: 'list',
      default: 'label,comment,dispatch',
      help: 'What starts training: `label`, `comment`, `dispatch`, `pull_request`, `merge`.',
    },
    listOf<TrainTrigger>(['label', 'comment', 'dispatch', 'pull_request', 'merge']),
  ),
  backend: input(
    { name: 'backend', type: 'enum', default: 'runner', help: 'Where training runs: `runner`, this machine.' },
    choice(['runner']),
  ),
  inputDataConfig: input(
    {
      name: 'input-data-config',
      type: 'lines',
      default: '',
      help: 'Training data, `channel=folder` a line, or `channel={…}`, a Channel as JSON with a `file://` URI.',
    },
    channels,
  ),
  hyperparameters: input(
    {
      name: 'hyperparameters',
      type: 'lines',
      default: '',
      help: '`name=value` a line; strings, as SageMaker has them.',
    },
    hyperparameters,
  ),
  metricDefinitions: input(
    {
      name: 'metric-definitions',
      type: 'lines',
      default: '',
      help: '`name=regex` a line; one group that captures a number.',
    },
    metricDefinitions,
  ),
  environment: input(
    { name: 'environment', type: 'lines', default: '', help: "The container's environment, `NAME=value` a line." },
    lines({ what: 'NAME', count: 100, name: /^[A-Za-z_][A-Za-z0-9_]*$/, nameMax: 512, valueMax: 512 }),
  ),
  instanceCount: input(
    { name: 'instance-count', type: 'int', default: '1', help: 'Nodes: containers on a network of their own.' },
    integer(1, 20),
  ),
  onCancel: input(
    {
      name: 'on-cancel',
      type: 'enum',
      default: 'stop',
      help: 'What a cancelled workflow does with a training: `stop` or `leave`; on the runner always `stop`.',
    },
    choice(['stop', 'leave']),
  ),
  comment: input(
    { name: 'comment', type: 'bool', default: 'true', help: 'Keep one comment on the pull request up to date.' },
    bool,
  ),
  commentKey: input(
    {
      name: 'comment-key',
      type: 'string',
      default: '',
      help: 'Which comment is ours; empty means one for each workflow, job and matrix entry.',
    },
    optionalText,
  ),
  uploadArtifacts: input(
    {
      name: 'upload-artifacts',
      type: 'bool',
      default: 'true',
      help: 'Keep model, output, record and pictures as a workflow artifact.',
    },
    bool,
  ),
} satisfies { [K in keyof Inputs]: InputDescription & { schema: v.GenericSchema<string, Inputs[K]> } };

/**
 * Parses what action.yml hands over: a JSON object of strings (`${{ toJSON(inputs) }}`).
 *
 * @throws UserError that lists every wrong input: its name, its value, what is allowed.
 */
export function parseInputs(json: string | undefined): Inputs {
  const given = readObject(json);
  const descriptions = Object.entries(INPUTS) as [keyof Inputs, (typeof INPUTS)[keyof Inputs]][];
  const faults: string[] = [];

  const known = new Set<string>(descriptions.map(([, { name }]) => name));
  for (const name of Object.keys(given)) {
    if (!known.has(name)) faults.push(`\`${name}\`: there is no such input${didYouMean(name, [...known])}`);
  }

  const result: Partial<Record<keyof Inputs, unknown>> = {};
  for (const [key, description] of descriptions) {
    // Empty means not given: the default counts (which is empty for those without one). A token default is an
    // expression that the runner has already evaluated; outside a runner it must not be taken literally.
    const fallback = description.default.startsWith('${{') ? '' : description.default;
    const value = given[description.name];
    const outcome = v.safeParse(description.schema, value === undefined || value === '' ? fallback : value);
    if (outcome.success) result[key] = outcome.output;
    else faults.push(faultLine(description, value ?? '', outcome.issues[0].message));
  }
  if (faults.length === 0) checkCombinations(result as unknown as Inputs, faults);
  if (faults.length > 0) {
    throw new UserError(
      faults.length === 1 ? `Input ${faults[0]}` : `${faults.length} inputs are wrong:\n- ${faults.join('\n- ')}`,
      {
        fix: 'Correct the `with:` block of the step that uses this action.',
      },
    );
  }
  return result as unknown as Inputs;
}

/** `; did you mean «x»?` for a word within two slips of a known one, else nothing. */
function didYouMean(word: string, known: readonly string[]): string {
  const near = known.map((name) => ({ name, slips: slipsBetween(word, name) })).sort((a, b) => a.slips - b.slips)[0];
  return near !== undefined && near.slips <= 2 ? `; did you mean «${near.name}»?` : '';
}

/** Levenshtein's distance; words here are short. */
function slipsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= Math.min(a.length, 60); i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** Combinations that no single input can refuse. */
function checkCombinations(inputs: Inputs, faults: string[]): void {
  if (inputs.onCancel === 'leave') {
    faults.push(
      '`on-cancel: leave`: with `backend: runner` the container ends with the runner, so nothing can be left running; use `on-cancel: stop`',
    );
  }
}

function faultLine(description: InputDescription, value: string, message: string): string {
  if (description.secret) return `\`${description.name}\`: ${message}`;
  const shown = value.length > 80 ? `${value.slice(0, 80)}…` : value;
  return `\`${description.name}\`: ${message} (it is ${JSON.stringify(shown)})`;
}

function readObject(json: string | undefined): Record<string, string> {
  if (json === undefined || json === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new UserError('BYOC_INPUTS is no JSON.', {
      fix: 'It is set by action.yml as `${{ toJSON(inputs) }}`; by hand, give an object of strings.',
      cause: error,
    });
  }
  const result = v.safeParse(v.record(v.string(), v.string()), value);
  if (!result.success) {
    throw new UserError('BYOC_INPUTS is no object of strings.', {
      fix: 'It is set by action.yml as `${{ toJSON(inputs) }}`; by hand, quote every value.',
    });
  }
  return result.output;
}
