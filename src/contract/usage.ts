import { readFile } from 'node:fs/promises';
import type { Clock } from '../deps';
import type { RunningProcess } from '../process';
import type { Docker } from './docker';
import { LineSplitter } from './lines';

/** Sums over containers; a part is absent where the engine could not tell it. */
export interface Usage {
  peakMemoryBytes?: number;
  cpuSeconds?: number;
}

interface Sample {
  memoryBytes: number;
  cpuSeconds: number;
}

/** The first look comes early, since many runs are short; later ones are rare, since reading must not slow the run. */
const FIRST_MILLISECONDS = 50;
const PAUSE_MILLISECONDS_MAX = 1_000;
/** After this long without a control group of ours the engine is elsewhere, and is asked itself. */
const LOCAL_WITHIN_MILLISECONDS = 3_000;

/** With fewer looks at a container, its peak was most likely missed. */
const SAMPLES_MIN = 3;

/**
 * Watches memory and CPU time of running containers: in the kernel's control groups where the engine is on this machine,
 * else through `docker stats`. Never fails; what cannot be told is absent. The last second of a container may be missed.
 */
export class UsageWatch {
  readonly #peaks = new Map<string, number>();
  readonly #samples = new Map<string, number>();
  readonly #cpu = new Map<string, number>();
  readonly #end = new AbortController();
  #stats: RunningProcess | undefined;

  /** @param ids the engine's full container ids */
  constructor(
    private readonly docker: Docker,
    private readonly clock: Clock,
    private readonly ids: readonly string[],
  ) {
    void this.#watch().catch(() => undefined);
  }

  /** Ends the watch. */
  stop(): Usage {
    this.#end.abort();
    this.#stats?.kill('SIGKILL');
    const sum = (values: Map<string, number>): number =>
      [...values.values()].reduce((total, value) => total + value, 0);
    return {
      ...(this.#hasPeaks() ? { peakMemoryBytes: Math.round(sum(this.#peaks)) } : {}),
      ...(this.#cpu.size > 0 ? { cpuSeconds: Math.round(sum(this.#cpu) * 1000) / 1000 } : {}),
    };
  }

  #see(id: string, memoryBytes: number): void {
    this.#peaks.set(id, Math.max(this.#peaks.get(id) ?? 0, memoryBytes));
    this.#samples.set(id, (this.#samples.get(id) ?? 0) + 1);
  }

  #hasPeaks(): boolean {
    return this.#samples.size > 0 && [...this.#samples.values()].every((count) => count >= SAMPLES_MIN);
  }

  async #watch(): Promise<void> {
    const begun = this.clock.seconds();
    for (let pause = FIRST_MILLISECONDS; ; pause = Math.min(pause * 1.5, PAUSE_MILLISECONDS_MAX)) {
      await this.clock.sleep(pause, this.#end.signal);
      await Promise.all(
        this.ids.map(async (id) => {
          const sample = await readControlGroup(id);
          if (!sample) return;
          this.#see(id, sample.memoryBytes);
          this.#cpu.set(id, Math.max(this.#cpu.get(id) ?? 0, sample.cpuSeconds));
        }),
      );
      if (this.#peaks.size === 0 && (this.clock.seconds() - begun) * 1000 > LOCAL_WITHIN_MILLISECONDS) break;
    }
    if (!this.#end.signal.aborted) this.#askEngine();
  }

  #askEngine(): void {
    const child = this.docker.spawn(['stats', '--no-trunc', '--format', '{{json .}}', ...this.ids]);
    this.#stats = child;
    child.stdin.end();
    child.stderr.resume();
    const times = new Map<string, number>();
    const splitter = new LineSplitter((line) => {
      const stats = parseStats(line);
      if (!stats) return;
      const now = this.clock.seconds();
      const elapsed = now - (times.get(stats.id) ?? now);
      times.set(stats.id, now);
      this.#see(stats.id, stats.memoryBytes);
      this.#cpu.set(stats.id, (this.#cpu.get(stats.id) ?? 0) + stats.cpuShare * elapsed);
    });
    child.stdout.on('data', (chunk: Buffer) => splitter.write(chunk));
  }
}

/** Where engines put a container's control group: version 2 (systemd, cgroupfs), then version 1. */
async function readControlGroup(id: string): Promise<Sample | undefined> {
  for (const group of [`system.slice/docker-${id}.scope`, `docker/${id}`]) {
    const unified = `/sys/fs/cgroup/${group}`;
    const sample =
      (await readSample(
        `${unified}/memory.current`,
        `${unified}/memory.stat`,
        'inactive_file',
        `${unified}/cpu.stat`,
      )) ??
      (await readSample(
        `/sys/fs/cgroup/memory/${group}/memory.usage_in_bytes`,
        `/sys/fs/cgroup/memory/${group}/memory.stat`,
        'total_inactive_file',
        `/sys/fs/cgroup/cpuacct/${group}/cpuacct.usage`,
      ));
    if (sample) return sample;
  }
  return undefined;
}

async function readSample(usage: string, stat: string, cacheName: string, cpu: string): Promise<Sample | undefined> {
  try {
    const [usageText, statText, cpuText] = await Promise.all([usage, stat, cpu].map((path) => readFile(path, 'utf8')));
    return parseSample(usageText ?? '', statText ?? '', cacheName, cpuText ?? '');
  } catch {
    return undefined;
  }
}

/**
 * One sample from the texts of a control group: memory in use less the page cache that the kernel can drop, as `docker
 * stats` counts it. CPU time is `usage_usec N` (version 2) or a plain count of nanoseconds (version 1). Pure.
 */
export function parseSample(usage: string, stat: string, cacheName: string, cpu: string): Sample | undefined {
  const cache = new RegExp(`^${cacheName} (\\d+)$`, 'm').exec(stat)?.[1];
  const microseconds = /^usage_usec (\d+)$/m.exec(cpu)?.[1];
  const memoryBytes = Number(usage.trim()) - Number(cache ?? 0);
  const cpuSeconds = microseconds === undefined ? Number(cpu.trim()) / 1e9 : Number(microseconds) / 1e6;
  if (usage.trim() === '' || !Number.isFinite(memoryBytes) || !Number.isFinite(cpuSeconds)) return undefined;
  return { memoryBytes: Math.max(0, memoryBytes), cpuSeconds };
}

const UNITS: Readonly<Record<string, number>> = { B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 };

/** One line of `docker stats --format '{{json .}}'`. `cpuShare` is 1 for one busy core. Pure. */
export function parseStats(line: string): { id: string; memoryBytes: number; cpuShare: number } | undefined {
  const start = line.indexOf('{');
  if (start < 0) return undefined;
  let value: unknown;
  try {
    // Terminal control codes stand around it.
    value = JSON.parse(line.slice(start, line.lastIndexOf('}') + 1));
  } catch {
    return undefined;
  }
  const { ID: id, MemUsage: memory, CPUPerc: cpu } = value as Record<string, unknown>;
  if (typeof id !== 'string' || typeof memory !== 'string' || typeof cpu !== 'string') return undefined;
  const [, amount, unit] = /^([\d.]+)\s*([KMGT]?i?B)\s*\//.exec(memory) ?? [];
  const factor = UNITS[unit ?? ''];
  const cpuShare = Number(cpu.replace('%', '')) / 100;
  if (amount === undefined || factor === undefined || !Number.isFinite(cpuShare)) return undefined;
  return { id, memoryBytes: Number(amount) * factor, cpuShare };
}
