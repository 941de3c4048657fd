import { restOf, tallyOf } from '../contract/tally';
import { verdictOf, type RunRecord, type StepName } from '../record';
import { headlineOf } from './direction';
import { code, inline, link, prose } from './escape';
import { brokenChecks, reasonLine } from './failure';
import { duration, readable, size } from './units';

const DOING: Record<StepName, string> = {
  plan: 'planning',
  build: 'the build',
  verify: 'the contract checks',
  train: 'training',
  report: 'the report',
  cleanup: 'the cleanup',
};

/** The first line, without the heading's signs. It must do as the subject of an e-mail: verdict first, then the number. */
export function titleOf(record: RunRecord): string {
  if (record.cancelled) return cancelledTitle(record, record.cancelled);
  switch (verdictOf(record)) {
    case 'passed':
      return passedTitle(record);
    case 'failed':
      return failedTitle(record);
    case 'running':
      return `⏳ Training has not ended yet, ${duration(record.train?.seconds ?? 0)} so far`;
    case 'skipped':
      return skippedTitle(record);
  }
}

/** The second line: which commit, how the contract stands, links. */
export function factsOf(record: RunRecord): string {
  const facts = [code(record.plan.sha.slice(0, 12))];
  const contract = contractCount(record);
  if (contract !== undefined) facts.push(`contract ${contract}`);
  if (record.build) facts.push(`image ${size(record.build.sizeBytes)}`);
  if (record.train?.status === 'Completed') facts.push(`trained on the runner${record.train.gpus ? "'s GPU" : ''}`);
  else if (record.build && !record.train) facts.push('not trained');
  const run = runUrl(record);
  if (run !== undefined) facts.push(link('run', run));
  if (record.artifactUrl !== undefined) facts.push(link('files', record.artifactUrl));
  return facts.join(' · ');
}

/** `10/14, 1 advice, 3 skipped`: kept promises of all there are. */
export function contractCount(record: RunRecord): string | undefined {
  const checks = record.verify?.checks ?? [];
  if (checks.length === 0) return undefined;
  const tally = tallyOf(checks);
  return `${tally.kept}/${tally.promises}${restOf(tally)}`;
}

/** The address of this attempt of the run, built from the runner's own facts alone. */
export function runUrl(record: RunRecord): string | undefined {
  const { serverUrl, repository, runId, runAttempt } = record.run;
  if (!/^[\w.-]{1,100}\/[\w.-]{1,100}$/u.test(repository) || !/^\d{1,20}$/u.test(runId)) return undefined;
  if (!URL.canParse(serverUrl)) return undefined;
  const attempt = Number.isSafeInteger(runAttempt) && runAttempt > 1 ? `/attempts/${runAttempt}` : '';
  return `${serverUrl.replace(/\/+$/u, '')}/${repository}/actions/runs/${runId}${attempt}`;
}

/** Seconds spent in the steps that ran. */
export function totalSeconds(record: RunRecord): number {
  return (record.build?.seconds ?? 0) + (record.verify?.seconds ?? 0) + (record.train?.seconds ?? 0);
}

function passedTitle(record: RunRecord): string {
  const parts: string[] = [];
  const headline = record.train ? headlineOf(record.train.metrics) : undefined;
  if (headline?.last !== undefined) parts.push(`${inline(headline.name, 64)} ${readable(headline.last)}`);
  else if (record.train) parts.push('trained');
  else if (record.verify) parts.push('contract kept');
  else parts.push('image built');
  parts.push(duration(totalSeconds(record)));
  return `✅ Passed: ${parts.join(' · ')}`;
}

function failedTitle(record: RunRecord): string {
  const broken = brokenChecks(record);
  const bug = record.errors.find((error) => !error.user);
  const error = record.errors[0];
  const [first] = broken;
  if (first?.crash !== undefined && broken.length === 1) {
    return `❌ The container crashed in its sample run: ${inline(first.crash, 140)}`;
  }
  if (broken.length > 0) {
    const shown = broken.slice(0, 4).map((check) => code(check.id, 40));
    const more = broken.length > shown.length ? ` and ${broken.length - shown.length} more` : '';
    return `❌ Contract broken: ${shown.join(', ')}${more}`;
  }
  if (record.train && record.train.status !== 'Completed') {
    const verb = record.train.status === 'Stopped' ? 'Training was stopped' : 'Training failed';
    const reason = reasonLine(record.train) || (error?.message ?? '');
    return `❌ ${verb} after ${duration(record.train.seconds)}${reason === '' ? '' : `: ${prose(reason, 140)}`}`;
  }
  if (bug && bug === error) return `❌ This action failed in its step ${code(bug.step)}: ${inline(bug.message, 140)}`;
  if (!error) return '❌ Contract broken';
  const what: Record<StepName, string> = {
    plan: 'Refused',
    build: 'Build failed',
    verify: 'Contract checks could not run',
    train: 'Training failed',
    report: 'Report failed',
    cleanup: 'Cleanup failed',
  };
  return `❌ ${what[error.step]}: ${prose(withoutEcho(error.message, what[error.step]), 140)}`;
}

/** "Build failed: build failed in line 4" says it twice. */
function withoutEcho(message: string, title: string): string {
  const lower = message.toLowerCase();
  const echo = title.toLowerCase();
  return lower.startsWith(`${echo}: `) ? message.slice(title.length + 2) : message;
}

function cancelledTitle(record: RunRecord, { step, signal }: NonNullable<RunRecord['cancelled']>): string {
  const seconds = step === 'train' ? record.train?.seconds : totalSeconds(record);
  const after = seconds !== undefined && seconds > 0 ? ` after ${duration(seconds)}` : '';
  return `${signal === 'SIGKILL' ? '❌ Killed' : '⏹ Cancelled'} during ${DOING[step]}${after}`;
}

function skippedTitle(record: RunRecord): string {
  if (record.dryRun) return '📝 Dry run: planned, and nothing done';
  return `⏭ Nothing to do: ${prose(record.plan.build.reason, 160)}`;
}
