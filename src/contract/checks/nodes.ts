import { quoted, type Scorecard } from './scorecard';
import { furtherRunSeconds, logOf, observe, succeeded, type Observation, type Workbench } from './workbench';

/** More nodes show nothing more, and cost a run each. */
const NODES_MAX = 2;
const PROBE_SECONDS_MAX = 60;

/**
 * Asks for every host's name with what the image has, until each has answered once (20 s at most), and stays for the others to
 * ask. Exit codes: 0 all found, 7 not found, 9 nothing to ask with. `ContainerEntrypoint` takes 256 characters a word.
 */
const PROBE =
  'command -v getent || command -v python3 || exit 9; for h do n=0; ' +
  `until getent hosts $h || python3 -c "import socket;socket.gethostbyname('$h')"; ` +
  'do n=$((n+1)); [ $n -gt 20 ] && echo $h does not resolve && exit 7; sleep 1; done; done; sleep 2';

/**
 * Trains on two nodes: every name resolves from every node, all exit 0, nothing hangs.
 *
 * The names are asked for in a job of their own on the same kind of network, with the image's own resolver: the training's
 * containers may be gone before anything could be asked of them.
 */
export async function checkNodes(bench: Workbench, mainRun: Observation, scorecard: Scorecard): Promise<void> {
  const instanceCount = Math.min(bench.instanceCount, NODES_MAX);
  const hosts = Array.from({ length: instanceCount }, (_, index) => `algo-${index + 1}`);
  const run = await observe(bench, `Training on ${instanceCount} nodes`, {
    instanceCount,
    maxRuntimeSeconds: furtherRunSeconds(bench, mainRun),
  });
  if (!succeeded(run)) {
    const hung = run.result.secondaryStatus === 'MaxRuntimeExceeded';
    await scorecard.fail(
      'nodes',
      hung ? `still ran after ${Math.round(run.result.seconds)} s on ${instanceCount} nodes` : endings(run),
      hung
        ? 'Bound every wait for a peer, and let the nodes agree on the number of steps.'
        : 'Take hosts and current_host from /opt/ml/input/config/resourceconfig.json, retry until a peer’s name resolves, and let every node exit 0.',
      run.seconds,
      { log: logOf(run) },
    );
    return;
  }
  const probe = await observe(bench, 'Do the nodes find each other’s names?', {
    instanceCount,
    entrypoint: ['/bin/sh', '-c', PROBE, 'probe', ...hosts],
    channels: [],
    maxRuntimeSeconds: PROBE_SECONDS_MAX,
  });
  const seconds = run.seconds + probe.seconds;
  const ended = `${hosts.join(' and ')} ended with exit code 0 after ${run.result.seconds.toFixed(1)} s`;
  if (succeeded(probe)) await scorecard.pass('nodes', `${ended}; each resolves all names`, seconds);
  else if (probe.result.nodes.every(({ exitCode, startError }) => startError !== undefined || exitCode === 9)) {
    await scorecard.pass('nodes', `${ended}; the image has no tool to ask for names with`, seconds);
  } else {
    await scorecard.fail(
      'nodes',
      `${ended}, but a name does not resolve: ${quoted(probe.tail.join(' '))}`,
      'Leave /etc/nsswitch.conf and /etc/resolv.conf to the container engine: the names come from its DNS.',
      seconds,
      { log: logOf(probe) },
    );
  }
}

function endings(run: Observation): string {
  return run.result.nodes
    .map(({ host, exitCode, tail, startError }) => {
      const words = startError ?? tail.filter((line) => line.trim() !== '').at(-1);
      return `${host}: exit code ${exitCode}${exitCode !== 0 && words !== undefined ? `, ${quoted(words)}` : ''}`;
    })
    .join('; ');
}
