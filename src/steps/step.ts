import type { Deps } from '../deps';
import type { Inputs } from '../inputs';
import type { RunRecord } from '../record';

/** What every step after `plan` gets. `save` writes the record atomically; call it whenever something worth keeping is known. */
export interface StepContext {
  readonly deps: Deps;
  readonly inputs: Inputs;
  readonly record: RunRecord;
  /** The run's private folder under RUNNER_TEMP, `byoc-<random>`; the record lies in it. */
  readonly folder: string;
  /** The checked-out repository (GITHUB_WORKSPACE), absolute and real. */
  readonly workspace: string;
  save(): Promise<void>;
}

/** One step: reads the record, does one thing, adds its section. Throws `UserError` for what the user can mend. */
export type Step = (context: StepContext) => Promise<void>;
