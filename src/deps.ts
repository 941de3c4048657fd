import { appendFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
// The toolkit's file commands by their own file: the package's front door also loads its HTTP client, which costs
// a step some 100 ms before it has done anything.
import { issueFileCommand, prepareKeyValueMessage } from '../node_modules/@actions/core/lib/file-command.js';
import type { Octokit } from './github';
import { createLog, type Log } from './log';
import { realExec, type Exec } from './process';

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

/** Where the real edges come from; a test names its own. */
export interface ProcessEdges {
  readonly env: Environment;
  readonly write: (text: string) => void;
  readonly signal: AbortSignal;
}

/** Makes the edges of a real step. Nothing heavy is loaded before it is used. */
export function realDeps({ env, write, signal }: ProcessEdges): Deps {
  const log = createLog(write, { debug: env['RUNNER_DEBUG'] === '1' });
  return {
    env,
    log,
    signal,
    exec: realExec(env),
    clock: {
      now: () => new Date(),
      seconds: () => performance.now() / 1000,
      sleep: async (milliseconds, abort) => {
        await sleep(milliseconds, undefined, abort ? { signal: abort } : undefined);
      },
    },
    outputs: {
      set: (name, value) => {
        // Outside a runner (a laptop) there is nobody to hand outputs to.
        if (env['GITHUB_OUTPUT']) issueFileCommand('OUTPUT', prepareKeyValueMessage(name, value));
      },
    },
    github: async (token) => {
      if (!token) return undefined;
      const { createGitHubClient } = await import('./github');
      return createGitHubClient({ token, baseUrl: env['GITHUB_API_URL'] ?? 'https://api.github.com', log });
    },
    summary: async (markdown) => {
      const path = env['GITHUB_STEP_SUMMARY'];
      if (path) await appendFile(path, `${markdown}\n`);
    },
  };
}
