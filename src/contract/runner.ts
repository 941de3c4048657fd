import { randomBytes } from 'node:crypto';
import type { Clock } from '../deps';
import type { Exec } from '../process';
import { Docker } from './docker';
import { startJob } from './job';
import { validateRequest } from './layout';
import { JOB_LABEL, removeLabelled, RUN_LABEL } from './removal';
import { jobResults } from './results';
import { JobSetup } from './setup';

/** One input channel. */
export interface Channel {
  /** `[A-Za-z0-9._-]{1,64}`. */
  name: string;
  /** Absolute path of a local folder (its content becomes the channel) or of one file (put into the channel under its name). */
  path: string;
  mode: 'File' | 'FastFile';
  contentType?: string;
}

/** A volume for `/opt/ml/checkpoints` that outlives a job, so that the next job can resume. */
export interface CheckpointVolume {
  readonly name: string;
  remove(): Promise<void>;
}

/** What SageMaker would be asked for with `CreateTrainingJob`. */
export interface TrainingJobRequest {
  /** Anything the local engine knows: a name, an id. Never pulled. */
  image: string;
  jobName: string;
  region: string;
  instanceType: string;
  instanceCount: number;
  hyperparameters: Readonly<Record<string, string>>;
  channels: readonly Channel[];
  /** May hold secrets: the values are never in an argv. */
  environment: Readonly<Record<string, string>>;
  /** `ContainerEntrypoint`: replaces the image's ENTRYPOINT, and `train` is not added. */
  entrypoint?: readonly string[];
  /** `ContainerArguments`: instead of `train`. */
  arguments?: readonly string[];
  networkIsolation: boolean;
  gpus: boolean;
  /** Mounted at /opt/ml/checkpoints of every node; without it the folder does not exist. */
  checkpoints?: CheckpointVolume;
  /** Local folder copied into `checkpoints` before the start, as SageMaker copies what lies in S3. */
  checkpointFiles?: string;
  maxRuntimeSeconds: number;
  /** Default: the engine's (64 MiB). */
  shmSizeBytes?: number;
  /** What the other nodes get between SIGTERM and SIGKILL when one has failed. Default 30. */
  peerGraceSeconds?: number;
}

export interface NodeResult {
  /** `algo-1` … */
  host: string;
  exitCode: number;
  oomKilled: boolean;
  /** We had to send SIGKILL, and that ended it. */
  sigkilled: boolean;
  seconds: number;
  /** The engine could not start the process (no such program, not executable, wrong architecture): its words. Untrusted. */
  startError?: string;
  /** The last 50 lines. Untrusted. */
  tail: string[];
}

/** How a job ended. */
export interface TrainingJobResult {
  status: 'Completed' | 'Failed' | 'Stopped';
  secondaryStatus: 'Completed' | 'Failed' | 'Stopped' | 'MaxRuntimeExceeded';
  /** From the first node's start to the last node's end. */
  seconds: number;
  /** As SageMaker words it, at most 1024 characters; only when `status` is Failed. Untrusted. */
  failureReason?: string;
  nodes: NodeResult[];
  /** High-water mark summed over all nodes, page cache left out. Absent where the engine cannot tell. */
  peakMemoryBytes?: number;
  /** Over all nodes. Absent where the engine cannot tell. */
  cpuSeconds?: number;
}

/** Something found in a folder of the container. Names are relative, `/`-separated, never absolute, never with `..`. Untrusted. */
export interface Entry {
  /** The node it lay on. */
  host: string;
  name: string;
  type: 'file' | 'directory' | 'symlink' | 'other';
  sizeBytes: number;
  /** Permission bits. */
  mode: number;
  /** Of a symbolic link: where it points, as written. */
  linkTarget?: string;
}

export interface InputChange {
  host: string;
  channel: string;
  /** Relative to the channel. */
  name: string;
  change: 'added' | 'changed' | 'deleted';
}

/** A file written on this machine. */
export interface SavedFile {
  /** Relative name it had. */
  name: string;
  /** Absolute. */
  path: string;
  sizeBytes: number;
  /** Hex. */
  sha256: string;
}

/** What the ended containers left; readable once `done` has settled and until `dispose`. */
export interface JobResults {
  /** All of /opt/ml/model, all nodes. */
  modelEntries(): Promise<Entry[]>;
  /** All of /opt/ml/output/data, all nodes. */
  outputEntries(): Promise<Entry[]>;
  /** All of /opt/ml/checkpoints; empty without a checkpoint volume. */
  checkpointEntries(): Promise<Entry[]>;
  /** Writes model.tar.gz to `path`; `undefined` (and no file) when the model folder is empty, as on SageMaker. */
  saveModelArchive(path: string): Promise<SavedFile | undefined>;
  /** Writes output.tar.gz to `path`; `undefined` (and no file) when nothing is there. */
  saveOutputArchive(path: string): Promise<SavedFile | undefined>;
  /** Plain files of /opt/ml/output/data whose relative name matches, written below `directory`. Links are never followed. */
  saveOutputFiles(
    pattern: RegExp,
    directory: string,
    limits?: { files?: number; bytesPerFile?: number },
  ): Promise<SavedFile[]>;
  /** The plain files of /opt/ml/checkpoints, written below `directory`. */
  saveCheckpoints(directory: string): Promise<SavedFile[]>;
  /** First 1024 characters of /opt/ml/output/failure of the first (failed) node that wrote one. Untrusted. */
  failureText(): Promise<string | undefined>;
  /** What the containers did to File channels (FastFile ones are read-only). */
  inputChanges(): Promise<InputChange[]>;
}

/** A started job. */
export interface RunningJob {
  readonly hosts: readonly string[];
  /** Rejects with the signal's `CancelledError` when aborted, with `UserError` when the engine fails. */
  readonly done: Promise<TrainingJobResult>;
  /** SIGTERM to PID 1 of every node, SIGKILL to those left after the grace (default 120 s). Resolves when all have ended. */
  stop(graceSeconds?: number): Promise<void>;
  /** SIGKILL at once (sudden loss of the machine). Resolves when all have ended. */
  kill(): Promise<void>;
  readonly results: JobResults;
  /** Removes the job's containers, volumes and network (never the checkpoint volume). Idempotent. Call it in `finally`. */
  dispose(): Promise<void>;
}

export interface ContractRunner {
  /**
   * Lays out and starts the job. `overwritten` says that a lone carriage return ended the line (a progress bar).
   * @throws UserError for a bad request, a missing image, or an engine that fails.
   */
  start(
    request: TrainingJobRequest,
    onLine: (host: string, line: string, overwritten?: boolean) => void,
  ): Promise<RunningJob>;
  createCheckpointVolume(): Promise<CheckpointVolume>;
  /** Removes everything with this run's label. Idempotent. */
  removeAll(): Promise<void>;
}

export interface ContractRunnerOptions {
  exec: Exec;
  clock: Clock;
  /** `record.id`; every object gets the label `byoc.run=<runId>`. */
  runId: string;
  signal: AbortSignal;
}

/** SageMaker's part, played by the local Docker engine. */
export function createContractRunner({ exec, clock, runId, signal }: ContractRunnerOptions): ContractRunner {
  if (!/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/.test(runId)) throw new Error(`The run's id «${runId}» can be no label.`);
  const docker = new Docker(exec);
  const runLabel = `${RUN_LABEL}=${runId}`;

  async function start(
    request: TrainingJobRequest,
    onLine: (host: string, line: string, overwritten?: boolean) => void,
  ): Promise<RunningJob> {
    validateRequest(request);
    signal.throwIfAborted();
    const job = `byoc-${runId}-${randomBytes(4).toString('hex')}`;
    const setup = new JobSetup({ docker, runLabel, job, request, signal });
    const remove = async (): Promise<void> => {
      await setup.removeQuickly();
      // Twice quiet after an abort: a client that we ended may still be getting its wish.
      const quietRounds = signal.aborted ? 2 : 1;
      await removeLabelled(docker, clock, `${JOB_LABEL}=${job}`, {
        quietRounds,
        pauseMilliseconds: 150,
        roundsMax: 12,
      });
    };
    try {
      const { nodes, fileChannels } = await setup.create();
      signal.throwIfAborted();
      return startJob({
        docker,
        clock,
        signal,
        nodes,
        maxRuntimeSeconds: request.maxRuntimeSeconds,
        ...(request.peerGraceSeconds === undefined ? {} : { peerGraceSeconds: request.peerGraceSeconds }),
        onLine,
        results: (firstFailed) =>
          jobResults({ docker, nodes, fileChannels, hasCheckpoints: request.checkpoints !== undefined, firstFailed }),
        remove,
      });
    } catch (error) {
      // What it says now would hide why we are here; the cleanup step removes what is left.
      await remove().catch(() => undefined);
      signal.throwIfAborted();
      throw error;
    }
  }

  async function createCheckpointVolume(): Promise<CheckpointVolume> {
    const name = `byoc-${runId}-${randomBytes(4).toString('hex')}-checkpoints`;
    await docker.run(['volume', 'create', '--label', runLabel, name], 'creating the checkpoint volume', { signal });
    return {
      name,
      async remove() {
        await docker.run(['volume', 'rm', '--force', name], 'removing the checkpoint volume');
      },
    };
  }

  async function removeAll(): Promise<void> {
    const quietRounds = signal.aborted ? 2 : 1;
    await removeLabelled(docker, clock, runLabel, { quietRounds, pauseMilliseconds: 150, roundsMax: 12 });
  }

  return { start, createCheckpointVolume, removeAll };
}
