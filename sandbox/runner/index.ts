import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { loadAction, type ActionStep, type CompositeAction, type RunStep, type UsesStep } from './action';
import { UPLOAD_ARTIFACT, UPLOAD_INPUTS, uploadArtifact, type Artifact } from './artifact';
import { StepOutput, type AnnotationKind, type JobOutputState, type WorkflowCommand } from './commands';
import { githubContext, githubEnvironment, runnerContext, type WorkflowEvent } from './context';
import { caseSensitive, evaluate, interpolate, toText, truthy, type Scope, type Value } from './expressions';
import { createCommandFiles, readCommandFiles, removeCommandFiles, type CommandFiles } from './file-commands';
import { JobLog } from './job-log';
import { SecretMasker } from './masker';
import { terminateOrphans, type Orphan } from './orphans';
import { resolveShell, runEntryProcess, scriptExtension, type SentSignal } from './process';

export { ActionLoadError } from './action';
export type { Artifact } from './artifact';
export type { AnnotationKind } from './commands';
export type { WorkflowEvent } from './context';
export type { Orphan } from './orphans';
export type { SentSignal } from './process';

/** Whether a step, or the job, went well. */
export type Outcome = 'success' | 'failure' | 'cancelled' | 'skipped';

export interface RunActionOptions {
  /** Folder with `action.yml`. */
  actionPath: string;
  /** GITHUB_WORKSPACE: the checked-out repository. */
  workspace: string;
  /** What the workflow gives in `with:`. */
  inputs?: Readonly<Record<string, string>>;
  event: WorkflowEvent;
  /** Beside PATH and HOME. GITHUB_* ones replace what is derived from the event; others count as the job's `env:`. */
  env?: Readonly<Record<string, string>>;
  /** `github.token`. */
  token?: string;
  /** RUNNER_TEMP. Default: a new folder, which stays for the test to look into. */
  runnerTemp?: string;
  /** `matrix` context. */
  matrix?: Readonly<Record<string, Value>>;
  /** Where artifacts of the workflow run lie; give the same folder to the jobs of one run. */
  artifactsFolder?: string;
  /** The user cancels the workflow: signals after 0 s, 7.5 s and 10 s of real time, then `always()` steps. */
  signal?: AbortSignal;
  /** The same, so many seconds after the job's start. */
  cancelAfterSeconds?: number;
  /**
   * How steps of the composite see a cancel. `own` (default): each re-evaluates its `if`; `always()` steps run
   * undisturbed. `linked`: as runners of 2022 and 2023 did it (ExecutionContext.CreateEmbeddedChild links the tokens):
   * once the action is cancelled, every step of it that starts gets SIGINT at once and has the ten seconds alone.
   */
  cancellation?: 'own' | 'linked';
  /** SIGKILL to the running step's entry process (out of memory); the job goes on. */
  killStep?: AbortSignal;
  /** The machine is lost: SIGKILL, and nothing more is evaluated. */
  loseRunner?: AbortSignal;
  /** Each line of the log as it is shown, masked. */
  outputListener?: (line: string) => void;
  steps?: {
    beforeStep?: (step: StepView) => void | Promise<void>;
    afterStep?: (step: StepView, result: StepResult) => void | Promise<void>;
  };
  /** `blocked`: node processes of the steps reach loopback and Unix sockets alone. Default `open`. */
  network?: 'blocked' | 'open';
  /** ACTIONS_STEP_DEBUG. */
  debug?: boolean;
}

/** A step about to run. */
export interface StepView {
  readonly id: string;
  readonly name: string;
}

export interface StepResult {
  readonly id: string;
  readonly name: string;
  /** Before `continue-on-error`. */
  readonly outcome: Outcome;
  /** After it. */
  readonly conclusion: Outcome;
  readonly outputs: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
  /** Of a run step that started. */
  readonly exitCode: number | undefined;
  readonly signals: readonly SentSignal[];
  readonly seconds: number;
}

export interface Annotation {
  readonly kind: AnnotationKind;
  /** Masked, at most 4,096 characters. */
  readonly message: string;
  /** `title`, `file`, `line` … */
  readonly properties: Readonly<Record<string, string>>;
  readonly step: string;
}

/** A workflow command that the runner obeyed, or refused with an error. */
export interface SeenCommand extends WorkflowCommand {
  readonly step: string;
}

export interface JobResult {
  readonly status: 'success' | 'failure' | 'cancelled';
  /** The action's outputs, evaluated at the end, also after a failure. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly steps: readonly StepResult[];
  /** As GitHub shows them: the first ten of each kind over the whole action. */
  readonly annotations: readonly Annotation[];
  /** How many of each kind there were. */
  readonly annotationCounts: Readonly<Record<AnnotationKind, number>>;
  /** Values hidden by `add-mask`, stop tokens, and the token. */
  readonly masks: readonly string[];
  readonly summaries: readonly { step: string; text: string }[];
  /** The first 10,000. */
  readonly commandsSeen: readonly SeenCommand[];
  readonly commandCount: number;
  readonly artifacts: readonly Artifact[];
  readonly orphans: readonly Orphan[];
  /** What GITHUB_ENV and GITHUB_PATH would leave to the rest of the user's job. */
  readonly jobEnvironment: { readonly env: Readonly<Record<string, string>>; readonly paths: readonly string[] };
  readonly runnerTemp: string;
  readonly logPath: string;
  /** The log as shown (masked), read from disk. */
  readonly log: string;
}

const ANNOTATIONS_OF_A_KIND_MAX = 10;
const ANNOTATION_CHARACTERS_MAX = 4_096;
const COMMANDS_KEPT_MAX = 10_000;
/** After a cancel the rest of the job has five minutes. */
const CANCELLED_JOB_MILLISECONDS = 5 * 60 * 1_000;

/**
 * Executes a composite action for an event, by the rules of the real runner. Throws {@link ActionLoadError} where the
 * runner would refuse the file.
 */
export async function runAction(options: RunActionOptions): Promise<JobResult> {
  return new Job(options, loadAction(options.actionPath)).run();
}

/** One job with one step: the action. */
class Job {
  private readonly workspace: string;
  private readonly runnerTemp: string;
  private readonly artifactsFolder: string;
  private readonly trackingId = `github_${randomUUID()}`;
  private readonly log: JobLog;
  private readonly masker = new SecretMasker();
  private readonly given: Readonly<Record<string, string>>;
  private readonly github: Record<string, Value>;
  private readonly runner: Record<string, Value>;
  private readonly inputs: Record<string, string> = {};
  private readonly stepsContext: Record<string, Value> = {};
  private readonly globalEnv: Record<string, string> = {};
  private paths: string[] = [];
  private readonly output: JobOutputState = { echo: false, matchers: [] };

  private readonly results: StepResult[] = [];
  private readonly annotations: Annotation[] = [];
  private readonly annotationCounts: Record<AnnotationKind, number> = { error: 0, warning: 0, notice: 0 };
  private readonly summaries: { step: string; text: string }[] = [];
  private readonly commandsSeen: SeenCommand[] = [];
  private commandCount = 0;
  private readonly artifacts: Artifact[] = [];

  private cancelled = false;
  private readonly linked: boolean;
  private lost = false;
  /** The composite's own status: what success() and failure() look at. */
  private actionStatus: 'success' | 'failure' | 'cancelled' = 'success';
  /** Re-evaluates the running step's condition when the job is cancelled. */
  private onCancel: (() => void) | undefined;
  private readonly loss = new AbortController();

  constructor(
    private readonly options: RunActionOptions,
    private readonly action: CompositeAction,
  ) {
    this.linked = options.cancellation === 'linked';
    this.workspace = realpathSync(options.workspace);
    this.runnerTemp = realpathSync(options.runnerTemp ?? mkdtempSync(join(tmpdir(), 'runner-')));
    this.artifactsFolder = options.artifactsFolder ?? join(this.runnerTemp, '_artifacts');
    mkdirSync(this.artifactsFolder, { recursive: true });
    // Beside RUNNER_TEMP's own files, but not where a step would look.
    const folder = mkdtempSync(join(tmpdir(), 'runner-log-'));
    this.log = new JobLog(join(folder, 'job.log'), options.outputListener);

    const workflowFolder = join(this.runnerTemp, '_github_workflow');
    mkdirSync(workflowFolder, { recursive: true });
    const eventPath = join(workflowFolder, 'event.json');
    writeFileSync(eventPath, JSON.stringify(options.event.payload, null, 2));
    this.given = options.env ?? {};
    const token = options.token ?? `ghs_${randomUUID().replaceAll('-', '')}`;
    this.masker.add(token);
    this.github = githubContext({
      event: options.event,
      eventPath,
      workspace: this.workspace,
      actionPath: resolve(options.actionPath),
      token,
      overrides: this.given,
    });
    const toolCache = join(this.runnerTemp, '_tool');
    this.runner = { ...runnerContext(this.runnerTemp, toolCache, options.debug ?? false), ...this.runnerOverrides() };
  }

  async run(): Promise<JobResult> {
    const { signal, loseRunner, cancelAfterSeconds } = this.options;
    const cancel = (): void => this.cancel();
    const lose = (): void => this.lose();
    const timers: NodeJS.Timeout[] = [];
    if (signal?.aborted) cancel();
    signal?.addEventListener('abort', cancel, { once: true });
    if (loseRunner?.aborted) lose();
    loseRunner?.addEventListener('abort', lose, { once: true });
    if (cancelAfterSeconds !== undefined) timers.push(setTimeout(cancel, cancelAfterSeconds * 1_000));
    let orphans: Orphan[];
    let outputs: Record<string, string> = {};
    try {
      this.setInputs();
      this.onceCancelled(() => timers.push(setTimeout(lose, CANCELLED_JOB_MILLISECONDS)));
      for (const step of this.action.steps) {
        if (this.lost) break;
        await this.runStep(step);
      }
      if (!this.lost) outputs = this.evaluateOutputs();
    } finally {
      timers.forEach(clearTimeout);
      signal?.removeEventListener('abort', cancel);
      loseRunner?.removeEventListener('abort', lose);
      orphans = terminateOrphans(this.trackingId);
      for (const { pid, command } of orphans) this.print(`Terminate orphan process: pid (${pid}) (${command})`);
      this.log.close();
    }
    return this.result(outputs, orphans);
  }

  private result(outputs: Record<string, string>, orphans: readonly Orphan[]): JobResult {
    const { log } = this;
    return {
      status: this.cancelled ? 'cancelled' : this.lost ? 'failure' : this.actionStatus,
      outputs,
      steps: this.results,
      annotations: this.annotations,
      annotationCounts: this.annotationCounts,
      masks: this.masker.values,
      summaries: this.summaries,
      commandsSeen: this.commandsSeen,
      commandCount: this.commandCount,
      artifacts: this.artifacts,
      orphans,
      jobEnvironment: { env: this.globalEnv, paths: this.paths },
      runnerTemp: this.runnerTemp,
      logPath: log.path,
      get log() {
        return log.read();
      },
    };
  }

  private readonly cancelListeners: (() => void)[] = [];

  private onceCancelled(listener: () => void): void {
    if (this.cancelled) listener();
    else this.cancelListeners.push(listener);
  }

  private cancel(): void {
    if (this.cancelled) return;
    this.cancelled = true;
    for (const listener of this.cancelListeners) listener();
    this.onCancel?.();
  }

  private lose(): void {
    this.lost = true;
    this.loss.abort();
  }

  /** RUNNER_* variables of the caller (a self-hosted runner, say) win. */
  private runnerOverrides(): Record<string, string> {
    const overrides: Record<string, string> = {};
    for (const [name, value] of Object.entries(this.given)) {
      if (name.startsWith('RUNNER_')) overrides[name.slice('RUNNER_'.length).toLowerCase()] = value;
    }
    return overrides;
  }

  private setInputs(): void {
    const given = Object.entries(this.options.inputs ?? {});
    const declared = Object.keys(this.action.inputs);
    const unexpected = given.map(([name]) => name).filter((name) => !declared.some((known) => same(known, name)));
    if (unexpected.length > 0) {
      const list = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ');
      this.annotate('', 'warning', `Unexpected input(s) ${list(unexpected)}, valid inputs are [${list(declared)}]`, {});
    }
    for (const [name, value] of given) this.inputs[name] = value;
    for (const [name, input] of Object.entries(this.action.inputs)) {
      const present = given.some(([other]) => same(other, name));
      if (present && input.deprecationMessage !== undefined) {
        this.annotate(
          '',
          'warning',
          `Input '${name}' has been deprecated with message: ${input.deprecationMessage}`,
          {},
        );
      }
      if (!present) this.inputs[name] = interpolate(input.default ?? '', { contexts: this.baseContexts() });
    }
  }

  private baseContexts(): Record<string, Value> {
    return {
      github: this.github,
      strategy: { 'fail-fast': true, 'job-index': 0, 'job-total': 1, 'max-parallel': 1 },
      matrix: this.options.matrix ?? null,
      job: { status: this.cancelled ? 'cancelled' : 'success' },
      runner: this.runner,
    };
  }

  private scope(env: Record<string, string>, withStatus: boolean): Scope {
    const contexts = {
      ...this.baseContexts(),
      inputs: this.inputs,
      steps: this.stepsContext,
      env: caseSensitive(env),
    };
    if (!withStatus) return { contexts };
    return {
      contexts,
      status: {
        always: () => true,
        cancelled: () => this.cancelled,
        success: () => this.actionStatus === 'success' && (this.linked || !this.cancelled),
        failure: () => this.actionStatus === 'failure',
      },
    };
  }

  private async runStep(step: ActionStep): Promise<void> {
    const started = performance.now();
    const run = new StepRun(step.id);
    // What GITHUB_ENV brought wins over the job's env, as in the runner's global environment.
    const env: Record<string, string> = { ...this.jobEnv(), ...this.globalEnv };
    this.github['action'] = step.id;
    this.github['action_status'] = this.actionStatus;
    let name = step.id;
    try {
      const scope = this.scope(env, false);
      const own: Record<string, string> = {};
      for (const [key, value] of Object.entries(step.env)) own[key] = interpolate(value, scope);
      Object.assign(env, own);
      name = this.displayName(step, this.scope(env, false));
      const condition = (): boolean => truthy(evaluate(step.condition, this.scope(env, true)));
      // Registered only while the job is not cancelled: a step begun later is not cancelled by it any more.
      if (!this.cancelled) {
        this.onCancel = () => {
          if (this.linked || !condition()) run.cancel.abort();
        };
      }
      if (!condition()) {
        run.outcome = 'skipped';
      } else {
        if (this.cancelled && this.linked) run.cancel.abort();
        await this.options.steps?.beforeStep?.({ id: step.id, name });
        if (step.kind === 'run') await this.runScript(step, env, own, run);
        else this.runUses(step, env, run);
      }
    } catch (error) {
      run.outcome = 'failure';
      this.annotate(step.id, 'error', error instanceof Error ? error.message : String(error), {});
    } finally {
      this.onCancel = undefined;
    }

    const tolerated = run.outcome === 'failure' && this.continues(step, env);
    const result: StepResult = {
      id: step.id,
      name,
      outcome: run.outcome,
      conclusion: tolerated ? 'success' : run.outcome,
      outputs: run.outputs,
      state: run.state,
      exitCode: run.exitCode,
      signals: run.signals,
      seconds: (performance.now() - started) / 1_000,
    };
    this.results.push(result);
    this.stepsContext[step.id] = { outputs: run.outputs, outcome: result.outcome, conclusion: result.conclusion };
    if (result.conclusion === 'failure') this.actionStatus = 'failure';
    if (result.conclusion === 'cancelled' && this.actionStatus === 'success') this.actionStatus = 'cancelled';
    if (run.outcome !== 'skipped') await this.options.steps?.afterStep?.({ id: step.id, name }, result);
  }

  private continues(step: ActionStep, env: Record<string, string>): boolean {
    return interpolate(step.continueOnError, this.scope(env, false)) === 'true';
  }

  private displayName(step: ActionStep, scope: Scope): string {
    if (step.name !== undefined) return interpolate(step.name, scope);
    const [firstLine = ''] = step.kind === 'run' ? step.run.trimStart().split(/\r?\n/) : [step.uses];
    return `Run ${firstLine}`;
  }

  private jobEnv(): Record<string, string> {
    return Object.fromEntries(
      Object.entries(this.given).filter(([name]) => !name.startsWith('GITHUB_') && !name.startsWith('RUNNER_')),
    );
  }

  private async runScript(
    step: RunStep,
    env: Record<string, string>,
    own: Readonly<Record<string, string>>,
    run: StepRun,
  ): Promise<void> {
    const scope = this.scope(env, false);
    const script = interpolate(step.run, scope);
    const folder = interpolate(step.workingDirectory ?? '', scope);
    const path = [...this.paths]
      .reverse()
      .concat(env['PATH'] ?? process.env['PATH'] ?? '')
      .join(delimiter);
    const file = join(this.runnerTemp, `${randomUUID()}${scriptExtension(step.shell)}`);
    const shell = resolveShell(step.shell, file, path);
    writeFileSync(file, script.replaceAll('\r\n', '\n'));
    this.printHeader(script, shell.command, shell.args, env, own, file);

    const files = createCommandFiles(this.runnerTemp);
    const output = new StepOutput({
      output: (line) => this.print(line),
      annotate: (kind, message, properties) => this.annotate(step.id, kind, message, properties),
      debug: (message) => this.options.debug && this.print(`##[debug]${message}`),
      setOutput: (name, value) => run.setOutput(name, value),
      saveState: (name, value) => {
        run.state[name] = value;
      },
      addMask: (value, withLines) => (withLines ? this.masker.addWithLines(value) : this.masker.add(value)),
      job: this.output,
      acted: (command) => this.saw(step.id, command),
      failStep: () => {
        run.commandFailed = true;
      },
      workspace: this.workspace,
    });
    try {
      const result = await runEntryProcess({
        ...shell,
        cwd: resolve(this.workspace, folder),
        env: this.environment(env, files, path),
        onLine: (line) => output.line(line),
        cancel: run.cancel.signal,
        kill: [this.loss.signal, this.options.killStep],
      });
      run.exitCode = result.exitCode;
      run.signals = result.signals;
      run.outcome = result.cancelled ? 'cancelled' : result.exitCode === 0 ? 'success' : 'failure';
      if (result.cancelled) this.annotate(step.id, 'error', 'The operation was canceled.', {});
      if (run.outcome === 'failure') {
        this.annotate(step.id, 'error', `Process completed with exit code ${result.exitCode}.`, {});
      }
    } finally {
      if (!this.lost) this.applyFiles(step.id, files, run);
      removeCommandFiles(files);
    }
    if (run.commandFailed && run.outcome === 'success') run.outcome = 'failure';
  }

  private environment(
    env: Readonly<Record<string, string>>,
    files: CommandFiles,
    path: string,
  ): Record<string, string> {
    const runner = Object.fromEntries(
      Object.entries(this.runner).map(([name, value]) => [`RUNNER_${name.toUpperCase()}`, toText(value)]),
    );
    const machine: Record<string, string> = {};
    for (const name of ['HOME', 'USER', 'LANG', 'TMPDIR', 'DOCKER_HOST', 'DOCKER_CONFIG']) {
      const value = process.env[name];
      if (value !== undefined) machine[name] = value;
    }
    const blocked = this.options.network === 'blocked' ? { NODE_OPTIONS: `--import=${blockNetwork()}` } : {};
    return {
      ...machine,
      ...blocked,
      CI: 'true',
      ...env,
      PATH: path,
      GITHUB_ACTIONS: 'true',
      ...githubEnvironment(this.github),
      ...files,
      ...runner,
      RUNNER_WORKSPACE: dirname(this.workspace),
      RUNNER_TRACKING_ID: this.trackingId,
    };
  }

  private applyFiles(step: string, files: CommandFiles, run: StepRun): void {
    const read = readCommandFiles(files);
    for (const path of read.paths) this.paths = [...this.paths.filter((known) => known !== path), path];
    for (const [name, value] of read.env) this.globalEnv[name] = value;
    for (const [name, value] of read.state) run.state[name] = value;
    for (const [name, value] of read.outputs) run.setOutput(name, value);
    if (read.summary !== undefined) this.summaries.push({ step, text: this.maskLines(read.summary) });
    for (const { message, fatal } of read.errors) {
      this.annotate(step, 'error', message, {});
      run.commandFailed ||= fatal;
    }
  }

  private runUses(step: UsesStep, env: Record<string, string>, run: StepRun): void {
    if (!UPLOAD_ARTIFACT.test(step.uses)) {
      throw new Error(
        `The sandbox has no '${step.uses}': it knows actions/upload-artifact, pinned by a full SHA, alone.`,
      );
    }
    const scope = this.scope(env, false);
    const inputs: Record<string, string> = {};
    for (const [name, value] of Object.entries(step.with)) inputs[name.toLowerCase()] = interpolate(value, scope);
    const unexpected = Object.keys(inputs).filter((name) => !UPLOAD_INPUTS.some((known) => known === name));
    if (unexpected.length > 0) {
      this.annotate(
        step.id,
        'warning',
        `Unexpected input(s) '${unexpected.join("', '")}', valid inputs are ['${UPLOAD_INPUTS.join("', '")}']`,
        {},
      );
    }
    this.print(`##[group]Run ${step.uses}`);
    this.print('##[endgroup]');
    const artifact = uploadArtifact(inputs, {
      workspace: this.workspace,
      artifactsFolder: this.artifactsFolder,
      artifacts: this.artifacts,
      warn: (message) => this.annotate(step.id, 'warning', message, {}),
      info: (message) => this.print(message),
    });
    if (artifact) {
      const { server_url: server, repository, run_id: runId } = this.github;
      run.setOutput('artifact-id', String(artifact.id));
      run.setOutput('artifact-digest', artifact.digest);
      run.setOutput(
        'artifact-url',
        `${toText(server ?? null)}/${toText(repository ?? null)}/actions/runs/${toText(runId ?? null)}/artifacts/${artifact.id}`,
      );
    }
    run.outcome = 'success';
  }

  private evaluateOutputs(): Record<string, string> {
    const outputs: Record<string, string> = {};
    for (const [name, text] of Object.entries(this.action.outputs)) {
      try {
        outputs[name] = interpolate(text, this.scope({ ...this.jobEnv(), ...this.globalEnv }, false));
      } catch (error) {
        this.annotate('', 'error', error instanceof Error ? error.message : String(error), {});
        this.actionStatus = 'failure';
      }
    }
    return outputs;
  }

  private saw(step: string, command: WorkflowCommand): void {
    this.commandCount += 1;
    if (this.commandsSeen.length < COMMANDS_KEPT_MAX) this.commandsSeen.push({ ...command, step });
  }

  private annotate(
    step: string,
    kind: AnnotationKind,
    text: string,
    properties: Readonly<Record<string, string>>,
  ): void {
    const message = this.masker.mask(text).slice(0, ANNOTATION_CHARACTERS_MAX);
    this.annotationCounts[kind] += 1;
    if (this.annotationCounts[kind] <= ANNOTATIONS_OF_A_KIND_MAX)
      this.annotations.push({ kind, message, properties, step });
    this.print(`##[${kind}]${message}`);
  }

  private printHeader(
    script: string,
    command: string,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
    own: Readonly<Record<string, string>>,
    file: string,
  ): void {
    const lines = script.replaceAll('\r\n', '\n').replace(/\n+$/, '').split('\n');
    this.print(`##[group]Run ${script.trimStart().split(/\r?\n/)[0] ?? ''}`);
    for (const line of lines) this.print(`\u001b[36;1m${line}\u001b[0m`);
    this.print(`shell: ${command} ${args.join(' ').replace(file, '{0}')}`);
    const shown = { ...env, ...own };
    if (Object.keys(shown).length > 0) this.print('env:');
    for (const [name, value] of Object.entries(shown)) this.print(`  ${name}: ${value}`);
    this.print('##[endgroup]');
  }

  /** A line of the log; text with line ends in it becomes several. */
  private print(text: string): void {
    for (const line of text.split(/\r\n|\n|\r/)) this.log.write(this.masker.mask(line));
  }

  private maskLines(text: string): string {
    return text
      .split('\n')
      .map((line) => this.masker.mask(line))
      .join('\n');
  }
}

/** What a step gathers while it runs. */
class StepRun {
  outcome: Outcome = 'failure';
  exitCode: number | undefined;
  signals: readonly SentSignal[] = [];
  commandFailed = false;
  readonly outputs: Record<string, string> = {};
  readonly state: Record<string, string> = {};
  readonly cancel = new AbortController();

  constructor(readonly id: string) {}

  /** Names are the same whatever their case; the last value wins. */
  setOutput(name: string, value: string): void {
    const known = Object.keys(this.outputs).find((other) => same(other, name)) ?? name;
    this.outputs[known] = value;
  }
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function blockNetwork(): string {
  return new URL('./block-network.mjs', import.meta.url).href;
}
