import { MetricReader, type CompiledMetric } from '../../training/metrics';
import type { MetricSeries } from '../../record';

/** "epoch 3", "Epoch: [3]", "step=3": how trainings number what they do. */
const MARKER = /\b(epoch|step|iteration|iter|round|batch)\b[\s:#=[(]{0,4}(\d{1,9})\b/gi;
/** Words that a training says when it goes on from a checkpoint. */
const RESUMED =
  /\b(?:resum(?:e|ed|es|ing)|restor(?:e|ed|es|ing)|continu(?:e|ed|es|ing) (?:from|at|after|with)|(?:load(?:s|ed|ing)?|from) (?:the |a |last |latest )*checkpoint)\b/i;
/** … unless it says that it does not. */
const NEGATED =
  /\b(?:no|not|cannot|can't|could not|couldn't|without|fail(?:s|ed|ure)?|unable|ignor(?:e|ed|ing)|scratch)\b/i;
const ERROR = /\b(?:error|exception|traceback|fatal|failed|no such file|not found|missing|cannot)\b/i;

const LINES_KEPT = 20;
const LINE_CHARACTERS_KEPT = 500;
const LINE_CHARACTERS_READ = 4_096;
const MARKERS_MAX = 10_000;

/**
 * What the checks need to know of a log. Reads line by line; memory does not grow with the log.
 *
 * "Steps" are the training's own unit, whichever it shows: values of its metric, else the epochs (steps, iterations …)
 * that it numbers. They tell a run that stopped early or went on from a checkpoint from one that did all of it.
 */
export class LogReading {
  readonly #metrics: MetricReader;
  readonly #markers = new Map<string, { first: number; seen: Set<number> }>();
  /** Lines read, of all nodes. */
  lines = 0;
  readonly resumed: string[] = [];
  readonly errors: string[] = [];
  readonly #onLine: (() => void)[] = [];

  constructor(metrics: readonly CompiledMetric[]) {
    this.#metrics = new MetricReader(metrics);
  }

  read(line: string, timeMilliseconds: number): void {
    this.lines += 1;
    this.#metrics.read(line, timeMilliseconds);
    const text = line.slice(0, LINE_CHARACTERS_READ);
    for (const [, unit = '', number = ''] of text.matchAll(MARKER)) this.#mark(unit.toLowerCase(), Number(number));
    if (RESUMED.test(text) && !NEGATED.test(text)) keep(this.resumed, text);
    if (ERROR.test(text)) keep(this.errors, text);
    for (const listener of this.#onLine) listener();
  }

  #mark(unit: string, number: number): void {
    const marker = this.#markers.get(unit);
    if (!marker) this.#markers.set(unit, { first: number, seen: new Set([number]) });
    else if (marker.seen.size < MARKERS_MAX) marker.seen.add(number);
  }

  /** Calls `listener` after each line. */
  onLine(listener: () => void): void {
    this.#onLine.push(listener);
  }

  series(): MetricSeries[] {
    return this.#metrics.series();
  }

  /** How many steps were seen; 0 when the log shows none. */
  steps(): number {
    const values = Math.max(0, ...this.series().map(({ count }) => count));
    return values > 0 ? values : (this.marker()?.count ?? 0);
  }

  /** The numbered unit that the log is best told by: the epoch if there is one, else the one with the most numbers. */
  marker(): { unit: string; first: number; count: number } | undefined {
    const all = [...this.#markers].map(([unit, { first, seen }]) => ({ unit, first, count: seen.size }));
    return all.find(({ unit }) => unit === 'epoch') ?? all.sort((a, b) => b.count - a.count)[0];
  }
}

function keep(lines: string[], text: string): void {
  if (lines.length < LINES_KEPT) lines.push(text.slice(0, LINE_CHARACTERS_KEPT));
}
