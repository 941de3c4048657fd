import { neutralise } from '../../neutralise';
import type { Channel } from '../runner';
import { listTree } from '../tree';
import { crashOf, dataErrorOf, type Crash, type DataError } from './crash';
import { quoted, type PromiseId, type Scorecard } from './scorecard';
import { ending, lastWords, logOf, observe, succeeded, type Observation, type Workbench } from './workbench';

/** Which promise a failed run breaks. */
interface Blame {
  id: PromiseId;
  proof: string;
  fix: string;
  /** When the program itself crashed, and no promise of the contract is the cause: its error in one line. Untrusted. */
  crash?: string;
}

const ENTRYPOINT_FIX =
  'SageMaker runs `docker run IMAGE train`. Either set ENTRYPOINT ["python", "/opt/program/train.py"] and accept the ' +
  'argument `train`, or put an executable program called `train` on PATH.';
const ARGUMENT_FIX =
  'Accept the extra word: `parser.add_argument("command", nargs="?")`, or `parse_known_args()` instead of `parse_args()`.';

/** How programs say that they do not understand the word `train`. */
const ARGUMENT_REFUSALS: readonly RegExp[] = [
  /unrecognized arguments?:.*\btrain\b/i,
  /unexpected (?:extra )?argument.*\btrain\b/i,
  /invalid choice: ['"]?train\b/i,
  /no such command ['"`]?train\b/i,
  /unknown (?:command|argument|option)s?:? ['"`]?train\b/i,
  /can't open file ['"][^'"]*\btrain['"]/i,
  /cannot open ['"`]?train\b/i,
  /\btrain: (?:not found|command not found|no such file or directory)/i,
];

/** How the engine says that there is nothing to start. */
const START_ERRORS: readonly { pattern: RegExp; cause: string; fix: string }[] = [
  {
    pattern: /executable file not found|no such file or directory/i,
    cause: 'there is no program to start',
    fix: ENTRYPOINT_FIX,
  },
  {
    pattern: /permission denied/i,
    cause: 'the program is not executable',
    fix: 'Make it executable before or while it is copied: `COPY --chmod=755 train /usr/local/bin/train`.',
  },
  {
    pattern: /exec format error/i,
    cause: 'the program is for another processor, or a script without a `#!` line',
    fix: 'Begin the script with `#!/usr/bin/env python3` (or its interpreter), and build for linux/amd64.',
  },
];

/** So many names of a sample are shown. */
const NAMES_SHOWN = 5;

/**
 * Judges the undisturbed run. When it failed, finds out which promise is broken: that one fails, and the caller skips
 * what needs a run.
 *
 * @returns the id of the broken promise, if any
 */
export async function judgeMainRun(
  bench: Workbench,
  run: Observation,
  scorecard: Scorecard,
): Promise<PromiseId | undefined> {
  if (succeeded(run)) {
    await scorecard.pass('train-argument', `\`docker run IMAGE train\` ended with exit code 0`, run.seconds);
    return undefined;
  }
  const blame = await findBlame(bench, run);
  if (blame.id === 'hyperparameters' && !scorecard.isDecided('hyperparameters')) {
    // Without hyperparameters it ran: the argument is understood.
    await scorecard.pass('train-argument', 'started with `train`; it fails by its hyperparameters only', run.seconds);
  }
  // A check that is not to be made must not hide that training does not work at all.
  const id = scorecard.isDecided(blame.id) && blame.id !== 'train-argument' ? 'train-argument' : blame.id;
  await scorecard.fail(id, blame.proof, blame.fix, run.seconds, {
    log: logOf(run),
    ...(blame.crash === undefined ? {} : { crash: blame.crash }),
  });
  return id;
}

async function findBlame(bench: Workbench, run: Observation): Promise<Blame> {
  if (run.startError !== undefined) {
    const known = START_ERRORS.find(({ pattern }) => pattern.test(run.startError ?? ''));
    return {
      id: 'train-argument',
      proof: `${known?.cause ?? 'the container could not be started'}: ${lastWords(run)}`,
      fix: known?.fix ?? ENTRYPOINT_FIX,
    };
  }
  if (run.result.secondaryStatus === 'MaxRuntimeExceeded') {
    return {
      id: 'train-argument',
      proof: `training was still running after ${bench.times.mainRunSeconds} s`,
      fix: 'Make the run short: fewer epochs in `verify-hyperparameters`, a smaller sample in `verify-channels`.',
    };
  }
  const words = [...run.tail, run.failureText ?? ''];
  const refusal = words.find(
    // A channel may be called `train`, too.
    (line) => !line.includes('/opt/ml/input/') && ARGUMENT_REFUSALS.some((pattern) => pattern.test(line)),
  );
  if (refusal !== undefined) {
    return {
      id: 'train-argument',
      proof: `${ending(run)}: ${quoted(refusal)}`,
      fix: /can't open file|cannot open|not found|no such file/i.test(refusal) ? ENTRYPOINT_FIX : ARGUMENT_FIX,
    };
  }
  const crash = crashOf(run.tail, run.failureText);
  return (
    (await blameOnChannels(bench.channels, run, crash)) ??
    (await blameOnHyperparameters(bench, run)) ??
    blameOnTraining(run, crash)
  );
}

/**
 * Only when the error itself is about data under /opt/ml/input/data that the sample does not have: a crash of another kind
 * may well name a path there.
 */
async function blameOnChannels(
  channels: readonly Channel[],
  run: Observation,
  crash: Crash | undefined,
): Promise<Blame | undefined> {
  const error = crash && dataErrorOf(crash.error);
  if (!crash || !error) return undefined;
  const given = channels.map(({ name }) => name);
  const channel = channels.find(({ name }) => name === error.channel);
  const where = crash.frame === undefined ? '' : ` (${plain(crash.frame)})`;
  const proof = `${ending(run)}: ${quoted(crash.error)}${where}`;
  if (channel) {
    const fix = await sampleFix(channel, error);
    return fix === undefined ? undefined : { id: 'channels', proof, fix };
  }
  const givenText = given.length === 0 ? 'no channel was given' : `the channels given are ${given.join(', ')}`;
  return {
    id: 'channels',
    proof: `${proof}; ${givenText}`,
    fix:
      error.channel !== ''
        ? `Give the channel in \`verify-channels\`: ${quoted(error.channel, 64)}=path/of/a/sample, or let the program read a channel that is given.`
        : given.length === 0
          ? 'Give a small sample of each channel in `verify-channels`, one `name=folder` a line.'
          : `Read the data from ${given.map((name) => `/opt/ml/input/data/${name}`).join(', ')}, where SageMaker puts it.`,
  };
}

/** What to change when a given channel does not hold what the program wants; nothing when it does hold it. */
async function sampleFix({ name, path }: Channel, error: DataError): Promise<string | undefined> {
  const { files, directories } = await listTree(path, `channel «${name}»`);
  const isFile = files.some((file) => file.name === error.rest);
  const isFolder = error.rest === '' || directories.includes(error.rest);
  const holds = holdings(files.map((file) => file.name));
  if (error.kind === 'empty' && (isFile || isFolder)) {
    return `The program finds nothing that it can use in \`${plain(error.path)}\` of the sample given as \`${name}\` (it holds: ${holds}): correct what it looks for, or add such files to the sample.`;
  }
  // It is there: whatever the error means, the sample is not the cause.
  if (isFile || isFolder) return undefined;
  return `\`${plain(error.path)}\` is not in the sample given as \`${name}\` (it holds: ${holds}): correct the name in the program, or add the file to the sample.`;
}

function holdings(names: readonly string[]): string {
  if (names.length === 0) return 'nothing';
  return names.slice(0, NAMES_SHOWN).map(plain).join(', ') + (names.length > NAMES_SHOWN ? '…' : '');
}

/** A name or path of others for a sentence of ours: one line, and without backticks, which would end our code spans. */
function plain(text: string): string {
  return neutralise(text, 200).replaceAll('`', "'");
}

/**
 * Runs once more with no hyperparameter at all. When it then ends well, or lives on well past the moment at which it failed,
 * the hyperparameters were what it choked on.
 */
async function blameOnHyperparameters(bench: Workbench, run: Observation): Promise<Blame | undefined> {
  const names = Object.keys(bench.hyperparameters);
  if (names.length === 0) return undefined;
  const without = await observe(bench, 'Run without hyperparameters, to find the cause', {
    hyperparameters: {},
    maxRuntimeSeconds: Math.ceil(3 * run.seconds + 15),
  });
  const outlived = without.result.secondaryStatus === 'MaxRuntimeExceeded';
  if (!succeeded(without) && !outlived) return undefined;
  const numbers = names.filter((name) => typeof parsed(bench.hyperparameters[name] ?? '') !== 'string');
  return {
    id: 'hyperparameters',
    proof: `${ending(run)} with ${names.length === 1 ? 'its hyperparameter' : `its ${names.length} hyperparameters`}, ${outlived ? 'trains' : 'exit code 0'} with none: ${lastWords(run)}`,
    fix:
      'In hyperparameters.json every value is a string' +
      (numbers.length > 0 ? ` ("${numbers[0] ?? ''}": "${bench.hyperparameters[numbers[0] ?? ''] ?? ''}")` : '') +
      ': decode each with json.loads(value), and keep it as it is where that fails. If a value is wrong, correct `hyperparameters` or `verify-hyperparameters`.',
  };
}

function blameOnTraining(run: Observation, crash: Crash | undefined): Blame {
  const outOfMemory = run.result.nodes.some(({ oomKilled }) => oomKilled) || run.exitCode === 137;
  const said = crash && !outOfMemory ? quoted(crash.error, 300) : lastWords(run);
  const frame = crash?.frame === undefined ? undefined : plain(crash.frame);
  return {
    id: 'train-argument',
    proof: `${ending(run)}: ${said}${frame === undefined ? '' : ` (${frame})`}`,
    fix: outOfMemory
      ? 'It was killed, most likely for want of memory: make batches or the sample smaller for verify, or take a larger runner.'
      : `Fix the program${frame === undefined ? '' : ` at \`${frame}\``}; \`docker run IMAGE train\` with the same files shows the error again.`,
    crash: outOfMemory || !crash ? ending(run) : neutralise(crash.error, 300),
  };
}

/** The value as JSON has it, else the string itself. */
function parsed(value: string): unknown {
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
