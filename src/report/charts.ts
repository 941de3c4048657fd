import type { MetricSeries } from '../record';
import { code, fenced, mermaidText } from './escape';
import { directionOf } from './direction';

/** Mermaid's own limit is 50,000 characters; more points than this no eye can tell apart. */
const POINTS_MAX = 100;
const LINES_MAX = 4;
const CHARTS_MAX = 4;

/** The line colours, each with the square that names it in the caption, since xychart has no legend. */
const COLOURS = [
  { hex: '#3b88c3', square: '🟦' },
  { hex: '#f4900c', square: '🟧' },
  { hex: '#78b159', square: '🟩' },
  { hex: '#aa8ed6', square: '🟪' },
] as const;

/** No background of its own, so that it stands well on light and dark; our colours; not taller than it needs to be. */
const THEME = `%%{init: {"xyChart": {"width": 700, "height": 300}, "themeVariables": {"xyChart": {"backgroundColor": "transparent", "plotColorPalette": "${COLOURS.map(({ hex }) => hex).join(', ')}"}}}}%%`;

interface Line {
  name: string;
  count: number;
  steps: number[];
  values: number[];
}

interface Chart {
  lines: Line[];
}

/**
 * Curves as Mermaid `xychart-beta` with a caption each: losses together, scores together, never two scales in one chart.
 * Parses with mermaid 10.9, 11 and 12: plain decimals only, at most 100 points a line, strings without quotes. Pure.
 *
 * @param stepWord what one value stands for, `epoch` where that is known
 */
export function charts(metrics: readonly MetricSeries[], stepWord: string): string[] {
  return chartsOf(metrics)
    .slice(0, CHARTS_MAX)
    .map((chart) => render(chart, stepWord));
}

function chartsOf(metrics: readonly MetricSeries[]): Chart[] {
  const result: (Chart & { kind: string; scale: number })[] = [];
  for (const series of metrics) {
    const points = series.points.filter((point) => Number.isFinite(point.value) && Number.isFinite(point.step));
    if (points.length < 2) continue;
    const line = {
      name: series.name,
      count: series.count,
      steps: points.map((point) => point.step),
      values: points.map((point) => point.value),
    };
    const direction = directionOf(series.name);
    const kind = direction ?? `only ${series.name}`;
    const scale = Math.max(...line.values.map(Math.abs));
    const home = result.find(
      (chart) => chart.kind === kind && chart.lines.length < LINES_MAX && sameScale(chart.scale, scale),
    );
    if (home) {
      home.lines.push(line);
      home.scale = Math.max(home.scale, scale);
    } else {
      result.push({ kind, scale, lines: [line] });
    }
  }
  // Scores first: they are what a reviewer came for.
  const order = (kind: string): number => (kind === 'up' ? 0 : kind === 'down' ? 1 : 2);
  return result.sort((a, b) => order(a.kind) - order(b.kind));
}

function sameScale(a: number, b: number): boolean {
  if (a === 0 || b === 0) return a === b;
  return Math.max(a, b) / Math.min(a, b) <= 12;
}

function render(chart: Chart, stepWord: string): string {
  const counts = chart.lines.map((line) => line.count);
  const sameCount = counts.every((count) => count === counts[0]);
  const all = chart.lines.flatMap((line) => line.values);
  const exponent = exponentOf(Math.max(...all.map(Math.abs)));
  const scaled = (value: number): number => (exponent < 0 ? value * 10 ** -exponent : value / 10 ** exponent);
  const [least, greatest] = rangeOf(all.map(scaled));
  const decimals = Math.min(12, Math.max(0, 3 - Math.floor(Math.log10(greatest - least))));
  const last = Math.max(2, counts[0] ?? 2);
  const body = [
    THEME,
    'xychart-beta',
    sameCount ? `    x-axis "${mermaidText(stepWord)}" 1 --> ${last}` : '    x-axis "% of the training" 0 --> 100',
    `    y-axis ${least.toFixed(decimals)} --> ${greatest.toFixed(decimals)}`,
    ...chart.lines.map(
      (line) =>
        `    line [${resample(line)
          .map((value) => scaled(value).toFixed(decimals))
          .join(', ')}]`,
    ),
  ];
  const legend = chart.lines.map((line, index) => `${COLOURS[index]?.square ?? ''} ${code(line.name, 60)}`).join(' · ');
  const unit = exponent === 0 ? '' : ` (values × 10${superscript(-exponent)})`;
  return `${legend}${unit}\n\n${fenced(body, 'mermaid')}`;
}

/** The values on an even grid over the line's steps: xychart spaces points evenly, while a thinned series is not even. */
function resample(line: Line): number[] {
  const { steps, values } = line;
  const first = steps[0] ?? 0;
  const last = steps[steps.length - 1] ?? first;
  const even = steps.every((step, index) => step === first + index);
  if (even && values.length <= POINTS_MAX) return values;
  const wanted = Math.min(POINTS_MAX, Math.max(2, Math.round(last - first) + 1));
  const result: number[] = [];
  let right = 1;
  for (let index = 0; index < wanted; index += 1) {
    const at = first + ((last - first) * index) / (wanted - 1);
    while (right < steps.length - 1 && (steps[right] ?? 0) < at) right += 1;
    const [x0, x1] = [steps[right - 1] ?? 0, steps[right] ?? 0];
    const [y0, y1] = [values[right - 1] ?? 0, values[right] ?? 0];
    const share = x1 === x0 ? 1 : Math.min(1, Math.max(0, (at - x0) / (x1 - x0)));
    // Weighted, not y0 + (y1 - y0) × share: the difference of two huge values is no number.
    result.push(y0 * (1 - share) + y1 * share);
  }
  return result;
}

/** A little air around the values; an axis of no length does not draw. */
function rangeOf(values: readonly number[]): [number, number] {
  const least = Math.min(...values);
  const greatest = Math.max(...values);
  const span = greatest - least;
  const air = span > Math.max(Math.abs(greatest), 1e-9) * 1e-9 ? span * 0.05 : Math.max(Math.abs(greatest) * 0.1, 0.1);
  // An axis of scores starts at 0 or ends at 1 rather than just beyond.
  const low = least >= 0 ? Math.max(0, least - air) : least - air;
  const high = greatest <= 1 && least >= 0 && greatest > 0.5 ? Math.min(1, greatest + air) : greatest + air;
  return high > low ? [low, high] : [low - 0.1, high + 0.1];
}

/** 0 where plain decimals do; else the power of ten to take out, since Mermaid reads no exponent. */
function exponentOf(greatest: number): number {
  if (greatest === 0 || (greatest >= 1e-3 && greatest < 1e6)) return 0;
  return Math.max(-300, Math.min(300, Math.floor(Math.log10(greatest))));
}

function superscript(exponent: number): string {
  const signs = '⁰¹²³⁴⁵⁶⁷⁸⁹';
  return String(exponent).replace(/./gu, (sign) => (sign === '-' ? '⁻' : (signs[Number(sign)] ?? '')));
}
