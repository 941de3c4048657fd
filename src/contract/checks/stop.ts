import type { Clock } from '../../deps';
import type { CheckpointVolume, RunningJob } from '../runner';
import type { LogReading } from './log-reading';
import type { Scorecard } from './scorecard';
import { ending, furtherRunSeconds, logOf, observe, succeeded, type Observation, type Workbench } from './workbench';

/** What there is to tell an obeyed SIGTERM from a natural end. Steps: see {@link LogReading}. */
export interface StopFacts {
  /** Seconds from the container's start to SIGTERM; absent when it ended before. */
  sentAfterSeconds: number | undefined;
  stepsWhenSent: number;
  steps: number;
  /** From SIGTERM to the end. */
  endedAfterSeconds: number;
  exitCode: number;
  sigkilled: boolean;
  graceSeconds: number;
  /** Of the undisturbed run. */
  mainSteps: number;
  mainSeconds: number;
}

export interface StopVerdict {
  verdict: 'pass' | 'fail' | 'skipped';
  /** Proof, or the reason of a skip. */
  words: string;
}

/** Shorter remainders than this say nothing. */
const REMAINING_SECONDS_MIN = 1;

/**
 * Did it end because of SIGTERM? Pure.
 *
 * On the small sample a training that ignores SIGTERM may well end by itself within the grace, while the real one would be
 * killed. So an exit alone proves nothing: it must have done fewer steps than the undisturbed run, or have exited with
 * another code, or, where the log shows no steps, long before its time.
 */
export function judgeStop(facts: StopFacts): StopVerdict {
  const late = facts.mainSteps > 0 ? ' (or its log came late: in Python, set PYTHONUNBUFFERED=1)' : '';
  const lengthen = `${late}: give \`verify-hyperparameters\` a few more epochs`;
  if (facts.sentAfterSeconds === undefined) {
    return { verdict: 'skipped', words: `it finished before SIGTERM could be sent${lengthen}` };
  }
  if (facts.sigkilled) {
    return { verdict: 'fail', words: `still ran ${facts.graceSeconds} s after SIGTERM and was killed` };
  }
  const after = `${facts.endedAfterSeconds.toFixed(1)} s after SIGTERM, exit code ${facts.exitCode}`;
  const of = facts.mainSteps > 0 ? `, ${facts.steps} of ${facts.mainSteps} steps done` : '';
  if (facts.exitCode !== 0) return { verdict: 'pass', words: `ended ${after}${of}` };
  if (facts.mainSteps > 0) {
    if (facts.steps < facts.mainSteps) return { verdict: 'pass', words: `ended ${after}${of}` };
    // A training that looks at the signal after each step may finish the one that runs.
    if (facts.stepsWhenSent <= facts.mainSteps - 2) {
      return {
        verdict: 'fail',
        words: `SIGTERM came after step ${facts.stepsWhenSent} of ${facts.mainSteps}, yet it trained to its end, ${after}`,
      };
    }
    return { verdict: 'skipped', words: `too few steps were left to tell whether SIGTERM ended it${lengthen}` };
  }
  const remaining = facts.mainSeconds - facts.sentAfterSeconds;
  if (remaining >= REMAINING_SECONDS_MIN && facts.endedAfterSeconds < remaining / 2) {
    return { verdict: 'pass', words: `ended ${after}, about ${remaining.toFixed(1)} s before its time` };
  }
  return {
    verdict: 'skipped',
    words: 'its log shows no epochs or metrics to tell whether SIGTERM ended it: print a line for each epoch',
  };
}

/**
 * Runs the training on an empty checkpoint volume and sends SIGTERM in the midst of it.
 *
 * @returns the run, which left its checkpoints in the volume
 */
export async function checkStop(
  bench: Workbench,
  mainRun: Observation,
  checkpoints: CheckpointVolume,
  scorecard: Scorecard,
): Promise<Observation> {
  const moment = stopMoment(mainRun);
  let sentAfterSeconds: number | undefined;
  let stepsWhenSent = 0;
  let endedAfterSeconds = 0;
  const graceSeconds = bench.times.stopGraceSeconds;
  const run = await observe(bench, 'SIGTERM in the midst of training', {
    checkpoints,
    maxRuntimeSeconds: furtherRunSeconds(bench, mainRun) + graceSeconds,
    whileRunning: async (job, log) => {
      const begun = bench.clock.seconds();
      if ((await midTraining(job, log, moment, bench.clock)) === 'ended') return;
      stepsWhenSent = log.steps();
      sentAfterSeconds = bench.clock.seconds() - begun;
      const sent = bench.clock.seconds();
      await job.stop(graceSeconds);
      endedAfterSeconds = bench.clock.seconds() - sent;
    },
  });
  const { verdict, words } = judgeStop({
    sentAfterSeconds,
    stepsWhenSent,
    steps: run.log.steps(),
    endedAfterSeconds,
    exitCode: run.exitCode,
    sigkilled: run.result.nodes.some(({ sigkilled }) => sigkilled),
    graceSeconds,
    mainSteps: mainRun.log.steps(),
    mainSeconds: mainRun.result.seconds,
  });
  if (sentAfterSeconds === undefined && !succeeded(run)) {
    await scorecard.skip('stop', `it failed before SIGTERM could be sent (${ending(run)}), unlike before`, run.seconds);
  } else if (verdict === 'pass') await scorecard.pass('stop', words, run.seconds);
  else if (verdict === 'skipped') await scorecard.skip('stop', words, run.seconds);
  else {
    await scorecard.fail('stop', words, stopFix(bench.shellForm), run.seconds, { log: logOf(run) });
  }
  return run;
}

/** What makes a training obey SIGTERM. Pure. */
export function stopFix(shellForm: boolean): string {
  const first = shellForm
    ? 'Let the program that trains be PID 1: write ENTRYPOINT in exec form, a JSON list. Then install'
    : 'Install';
  return (
    `${first} a handler (\`signal.signal(signal.SIGTERM, …)\`; as PID 1 a program has none by default), and leave the loop ` +
    'when it has been called. A shell script must `exec` the program; the SageMaker training toolkit does not pass SIGTERM on to it.'
  );
}

/** When to send SIGTERM: after so many steps, or where the log shows none, after so much time. */
interface StopMoment {
  steps: number;
  seconds: number;
}

/** After the second step of at least four: then the first one's checkpoint is written. Else after the first. */
function stopMoment(mainRun: Observation): StopMoment {
  const steps = mainRun.log.steps();
  return { steps: steps >= 4 ? 2 : steps >= 2 ? 1 : 0, seconds: mainRun.result.seconds / 2 };
}

async function midTraining(
  job: RunningJob,
  log: LogReading,
  moment: StopMoment,
  clock: Clock,
): Promise<'midway' | 'ended'> {
  const ended = job.done.then(
    () => 'ended' as const,
    () => 'ended' as const,
  );
  const waiting = new AbortController();
  const midway =
    moment.steps > 0
      ? new Promise<'midway'>((resolve) => {
          const look = (): void => {
            if (log.steps() >= moment.steps) resolve('midway');
          };
          log.onLine(look);
          look();
        })
      : clock.sleep(moment.seconds * 1000, waiting.signal).then(
          () => 'midway' as const,
          () => 'midway' as const,
        );
  try {
    return await Promise.race([ended, midway]);
  } finally {
    waiting.abort();
  }
}
