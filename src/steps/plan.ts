import { createHash } from 'node:crypto';
import { readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { Deps } from '../deps';
import { messageOf, UserError } from '../errors';
import { PayloadError, readEvent, type RunEvent } from '../event/event';
import type { Inputs } from '../inputs';
import { plan as decide, type Facts } from '../plan';
import { RECORD_VERSION, type Plan, type RunRecord } from '../record';
import { makeRunFolder, newRunId, writeRecord } from '../record-file';

/**
 * The first step: gathers facts, decides, checks everything that can be wrong before anything happens, and only then
 * makes the run's folder and the record.
 */
export async function plan(deps: Deps, inputs: Inputs): Promise<void> {
  const { env, log, outputs } = deps;
  const event = await eventOf(env);
  const facts = await gatherFacts(event, inputs, deps);
  const decided = decide(event, inputs, facts);
  // First of all: a job that only plans hands the commit on to the checkout of the next.
  outputs.set('plan', JSON.stringify(decided));
  outputs.set('sha', decided.sha);
  // A dry run is checked like the real one: it is there to find out.
  await checkBeforehand(deps, inputs, decide(event, { ...inputs, dryRun: false }, facts));

  printPlan(deps, decided, inputs.dryRun);
  for (const step of ['build', 'verify', 'train', 'report'] as const) outputs.set(step, String(decided[step].run));
  if (inputs.dryRun) {
    outputs.set('verdict', 'skipped');
    await deps.summary(planMarkdown(decided));
    return;
  }

  const folder = await makeRunFolder(requireEnv(env, 'RUNNER_TEMP'));
  const record = newRecord(deps, inputs, decided);
  const path = join(folder, 'record.json');
  await writeRecord(path, record);
  outputs.set('record-path', path);
  outputs.set('upload', String(decided.train.run && inputs.uploadArtifacts));
  // One name a job and attempt: two uploads of one name fail.
  outputs.set(
    'artifact-name',
    `byoc-${record.commentKey.slice(0, 8)}-${decided.sha.slice(0, 12)}-${record.run.runAttempt}`,
  );
  const idle = decided.build.run ? [] : [`Nothing to do: ${decided.build.reason}.`];
  for (const notice of decided.notices.length > 0 ? decided.notices : idle) log.notice(notice);
}

function newRecord({ env, clock }: Deps, inputs: Inputs, decided: Plan): RunRecord {
  return {
    version: RECORD_VERSION,
    id: newRunId(),
    startedAt: clock.now().toISOString(),
    run: {
      repository: env['GITHUB_REPOSITORY'] ?? '',
      workflow: env['GITHUB_WORKFLOW'] ?? '',
      job: env['GITHUB_JOB'] ?? '',
      runId: env['GITHUB_RUN_ID'] ?? '',
      runAttempt: Number(env['GITHUB_RUN_ATTEMPT'] ?? '1'),
      serverUrl: env['GITHUB_SERVER_URL'] ?? 'https://github.com',
      eventName: env['GITHUB_EVENT_NAME'] ?? '',
    },
    commentKey: commentKey(env, inputs),
    dryRun: inputs.dryRun,
    plan: decided,
    errors: [],
  };
}

/** 16 hex digits: one comment for each workflow, job and matrix entry (`BYOC_MATRIX`, set by action.yml), or as asked. */
function commentKey(env: Deps['env'], inputs: Inputs): string {
  const parts =
    inputs.commentKey !== undefined
      ? ['key', inputs.commentKey]
      : ['job', env['GITHUB_WORKFLOW'] ?? '', env['GITHUB_JOB'] ?? '', env['BYOC_MATRIX'] ?? ''];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}

async function eventOf(env: Deps['env']): Promise<RunEvent> {
  const name = requireEnv(env, 'GITHUB_EVENT_NAME');
  const path = requireEnv(env, 'GITHUB_EVENT_PATH');
  try {
    return readEvent(name, JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    throw new UserError(`The payload of the event \`${name}\` can't be used: ${messageOf(error)}.`, {
      fix:
        error instanceof PayloadError
          ? 'It does not look as GitHub documents it; by hand, give GITHUB_EVENT_PATH a whole webhook payload.'
          : 'GITHUB_EVENT_PATH must name a file that holds the payload as JSON.',
      cause: error,
    });
  }
}

function requireEnv(env: Deps['env'], name: string): string {
  const value = env[name];
  if (!value) {
    throw new UserError(`${name} is not set.`, {
      fix: 'The action runs in a GitHub Actions job, or on your machine in the sandbox (`npm run sandbox`).',
    });
  }
  return value;
}

async function gatherFacts(event: RunEvent, inputs: Inputs, deps: Deps): Promise<Facts> {
  const { env } = deps;
  const facts: Facts = {
    eventSha: env['GITHUB_SHA'] ?? '',
    token: inputs.githubToken !== undefined,
    aws: Boolean(env['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? env['AWS_ACCESS_KEY_ID'] ?? env['AWS_WEB_IDENTITY_TOKEN_FILE']),
    selfHosted: env['RUNNER_ENVIRONMENT'] !== 'github-hosted',
  };
  if (event.kind !== 'issue_comment' || !event.pullRequest || !event.firstLine.startsWith('/train')) return facts;
  const comment = await commentFacts(event, inputs, deps);
  return comment ? { ...facts, comment } : facts;
}

/** Who commented on what, by the API. Any failure leaves it unknown, and `plan` lets nobody in. */
async function commentFacts(
  event: Extract<RunEvent, { kind: 'issue_comment' }>,
  inputs: Inputs,
  { env, log, github }: Deps,
): Promise<Facts['comment'] | undefined> {
  const [owner = '', repo = ''] = (env['GITHUB_REPOSITORY'] ?? '').split('/');
  try {
    const client = await github(inputs.githubToken);
    if (!client) return undefined;
    const [{ data: pull }, { data: permission }] = await Promise.all([
      client.rest.pulls.get({ owner, repo, pull_number: event.number }),
      client.rest.repos.getCollaboratorPermissionLevel({ owner, repo, username: event.commenter }),
    ]);
    return {
      headSha: pull.head.sha,
      head: pull.head.ref,
      base: pull.base.ref,
      // The API sends null for a fork that was deleted, whatever the published type says.
      fork: (pull.head.repo as { id: number } | null)?.id !== pull.base.repo.id,
      open: pull.state === 'open',
      permission: permission.permission,
    };
  } catch (error) {
    log.warning(`The pull request or the commenter could not be looked up: ${messageOf(error)}`);
    return undefined;
  }
}

/** Everything that can be refused without having done anything. */
async function checkBeforehand(deps: Deps, inputs: Inputs, decided: Plan): Promise<void> {
  if (inputs.metricDefinitions.length > 0) {
    const { compileMetricDefinitions } = await import('../training/metrics');
    compileMetricDefinitions(inputs.metricDefinitions);
  }
  if (!decided.build.run) return;
  if (inputs.dryRun && !(await isCheckedOut(deps, decided.sha))) {
    deps.log.notice(`Files were not looked at: ${decided.sha.slice(0, 12)} is not checked out here.`);
    return;
  }
  const workspace = await realpath(requireEnv(deps.env, 'GITHUB_WORKSPACE'));
  const [{ checkContext }, { checkChannels }] = await Promise.all([
    import('../image/context'),
    import('../contract/channels'),
  ]);
  await checkContext(workspace, inputs);
  if (decided.verify.run) await checkChannels(workspace, 'verify-channels', inputs.verifyChannels);
  // Verify takes the training's data where no sample is given.
  if (decided.train.run || (decided.verify.run && inputs.verifyChannels.length === 0))
    await checkChannels(workspace, 'input-data-config', inputs.inputDataConfig);
}

/** Whether the workspace holds the planned commit; `build` proves it for good. */
async function isCheckedOut({ env, exec }: Deps, sha: string): Promise<boolean> {
  try {
    const { exitCode, stdout } = await exec.run('git', ['-C', env['GITHUB_WORKSPACE'] ?? '.', 'rev-parse', 'HEAD']);
    return exitCode === 0 && stdout.trim() === sha;
  } catch {
    return false;
  }
}

const STEPS = ['build', 'verify', 'train', 'report', 'comment'] as const;

function printPlan({ log }: Deps, decided: Plan, dryRun: boolean): void {
  log.info(`${dryRun ? 'Dry run. ' : ''}Plan for ${decided.sha.slice(0, 12)} (${decided.because}):`);
  for (const step of STEPS) {
    log.info(`  ${decided[step].run ? '✓' : '–'} ${step.padEnd(8)} ${decided[step].reason}`);
  }
}

function planMarkdown(decided: Plan): string {
  return [
    `### Plan for \`${decided.sha.slice(0, 12)}\` (dry run)`,
    '',
    `Because: ${decided.because}.`,
    '',
    '| Step | Runs | Why |',
    '| --- | --- | --- |',
    ...STEPS.map((step) => `| ${step} | ${decided[step].run ? 'yes' : 'no'} | ${decided[step].reason} |`),
    '',
  ].join('\n');
}
