import type { Clock } from '../deps';
import { messageOf, UserError } from '../errors';
import type { RunningProcess } from '../process';
import { dockerFailure, type Docker } from './docker';
import { failureReason } from './layout';
import { LineSplitter, LineTail } from './lines';
import type { JobResults, NodeResult, RunningJob, TrainingJobResult } from './runner';
import { UsageWatch } from './usage';

/** SageMaker's time between SIGTERM and SIGKILL. */
const STOP_GRACE_SECONDS = 120;
const PEER_GRACE_SECONDS = 30;
const TAIL_LINES = 50;

export interface JobNode {
  host: string;
  /** Name of the container. */
  container: string;
  /** Its full id. */
  id: string;
}

export interface JobOptions {
  docker: Docker;
  clock: Clock;
  signal: AbortSignal;
  nodes: readonly JobNode[];
  maxRuntimeSeconds: number;
  peerGraceSeconds?: number;
  onLine: (host: string, line: string, overwritten: boolean) => void;
  /** Built by the caller; asked which node failed first. */
  results: (firstFailed: () => string | undefined) => JobResults;
  /** Removes everything of the job from the engine, running or not. */
  remove: () => Promise<void>;
}

/** What `docker inspect` says of an ended container. */
interface State {
  Status: string;
  Running: boolean;
  OOMKilled: boolean;
  ExitCode: number;
  Error: string;
  StartedAt: string;
  FinishedAt: string;
}

type Ending = 'stop' | 'maxRuntime';

/** Starts created containers and follows them to their end. */
export function startJob(options: JobOptions): RunningJob {
  const { docker, clock, signal, nodes, onLine } = options;
  const tails = new Map(nodes.map(({ host }) => [host, new LineTail(TAIL_LINES)]));
  /** Nodes whose container has not ended yet. */
  const alive = new Map<string, JobNode>();
  const ended = new Map<string, Promise<void>>();
  const killed = new Set<string>();
  let ending: Ending | undefined;
  let firstFailed: string | undefined;
  let sinkFault: Error | undefined;

  const results = options.results(() => firstFailed);

  /** Whether the signal was delivered; waits for a container that is still starting. */
  async function send(node: JobNode, name: 'SIGTERM' | 'SIGKILL'): Promise<boolean> {
    while (alive.has(node.host)) {
      const sent = await docker.try(['kill', '--signal', name, node.container]);
      if (sent.exitCode === 0) return true;
      if (/No such container/i.test(sent.stderr)) return false;
      if (!/is not running/i.test(sent.stderr)) throw dockerFailure(sent, `sending ${name} to the container`);
      await clock.sleep(30);
    }
    return false;
  }

  async function sendKill(): Promise<void> {
    await Promise.all(
      [...alive.values()].map(async (node) => {
        if (await send(node, 'SIGKILL')) killed.add(node.host);
      }),
    );
  }

  const allEnded = async (): Promise<void> => void (await Promise.all(ended.values()));

  /** SIGTERM, time, SIGKILL. */
  async function terminate(graceSeconds: number): Promise<void> {
    const timer = new AbortController();
    const inTime = (async () => {
      await Promise.all([...alive.values()].map((node) => send(node, 'SIGTERM')));
      await allEnded();
      return true;
    })();
    inTime.catch(() => undefined);
    const late = clock.sleep(graceSeconds * 1000, timer.signal).then(() => false);
    late.catch(() => undefined);
    try {
      if (await Promise.race([inTime, late])) return;
    } finally {
      timer.abort();
    }
    await sendKill();
    await allEnded();
  }

  function runNode(node: JobNode): Promise<void> {
    const { host } = node;
    alive.set(host, node);
    const child: RunningProcess = docker.spawn(['start', '--attach', node.container]);
    child.stdin.end();
    const deliver = (line: string, overwritten: boolean): void => {
      tails.get(host)?.push(line);
      if (sinkFault) return;
      try {
        onLine(host, line, overwritten);
      } catch (error) {
        sinkFault = error instanceof Error ? error : new Error(messageOf(error));
        void sendKill().catch(() => undefined);
      }
    };
    for (const stream of [child.stdout, child.stderr]) {
      const splitter = new LineSplitter(deliver);
      stream.on('data', (chunk: Buffer) => splitter.write(chunk));
      stream.on('end', () => splitter.end());
    }
    // A client whose container was removed ends by itself; one that hangs on a dead engine must not hold us.
    const abort = (): void => child.kill('SIGKILL');
    const onAbort = (): void => void removed().finally(abort);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    return child.exit
      .then(async (code) => {
        // The client may have lost the connection while the container runs on.
        if (code !== 0 && !signal.aborted) await waitIfRunning(node);
        alive.delete(host);
        if (code === 0 || ending) return;
        firstFailed ??= host;
        if (alive.size > 0) void terminate(options.peerGraceSeconds ?? PEER_GRACE_SECONDS).catch(() => undefined);
      })
      .finally(() => {
        alive.delete(host);
        signal.removeEventListener('abort', onAbort);
      });
  }

  async function waitIfRunning(node: JobNode): Promise<void> {
    const [state] = await inspect([node]);
    if (state?.Running) await docker.run(['wait', node.container], 'waiting for the container', { signal });
  }

  async function inspect(which: readonly JobNode[]): Promise<State[]> {
    const lines = await docker.run(
      ['inspect', '--type', 'container', '--format', '{{json .State}}', ...which.map(({ container }) => container)],
      'asking how the container ended',
    );
    return lines.split('\n').map((line) => JSON.parse(line) as State);
  }

  let removal: Promise<void> | undefined;
  /** Once only; never rejects, because the cleanup step removes what is left. */
  function removed(): Promise<void> {
    removal ??= options.remove().catch(() => undefined);
    return removal;
  }

  async function finish(): Promise<TrainingJobResult> {
    const timer = new AbortController();
    const usage = new UsageWatch(
      docker,
      clock,
      nodes.map(({ id }) => id),
    );
    void clock
      .sleep(options.maxRuntimeSeconds * 1000, timer.signal)
      .then(() => {
        if (ending || firstFailed !== undefined) return undefined;
        ending = 'maxRuntime';
        return terminate(STOP_GRACE_SECONDS);
      })
      .catch(() => undefined);
    let states: State[];
    let used;
    try {
      await allEnded();
      used = usage.stop();
      signal.throwIfAborted();
      states = await inspect(nodes);
      signal.throwIfAborted();
    } catch (error) {
      if (signal.aborted) {
        await removed();
        throw signal.reason;
      }
      throw error;
    } finally {
      usage.stop();
      timer.abort();
    }
    if (sinkFault) throw sinkFault;
    const ends = nodes.map(({ host }, index) =>
      nodeResult(host, states[index], killed.has(host), tails.get(host)?.lines() ?? []),
    );
    // By the engine's clock, which is surer than the order in which its clients ended.
    const failed = ending ? undefined : firstOf(ends, states, firstFailed);
    firstFailed = failed?.host;
    const status = ending ? 'Stopped' : failed ? 'Failed' : 'Completed';
    const reason = failed && failureReason(await results.failureText(), failed.exitCode);
    return {
      status,
      secondaryStatus: ending === 'maxRuntime' ? 'MaxRuntimeExceeded' : status,
      seconds: spanSeconds(states),
      ...(reason === undefined ? {} : { failureReason: reason }),
      nodes: ends,
      ...used,
    };
  }

  for (const node of nodes) {
    const end = runNode(node);
    end.catch(() => undefined);
    ended.set(node.host, end);
  }
  const done = finish();
  done.catch(() => undefined);

  async function endWith(send: () => Promise<void>): Promise<void> {
    if (alive.size > 0 && firstFailed === undefined) ending ??= 'stop';
    try {
      await send();
      await allEnded();
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    }
  }

  return {
    hosts: nodes.map(({ host }) => host),
    done,
    stop: (graceSeconds = STOP_GRACE_SECONDS) => endWith(() => terminate(graceSeconds)),
    kill: () => endWith(sendKill),
    results,
    async dispose() {
      if (alive.size > 0) await Promise.allSettled([endWith(sendKill), done]);
      removal ??= options.remove();
      await removal;
    },
  };
}

/** What the engine could not start for its own reasons, not the image's. */
const ENGINE_FAULT =
  /device driver|nvidia|address pool|no space left|network|endpoint|error mounting|iptables|port is already/i;

/** The image's program cannot be started, whatever its name: `exec: "/opt/network/train": stat …`. */
const PROGRAM_FAULT = /\bexec:? "|exec format error|executable file not found/i;
/** A program of the engine's own. */
const HOOK = /\b(?:prestart|createRuntime|createContainer|startContainer|running) hook\b/i;

/**
 * Whether the engine could not start a container for its own reasons. Names in quotes are the image's or the user's, and say
 * nothing. Pure.
 *
 * @param error - `State.Error` of a container that never started
 */
export function isEngineFault(error: string): boolean {
  const bare = error.replace(/"(?:[^"\\]|\\.)*"/g, '""');
  if (HOOK.test(bare)) return true;
  return !PROGRAM_FAULT.test(error) && ENGINE_FAULT.test(bare);
}

function nodeResult(host: string, state: State | undefined, killed: boolean, tail: string[]): NodeResult {
  if (!state)
    throw new UserError(`The Docker engine has lost the container of ${host}.`, { fix: 'Run the job again.' });
  const neverStarted = state.Status === 'created' || state.StartedAt.startsWith('0001-');
  if (neverStarted && (state.Error === '' || isEngineFault(state.Error))) {
    const stderr = state.Error === '' ? tail.join('\n') : state.Error;
    throw dockerFailure({ exitCode: state.ExitCode, stderr }, 'starting the container');
  }
  return {
    host,
    exitCode: state.ExitCode,
    oomKilled: state.OOMKilled,
    sigkilled: killed && state.ExitCode === 137,
    seconds: neverStarted ? 0 : spanSeconds([state]),
    ...(neverStarted ? { startError: state.Error } : {}),
    tail,
  };
}

/** The failed node that ended first; among equals the one whose client ended first. */
function firstOf(
  ends: readonly NodeResult[],
  states: readonly State[],
  seenFirst: string | undefined,
): NodeResult | undefined {
  return ends
    .map((end, index) => ({ end, at: Date.parse(states[index]?.FinishedAt ?? '') }))
    .filter(({ end }) => end.exitCode !== 0)
    .sort((a, b) => a.at - b.at || Number(b.end.host === seenFirst) - Number(a.end.host === seenFirst))[0]?.end;
}

/** From the first start to the last end, in seconds; 0 where nothing started. */
function spanSeconds(states: readonly State[]): number {
  const started = states.filter(({ StartedAt }) => !StartedAt.startsWith('0001-'));
  if (started.length === 0) return 0;
  const begin = Math.min(...started.map(({ StartedAt }) => Date.parse(StartedAt)));
  const end = Math.max(...started.map(({ FinishedAt }) => Date.parse(FinishedAt)));
  return Math.max(0, end - begin) / 1000;
}
