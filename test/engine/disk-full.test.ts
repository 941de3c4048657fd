import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startScenario, type Scenario } from '../scenario/harness';

/** A real engine of its own on a disk of 800 MiB, which a build then fills. */

const run = promisify(execFile);
const DISK_MIB = 800;
// Starting an engine and mounting a disk need root; a hosted runner has it through sudo.
const asRoot = (command: string, ...args: string[]): [string, string[]] =>
  process.getuid?.() === 0 ? [command, args] : ['sudo', ['-n', command, ...args]];

describe('a full disk', () => {
  const folder = mkdtempSync(join(tmpdir(), 'small-disk-'));
  const data = join(folder, 'data');
  const socket = join(folder, 'docker.sock');
  let engine: ChildProcess;
  let scenario: Scenario;

  beforeAll(async () => {
    mkdirSync(data);
    await run(...asRoot('mount', '-t', 'tmpfs', '-o', `size=${DISK_MIB}m`, 'tmpfs', data));
    const state = join(folder, 'state');
    const args = [
      `--data-root=${data}`,
      `--exec-root=${state}`,
      `--pidfile=${join(folder, 'docker.pid')}`,
      `--host=unix://${socket}`,
      '--bridge=none',
      '--iptables=false',
      '--storage-driver=overlay2',
    ];
    // In a network of its own: an engine without a bridge would take the other engine's away.
    engine = spawn(...asRoot('unshare', '--net', 'dockerd', ...args), { stdio: 'ignore' });
    for (let tries = 0; ; tries += 1) {
      const up = await run('docker', ['--host', `unix://${socket}`, 'version']).then(
        () => true,
        () => false,
      );
      if (up) break;
      if (tries > 100) throw new Error('the second engine did not come up');
      await sleep(300);
    }
    const files = {
      Dockerfile: `FROM scratch\n${Array.from({ length: 6 }, (_, copy) => `COPY big /big${copy}\n`).join('')}`,
      '.dockerignore': '.git\n',
      // Random bytes: nothing on the way can make them smaller.
      big: '',
    };
    scenario = await startScenario({ files });
    await run('dd', ['if=/dev/urandom', `of=${join(scenario.workspace.dir, 'big')}`, 'bs=1M', 'count=150']);
    await scenario.workspace.commit({});
  }, 90_000);

  afterAll(async () => {
    await scenario.close();
    const ended = new Promise((resolve) => engine.once('exit', resolve));
    await run(...asRoot('kill', String(engine.pid)));
    await ended;
    await run(...asRoot('umount', data));
    await run(...asRoot('rm', '-rf', folder));
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  it('while building: the error says so and how to make room', async () => {
    const result = await scenario.run({
      event: scenario.pullRequestEvent('synchronize'),
      env: { DOCKER_HOST: `unix://${socket}` },
    });
    const error = result.annotations.find(({ kind }) => kind === 'error')?.message ?? '';
    expect(result.steps.find(({ id }) => id === 'build')?.outcome).toBe('failure');
    expect(error).toMatch(/no space|disk is full|ran out of (disk )?space/i);
    expect(error).toContain('docker system prune');
    expect(scenario.github.comments(scenario.number)[0]?.body).toContain('❌ Build failed');
  }, 120_000);

  it('before building, when it cannot work: refused at once', async () => {
    await run('dd', ['if=/dev/urandom', `of=${join(scenario.workspace.dir, 'big')}`, 'bs=1M', 'count=400']);
    await scenario.workspace.commit({});
    const result = await scenario.run({
      event: scenario.pullRequestEvent('synchronize'),
      env: { DOCKER_HOST: `unix://${socket}` },
    });
    const error = result.annotations.find(({ kind }) => kind === 'error')?.message ?? '';
    expect(error).toMatch(/disk has .* free; the build needs at least/);
    expect(result.log).not.toContain('docker buildx build');
  }, 120_000);
});
