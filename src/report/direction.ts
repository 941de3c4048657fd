import type { MetricPoint, MetricSeries } from '../record';

/** Whether a metric should rise or fall. */
export type Direction = 'up' | 'down';

const FALL = new Set(
  'loss losses error errors err mae mse rmse rmsle mape smape perplexity ppl nll wer cer fid logloss cost'.split(' '),
);
const RISE = new Set(
  (
    'acc accuracy auc auroc auprc rocauc prauc f1 fscore iou miou jaccard dice precision recall sensitivity specificity ' +
    'map map50 r2 bleu rouge kappa mcc top1 top5 balanced score reward psnr ssim'
  ).split(' '),
);

/** The direction that a metric's name tells, else `undefined`: a wrong arrow is worse than none. */
export function directionOf(name: string): Direction | undefined {
  const words = name
    .slice(0, 200)
    .replace(/([a-z0-9])([A-Z])/gu, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/u);
  // `error` decides before `balanced`: `balanced_error_rate` falls. `valacc`, `trainloss` are read by their ends.
  if (words.some((word) => FALL.has(word) || /(?:loss|error)$/u.test(word))) return 'down';
  if (words.some((word) => RISE.has(word) || /(?:acc|accuracy|auc)$/u.test(word))) return 'up';
  return undefined;
}

/** The best value seen, by the direction its name tells. Least and greatest are kept when a series is thinned. */
export function bestOf(series: MetricSeries): MetricPoint | undefined {
  const direction = directionOf(series.name);
  if (direction === undefined) return undefined;
  let best: MetricPoint | undefined;
  for (const point of series.points) {
    if (!Number.isFinite(point.value)) continue;
    if (best === undefined || (direction === 'up' ? point.value > best.value : point.value < best.value)) best = point;
  }
  return best;
}

/** The one metric that stands in the first line: a validation score before a training score, a score before a loss. */
export function headlineOf(metrics: readonly MetricSeries[]): MetricSeries | undefined {
  const ranked = metrics
    .filter((series) => series.last !== undefined && Number.isFinite(series.last))
    .map((series, index) => {
      const direction = directionOf(series.name);
      const validation = /val|test|eval|holdout/iu.test(series.name.slice(0, 200));
      return { series, rank: (direction === 'up' ? 0 : direction === 'down' ? 2 : 4) + (validation ? 0 : 1), index };
    });
  ranked.sort((a, b) => a.rank - b.rank || a.index - b.index);
  return ranked[0]?.series;
}
