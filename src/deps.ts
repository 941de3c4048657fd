import type { Octokit } from './github';
import type { Log } from './log';
import type { Exec } from './process';

/** Time, so that tests can own it. */
export interface Clock {
  /** Wall clock. */
  now(): Date;
  /** Monotonic seconds, for durations. */
  seconds(): number;
  /** Resolves after the time or rejects with the signal's reason. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** What the runner's environment said, read once; `BYOC_INPUTS` and everything secret is already taken out. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Hands a value to later steps and to the workflow. */
export interface Outputs {
  set(name: string, value: string): void;
}

/** The edges that every step gets; only this file's `realDeps` makes them. */
export interface Deps {
  readonly env: Environment;
  readonly clock: Clock;
  readonly log: Log;
  readonly exec: Exec;
  readonly outputs: Outputs;
  /** Aborted (reason: `CancelledError`) when the runner asks us to end; every wait and child must listen to it. */
  readonly signal: AbortSignal;
  /** A client with throttling and retry; `undefined` without a token. Loaded when first asked for. */
  github(token: string | undefined): Promise<Octokit | undefined>;
  /** Appends Markdown to the job summary. */
  summary(markdown: string): Promise<void>;
}
