import { neutralise } from '../../neutralise';
import { CHECK_IDS, type CheckId, type CheckResult } from '../../record';

/** A promise of the contract; warnings (`lint-…`) are none. */
export type PromiseId = (typeof CHECK_IDS)[number];

/** The promises in one line each, as the scorecard shows them. */
const TITLES: Readonly<Record<PromiseId, string>> = {
  'train-argument': 'Starts with the argument `train` and exits 0',
  hyperparameters: 'Reads hyperparameters as strings, plain and JSON-quoted',
  channels: 'Reads its channels from /opt/ml/input/data/<channel>',
  model: 'Leaves a model in /opt/ml/model that SageMaker can pack',
  failure: 'Exits non-zero when training cannot be done',
  metrics: 'Prints metrics that the metric definitions match',
  stop: 'Ends on SIGTERM within the 120 s before SIGKILL',
  resume: 'Continues from its checkpoints in /opt/ml/checkpoints',
  offline: 'Trains without a network',
  user: 'Runs as root',
  nodes: 'Finds its peers and ends well on every node',
  serve: 'Serves on port 8080',
  platform: 'Is built for linux/amd64',
  secrets: 'Holds no secret in its history, environment or labels',
};

const ALWAYS_REQUIRED: readonly PromiseId[] = [
  'train-argument',
  'hyperparameters',
  'channels',
  'model',
  'failure',
  'user',
  'platform',
  'secrets',
];

/** What decides which checks are required and which are not run. */
export interface ScorecardRules {
  level: 'standard' | 'strict';
  /** From `verify-skip`. */
  skip: readonly CheckId[];
  hasMetricDefinitions: boolean;
  /** Nodes that training will have. */
  instanceCount: number;
}

/** Text of others (a log line, a file name, a failure) made fit for one line of ours. */
export function quoted(text: string, charactersMax = 200): string {
  return `«${neutralise(text.trim(), charactersMax)}»`;
}

/** Collects the verdicts; each check gets one, the first. `onDecided` hears of it at once. */
export class Scorecard {
  readonly #results = new Map<CheckId, CheckResult>();

  constructor(
    private readonly rules: ScorecardRules,
    private readonly onDecided: (result: CheckResult) => void | Promise<void>,
  ) {}

  /** Decides what needs no look at the image: the checks that the user or the circumstances leave out. */
  async begin(): Promise<void> {
    for (const id of CHECK_IDS) {
      if (this.rules.skip.includes(id)) await this.skip(id, '`verify-skip` names it');
    }
    await this.skip('serve', 'nothing is deployed');
    if (!this.rules.hasMetricDefinitions) await this.skip('metrics', 'no `metric-definitions`');
    if (this.rules.instanceCount < 2) await this.skip('nodes', '`instance-count` is 1');
  }

  isRequired(id: CheckId): boolean {
    if (id.startsWith('lint-')) return false;
    if (this.rules.level === 'strict') return true;
    if (id === 'metrics') return this.rules.hasMetricDefinitions;
    if (id === 'nodes') return this.rules.instanceCount > 1;
    return ALWAYS_REQUIRED.some((required) => required === id);
  }

  /** Whether a check has its verdict, so that no run need be made for it. */
  isDecided(id: CheckId): boolean {
    return this.#results.has(id);
  }

  verdict(id: CheckId): CheckResult['verdict'] | undefined {
    return this.#results.get(id)?.verdict;
  }

  async pass(id: PromiseId, proof: string, seconds: number): Promise<void> {
    await this.#decide({ ...this.#base(id, seconds), verdict: 'pass', proof });
  }

  /** @param seen - the last lines of the run that failed it, and the error of a program that crashed; untrusted */
  async fail(id: PromiseId, proof: string, fix: string, seconds: number, seen: Seen = {}): Promise<void> {
    const { log = [], crash } = seen;
    await this.#decide({
      ...this.#base(id, seconds),
      verdict: 'fail',
      proof,
      fix,
      ...(log.length > 0 ? { log: [...log] } : {}),
      ...(crash === undefined ? {} : { crash }),
    });
  }

  async skip(id: PromiseId, reason: string, seconds = 0): Promise<void> {
    await this.#decide({ ...this.#base(id, seconds), verdict: 'skipped', proof: '', reason });
  }

  /** Skips every promise that is still open, because the ground of all of them is gone. */
  async skipRest(reason: string): Promise<void> {
    for (const id of CHECK_IDS) await this.skip(id, reason);
  }

  /** A warning: shown, never red. */
  async warn(lint: Lint): Promise<void> {
    if (this.rules.skip.includes(lint.id)) return;
    await this.#decide({
      id: lint.id,
      title: lint.title,
      required: false,
      verdict: 'fail',
      seconds: 0,
      proof: lint.proof,
      fix: lint.fix,
    });
  }

  /** All verdicts: the promises in their order, then the warnings. */
  results(): CheckResult[] {
    const order = (id: CheckId): number => {
      const index = CHECK_IDS.findIndex((known) => known === id);
      return index < 0 ? CHECK_IDS.length : index;
    };
    return [...this.#results.values()].sort((a, b) => order(a.id) - order(b.id));
  }

  #base(id: PromiseId, seconds: number): Pick<CheckResult, 'id' | 'title' | 'required' | 'seconds'> {
    return { id, title: TITLES[id], required: this.isRequired(id), seconds: Math.round(seconds * 100) / 100 };
  }

  async #decide(result: CheckResult): Promise<void> {
    if (this.#results.has(result.id)) return;
    this.#results.set(result.id, result);
    await this.onDecided(result);
  }
}

/** What a failed check has beside its proof; see {@link CheckResult}. */
export interface Seen {
  log?: readonly string[];
  crash?: string;
}

/** A finding that is a warning only. */
export interface Lint {
  id: `lint-${string}`;
  title: string;
  proof: string;
  fix: string;
}
