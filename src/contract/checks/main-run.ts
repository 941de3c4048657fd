import { quoted, type PromiseId, type Scorecard } from './scorecard';
import { ending, lastWords, observe, succeeded, type Observation, type Workbench } from './workbench';

/** Which promise a failed run breaks. */
interface Blame {
  id: PromiseId;
  proof: string;
  fix: string;
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

/** A path that a program looked for and did not find. */
const MISSING_PATH =
  /(?:no such file or directory|does not exist|not found|cannot open file|missing)[:\s]*['"]?(\/[^\s'":]+)|['"]?(\/[^\s'":]+)['"]?:? (?:no such file or directory|does not exist|is missing|not found)/i;
/** Paths whose absence says nothing of channels. */
const NO_DATA_PATH =
  /^\/(?:usr|lib|lib64|bin|sbin|proc|sys|dev|etc)\/|^\/opt\/ml\/(?:model|output|checkpoints|code|input\/config)\b/;

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
  await scorecard.fail(id, blame.proof, blame.fix, run.seconds);
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
  const refusal = words.find((line) => ARGUMENT_REFUSALS.some((pattern) => pattern.test(line)));
  if (refusal !== undefined) {
    return {
      id: 'train-argument',
      proof: `${ending(run)}: ${quoted(refusal)}`,
      fix: /can't open file|cannot open|not found|no such file/i.test(refusal) ? ENTRYPOINT_FIX : ARGUMENT_FIX,
    };
  }
  return blameOnChannels(bench, run, words) ?? (await blameOnHyperparameters(bench, run)) ?? blameOnTraining(run);
}

/** A path under /opt/ml/input/data in its last words, or any other missing data path. */
function blameOnChannels(bench: Workbench, run: Observation, words: readonly string[]): Blame | undefined {
  const given = bench.channels.map(({ name }) => name);
  for (const line of words) {
    const inChannels = /\/opt\/ml\/input\/data\/?([A-Za-z0-9._-]*)/.exec(line);
    const missing = MISSING_PATH.exec(line);
    const path = inChannels ? inChannels[0] : (missing?.[1] ?? missing?.[2]);
    if (path === undefined || NO_DATA_PATH.test(path)) continue;
    const channel = inChannels?.[1];
    const givenText = given.length === 0 ? 'no channel was given' : `the channels given are ${given.join(', ')}`;
    return {
      id: 'channels',
      proof: `${ending(run)}: ${quoted(line)}; ${givenText}`,
      fix:
        channel !== undefined && channel !== '' && !given.includes(channel)
          ? `Give the channel in \`verify-channels\`: ${quoted(channel, 64)}=path/of/a/sample, or let the program read a channel that is given.`
          : given.length === 0
            ? 'Give a small sample of each channel in `verify-channels`, one `name=folder` a line.'
            : `Read the data from ${given.map((name) => `/opt/ml/input/data/${name}`).join(', ')}, where SageMaker puts it.`,
    };
  }
  return undefined;
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

function blameOnTraining(run: Observation): Blame {
  const outOfMemory = run.result.nodes.some(({ oomKilled }) => oomKilled) || run.exitCode === 137;
  return {
    id: 'train-argument',
    proof: `${ending(run)}: ${lastWords(run)}`,
    fix: outOfMemory
      ? 'It was killed, most likely for want of memory: make batches or the sample smaller for verify, or take a larger runner.'
      : 'Mend what its last lines name; they stand in the log above. `docker run IMAGE train` with the same files shows it again.',
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
