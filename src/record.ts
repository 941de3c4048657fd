/**
 * The run record: the one document that travels from step to step, and its only schema. `report.json` is this
 * document redacted. Times are ISO 8601 in UTC; durations are seconds; sizes are bytes.
 *
 * Everything in it that comes from a container, a build or an event is hostile text until the report escapes it.
 */
export const RECORD_VERSION = 1;

export type StepName = 'plan' | 'build' | 'verify' | 'train' | 'report' | 'cleanup';

/** One planned step: whether it runs, and why (or why not), in words for a person. */
export interface PlannedStep {
  run: boolean;
  reason: string;
}

/** What `plan` decided. Printed by `dry-run`, handed out as the output `plan`. */
export interface Plan {
  /** The bound commit (40 hex digits): a pull request's head, never its merge commit. */
  sha: string;
  /** Short words for what happened: "pull request #7 synchronized". Untrusted parts are never in it. */
  because: string;
  pullRequest?: { number: number; fork: boolean; base: string; head: string };
  build: PlannedStep;
  verify: PlannedStep;
  train: PlannedStep;
  report: PlannedStep;
  /** Whether the pull request can be commented on, with the reason when not. */
  comment: PlannedStep;
  /** Things a user should know, green: a fork, nothing to do … */
  notices: string[];
}

export interface ImageLayer {
  /** The Dockerfile instruction that made it, shortened by the engine, credentials removed. */
  createdBy: string;
  sizeBytes: number;
}

export interface BuildSection {
  startedAt: string;
  seconds: number;
  /** `buildx 0.13.1` or `docker 20.10 (BuildKit)`. */
  builder: string;
  /** The engine's id, `sha256:…`. */
  imageId: string;
  /** Digest of the image's config where it can be told from the engine's answer. */
  configDigest?: string;
  /** The local name the image can be run by, `byoc/<repo>:<sha12>`. */
  reference: string;
  platform: string;
  sizeBytes: number;
  layers: ImageLayer[];
  entrypoint: string[] | null;
  cmd: string[] | null;
  user: string;
  workingDir: string;
  /** Steps taken from the layer cache, of all. */
  cachedSteps?: number;
  totalSteps?: number;
}

export const CHECK_IDS = [
  'train-argument',
  'hyperparameters',
  'channels',
  'model',
  'failure',
  'metrics',
  'stop',
  'resume',
  'offline',
  'user',
  'nodes',
  'serve',
  'platform',
  'secrets',
] as const;
export type CheckId = (typeof CHECK_IDS)[number] | `lint-${string}`;

export interface CheckResult {
  id: CheckId;
  /** The promise in one line: "Exits 0 when started with the argument `train`". */
  title: string;
  /** Required ones turn the run red; advisory ones are shown. */
  required: boolean;
  verdict: 'pass' | 'fail' | 'skipped';
  seconds: number;
  /** What was seen that proves the verdict. */
  proof: string;
  /** When it failed: the exact change to make. */
  fix?: string;
  /** When a run failed it: the last lines of that run's log, at most 20. Untrusted. */
  log?: string[];
  /** When it failed only because the program crashed: the error in one line. Untrusted. */
  crash?: string;
  /** When it was skipped: why. */
  reason?: string;
}

export interface VerifySection {
  startedAt: string;
  seconds: number;
  level: 'standard' | 'strict';
  checks: CheckResult[];
  /** Failed required checks: none means verified. */
  passed: boolean;
}

export interface MetricPoint {
  /** Count of values of this metric so far, from 0. */
  step: number;
  /** When the line was read, milliseconds since the epoch. */
  timeMilliseconds: number;
  value: number;
}

export interface MetricSeries {
  name: string;
  regex: string;
  last?: number;
  /** Thinned to at most 200 points; first, last, least and greatest are always kept. */
  points: MetricPoint[];
  /** All values seen, before thinning. */
  count: number;
  /** Captures that were no finite number (dropped, as SageMaker drops them). */
  dropped: number;
}

/** One archive or folder that a training left. */
export interface Artifact {
  /** `model.tar.gz`, `output.tar.gz`, `confusion_matrix.png` … */
  name: string;
  /** Absolute path on the runner. */
  path: string;
  sizeBytes: number;
  /** sha256 of the file, hex. */
  sha256: string;
  kind: 'model' | 'output' | 'picture' | 'record' | 'report';
}

export interface TrainSection {
  startedAt: string;
  seconds: number;
  backend: 'runner';
  /** SageMaker's words. */
  status: 'Completed' | 'Failed' | 'Stopped' | 'InProgress';
  instanceCount: number;
  gpus: boolean;
  /** The container's, the first node's that failed. */
  exitCode?: number;
  /** First 1024 characters of `/opt/ml/output/failure`, else a sentence of ours. */
  failureReason?: string;
  hyperparameters: Record<string, string>;
  channels: { name: string; files: number; sizeBytes: number; mode: 'File' | 'FastFile' }[];
  metrics: MetricSeries[];
  artifacts: Artifact[];
  /** Memory high-water mark over all nodes, where the engine tells it. */
  peakMemoryBytes?: number;
  /** CPU seconds over all nodes, where the engine tells it. */
  cpuSeconds?: number;
  /** The last lines of the log (of the first failing node when one failed). Untrusted. */
  logTail: string[];
}

export interface RecordedError {
  step: StepName;
  message: string;
  fix?: string;
  details: string[];
  /** False for a bug of ours. */
  user: boolean;
}

export interface RunRecord {
  version: typeof RECORD_VERSION;
  /** Label value of this run's containers and networks: `byoc.run=<id>`. 12 hex digits. */
  id: string;
  startedAt: string;
  run: {
    repository: string;
    workflow: string;
    job: string;
    runId: string;
    runAttempt: number;
    serverUrl: string;
    eventName: string;
  };
  /** Which comment this run owns: hash of workflow, job and matrix, or of `comment-key`. */
  commentKey: string;
  dryRun: boolean;
  plan: Plan;
  build?: BuildSection;
  verify?: VerifySection;
  train?: TrainSection;
  /** Link to the workflow artifact, once uploaded. */
  artifactUrl?: string;
  /** The step that is at work; still there when its process was killed. */
  running?: StepName;
  /** Set when the runner asked a step to end, or killed it. */
  cancelled?: { step: StepName; signal: string; at: string };
  errors: RecordedError[];
  report?: { commentUrl?: string; commentSkipped?: string; path: string };
}

/** `passed`, `failed`, `skipped`: as the output `verdict` says it. Pure. */
export function verdictOf(record: RunRecord): 'passed' | 'failed' | 'running' | 'skipped' {
  if (record.errors.length > 0 || record.cancelled) return 'failed';
  if (record.verify && !record.verify.passed) return 'failed';
  if (record.train?.status === 'InProgress') return 'running';
  if (record.train && record.train.status !== 'Completed') return 'failed';
  return record.build || record.verify || record.train ? 'passed' : 'skipped';
}
