import type { RecordedError, RunRecord, StepName, TrainSection } from '../record';
import { blockLines } from './escape';

/** One reason why a run is red, in words from outside: escape before use. */
export interface Cause {
  /** What was promised or tried, ours or quoted. */
  cause: string;
  /** What to do about it. */
  change?: string;
  /** Lines that prove it. */
  details: string[];
}

/** Why the run is red, the reason that decided first. Empty when it is not. Pure. */
export function causesOf(record: RunRecord): Cause[] {
  const causes: Cause[] = [];
  const broken = brokenChecks(record);
  for (const check of broken) {
    causes.push({
      cause: `\`${check.id}\`: ${check.title}. ${check.proof}`,
      ...(check.fix === undefined ? {} : { change: check.fix }),
      details: [],
    });
  }
  const trained = record.train && record.train.status !== 'Completed' && !record.cancelled ? record.train : undefined;
  const trainError = record.errors.find((error) => error.step === 'train' && error.user);
  if (trained) {
    const change = trainError?.fix;
    causes.push({
      cause: trained.failureReason ?? trainError?.message ?? 'The container said nothing about why.',
      ...(change === undefined ? {} : { change }),
      details: [],
    });
  }
  for (const error of record.errors) {
    // What the step threw to turn red says again what stands above.
    if (error.user && error.step === 'verify' && broken.length > 0) continue;
    if (trained && error === trainError) continue;
    causes.push(causeOf(error));
  }
  return causes;
}

/** Failed required checks. */
export function brokenChecks(record: RunRecord): { id: string; title: string; proof: string; fix?: string }[] {
  return (record.verify?.checks ?? []).filter((check) => check.required && check.verdict === 'fail');
}

/** The one line of a failure reason that says what happened: its first, but of a Python traceback the last. */
export function reasonLine(train: TrainSection): string {
  const lines = blockLines(train.failureReason ?? '', { lines: 400, lineLength: 400 }).filter(
    (line) => line.trim() !== '',
  );
  const first = lines.findIndex((line) => !/^\s/u.test(line) || lines.length === 1);
  const start = lines[Math.max(0, first)] ?? '';
  if (!/^traceback \(most recent call last\)/iu.test(start.trim())) return start.trim();
  return (lines[lines.length - 1] ?? start).trim();
}

/** The step at which the run ended, for the title. */
export function failedStep(record: RunRecord): StepName | undefined {
  return record.cancelled?.step ?? record.errors[0]?.step;
}

function causeOf(error: RecordedError): Cause {
  if (error.user) {
    return { cause: error.message, ...(error.fix === undefined ? {} : { change: error.fix }), details: error.details };
  }
  return {
    cause: `A fault of this action itself, in its step \`${error.step}\`: ${error.message}`,
    change: error.fix ?? 'Report it with this page; running the job again may help meanwhile.',
    details: error.details,
  };
}
