import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Deps } from '../deps';
import { verdictOf, type RunRecord } from '../record';
import { upsertComment, type CommentOutcome } from '../report/comment';
import { bestOf } from '../report/direction';
import { oneLine, safeUrl } from '../report/escape';
import { toMarkdown, type ReportOptions } from '../report/markdown';
import { markerLine, markerOf } from '../report/marker';
import { redactRecord } from '../report/redact';
import type { Recipe } from '../report/reproduce';
import { toSummary } from '../report/summary';
import { duration, readable, size } from '../report/units';
import { contractCount } from '../report/title';
import { secretsOf } from './secrets';
import type { Step, StepContext } from './step';

/** Bytes of a comment, its marker included. */
const COMMENT_BYTES_MAX = 60_000;

/**
 * Renders the record: `report.md` and `report.json` beside it, job summary, sticky comment, outputs. Runs also when a
 * step before it failed, and does not turn red for that (the failed step did). A comment that cannot be made is a warning.
 */
export const report: Step = async (context) => {
  const { deps, record, folder } = context;
  setArtifactUrl(context);
  const secrets = secretsOf(context);
  const options: ReportOptions = { secrets, recipe: recipeOf(context) };
  const path = join(folder, 'report.md');
  record.report = { path };
  const write = async (): Promise<void> => {
    await writeFile(path, toSummary(record, options));
    await writeFile(join(folder, 'report.json'), `${JSON.stringify(redactRecord(record, secrets), null, 2)}\n`);
    await context.save();
  };
  // First on disk: whatever GitHub does now, the report is there.
  await write();

  const outcome = await comment(context, options);
  if ('url' in outcome) record.report.commentUrl = outcome.url;
  else record.report.commentSkipped = outcome.skipped;
  await write();

  await deps.summary(toSummary(record, options));
  setOutputs(deps, record);
  tell(deps, record, outcome);
};

async function comment(
  { deps, inputs, record }: StepContext,
  options: ReportOptions,
): Promise<CommentOutcome & { planned?: false }> {
  const { plan, run } = record;
  if (!plan.comment.run) return { skipped: plan.comment.reason, planned: false };
  if (!plan.pullRequest) return { skipped: 'there is no pull request', planned: false };
  const octokit = await deps.github(inputs.githubToken);
  if (!octokit) return { skipped: 'the input `github-token` is empty', planned: false };
  const [owner = '', repo = ''] = run.repository.split('/');
  const marker = markerOf(record);
  const budgetBytes = COMMENT_BYTES_MAX - Buffer.byteLength(markerLine(marker)) - 1;
  const markdown = toMarkdown(record, { ...options, budgetBytes });
  const target = { owner, repo, number: plan.pullRequest.number, marker };
  return upsertComment(target, markdown, { octokit, clock: deps.clock, signal: deps.signal });
}

/** The link that the upload step gave: believed only when it leads to the server of this run. */
function setArtifactUrl({ deps, record }: StepContext): void {
  const given = deps.env['BYOC_ARTIFACT_URL'];
  if (given === undefined || given === '') return;
  const url = safeUrl(given);
  const { serverUrl } = record.run;
  if (url === undefined || !URL.canParse(serverUrl) || new URL(url).origin !== new URL(serverUrl).origin) {
    deps.log.warning('The link to the uploaded files does not lead to this GitHub server; the report does without it.');
    return;
  }
  record.artifactUrl = url;
}

function recipeOf({ inputs }: StepContext): Recipe {
  return {
    context: inputs.context,
    buildArgs: inputs.buildArgs,
    ...(inputs.file === undefined ? {} : { file: inputs.file }),
    ...(inputs.target === undefined ? {} : { target: inputs.target }),
  };
}

function setOutputs({ outputs }: Deps, record: RunRecord): void {
  outputs.set('verdict', verdictOf(record));
  outputs.set('metrics', JSON.stringify(metricsOf(record)));
  outputs.set('report-path', record.report?.path ?? '');
  outputs.set('comment-url', record.report?.commentUrl ?? '');
  outputs.set('training-job-status', record.train?.status ?? '');
}

/** `{ "val_acc": { "last": 0.927, "best": 0.931 } }`; `best` only where the metric's name tells what better means. */
function metricsOf(record: RunRecord): Record<string, { last?: number; best?: number }> {
  return Object.fromEntries(
    (record.train?.metrics ?? []).map((series) => {
      const best = bestOf(series)?.value;
      return [
        series.name,
        { ...(series.last === undefined ? {} : { last: series.last }), ...(best === undefined ? {} : { best }) },
      ];
    }),
  );
}

/** What happened, as a short table at the end of the log. */
function tell({ log }: Deps, record: RunRecord, outcome: CommentOutcome & { planned?: false }): void {
  const { plan, build, verify, train } = record;
  const rows: [string, string, string, string][] = [];
  const row = (
    step: 'build' | 'verify' | 'train',
    section: { seconds: number } | undefined,
    ok: boolean,
    what: string,
  ): void => {
    const failed = record.errors.some((error) => error.step === step) || (section !== undefined && !ok);
    const cancelled = record.cancelled?.step === step;
    const result = cancelled
      ? 'cancelled'
      : failed
        ? 'failed'
        : section
          ? 'ok'
          : plan[step].run
            ? 'not reached'
            : 'not planned';
    rows.push([step, result, section ? duration(section.seconds) : '', what]);
  };
  row('build', build, true, build ? `${size(build.sizeBytes)}, ${build.layers.length} layers` : '');
  row('verify', verify, verify?.passed ?? true, verify ? `contract ${contractCount(record) ?? 'not checked'}` : '');
  const metrics = (train?.metrics ?? [])
    .filter((series) => series.last !== undefined)
    .slice(0, 4)
    .map((series) => `${oneLine(series.name, 40)} ${readable(series.last ?? NaN)}`);
  row('train', train, train?.status === 'Completed', train ? [train.status, ...metrics].join(', ') : '');
  rows.push([
    'comment',
    'url' in outcome ? outcome.action : 'skipped',
    '',
    'url' in outcome ? outcome.url : outcome.skipped,
  ]);

  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((cells) => (cells[column] ?? '').length)));
  log.info(`Verdict: ${verdictOf(record)}`);
  // Metric names come from outside: the runner must not find a command in them.
  const sink = log.untrusted();
  for (const cells of rows)
    sink.line(
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  sink.close();
  log.info(`Report: ${record.report?.path ?? ''}`);
  if ('skipped' in outcome && outcome.planned === undefined)
    log.warning(`No comment on the pull request: ${outcome.skipped}.`);
}
