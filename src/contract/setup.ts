import { clientEnvironment } from './client-environment';
import { dockerFailure, type Docker } from './docker';
import type { JobNode } from './job';
import {
  channelFolder,
  CHECKPOINT_FOLDER,
  configFiles,
  containerCommand,
  hostsOf,
  INPUT_FOLDER,
  MODEL_FOLDER,
  OUTPUT_FOLDER,
  platformEnvironment,
} from './layout';
import { JOB_LABEL } from './removal';
import type { Channel, TrainingJobRequest } from './runner';
import { copyIn, listTree, type LocalTree } from './tree';

export interface SetupOptions {
  docker: Docker;
  /** `byoc.run=<id>`. */
  runLabel: string;
  /** Name of the job in the engine; its objects' names begin with it. */
  job: string;
  request: TrainingJobRequest;
  signal: AbortSignal;
}

/** Everything that is made before a container starts. What fails half-way is left to the caller to remove by label. */
export class JobSetup {
  readonly #docker: Docker;
  readonly #job: string;
  readonly #labels: string[];
  readonly #request: TrainingJobRequest;
  readonly #signal: AbortSignal;

  constructor({ docker, runLabel, job, request, signal }: SetupOptions) {
    this.#docker = docker;
    this.#job = job;
    this.#labels = [runLabel, `${JOB_LABEL}=${job}`];
    this.#request = request;
    this.#signal = signal;
  }

  /** Removes what {@link create} has made, quickly, by name. Leaves what is not there alone, and says nothing of failures. */
  async removeQuickly(): Promise<void> {
    const fast = this.#request.channels.filter(({ mode }) => mode === 'FastFile');
    const containers = [
      ...hostsOf(this.#request.instanceCount).map((host) => this.#container(host)),
      ...(fast.length > 0 ? [`${this.#job}-seed`] : []),
    ];
    await this.#docker.try(['rm', '--force', '--volumes', ...containers]);
    await Promise.all([
      fast.length > 0
        ? this.#docker.try(['volume', 'rm', '--force', ...fast.map((channel) => this.#fastVolume(channel))])
        : undefined,
      this.#hasNetwork ? this.#docker.try(['network', 'rm', `${this.#job}-net`]) : undefined,
    ]);
  }

  async create(): Promise<{ nodes: JobNode[]; fileChannels: Map<string, LocalTree> }> {
    const request = this.#request;
    const trees = new Map<Channel, LocalTree>();
    for (const channel of request.channels)
      trees.set(channel, await listTree(channel.path, `channel «${channel.name}»`));
    const checkpoints =
      request.checkpointFiles === undefined
        ? undefined
        : await listTree(request.checkpointFiles, 'the checkpoint folder');

    const environment = await clientEnvironment(platformEnvironment(request));
    try {
      const network = this.#createNetwork();
      network.catch(() => undefined);
      const fast = request.channels.filter(({ mode }) => mode === 'FastFile');
      const seed = fast.length === 0 ? undefined : this.#createSeed(fast);
      const hosts = hostsOf(request.instanceCount);
      const nodes = hosts.map(async (host, index): Promise<JobNode> => {
        const args = this.#createArgs(host, environment.args);
        let created = await this.#docker.try(args, { env: environment.env, signal: this.#signal });
        this.#signal.throwIfAborted();
        // Some engines want the network to be there already; most do not, and then nobody waits for it.
        if (created.exitCode !== 0 && /network .*not found/i.test(created.stderr)) {
          await network;
          created = await this.#docker.try(args, { env: environment.env, signal: this.#signal });
          this.#signal.throwIfAborted();
        }
        if (created.exitCode !== 0) throw dockerFailure(created, 'creating the container');
        const container = this.#container(host);
        await copyIn(
          this.#docker,
          container,
          async (pack) => {
            const input = INPUT_FOLDER.slice(1);
            const output = OUTPUT_FOLDER.slice(1);
            for (const folder of [input, `${input}/config`, `${input}/data`, output, `${output}/data`])
              await pack.directory(folder);
            for (const [name, content] of Object.entries(configFiles(request, host))) {
              await pack.file(`${input}/config/${name}`, Buffer.from(content));
            }
            for (const [{ name, mode }, tree] of trees) {
              if (mode !== 'File') continue;
              await pack.directory(channelFolder(name).slice(1));
              await pack.tree(channelFolder(name).slice(1), tree, `channel «${name}»`);
            }
            // One volume for all nodes: the first fills it.
            if (checkpoints && request.checkpoints && index === 0) {
              await pack.tree(CHECKPOINT_FOLDER.slice(1), checkpoints, 'the checkpoint folder');
            }
          },
          this.#signal,
        );
        // The last line is the id; warnings go to stderr.
        return { host, container, id: created.stdout.trim().split('\n').at(-1) ?? container };
      });
      const filled = seed?.then((container) =>
        copyIn(
          this.#docker,
          container,
          async (pack) => {
            for (const [{ name, mode }, tree] of trees) {
              if (mode === 'FastFile') await pack.tree(channelFolder(name).slice(1), tree, `channel «${name}»`);
            }
          },
          this.#signal,
        ),
      );
      // All of them must have ended before anything is removed, whichever fails.
      await Promise.allSettled([network, filled, ...nodes]);
      await network;
      await filled;
      const fileChannels = new Map(
        [...trees].flatMap(([{ name, mode }, tree]) => (mode === 'File' ? [[name, tree] as const] : [])),
      );
      return { nodes: await Promise.all(nodes), fileChannels };
    } finally {
      await environment.remove();
    }
  }

  #container(host: string): string {
    return `${this.#job}-${host}`;
  }

  #labelArgs(): string[] {
    return this.#labels.flatMap((label) => ['--label', label]);
  }

  /** A volume of the job. Without a name it goes with its container. `nocopy`: the image's files there stay hidden, as they do on SageMaker. */
  #volume(target: string, { name, readOnly = false }: { name?: string; readOnly?: boolean } = {}): string[] {
    const fields = [
      'type=volume',
      ...(name === undefined ? [] : [`source=${name}`]),
      `target=${target}`,
      ...(readOnly ? ['readonly'] : []),
      'volume-nocopy',
      ...this.#labels.map((label) => `volume-label=${label}`),
    ];
    return ['--mount', fields.join(',')];
  }

  #fastVolume(channel: Channel): string {
    return `${this.#job}-channel-${this.#request.channels.indexOf(channel) + 1}`;
  }

  /** A lone node has nobody to find, so it goes without a network of its own, which would cost half a second a job. */
  get #hasNetwork(): boolean {
    return this.#request.instanceCount > 1;
  }

  async #createNetwork(): Promise<void> {
    if (!this.#hasNetwork) return;
    const internal = this.#request.networkIsolation ? ['--internal'] : [];
    await this.#docker.run(
      ['network', 'create', ...this.#labelArgs(), ...internal, `${this.#job}-net`],
      'creating the job’s network',
      { signal: this.#signal },
    );
  }

  #networkArgs(host: string): string[] {
    if (!this.#hasNetwork) {
      return ['--network', this.#request.networkIsolation ? 'none' : 'bridge', '--add-host', `${host}:127.0.0.1`];
    }
    const network = ['--network', `${this.#job}-net`, '--network-alias', host];
    // The engine's name server would ask the outside world for us; here it finds nobody to ask.
    return this.#request.networkIsolation ? [...network, '--dns', '127.0.0.1'] : network;
  }

  #createArgs(host: string, environment: readonly string[]): string[] {
    const request = this.#request;
    const command = containerCommand(request);
    return [
      'create',
      ...['--pull', 'never', '--name', this.#container(host), ...this.#labelArgs()],
      // The attached client gets the log; the engine need not keep a second one. SageMaker starts no init and no health check.
      ...['--log-driver', 'none', '--init=false', '--no-healthcheck', '--stop-signal', 'SIGTERM'],
      ...this.#networkArgs(host),
      ...this.#volume(INPUT_FOLDER),
      ...this.#volume(MODEL_FOLDER),
      ...this.#volume(OUTPUT_FOLDER),
      ...(request.checkpoints ? this.#checkpointMount(request.checkpoints.name) : []),
      ...request.channels.flatMap((channel) =>
        channel.mode === 'FastFile'
          ? this.#volume(channelFolder(channel.name), { name: this.#fastVolume(channel), readOnly: true })
          : [],
      ),
      ...(request.shmSizeBytes === undefined ? [] : ['--shm-size', String(request.shmSizeBytes)]),
      ...(request.gpus ? ['--gpus', 'all'] : []),
      ...environment,
      ...(command.entrypoint === undefined ? [] : ['--entrypoint', command.entrypoint]),
      request.image,
      ...command.arguments,
    ];
  }

  #checkpointMount(name: string): string[] {
    return ['--mount', `type=volume,source=${name},target=${CHECKPOINT_FOLDER},volume-nocopy`];
  }

  /** A container that never starts; it holds the FastFile volumes open for writing. */
  async #createSeed(channels: readonly Channel[]): Promise<string> {
    const name = `${this.#job}-seed`;
    const mounts = channels.flatMap((channel) =>
      this.#volume(channelFolder(channel.name), { name: this.#fastVolume(channel) }),
    );
    await this.#docker.run(
      [
        'create',
        '--pull',
        'never',
        '--name',
        name,
        ...this.#labelArgs(),
        '--network',
        'none',
        ...mounts,
        this.#request.image,
        'train',
      ],
      'creating the FastFile channels',
      { signal: this.#signal },
    );
    return name;
  }
}
