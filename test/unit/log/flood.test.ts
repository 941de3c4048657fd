import { spawn } from 'node:child_process';
import { join } from 'node:path';

import { beforeAll, describe, expect, it } from '@jest/globals';

import { LineSplitter, parseCommand, StepOutput, type WorkflowCommand } from '../../../sandbox/runner/commands';
import { COMMAND_NAMES, hostileOutput } from './corpus';

const LINES = 200_000;
const MEMORY_BYTES_MAX = 150e6;

/** The sandbox runner's reading of output, with everything that acts written down. */
function reader(): { line: (text: string) => void; acted: WorkflowCommand[]; shown: () => number } {
  const acted: WorkflowCommand[] = [];
  let shown = 0;
  const output = new StepOutput({
    output: () => (shown += 1),
    annotate: () => undefined,
    debug: () => undefined,
    setOutput: () => undefined,
    saveState: () => undefined,
    addMask: () => undefined,
    job: { echo: false, matchers: [] },
    acted: (command) => acted.push(command),
    failStep: () => undefined,
    workspace: '/nowhere',
  });
  return { line: (text) => output.line(text), acted, shown: () => shown };
}

interface Flood {
  acted: WorkflowCommand[];
  shown: number;
  /** Lines that would act if command parsing were on. */
  actingLines: string[];
  oddLines: string[];
  report: { peakBytes: number; seconds: number; metricValues: number };
}

async function flood(): Promise<Flood> {
  const script = join(import.meta.dirname, 'flood.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, String(LINES)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const runner = reader();
  const actingLines: string[] = [];
  const oddLines: string[] = [];
  const splitter = new LineSplitter((line) => {
    runner.line(line);
    const own = /^::(?:stop-commands::)?[0-9a-f-]{36}(?:::)?$/.test(line);
    if (!own && parseCommand(line) !== undefined) actingLines.push(line);
    // Nothing but prefix and visible text, and never more than the limit plus the note.
    if (!own && (!/^algo-1 \| \P{C}*$/u.test(line) || line.length > 2_100)) oddLines.push(line);
  });
  let report = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => splitter.push(chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (report += chunk));
  await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  splitter.end();
  return {
    acted: runner.acted,
    shown: runner.shown(),
    actingLines,
    oddLines,
    report: JSON.parse(report) as Flood['report'],
  };
}

describe('200,000 hostile lines', () => {
  let result: Flood;
  beforeAll(async () => {
    result = await flood();
  }, 120_000);

  it('make the runner do nothing but stop and resume its parsing', () => {
    expect(result.acted.map(({ name }) => name)).toEqual(['stop-commands', expect.stringMatching(/^[0-9a-f-]{36}$/)]);
  });

  it('would not act even with the parsing on', () => {
    expect(result.actingLines).toEqual([]);
  });

  it('hold nothing invisible, and are short', () => {
    expect(result.oddLines).toEqual([]);
  });

  it('are all shown', () => {
    expect(result.shown).toBeGreaterThanOrEqual(LINES);
    expect(result.report.metricValues).toBeGreaterThan(LINES / 2);
  });

  it('take less than 150 MB', () => {
    expect(result.report.peakBytes).toBeLessThan(MEMORY_BYTES_MAX);
  });
});

it('the corpus acts on a runner that reads it raw', () => {
  const names = new Set<string>();
  let acts = 0;
  for (const text of hostileOutput(20_000)) {
    // A runner of its own for each: one that has been told to stop would read no further.
    const runner = reader();
    const splitter = new LineSplitter((line) => runner.line(line));
    try {
      splitter.push(text);
      splitter.end();
    } catch {
      // A refused stop token: the real runner ends the step here.
    }
    acts += runner.acted.length;
    for (const { name } of runner.acted) names.add(name.toLowerCase());
  }
  expect([...names]).toEqual(expect.arrayContaining([...COMMAND_NAMES]));
  expect(acts).toBeGreaterThan(10_000);
});
