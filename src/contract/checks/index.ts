import type { Clock } from '../../deps';
import type { Exec } from '../../process';
import type { CheckResult } from '../../record';
import type { CheckpointVolume } from '../runner';
import { checkFailure, passChannels } from './failure';
import { inspectImage } from './inspect';
import { isShellForm, lintImage } from './lints';
import { judgeMainRun } from './main-run';
import { checkMetrics } from './metrics';
import { checkModel } from './model';
import { checkNodes } from './nodes';
import { checkOfflineAndQuoted } from './offline';
import { checkPlatform, checkUser } from './platform-and-user';
import { checkResume, type CheckpointSource } from './resume';
import { quoted, Scorecard, type PromiseId, type ScorecardRules } from './scorecard';
import { checkSecrets } from './secrets';
import { checkStop } from './stop';
import { observe, type Observation, type Workbench } from './workbench';

export { DEFAULT_TIMES, type ShowRun, type VerifyTimes, type Workbench } from './workbench';

/** What a verification needs. */
export interface VerifyOptions extends Omit<Workbench, 'instanceCount' | 'shellForm'> {
  exec: Exec;
  clock: Clock;
  /** Label value of everything made. */
  runId: string;
  signal: AbortSignal;
  rules: ScorecardRules;
  /** Called with each verdict as it falls, in the order of the runs. */
  onDecided: (result: CheckResult) => void | Promise<void>;
}

/**
 * Runs the image as SageMaker would and scores each promise of the container contract.
 *
 * As few runs as will do, one after the other (two trainings at once could starve each other and fail for our doing): an
 * undisturbed one; one with what it needs taken away; one without network and with JSON-quoted hyperparameters; one that gets
 * SIGTERM; one with the checkpoints of that; and one on two nodes where training will have several.
 *
 * @returns the verdicts, each promise exactly once, then the warnings
 * @throws UserError when the engine fails
 */
export async function verifyImage(options: VerifyOptions): Promise<CheckResult[]> {
  const scorecard = new Scorecard(options.rules, options.onDecided);
  await scorecard.begin();

  const facts = await inspectImage(options.exec, options.image, options.runId, options.signal);
  await checkPlatform(facts, scorecard);
  await checkUser(facts, scorecard);
  await checkSecrets(facts, scorecard);
  const bench: Workbench = {
    ...options,
    instanceCount: options.rules.instanceCount,
    shellForm: isShellForm(facts),
  };
  for (const lint of lintImage(facts)) await scorecard.warn(lint);

  const ground = brokenGround(scorecard, ['platform', 'user']);
  if (ground !== undefined) await scorecard.skipRest(ground);
  else await checkRuns(bench, scorecard);
  return scorecard.results();
}

async function checkRuns(bench: Workbench, scorecard: Scorecard): Promise<void> {
  const volumes: CheckpointVolume[] = [];
  const newVolume = async (): Promise<CheckpointVolume> => {
    const volume = await bench.runner.createCheckpointVolume();
    volumes.push(volume);
    return volume;
  };
  try {
    // A cold start: the checkpoint folder is there and empty.
    const mainVolume = await newVolume();
    const mainRun = await observe(bench, 'Training on the sample, undisturbed', {
      checkpoints: mainVolume,
      maxRuntimeSeconds: bench.times.mainRunSeconds,
    });
    const broken = await judgeMainRun(bench, mainRun, scorecard);
    if (broken !== undefined) {
      await scorecard.skipRest(groundReason(scorecard, broken));
      return;
    }
    await checkModel(mainRun, scorecard);
    await checkMetrics(mainRun, scorecard);
    await lintInputWrites(mainRun, scorecard);

    if (bench.channels.length === 0)
      await scorecard.skip('channels', 'no `verify-channels` and no local `input-data-config`');
    if (!scorecard.isDecided('failure')) await checkFailure(bench, mainRun, scorecard);
    await passChannels(bench, scorecard, '');

    await checkOfflineAndQuoted(bench, mainRun, scorecard);
    await checkStopAndResume(
      bench,
      { run: mainRun, volume: mainVolume, named: 'the finished run' },
      newVolume,
      scorecard,
    );
    if (!scorecard.isDecided('nodes')) await checkNodes(bench, mainRun, scorecard);
  } finally {
    // What cannot be removed now goes with the rest of the run, by label; it must not hide why we are here.
    for (const volume of volumes) await volume.remove().catch(() => undefined);
  }
}

async function checkStopAndResume(
  bench: Workbench,
  finished: CheckpointSource,
  newVolume: () => Promise<CheckpointVolume>,
  scorecard: Scorecard,
): Promise<void> {
  const sources = [finished];
  if (!scorecard.isDecided('stop')) {
    const volume = await newVolume();
    const run = await checkStop(bench, finished.run, volume, scorecard);
    sources.unshift({ volume, run, named: 'the stopped run' });
    if (scorecard.verdict('stop') === 'fail') await scorecard.skip('resume', groundReason(scorecard, 'stop'));
  }
  if (!scorecard.isDecided('resume')) await checkResume(bench, finished.run, sources, scorecard);
}

/** Writing to input works on SageMaker in File mode, until a channel becomes FastFile. */
async function lintInputWrites(run: Observation, scorecard: Scorecard): Promise<void> {
  if (run.inputChanges.length === 0) return;
  const shown = run.inputChanges.slice(0, 3).map(({ channel, name, change }) => `${channel}/${name} ${change}`);
  await scorecard.warn({
    id: 'lint-input-writes',
    title: 'Leaves its input as it is',
    proof: quoted(shown.join(', ') + (run.inputChanges.length > 3 ? ` and ${run.inputChanges.length - 3} more` : '')),
    fix: 'Write caches to /tmp: FastFile channels are read-only.',
  });
}

function brokenGround(scorecard: Scorecard, ids: readonly PromiseId[]): string | undefined {
  const broken = ids.find((id) => scorecard.verdict(id) === 'fail');
  return broken === undefined ? undefined : groundReason(scorecard, broken);
}

function groundReason(scorecard: Scorecard, id: PromiseId): string {
  const proof = scorecard.results().find((result) => result.id === id)?.proof ?? '';
  if (proof === '') return `\`${id}\` failed`;
  return `\`${id}\` failed: ${proof.length > 150 ? `${proof.slice(0, 150)}…` : proof}`;
}
