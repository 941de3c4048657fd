// Lines per second through each part of a training's log, side by side with doing nothing; and the peak memory of 200,000
// hostile lines. Run: npx tsx bench/log-pipeline.ts
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { LineSplitter } from '../src/contract/lines';
import { createLog } from '../src/log';
import { neutralise } from '../src/neutralise';
import { compileMetricDefinitions, MetricReader } from '../src/training/metrics';
import { hostileOutput } from '../test/unit/log/corpus';

const LINES = 100_000;
const names = ['train_loss', 'train_acc', 'val_loss', 'val_acc', 'lr'];
const epochLine = (index: number): string =>
  `[epoch ${index}] train_loss: 0.5123 train_acc: 0.8 val_loss: 4.1e-1 val_acc: 0.91 lr: 0.001`;
const otherLine = (index: number): string => `INFO step ${index}: an ordinary line of about eighty characters in a log`;
const hostile = [...hostileOutput(10_000)];

function measure(label: string, body: (index: number) => void, lines = LINES): void {
  for (let index = 0; index < lines / 10; index += 1) body(index);
  const began = performance.now();
  for (let index = 0; index < lines; index += 1) body(index);
  const perSecond = lines / ((performance.now() - began) / 1_000);
  console.log(`${label.padEnd(58)} ${Math.round(perSecond).toLocaleString('en').padStart(12)} lines/s`);
}

let sum = 0;
measure('nothing but making the line', (index) => (sum += otherLine(index).length));
measure('neutralise, ordinary lines', (index) => (sum += neutralise(otherLine(index)).length));
measure(
  'neutralise, hostile lines',
  (index) => (sum += neutralise(hostile[index % hostile.length] ?? '').length),
  10_000,
);

for (const [kind, regexOf] of [
  ['5 regexes that begin with their name', (name: string) => `${name}: ([0-9.eE+-]+)`],
  ['5 regexes that begin with .*', (name: string) => `.*${name}: ([0-9.eE+-]+)`],
] as const) {
  const reader = new MetricReader(compileMetricDefinitions(names.map((name) => ({ name, regex: regexOf(name) }))));
  measure(`metrics, ${kind}, no match`, (index) => reader.read(otherLine(index), index));
  measure(`metrics, ${kind}, all match`, (index) => reader.read(epochLine(index), index), LINES / 5);
}

const backtracking = /.*(train_loss|train_acc): ([0-9.eE+-]+)/;
measure(
  "JavaScript's own engine, one regex, all match",
  (index) => (sum += backtracking.exec(epochLine(index))?.index ?? 0),
);

const log = createLog((text) => (sum += text.length), { untrustedMax: { lines: 1e9, characters: 1e12 } });
const sink = log.untrusted();
const splitter = new LineSplitter((line) => sink.line(line, 'algo-1'));
measure('bytes to neutralised lines', (index) => splitter.write(Buffer.from(`${otherLine(index)}\n`)));
sink.close();

const flood = join(import.meta.dirname, '../test/unit/log/flood.ts');
const { stderr } = spawnSync(process.execPath, ['--import', 'tsx', flood, '200000'], {
  encoding: 'utf8',
  maxBuffer: 1e9,
});
const { peakBytes, seconds } = JSON.parse(stderr) as { peakBytes: number; seconds: number };
console.log(
  `200,000 hostile lines, one of 1 MB: peak ${Math.round(peakBytes / 1e6)} MB (limit 150), ${seconds.toFixed(1)} s`,
);
if (sum === 0) throw new Error('Nothing was measured');
