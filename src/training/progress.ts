import type { MetricSeries } from '../record';
import { duration, readable } from '../report/units';

/** Names under which the number of epochs is commonly handed over. */
const EPOCH_NAMES = ['epochs', 'num_epochs', 'num-epochs', 'n_epochs', 'max_epochs', 'max-epochs', 'num_train_epochs'];
const METRICS_SHOWN_MAX = 6;

/** Epochs asked for, when a hyperparameter says it. Pure. */
export function epochsOf(hyperparameters: Readonly<Record<string, string>>): number | undefined {
  for (const name of EPOCH_NAMES) {
    // The Python SDK sends strings in quotes.
    const text = hyperparameters[name]?.replace(/^"(.*)"$/, '$1');
    if (text !== undefined && /^[1-9]\d{0,6}$/.test(text)) return Number(text);
  }
  return undefined;
}

/**
 * Epochs done: as many as the slowest metric has values. `undefined` when that cannot be, since a metric is printed more
 * often than once an epoch. Pure.
 */
export function epochsDone(series: readonly MetricSeries[], epochs: number): number | undefined {
  const counts = series.map(({ count }) => count).filter((count) => count > 0);
  const done = Math.min(...counts);
  return counts.length > 0 && done <= epochs ? done : undefined;
}

/** `epoch 3 of 10 · 42 s · train_loss 0.512 · val_acc 0.91`. Pure. */
export function progressLine(
  seconds: number,
  hyperparameters: Readonly<Record<string, string>>,
  series: readonly MetricSeries[],
): string {
  const epochs = epochsOf(hyperparameters);
  const done = epochs === undefined ? undefined : epochsDone(series, epochs);
  const values = series
    .filter(({ last }) => last !== undefined)
    .slice(0, METRICS_SHOWN_MAX)
    .map(({ name, last }) => `${name} ${readable(last ?? 0)}`);
  return [...(done === undefined ? [] : [`epoch ${done} of ${epochs ?? done}`]), duration(seconds), ...values].join(
    ' · ',
  );
}
