import type { VerifyOptions } from '../contract/checks';
import type { ContractRunner, ContractRunnerOptions } from '../contract/runner';
import { restOf, tallyOf } from '../contract/tally';
import { messageOf, UserError } from '../errors';
import type { CheckResult, VerifySection } from '../record';
import type { Step, StepContext } from './step';

/** Runs the built image as SageMaker would and scores each promise of the container contract. */
export const verify: Step = async (context) => {
  const { createContractRunner } = await import('../contract/runner');
  await verifyWith(context, createContractRunner);
};

/**
 * See {@link verify}; the runner is handed in, and tests shorten the times.
 *
 * @throws UserError naming the failed required checks with their fixes
 */
export async function verifyWith(
  context: StepContext,
  createRunner: (options: ContractRunnerOptions) => ContractRunner,
  times: Partial<VerifyOptions['times']> = {},
): Promise<void> {
  const { deps, inputs, record } = context;
  const { log, clock, exec, signal } = deps;
  const { reason, run } = record.plan.verify;
  if (!run || inputs.verify === 'off') {
    log.info(`No verification: ${inputs.verify === 'off' ? '`verify` is off' : reason}.`);
    return;
  }
  if (!record.build) throw new Error('The step verify needs the section build of the record');
  const [
    { verifyImage, DEFAULT_TIMES },
    { checkChannels },
    { Docker },
    { compileMetricDefinitions },
    { readEngineFacts },
  ] = await Promise.all([
    import('../contract/checks'),
    import('../contract/channels'),
    import('../contract/docker'),
    import('../training/metrics'),
    import('../training/engine'),
  ]);

  // The training's own data stands in for a sample that was not given.
  const channels =
    inputs.verifyChannels.length > 0
      ? await checkChannels(context.workspace, 'verify-channels', inputs.verifyChannels)
      : await checkChannels(context.workspace, 'input-data-config', inputs.inputDataConfig);
  const metrics = compileMetricDefinitions(inputs.metricDefinitions);
  const { gpus } = await readEngineFacts(new Docker(exec), signal);

  const begun = clock.seconds();
  const section: VerifySection = {
    startedAt: clock.now().toISOString(),
    seconds: 0,
    level: inputs.verify,
    checks: [],
    // Until all is known, nothing is proven.
    passed: false,
  };
  record.verify = section;
  await context.save();

  const runner = createRunner({ exec, clock, runId: record.id, signal });
  try {
    section.checks = await verifyImage({
      exec,
      clock,
      signal,
      runId: record.id,
      runner,
      image: record.build.imageId,
      jobName: `byoc-verify-${record.id}`,
      region: deps.env['AWS_REGION'] ?? 'us-east-1',
      hyperparameters: { ...inputs.hyperparameters, ...inputs.verifyHyperparameters },
      channels,
      environment: inputs.environment,
      gpus,
      metrics,
      times: { ...DEFAULT_TIMES, ...times },
      rules: {
        level: inputs.verify,
        skip: inputs.verifySkip,
        hasMetricDefinitions: metrics.length > 0,
        instanceCount: inputs.instanceCount,
      },
      show: async (title, body) =>
        log.group(title, async () => {
          const sink = log.untrusted();
          try {
            return await body((host, line) => sink.line(line, host));
          } finally {
            sink.close();
          }
        }),
      onDecided: async (result) => {
        section.checks.push(result);
        section.seconds = clock.seconds() - begun;
        log.info(scorecardLine(result));
        await context.save();
      },
    });
    section.passed = failedOnes(section).length === 0;
  } finally {
    section.seconds = clock.seconds() - begun;
    await context.save();
    // Each run has tidied up after itself, but for one that was cut short. The cleanup step comes too; what it would say here
    // must not hide why we ended.
    await runner.removeAll().catch((error: unknown) => log.debug(`after verify: ${messageOf(error)}`));
  }
  tell(section, deps.log);
}

function failedOnes(section: VerifySection): CheckResult[] {
  return section.checks.filter(({ required, verdict }) => required && verdict === 'fail');
}

const SIGNS = { pass: '✓', fail: '✗', skipped: '–' } as const;

/** `✓ model  1 file, 12.1 MB (0.0 s)`. Proofs are neutralised where they are made. Pure. */
export function scorecardLine({ id, required, verdict, seconds, proof, reason, fix }: CheckResult): string {
  const sign = verdict === 'fail' && !required ? '!' : SIGNS[verdict];
  const words = verdict === 'skipped' ? `skipped: ${reason ?? ''}` : proof;
  const time = seconds > 0 ? ` (${seconds.toFixed(1)} s)` : '';
  const lines = [`${sign} ${id.padEnd(15)} ${words}${time}`];
  if (verdict === 'fail' && fix !== undefined) lines.push(`  ${' '.repeat(15)} → ${fix}`);
  return lines.join('\n');
}

function tell(section: VerifySection, log: StepContext['deps']['log']): void {
  const failed = failedOnes(section);
  const tally = tallyOf(section.checks);
  const advisory = section.checks.filter(({ required, verdict }) => !required && verdict === 'fail');
  log.info(`Contract: ${tally.kept} kept, ${tally.broken} broken${restOf(tally)}, in ${section.seconds.toFixed(0)} s.`);
  if (failed.length > 0) {
    throw new UserError(
      `The image breaks the container contract: ${failed.map(({ id, proof }) => `${id} (${proof})`).join('; ')}.`,
      { fix: failed.map(({ id, fix }) => `${id}: ${fix ?? ''}`).join('\n') },
    );
  }
  if (advisory.length > 0) {
    log.warning(
      advisory.map(({ id, proof, fix }) => `${id}: ${proof}. ${fix ?? ''}`).join('\n'),
      'The image would train, but could do better',
    );
  }
}
