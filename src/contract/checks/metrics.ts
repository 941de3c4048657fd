import type { MetricSeries } from '../../record';
import { quoted, type Scorecard } from './scorecard';
import { logOf, type Observation } from './workbench';

/** Every metric definition must have matched a line of the main run and captured a finite number. */
export async function checkMetrics(run: Observation, scorecard: Scorecard): Promise<void> {
  const series = run.log.series();
  const silent = series.filter(({ count }) => count === 0);
  if (silent.length === 0) {
    const shown = series.slice(0, 5).map(({ name, last, count }) => `${name}=${last ?? ''} (${count} values)`);
    await scorecard.pass('metrics', quoted(shown.join(', ') + (series.length > 5 ? ', …' : ''), 400), 0);
    return;
  }
  const [first] = silent;
  await scorecard.fail(
    'metrics',
    `${silent.length} of ${series.length} without a value: ${silent.slice(0, 5).map(describe).join('; ')}; the log's last line is ${quoted(run.tail.at(-1) ?? '', 120)}`,
    `Make the regex and the line that is printed agree: for \`${first?.name ?? ''}: ([0-9.eE+-]+)\` print "${first?.name ?? ''}: 0.25", on one line.`,
    0,
    { log: logOf(run) },
  );
}

function describe({ name, regex, dropped }: MetricSeries): string {
  const what = dropped > 0 ? `matched ${dropped} times, never a finite number` : 'matched no line';
  return `${quoted(name, 60)} (${quoted(regex, 100)}) ${what}`;
}
