import { quoted, type Scorecard } from './scorecard';
import {
  ending,
  furtherRunSeconds,
  lastWords,
  logOf,
  modelFiles,
  observe,
  succeeded,
  type Observation,
  type Variation,
  type Workbench,
} from './workbench';

/** What a run did when something it needs was taken away. */
type Reaction = 'failed' | 'hung' | 'swallowed' | 'unmoved';

/** A value that is neither a number nor any word a training knows. */
const BAD_VALUE = 'byoc-no-such-value';

/**
 * Takes away what training needs, all channels first, then good hyperparameters, and sees whether it says so by its exit
 * code. Proves `failure`; and `channels` too, since a training that runs just the same without its channels does not read
 * them.
 *
 * The failure file is optional on SageMaker, so that its absence is a warning only.
 */
export async function checkFailure(bench: Workbench, mainRun: Observation, scorecard: Scorecard): Promise<void> {
  const begun = bench.clock.seconds();
  const elapsed = (): number => bench.clock.seconds() - begun;
  const limit = { maxRuntimeSeconds: furtherRunSeconds(bench, mainRun) };

  const experiments: { what: string; variation: Variation; channels: boolean }[] = [];
  if (bench.channels.length > 0) {
    experiments.push({ what: 'no channel at all', variation: { ...limit, channels: [] }, channels: true });
  }
  const names = Object.keys(bench.hyperparameters);
  if (names.length > 0) {
    const hyperparameters = Object.fromEntries(names.map((name) => [name, BAD_VALUE]));
    experiments.push({
      what: `the value "${BAD_VALUE}" for ${names.length === 1 ? 'its hyperparameter' : 'all hyperparameters'}`,
      variation: { ...limit, hyperparameters },
      channels: false,
    });
  }

  for (const { what, variation, channels } of experiments) {
    if (scorecard.isDecided('failure')) break;
    const run = await observe(bench, `Induced failure: ${what}`, variation);
    const reaction = reactionOf(run, mainRun);
    if (channels) await judgeChannels(bench, reaction, scorecard);
    if (reaction === 'failed') {
      await scorecard.pass('failure', `given ${what}: ${ending(run)}, ${lastWords(run)}`, elapsed());
      await lintFailureFile(run, scorecard);
    } else if (reaction === 'hung') {
      await scorecard.fail(
        'failure',
        `given ${what}, it ${ending(run)} and had to be killed`,
        'Check inputs at the start and exit with a non-zero code; bound every wait.',
        elapsed(),
        { log: logOf(run) },
      );
    } else if (reaction === 'swallowed') {
      await scorecard.fail(
        'failure',
        `given ${what}, it ended with exit code 0 ${evidence(run, mainRun)}`,
        'Exit non-zero when training fails: let the exception through, or end its handler with sys.exit(1). SageMaker would call this job Completed.',
        elapsed(),
        { log: logOf(run) },
      );
    }
  }
  await scorecard.skip(
    'failure',
    experiments.length === 0
      ? 'no channels and no hyperparameters are declared, so no failure could be induced'
      : 'it needs neither its channels nor its hyperparameters, so no failure could be induced',
    elapsed(),
  );
}

function reactionOf(run: Observation, mainRun: Observation): Reaction {
  if (run.result.secondaryStatus === 'MaxRuntimeExceeded') return 'hung';
  if (!succeeded(run)) return 'failed';
  const lessModel = modelFiles(run).length < modelFiles(mainRun).length;
  const fewerSteps = run.log.steps() < mainRun.log.steps();
  return lessModel || fewerSteps || newErrors(run, mainRun).length > 0 || run.failureText !== undefined
    ? 'swallowed'
    : 'unmoved';
}

function newErrors(run: Observation, mainRun: Observation): string[] {
  return run.log.errors.filter((line) => !mainRun.log.errors.includes(line));
}

function evidence(run: Observation, mainRun: Observation): string {
  const [error] = newErrors(run, mainRun);
  if (error !== undefined) return `after saying ${quoted(error)}`;
  if (run.failureText !== undefined) return `although it wrote the failure file ${quoted(run.failureText)}`;
  if (modelFiles(run).length < modelFiles(mainRun).length) return 'without the model it otherwise writes';
  return `after ${run.log.steps()} of ${mainRun.log.steps()} steps`;
}

async function judgeChannels(bench: Workbench, reaction: Reaction, scorecard: Scorecard): Promise<void> {
  const names = bench.channels.map(({ name }) => name);
  const named = names.join(', ');
  if (reaction === 'unmoved') {
    await scorecard.fail(
      'channels',
      `trains just the same when ${names.length === 1 ? `the channel ${named} is` : `the channels ${named} are`} not there`,
      `Read the data from ${names.map((name) => `/opt/ml/input/data/${name}`).join(', ')}, not from a copy inside the image.`,
      0,
    );
  } else await passChannels(bench, scorecard, reaction === 'failed' ? ', fails without' : ', does otherwise without');
}

/** To be called when the main run ended well and nothing speaks against its having read the channels. */
export async function passChannels(bench: Workbench, scorecard: Scorecard, without: string): Promise<void> {
  const shown = bench.channels.map(({ name, mode }) => `${name} (${mode})`).join(', ');
  await scorecard.pass('channels', `trained with ${shown}${without}`, 0);
}

async function lintFailureFile(run: Observation, scorecard: Scorecard): Promise<void> {
  if (run.failureText !== undefined && run.failureText.trim() !== '') return;
  await scorecard.warn({
    id: 'lint-failure-file',
    title: 'Leaves a failure file when it fails',
    proof: `${ending(run)}, but /opt/ml/output/failure was not written: SageMaker's FailureReason will only name the exit code`,
    fix: 'Catch the exception at the top, write its text (the cause first, 1024 characters at most) to /opt/ml/output/failure, and raise it again.',
  });
}
