import type { CheckpointVolume } from '../runner';
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
  type Workbench,
} from './workbench';

/** What a log shows of a run: see `LogReading`. */
export interface RunTrace {
  steps: number;
  marker: { unit: string; first: number; count: number } | undefined;
  /** Lines that say that it goes on from a checkpoint. */
  resumed: readonly string[];
}

export interface ResumeVerdict {
  verdict: 'continued' | 'started-over' | 'unclear';
  proof: string;
}

/**
 * Did the second run go on where the first one stopped? Pure; `cold` is a run that began with no checkpoints.
 *
 * Proof is any one of: it says so, in words that the cold run did not use; its numbering of epochs (steps, iterations …) begins
 * later than the cold run's; it did fewer steps than the cold run and yet ended well. Without proof, as many steps as the
 * cold run, or the same first number, mean that it started over; a log that shows neither leaves it unclear.
 */
export function judgeResume(cold: RunTrace, second: RunTrace): ResumeVerdict {
  const said = second.resumed.find((line) => !cold.resumed.includes(line));
  if (said !== undefined) return { verdict: 'continued', proof: `it said ${quoted(said, 120)}` };
  if (cold.marker && second.marker?.unit === cold.marker.unit && second.marker.first > cold.marker.first) {
    const { unit, first } = second.marker;
    return {
      verdict: 'continued',
      proof: `it began with ${unit} ${first}, a cold start with ${unit} ${cold.marker.first}`,
    };
  }
  if (cold.steps === 0) return { verdict: 'unclear', proof: 'its log shows neither epochs nor metrics' };
  if (second.steps < cold.steps) {
    return { verdict: 'continued', proof: `it did ${second.steps} steps, a cold start ${cold.steps}` };
  }
  const again = second.marker ? `began with ${second.marker.unit} ${second.marker.first} again and ` : '';
  return { verdict: 'started-over', proof: `it ${again}did ${second.steps} steps, as in a cold start` };
}

const HOW_TO_RESUME =
  'Look for the newest checkpoint in /opt/ml/checkpoints at the start and go on from its epoch; write checkpoints to a temporary ' +
  'name and rename them. SageMaker restores that folder before a spot restart.';

/** A run that left checkpoints. */
export interface CheckpointSource {
  volume: CheckpointVolume;
  run: Observation;
  /** "the stopped run", "the finished run". */
  named: string;
}

/**
 * Runs again with the checkpoints of an earlier run.
 *
 * @param sources - the runs that may have left some, the best one first
 */
export async function checkResume(
  bench: Workbench,
  mainRun: Observation,
  sources: readonly CheckpointSource[],
  scorecard: Scorecard,
): Promise<void> {
  const source = sources.find(({ run }) =>
    run.checkpoints.some(({ type, sizeBytes }) => type === 'file' && sizeBytes > 0),
  );
  if (!source) {
    await skipOrFail(scorecard, 'it writes no checkpoints to /opt/ml/checkpoints', HOW_TO_RESUME, 0);
    return;
  }
  const run = await observe(bench, `Start with the checkpoints of ${source.named}`, {
    checkpoints: source.volume,
    maxRuntimeSeconds: furtherRunSeconds(bench, mainRun),
  });
  const from = `started with the checkpoints of ${source.named}`;
  if (!succeeded(run)) {
    await scorecard.fail('resume', `${from}: ${ending(run)}, ${lastWords(run)}`, HOW_TO_RESUME, run.seconds, {
      log: logOf(run),
    });
    return;
  }
  const { verdict, proof } = judgeResume(traceOf(mainRun), traceOf(run));
  if (verdict === 'started-over') {
    await scorecard.fail('resume', `${from}: exit code 0, but ${proof}`, HOW_TO_RESUME, run.seconds, {
      log: logOf(run),
    });
  } else if (verdict === 'unclear') {
    await skipOrFail(
      scorecard,
      `exit code 0, but it cannot be told whether it continued: ${proof}`,
      'Print a line such as "resuming from checkpoint, epoch 3".',
      run.seconds,
      logOf(run),
    );
  } else if (modelFiles(run).length === 0 && modelFiles(mainRun).length > 0) {
    await scorecard.fail(
      'resume',
      `${from}: exit code 0, ${proof}, but /opt/ml/model is empty`,
      'Write the model also when the checkpoint says that all epochs are done: /opt/ml/model is empty after a restart.',
      run.seconds,
      { log: logOf(run) },
    );
  } else await scorecard.pass('resume', `${from}: exit code 0, ${proof}`, run.seconds);
}

/** Where resuming is required, a training that does not show it has not kept the promise. */
async function skipOrFail(
  scorecard: Scorecard,
  why: string,
  fix: string,
  seconds: number,
  log: readonly string[] = [],
): Promise<void> {
  if (scorecard.isRequired('resume')) await scorecard.fail('resume', why, fix, seconds, { log });
  else await scorecard.skip('resume', why, seconds);
}

function traceOf({ log }: Observation): RunTrace {
  return { steps: log.steps(), marker: log.marker(), resumed: log.resumed };
}
