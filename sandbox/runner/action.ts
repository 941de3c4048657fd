import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ExpressionError, knownFunction, parseCondition, parseTemplate, type Expression } from './expressions';

/** The runner refuses the file while it sets up the job: nothing of it runs. */
export class ActionLoadError extends Error {
  override readonly name = 'ActionLoadError';
}

export interface ActionInput {
  /** A template: may hold `${{ github.token }}`. */
  readonly default: string | undefined;
  readonly deprecationMessage: string | undefined;
}

interface StepCommon {
  /** The id as written, or `__run`, `__run_2` … as the runner makes them. */
  readonly id: string;
  readonly name: string | undefined;
  readonly condition: Expression;
  readonly env: Readonly<Record<string, string>>;
  /** `true`, `false`, or a template. */
  readonly continueOnError: string;
}

export interface RunStep extends StepCommon {
  readonly kind: 'run';
  readonly run: string;
  readonly shell: string;
  readonly workingDirectory: string | undefined;
}

export interface UsesStep extends StepCommon {
  readonly kind: 'uses';
  readonly uses: string;
  readonly with: Readonly<Record<string, string>>;
}

export type ActionStep = RunStep | UsesStep;

/** A composite action, checked. */
export interface CompositeAction {
  readonly name: string;
  readonly inputs: Readonly<Record<string, ActionInput>>;
  /** Output name to template. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly steps: readonly ActionStep[];
}

// The closed key lists of the runner's action_yaml.json.
const RUN_KEYS = ['name', 'id', 'if', 'run', 'env', 'continue-on-error', 'working-directory', 'shell'];
const USES_KEYS = ['name', 'id', 'if', 'uses', 'continue-on-error', 'with', 'env'];
const RUNS_KEYS = ['using', 'steps'];
const OUTPUT_KEYS = ['description', 'value'];

const DEFAULT_CONTEXTS = ['github', 'strategy', 'matrix', 'job', 'runner'];
const STEP_CONTEXTS = ['github', 'inputs', 'strategy', 'matrix', 'steps', 'job', 'runner', 'env'];

/** Reads `action.yml` (or `action.yaml`) in a folder. Throws {@link ActionLoadError}. */
export function loadAction(folder: string): CompositeAction {
  const path = ['action.yml', 'action.yaml'].map((name) => join(folder, name)).find((name) => existsSync(name));
  if (path === undefined) {
    throw new ActionLoadError(`Can't find 'action.yml' or 'action.yaml' under '${folder}'.`);
  }
  return parseAction(readFileSync(path, 'utf8'));
}

/** Reads the text of an `action.yml`. Throws {@link ActionLoadError}. */
export function parseAction(text: string): CompositeAction {
  let document: unknown;
  try {
    document = parse(text);
  } catch (error) {
    throw new ActionLoadError(`action.yml is not YAML: ${error instanceof Error ? error.message : String(error)}`);
  }
  const root = mapping(document, 'action.yml');
  const runs = mapping(root['runs'], 'runs');
  if (runs['using'] !== 'composite') {
    throw new ActionLoadError(`runs.using is '${String(runs['using'])}'; this runner plays composite actions alone`);
  }
  closed(runs, RUNS_KEYS, 'runs');
  if (!Array.isArray(runs['steps'])) throw new ActionLoadError('runs.steps: a sequence was expected');
  const steps = runs['steps'].map((item: unknown, index) => readStep(item, `runs.steps[${index}]`));
  return {
    name: optionalText(root['name'], 'name') ?? '',
    inputs: readInputs(root['inputs']),
    outputs: readOutputs(root['outputs']),
    steps: withIds(steps),
  };
}

function readInputs(value: unknown): Record<string, ActionInput> {
  const inputs: Record<string, ActionInput> = {};
  for (const [name, item] of Object.entries(optionalMapping(value, 'inputs'))) {
    const where = `inputs.${name}`;
    const input = optionalMapping(item, where);
    const given = optionalText(input['default'], `${where}.default`);
    if (given !== undefined) template(given, DEFAULT_CONTEXTS, `${where}.default`);
    inputs[name] = {
      default: given,
      deprecationMessage: optionalText(input['deprecationMessage'], `${where}.deprecationMessage`),
    };
  }
  return inputs;
}

function readOutputs(value: unknown): Record<string, string> {
  const outputs: Record<string, string> = {};
  for (const [name, item] of Object.entries(optionalMapping(value, 'outputs'))) {
    const where = `outputs.${name}`;
    const output = optionalMapping(item, where);
    closed(output, OUTPUT_KEYS, where);
    const text = optionalText(output['value'], `${where}.value`);
    if (text === undefined) throw new ActionLoadError(`${where}: Required property is missing: value`);
    template(text, STEP_CONTEXTS, `${where}.value`);
    outputs[name] = text;
  }
  return outputs;
}

function readStep(value: unknown, where: string): ActionStep {
  const step = mapping(value, where);
  const isRun = 'run' in step;
  if (!isRun && !('uses' in step))
    throw new ActionLoadError(
      `${where}: There's not enough info to determine what you meant. Add one of these properties: run, shell, uses, with`,
    );
  closed(step, isRun ? RUN_KEYS : USES_KEYS, where);

  const id = optionalText(step['id'], `${where}.id`);
  if (id !== undefined && !/^[a-z_][a-z0-9_-]*$/i.test(id)) {
    throw new ActionLoadError(
      `${where}.id: The identifier '${id}' is invalid. IDs may only contain alphanumeric characters, '_', and '-'. IDs must start with a letter or '_'`,
    );
  }
  const name = optionalText(step['name'], `${where}.name`);
  const continueOnError = optionalText(step['continue-on-error'], `${where}.continue-on-error`) ?? 'false';
  const env = textMapping(step['env'], `${where}.env`);
  for (const text of [name, continueOnError, ...Object.values(env)])
    if (text !== undefined) template(text, STEP_CONTEXTS, where);
  const common = { id: id ?? '', name, condition: condition(step['if'], `${where}.if`), env, continueOnError };

  if (!isRun) {
    const inputs = textMapping(step['with'], `${where}.with`);
    for (const text of Object.values(inputs)) template(text, STEP_CONTEXTS, `${where}.with`);
    const uses = optionalText(step['uses'], `${where}.uses`) ?? '';
    if (uses === '' || uses.includes('${{')) throw new ActionLoadError(`${where}.uses: Unexpected value '${uses}'`);
    return { ...common, kind: 'uses', uses, with: inputs };
  }
  const run = optionalText(step['run'], `${where}.run`) ?? '';
  const shell = optionalText(step['shell'], `${where}.shell`) ?? '';
  if (shell === '') throw new ActionLoadError(`${where}: Required property is missing: shell`);
  const workingDirectory = optionalText(step['working-directory'], `${where}.working-directory`);
  template(run, STEP_CONTEXTS, `${where}.run`);
  if (workingDirectory !== undefined) template(workingDirectory, STEP_CONTEXTS, `${where}.working-directory`);
  return { ...common, kind: 'run', run, shell, workingDirectory };
}

function withIds(steps: readonly ActionStep[]): ActionStep[] {
  const taken = new Set<string>();
  for (const { id } of steps) {
    if (id === '') continue;
    if (taken.has(id.toLowerCase()))
      throw new ActionLoadError(`The identifier '${id}' may not be used more than once within the same scope.`);
    taken.add(id.toLowerCase());
  }
  return steps.map((step) => {
    if (step.id !== '') return step;
    const base = step.kind === 'run' ? '__run' : `__${step.uses.replace(/@.*$/, '').replace(/[^a-z0-9_-]/gi, '_')}`;
    let id = base;
    for (let n = 2; taken.has(id.toLowerCase()); n += 1) id = `${base}_${n}`;
    taken.add(id.toLowerCase());
    return { ...step, id };
  });
}

function condition(value: unknown, where: string): Expression {
  const text = optionalText(value, where);
  return guarded(where, () => {
    const expression = parseCondition(text);
    checkNames(expression, STEP_CONTEXTS, true, where);
    return expression;
  });
}

function template(text: string, contexts: readonly string[], where: string): void {
  guarded(where, () => {
    for (const part of parseTemplate(text)) if (typeof part !== 'string') checkNames(part, contexts, false, where);
  });
}

function checkNames(expression: Expression, contexts: readonly string[], statusAllowed: boolean, where: string): void {
  for (const name of expression.contexts) {
    if (!contexts.includes(name))
      throw new ActionLoadError(
        `${where}: Unrecognized named-value: '${name}' within expression: ${expression.source}`,
      );
  }
  for (const name of expression.functions) {
    if (!knownFunction(name, statusAllowed))
      throw new ActionLoadError(`${where}: Unrecognized function: '${name}' within expression: ${expression.source}`);
  }
}

function guarded<T>(where: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (error instanceof ExpressionError) throw new ActionLoadError(`${where}: ${error.message}`, { cause: error });
    throw error;
  }
}

function closed(value: Record<string, unknown>, keys: readonly string[], where: string): void {
  for (const key of Object.keys(value))
    if (!keys.includes(key)) throw new ActionLoadError(`${where}: Unexpected value '${key}'`);
}

function mapping(value: unknown, where: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ActionLoadError(`${where}: A mapping was expected`);
  }
  return value as Record<string, unknown>;
}

function optionalMapping(value: unknown, where: string): Record<string, unknown> {
  return value === undefined || value === null ? {} : mapping(value, where);
}

function optionalText(value: unknown, where: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  throw new ActionLoadError(`${where}: A string was expected`);
}

function textMapping(value: unknown, where: string): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [key, item] of Object.entries(optionalMapping(value, where)))
    result[key] = optionalText(item, `${where}.${key}`) ?? '';
  return result;
}
