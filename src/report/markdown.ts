import { restOf, tallyOf } from '../contract/tally';
import type { CheckResult, RunRecord, TrainSection } from '../record';
import { charts } from './charts';
import { compose, frame, type Block, type Wording } from './compose';
import { bestOf, directionOf } from './direction';
import { blockLines, codeCell, fenced, inline, link, prose, proseCell, safeUrl } from './escape';
import { causesOf, reasonLines } from './failure';
import { redactRecord } from './redact';
import { reproduce, type Recipe } from './reproduce';
import { factsOf, runUrl, titleOf } from './title';
import { counted, duration, grouped, readable, size } from './units';

/** What the report is made with beside the record. */
export interface ReportOptions {
  /** UTF-8 bytes that the result never exceeds. Default 60,000 (GitHub refuses a comment above 65,536); at least 32,000. */
  budgetBytes?: number;
  /** Values to take out wherever they appear. */
  secrets?: readonly string[];
  /** How the image was built, for the lines that run it locally. */
  recipe?: Recipe;
  /** Where the whole report is, when this one had to be cut. */
  fullReport?: string;
}

const BUDGET_BYTES = 60_000;
const LOG_LINES_SHOWN = 12;
const CHARTS_SHOWN = 2;

/**
 * The record as GitHub Markdown, what a reviewer needs first: verdict, cause and change when red, metrics, curves; then,
 * folded, contract, training, image, files, plan, how to run it. What has nothing to say does not appear. Pure.
 *
 * Everything in the record is taken to be hostile: it is redacted, escaped for its place, and bounded. Over budget, the
 * least important goes first (the order is the `keep` of each wording below), and a note says what went.
 */
export function toMarkdown(given: RunRecord, options: ReportOptions = {}): string {
  const record = redactRecord(given, options.secrets);
  const blocks: Block[] = [
    frame(`### ${titleOf(record)}`),
    frame(factsOf(record)),
    ...causes(record),
    ...notices(record),
    ...advisories(record),
    ...metrics(record.train),
    ...curves(record.train),
    ...log(record),
    ...contract(record),
    ...training(record.train),
    ...image(record),
    ...files(record),
    ...planAndTimes(record),
    ...locally(record, options),
  ];
  const full = options.fullReport ?? fullReport(record);
  return compose(
    blocks,
    options.budgetBytes ?? BUDGET_BYTES,
    (cut) => `*Cut to fit: ${cut.join(', ')}. Whole in ${full}.*`,
  );
}

function fullReport(record: RunRecord): string {
  const run = runUrl(record);
  const summary = run === undefined ? 'the job summary' : link('the job summary', run);
  return record.artifactUrl === undefined ? summary : `${summary} and in ${link('the files', record.artifactUrl)}`;
}

/** The card that says why it is red and what to change. */
function causes(record: RunRecord): Block[] {
  const all = causesOf(record);
  if (all.length === 0) return [];
  const card = (most: number, textLength: number, changeLinesMost: number): string => {
    const entries = all.slice(0, most).map(({ cause, change }) => {
      const lines = [`> **Cause:** ${prose(reasonLines(cause).join(' '), textLength) || 'not told'}`];
      if (change !== undefined && change.trim() !== '') {
        lines.push('>', ...changeLines(change, textLength, changeLinesMost));
      }
      return lines.join('\n');
    });
    if (all.length > most) entries.push(`> … and ${all.length - most} more, in the lists below.`);
    return ['> [!CAUTION]', entries.join('\n>\n')].join('\n');
  };
  const details = all.slice(0, 5).flatMap((cause) => cause.details);
  return [
    {
      wordings: [
        { text: card(6, 700, 12), keep: 90 },
        { text: card(3, 200, 3), keep: Infinity },
      ],
    },
    ...proof(details),
  ];
}

function changeLines(change: string, textLength: number, most: number): string[] {
  const [first = '', ...rest] = blockLines(change, { lines: most, lineLength: textLength });
  const lines = [`> **Change:** ${prose(first, textLength)}`];
  if (rest.length === 0) return lines;
  // Lines to copy come indented or as YAML; sentences do not.
  const verbatim = rest.some((line) => /^\s|^[-$]|^[\w-]+:(?:\s|$)/u.test(line));
  return verbatim
    ? [
        ...lines,
        '>',
        ...fenced(rest)
          .split('\n')
          .map((line) => `> ${line}`),
      ]
    : [...lines, ...rest.filter((line) => line.trim() !== '').flatMap((line) => ['>', `> ${prose(line, textLength)}`])];
}

/** Lines that prove the cause: the failing Dockerfile line, the last output. */
function proof(details: readonly string[]): Block[] {
  if (details.length === 0) return [];
  const block = (lines: number, lineLength: number): string => {
    const shown = blockLines(details, { lines, lineLength, keep: 'last' });
    return shown.length === 0 ? '' : fenced(shown);
  };
  return [
    {
      name: 'the lines of the error',
      wordings: [
        { text: block(40, 300), keep: 70 },
        { text: block(10, 160), keep: 85 },
        { text: '', keep: Infinity },
      ],
    },
  ];
}

function notices(record: RunRecord): Block[] {
  const lines = record.plan.notices.slice(0, 4).map((notice) => prose(notice, 250));
  if (record.plan.train.run === false && record.build && record.plan.train.reason.trim() !== '') {
    lines.push(`Not trained: ${prose(record.plan.train.reason, 250)}`);
  }
  if (record.report?.commentSkipped !== undefined)
    lines.push(`No comment: ${prose(record.report.commentSkipped, 250)}`);
  const shown = lines.filter((line) => line.trim() !== '');
  return shown.length === 0 ? [] : [frame(['> [!NOTE]', shown.map((line) => `> ${line}`).join('\n>\n')].join('\n'))];
}

/** Advisory checks that failed: not red, but nothing to fold away. */
function advisories(record: RunRecord): Block[] {
  const failed = (record.verify?.checks ?? []).filter((check) => !check.required && check.verdict === 'fail');
  if (failed.length === 0) return [];
  const rows = failed.map((check) => {
    const seen = proseCell(check.proof || check.title, 240);
    return [codeCell(check.id, 60), seen, check.fix === undefined ? '' : proseCell(check.fix, 300)];
  });
  return [
    {
      name: 'advice',
      wordings: tableWordings(
        'Suggestions (they do not fail the run):\n\n',
        ['Check', 'Seen', 'Change'],
        rows,
        [20, 5],
        75,
      ),
    },
  ];
}

function metrics(train: TrainSection | undefined): Block[] {
  if (!train || train.metrics.length === 0) return [];
  const word = stepWord(train);
  const rows = train.metrics.map((series) => {
    const direction = directionOf(series.name);
    const arrow = direction === 'up' ? ' ↑' : direction === 'down' ? ' ↓' : '';
    const best = bestOf(series);
    const dropped = series.dropped > 0 ? `, ${grouped(series.dropped)} not finite` : '';
    return [
      `${codeCell(series.name, 80)}${arrow}`,
      series.last === undefined ? 'never seen' : `**${readable(series.last)}**`,
      best === undefined ? '–' : `${readable(best.value)} (${best.step + 1})`,
      `${grouped(series.count)}${dropped}`,
    ];
  });
  return [
    {
      name: 'metrics',
      wordings: tableWordings(
        '',
        ['Metric', 'Last', `Best (${word})`, 'Points'],
        rows,
        [60, 15, 5],
        80,
        '|---|--:|--:|--:|',
      ),
    },
  ];
}

function curves(train: TrainSection | undefined): Block[] {
  if (!train) return [];
  const all = charts(train.metrics, stepWord(train));
  const shown = all
    .slice(0, CHARTS_SHOWN)
    .map((text, index) => curve(index === 0 ? 'curves' : `curve ${index + 1}`, text, 50 - index));
  const more = all.slice(CHARTS_SHOWN);
  if (more.length > 0)
    shown.push(curve('more curves', details(counted(more.length, 'more curve'), more.join('\n\n')), 36));
  return shown;
}

function curve(name: string, text: string, keep: number): Block {
  return {
    name,
    wordings: [
      { text, keep },
      { text: '', keep: Infinity },
    ],
  };
}

/** `epoch` where the hyperparameters say that this many were trained, else `value`. */
function stepWord(train: TrainSection): string {
  const longest = Math.max(0, ...train.metrics.map((series) => series.count));
  const epochs = Object.entries(train.hyperparameters).find(([name]) =>
    /^(?:n|num|max)?[-_]?(?:train[-_])?epochs?$/iu.test(name),
  );
  return epochs && Number(epochs[1].replace(/^"|"$/gu, '')) === longest ? 'epoch' : 'value no.';
}

function log(record: RunRecord): Block[] {
  const train = record.train;
  if (!train || train.status === 'Completed' || train.logTail.length === 0) return [];
  const all = blockLines(train.logTail, { lines: 150, lineLength: 300, keep: 'last' });
  if (all.length === 0) return [];
  const shown = all.slice(-LOG_LINES_SHOWN);
  const before = all.slice(0, -LOG_LINES_SHOWN);
  const short = blockLines(train.logTail, { lines: 6, lineLength: 120, keep: 'last' });
  const blocks: Block[] = [
    {
      name: 'the last lines of the log',
      wordings: [
        { text: `The last lines of the log:\n\n${fenced(shown)}`, keep: 78 },
        { text: `The last lines of the log:\n\n${fenced(short)}`, keep: 88 },
        { text: '', keep: Infinity },
      ],
    },
  ];
  if (before.length > 0) {
    const earlier = (lines: readonly string[]): string =>
      details(`${counted(lines.length, 'line')} before`, fenced(lines));
    blocks.push({
      name: 'earlier log lines',
      wordings: [
        { text: earlier(before), keep: 30 },
        ...(before.length > 40 ? [{ text: earlier(before.slice(-40)), keep: 45 }] : []),
        { text: '', keep: Infinity },
      ],
    });
  }
  return blocks;
}

function contract(record: RunRecord): Block[] {
  const verify = record.verify;
  if (!verify || verify.checks.length === 0) return [];
  const tally = tallyOf(verify.checks);
  const title = `Contract: ${tally.kept} of ${tally.promises} kept${restOf(tally)} · ${duration(verify.seconds)}`;
  const rows = (length: number): string[][] =>
    verify.checks.map((check) => [
      codeCell(check.id, 60),
      verdictWord(check),
      check.verdict === 'skipped' ? '–' : readable(Math.round(check.seconds * 10) / 10),
      proofOf(check, length),
    ]);
  const text = (length: number, most: number): string =>
    details(
      title,
      table(
        ['Check', 'Verdict', 'Seconds', 'Proof'],
        rows(length).slice(0, most),
        '|---|---|--:|---|',
        verify.checks.length,
      ),
    );
  return [
    {
      name: 'contract checks',
      wordings: [
        { text: text(400, 60), keep: 60 },
        { text: text(80, 30), keep: 72 },
        { text: '', keep: Infinity },
      ],
    },
  ];
}

function verdictWord(check: CheckResult): string {
  if (check.verdict === 'pass') return '✅ pass';
  if (check.verdict === 'skipped') return '⏭ skipped';
  return check.required ? '❌ fail' : '⚠️ advice';
}

function proofOf(check: CheckResult, length: number): string {
  if (check.verdict === 'skipped') return proseCell(check.reason ?? '', length);
  const seen = proseCell(check.proof, length);
  return seen === '' ? proseCell(check.title, length) : seen;
}

function training(train: TrainSection | undefined): Block[] {
  if (!train) return [];
  const parts: string[] = [];
  const rows: string[][] = [
    ['Status', `${inline(train.status)}${train.exitCode === undefined ? '' : `, exit code ${train.exitCode}`}`],
    ['Where', `the runner, ${counted(train.instanceCount, 'node')}, ${train.gpus ? 'with GPUs' : 'CPU'}`],
    ['Time', duration(train.seconds)],
  ];
  if (train.peakMemoryBytes !== undefined) rows.push(['Peak memory', exactSize(train.peakMemoryBytes)]);
  if (train.cpuSeconds !== undefined) rows.push(['CPU time', duration(train.cpuSeconds)]);
  parts.push(table(['Training', ''], rows));
  const hyperparameters = Object.entries(train.hyperparameters);
  if (hyperparameters.length > 0) {
    const cells = hyperparameters.slice(0, 60).map(([name, value]) => [codeCell(name, 80), codeCell(value, 160)]);
    parts.push(table(['Hyperparameter', 'Value'], cells, undefined, hyperparameters.length));
  }
  if (train.channels.length > 0) {
    const cells = train.channels
      .slice(0, 20)
      .map((channel) => [
        codeCell(channel.name, 64),
        inline(channel.mode),
        grouped(channel.files),
        size(channel.sizeBytes),
      ]);
    parts.push(table(['Channel', 'Mode', 'Files', 'Size'], cells, '|---|---|--:|--:|', train.channels.length));
  }
  const title = [
    'Training',
    counted(hyperparameters.length, 'hyperparameter'),
    counted(train.channels.length, 'channel'),
  ];
  return [
    {
      name: 'training facts',
      wordings: [
        { text: details(title.join(' · '), parts.join('\n\n')), keep: 40 },
        { text: '', keep: Infinity },
      ],
    },
  ];
}

function image(record: RunRecord): Block[] {
  const build = record.build;
  if (!build) return [];
  const rows: string[][] = [
    ['Name', codeCell(build.reference, 160)],
    ['Image id', codeCell(build.imageId, 80)],
    ...(build.configDigest === undefined ? [] : [['Config digest', codeCell(build.configDigest, 80)]]),
    ['Platform', codeCell(build.platform, 40)],
    ['Size', exactSize(build.sizeBytes)],
    ['Entrypoint', build.entrypoint === null ? 'none' : codeCell(JSON.stringify(build.entrypoint), 240)],
    ['Command', build.cmd === null ? 'none' : codeCell(JSON.stringify(build.cmd), 240)],
    ['User', build.user === '' ? 'root' : codeCell(build.user, 60)],
    ['Working directory', codeCell(build.workingDir === '' ? '/' : build.workingDir, 120)],
    ['Builder', inline(build.builder, 80)],
    ['Build time', duration(build.seconds)],
  ];
  const cached =
    build.cachedSteps !== undefined && build.totalSteps !== undefined
      ? `${build.cachedSteps} of ${build.totalSteps}`
      : undefined;
  if (cached !== undefined) rows.push(['Steps from cache', cached]);
  const facts = table(['Image', ''], rows);
  const biggest = [...build.layers].sort((a, b) => b.sizeBytes - a.sizeBytes).filter((layer) => layer.sizeBytes > 0);
  const layers = table(
    ['Biggest layers', 'Size'],
    biggest.slice(0, 6).map((layer) => [codeCell(layer.createdBy, 140), size(layer.sizeBytes)]),
    '|---|--:|',
  );
  const title = [
    'Image',
    size(build.sizeBytes),
    counted(build.layers.length, 'layer'),
    `built in ${duration(build.seconds)}`,
  ];
  if (cached !== undefined) title.push(`${cached} steps from cache`);
  const summary = title.join(' · ');
  const wordings: Wording[] = [
    { text: details(summary, [facts, ...(biggest.length > 0 ? [layers] : [])].join('\n\n')), keep: 20 },
  ];
  if (biggest.length > 0) wordings.push({ text: details(summary, facts), keep: 35 });
  wordings.push({ text: '', keep: Infinity });
  return [{ name: 'image facts', wordings }];
}

function files(record: RunRecord): Block[] {
  const artifacts = record.train?.artifacts ?? [];
  if (artifacts.length === 0) return [];
  const most = 30;
  const rows = artifacts
    .slice(0, most)
    .map((artifact) => [
      codeCell(artifact.name, 120),
      inline(artifact.kind, 20),
      exactSize(artifact.sizeBytes),
      codeCell(artifact.sha256, 64),
    ]);
  const body = table(['File', 'Kind', 'Size', 'SHA-256'], rows, '|---|---|--:|---|', artifacts.length);
  const model = artifacts.find((artifact) => artifact.kind === 'model');
  const title = ['Files', counted(artifacts.length, 'file')];
  if (model) title.push(`model ${size(model.sizeBytes)}`);
  const url = record.artifactUrl === undefined ? undefined : safeUrl(record.artifactUrl);
  const lead = url === undefined ? [] : [link('Download all of them', url)];
  return [
    {
      name: 'files',
      wordings: [
        { text: details(title.join(' · '), [...lead, body].join('\n\n')), keep: 38 },
        { text: '', keep: Infinity },
      ],
    },
  ];
}

function planAndTimes(record: RunRecord): Block[] {
  const { plan } = record;
  const row = (name: string, step: { run: boolean; reason: string }, seconds: number | undefined): string[] => [
    name,
    step.run ? 'yes' : 'no',
    seconds === undefined ? '–' : duration(seconds),
    proseCell(step.reason, 240),
  ];
  const rows = [
    row('build', plan.build, record.build?.seconds),
    row('verify', plan.verify, record.verify?.seconds),
    row('train', plan.train, record.train?.seconds),
    row('comment', plan.comment, undefined),
  ];
  const because = plan.because.trim() === '' ? [] : [`Because: ${prose(plan.because, 200)}.`];
  const body = [...because, table(['Step', 'Planned', 'Took', 'Why'], rows, '|---|---|--:|---|')].join('\n\n');
  // A dry run is nothing but its plan.
  const text = record.dryRun ? body : details('Plan and times', body);
  return [
    {
      name: 'plan',
      wordings: [
        { text, keep: 32 },
        { text: '', keep: Infinity },
      ],
    },
  ];
}

function locally(record: RunRecord, { recipe, secrets }: ReportOptions): Block[] {
  const lines = reproduce(record, recipe, secrets);
  if (lines.length === 0) return [];
  return [
    {
      name: 'how to run it locally',
      wordings: [
        { text: details('Run it on your machine', fenced(lines, 'sh')), keep: 42 },
        { text: '', keep: Infinity },
      ],
    },
  ];
}

/** Folded. GitHub needs the blank lines to see Markdown inside; the title is ours, without outside text. */
function details(title: string, body: string): string {
  return `<details>\n<summary>${title}</summary>\n\n${body}\n\n</details>`;
}

function table(header: readonly string[], rows: readonly (readonly string[])[], rule?: string, of?: number): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const more = of !== undefined && of > rows.length ? [``, `… and ${grouped(of - rows.length)} more.`] : [];
  return [line(header), rule ?? `|${'---|'.repeat(header.length)}`, ...rows.map(line), ...more].join('\n');
}

function tableWordings(
  lead: string,
  header: readonly string[],
  rows: readonly (readonly string[])[],
  steps: readonly number[],
  keep: number,
  rule?: string,
): Wording[] {
  const counts = steps.filter((count, index) => index === 0 || count < rows.length);
  return [
    ...counts.map((count, index) => ({
      text: `${lead}${table(header, rows.slice(0, count), rule, rows.length)}`,
      keep: keep + index * 6,
    })),
    { text: '', keep: Infinity },
  ];
}

function exactSize(bytes: number): string {
  return bytes < 1000 ? size(bytes) : `${size(bytes)} (${grouped(bytes)} bytes)`;
}
