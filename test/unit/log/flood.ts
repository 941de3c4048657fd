// Run as a child process: sends the hostile corpus the way a container's output goes, and says what memory it took.
import { LineSplitter } from '../../../src/contract/lines';
import { createLog, stdoutWriter } from '../../../src/log';
import { compileMetricDefinitions, MetricReader } from '../../../src/training/metrics';
import { LogTail } from '../../../src/training/tail';
import { hostileOutput } from './corpus';

const lines = Number(process.argv[2]);
const log = createLog(stdoutWriter(), { untrustedMax: { lines: 1e9, characters: 1e12 } });
const metrics = new MetricReader(compileMetricDefinitions([{ name: 'evil', regex: 'evil-([0-9]+)' }]));
const tail = new LogTail(2_000);
const sink = log.untrusted();
const splitter = new LineSplitter((line) => {
  metrics.read(line, 0);
  tail.add(line);
  sink.line(line, 'algo-1');
});
const began = performance.now();
for (const text of hostileOutput(lines)) splitter.write(Buffer.from(text, 'utf8'));
splitter.end();
sink.close();
const seconds = (performance.now() - began) / 1_000;
// maxRSS is in KiB on every platform (libuv).
const peakBytes = process.resourceUsage().maxRSS * 1_024;
process.stderr.write(JSON.stringify({ peakBytes, seconds, metricValues: metrics.series()[0]?.count ?? 0 }));
