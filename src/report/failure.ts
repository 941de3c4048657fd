import type { CheckResult, RecordedError, RunRecord, TrainSection } from '../record';
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
  const shown = new Set<string>();
  for (const check of broken) {
    // Several checks may judge the same run: its lines are shown once.
    const lines = check.log ?? [];
    const key = JSON.stringify(lines);
    const details = shown.has(key) ? [] : lines;
    shown.add(key);
    causes.push({
      cause: `\`${check.id}\`: ${check.proof.replace(/[.\s]+$/u, '')}. Expected: ${check.title}.`,
      ...(check.fix === undefined ? {} : { change: check.fix }),
      details,
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
  if (record.cancelled?.signal === 'SIGKILL') {
    causes.push({
      cause: `The step \`${record.cancelled.step}\` was killed before it could finish: by the system when memory ran out, or by the runner.`,
      change: 'Take a runner with more memory, or a smaller batch; if somebody cancelled the run, nothing.',
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
export function brokenChecks(record: RunRecord): CheckResult[] {
  return (record.verify?.checks ?? []).filter((check) => check.required && check.verdict === 'fail');
}

/** The sentence of a failure reason that says what happened: its first, but of a Python traceback its last line's. */
export function reasonLine(train: TrainSection): string {
  const [line = ''] = reasonLines(train.failureReason ?? '');
  const sentence = /^.{8,}?[.!?](?=\s)/u.exec(line)?.[0] ?? line;
  return sentence.replace(/[.:]$/u, '').trim();
}

/**
 * A failure reason without its traceback: at most three lines that read as sentences. The traceback's own last line stands
 * for it only when nothing came before. The block of log lines has the rest.
 */
export function reasonLines(text: string): string[] {
  const lines = blockLines(text, { lines: 400, lineLength: 700 }).filter((line) => line.trim() !== '');
  const traceback = lines.findIndex((line) => /^traceback \(most recent call last\)/iu.test(line.trim()));
  const said = traceback === 0 ? lines.slice(-1) : traceback > 0 ? lines.slice(0, traceback) : lines;
  return said.slice(0, 3).map((line) => line.trim());
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
