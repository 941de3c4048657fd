import type { MetricSeries } from '../record';

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
    .map(({ name, last }) => `${name} ${shortNumber(last ?? 0)}`);
  return [
    ...(done === undefined ? [] : [`epoch ${done} of ${epochs ?? done}`]),
    formatSeconds(seconds),
    ...values,
  ].join(' · ');
}

/** Four significant digits, without needless zeros. Pure. */
export function shortNumber(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/** `42 s`, `3 min 20 s`, `2 h 5 min`. Pure. */
export function formatSeconds(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3_600)} h ${Math.floor((whole % 3_600) / 60)} min`;
}

/** `1.4 GB`, `12 kB`: powers of 1000. Pure. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  return `${unit === 0 ? value : Number(value.toPrecision(3))} ${units[unit] ?? 'B'}`;
}
