import type { CheckId } from './record';

/** A local folder handed to the container as a channel. */
export interface ChannelInput {
  /** 1 to 64 of `A-Za-z0-9.-_`. */
  name: string;
  /** As written: relative to the workspace, or absolute inside it. */
  path: string;
  mode: 'File' | 'FastFile';
  contentType?: string;
}

/** What starts training. */
export type TrainTrigger = 'label' | 'comment' | 'dispatch' | 'pull_request' | 'merge';

/** A BuildKit secret: a literal value or the name of an environment variable of the step. */
export type BuildSecret = { id: string; value: string } | { id: string; environmentName: string };

export interface MetricDefinition {
  name: string;
  /** RE2 syntax with exactly one group. */
  regex: string;
}

/** The action's inputs, parsed and checked. Empty means not given, hence `undefined` or an empty list. */
export interface Inputs {
  dryRun: boolean;
  githubToken: string | undefined;
  context: string;
  file: string | undefined;
  target: string | undefined;
  buildArgs: Record<string, string>;
  secrets: BuildSecret[];
  cacheFrom: string[];
  cacheTo: string[];
  noCache: boolean;
  verify: 'off' | 'standard' | 'strict';
  verifyChannels: ChannelInput[];
  verifyHyperparameters: Record<string, string>;
  verifySkip: CheckId[];
  trainOn: TrainTrigger[];
  backend: 'runner';
  inputDataConfig: ChannelInput[];
  hyperparameters: Record<string, string>;
  metricDefinitions: MetricDefinition[];
  environment: Record<string, string>;
  instanceCount: number;
  onCancel: 'stop' | 'leave';
  comment: boolean;
  commentKey: string | undefined;
  uploadArtifacts: boolean;
}
