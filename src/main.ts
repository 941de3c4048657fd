import type { Deps } from './deps';
import { diskFull } from './disk-full';
import { CancelledError, messageOf, UserError } from './errors';
import type { RunRecord, StepName } from './record';
import type { Step, StepContext } from './steps/step';

/** Steps that work on the record; each is loaded only when it is the one to run. */
const STEPS: Record<Exclude<StepName, 'plan' | 'cleanup'>, () => Promise<Step>> = {
  build: async () => (await import('./steps/build')).build,
  verify: async () => (await import('./steps/verify')).verify,
  train: async () => (await import('./steps/train')).train,
  report: async () => (await import('./steps/report')).report,
};

/** Node's oldest release that has all we use (`process.getBuiltinModule`). */
const NODE_MIN = [20, 16] as const;

/** How long a cancelled step may take to tidy up: the runner sends SIGTERM 7.5 s after SIGINT, and kills 2.5 s later. */
const TIDY_MILLISECONDS = 7_000;

async function main(): Promise<number> {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < NODE_MIN[0] || (major === NODE_MIN[0] && minor < NODE_MIN[1])) {
    process.stdout.write(
      `::error::This action needs Node ${NODE_MIN.join('.')} or newer; the job's PATH has ${process.versions.node}. Add actions/setup-node before it.\n`,
    );
    return 1;
  }

  // Out of the environment at once: they hold the token, and no child process has any business with them.
  const inputsJson = process.env['BYOC_INPUTS'];
  delete process.env['BYOC_INPUTS'];

  const cancel = new AbortController();
  const onSignal = (signal: NodeJS.Signals): void => {
    cancel.abort(new CancelledError(signal));
    // Whatever hangs must not keep us until the runner kills us: cleanup finishes what is left.
    setTimeout(() => process.exit(130), TIDY_MILLISECONDS).unref();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGBREAK'] as const) process.on(signal, onSignal);

  const [{ realDeps }, { stdoutWriter }] = await Promise.all([import('./deps'), import('./log')]);
  const deps = realDeps({ env: { ...process.env }, write: stdoutWriter(), signal: cancel.signal });
  const step = process.argv[2];
  try {
    return await runStep(step, inputsJson, deps);
  } catch (error) {
    return await tell(diskFull(error), deps, step);
  }
}

async function runStep(name: string | undefined, inputsJson: string | undefined, deps: Deps): Promise<number> {
  if (name === 'cleanup') {
    const { cleanup } = await import('./steps/cleanup');
    await cleanup(deps);
    return 0;
  }
  if (name !== 'plan' && !isStep(name)) {
    throw new UserError(`There is no step «${name ?? ''}».`, {
      fix: `Steps are: plan, ${Object.keys(STEPS).join(', ')}, cleanup.`,
    });
  }

  const { parseInputs } = await import('./inputs');
  const inputs = parseInputs(inputsJson);
  if (inputs.githubToken) deps.log.mask(inputs.githubToken);
  if (name === 'plan') {
    const { plan } = await import('./steps/plan');
    await plan(deps, inputs);
    return 0;
  }

  const [{ dirname }, { realpath }, { readRecord, writeRecord }] = await Promise.all([
    import('node:path'),
    import('node:fs/promises'),
    import('./record-file'),
  ]);
  const path = deps.env['BYOC_RECORD'];
  const record = await readRecord(path);
  const save = (): Promise<void> => writeRecord(path ?? '', record);
  const context: StepContext = {
    deps,
    inputs,
    record,
    folder: dirname(path ?? ''),
    workspace: await realpath(deps.env['GITHUB_WORKSPACE'] ?? process.cwd()),
    save,
  };
  record.running = name;
  await save().catch((fault: unknown) => {
    // The report tells of a full disk, and needs none for it.
    if (name !== 'report') throw fault;
  });
  try {
    const run = await STEPS[name]();
    await run(context);
  } catch (error) {
    note(diskFull(error), name, record, deps);
    delete record.running;
    // What went wrong is told, whatever becomes of the record: often they have the same cause.
    await save().catch((fault: unknown) => deps.log.info(`The record could not be kept: ${messageOf(fault)}`));
    throw error;
  }
  delete record.running;
  await save();
  return 0;
}

function isStep(name: string | undefined): name is keyof typeof STEPS {
  return name !== undefined && Object.hasOwn(STEPS, name);
}

/** Keeps in the record what went wrong, for the report. */
function note(error: unknown, step: StepName, record: RunRecord, { clock, signal }: Deps): void {
  if (signal.aborted) {
    const reason: unknown = signal.reason;
    record.cancelled ??= {
      step,
      signal: reason instanceof CancelledError ? reason.signal : 'abort',
      at: clock.now().toISOString(),
    };
    return;
  }
  record.errors.push({
    step,
    message: messageOf(error),
    details: error instanceof UserError ? [...error.details] : [],
    user: error instanceof UserError,
    ...(error instanceof UserError && error.fix !== undefined ? { fix: error.fix } : {}),
  });
}

/** The only place that tells a user of an error. Returns the exit code. */
async function tell(
  error: unknown,
  { log, outputs, signal, summary }: Deps,
  step: string | undefined,
): Promise<number> {
  if (signal.aborted) {
    log.info(`Cancelled: the step ${step ?? ''} has ended what it had started.`);
    return 130;
  }
  if (error instanceof UserError) {
    if (error.details.length > 0) {
      const sink = log.untrusted();
      for (const line of error.details) sink.line(line);
      sink.close();
    }
    log.error(error.fix === undefined ? error.message : `${error.message}\n${error.fix}`);
    for (let cause = error.cause; cause !== undefined; cause = cause instanceof Error ? cause.cause : undefined) {
      log.debug(`caused by: ${messageOf(cause)}`);
    }
    // Before there is a record there is no report either, so the summary says it itself.
    if (step === 'plan') {
      try {
        outputs.set('verdict', 'failed');
        const { blockLines, fenced } = await import('./report/escape');
        const lines = blockLines(`${error.message}\n\n${error.fix ?? ''}`, { lineLength: 4_096 });
        await summary(`### ❌ Not started\n\n${fenced(lines)}\n`);
      } catch (fault) {
        // On a full disk neither can be written; the annotation has been.
        log.debug(`not told: ${messageOf(fault)}`);
      }
    }
    return 1;
  }
  log.error(
    `This is a bug in the action (step ${step ?? ''}): ${messageOf(error)}. Please report it with the lines below.`,
  );
  const sink = log.untrusted();
  for (const line of (error instanceof Error ? (error.stack ?? '') : String(error)).split('\n')) sink.line(line);
  sink.close();
  return 1;
}

void main().then((code) => {
  process.exitCode = code;
});
