import { execFile } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createContractRunner } from '../../src/contract/runner';
import { codeOf, UserError } from '../../src/errors';
import { RECORD_VERSION } from '../../src/record';
import { readRecord, writeRecord } from '../../src/record-file';
import { trainWith } from '../../src/steps/train';
import { buildTrainer, removeTrainer, TrainWorld } from './train-world';

/** The runner's own disk, a real one of 256 KiB, is full: the record cannot be written, nor anything else. */

const run = promisify(execFile);
const root = new URL('../../', import.meta.url).pathname;
// Mounting needs root; a hosted runner has it through sudo.
const asRoot = (command: string, ...args: string[]): [string, string[]] =>
  process.getuid?.() === 0 ? [command, args] : ['sudo', ['-n', command, ...args]];

/** Writes until nothing more goes in. */
function fill(folder: string): void {
  const file = openSync(join(folder, 'ballast'), 'w');
  try {
    for (;;) writeSync(file, Buffer.alloc(4_096));
  } catch (error) {
    if (codeOf(error) !== 'ENOSPC') throw error;
  } finally {
    closeSync(file);
  }
}

const disk = mkdtempSync(join(tmpdir(), 'full-disk-'));
const path = join(disk, 'record.json');
let world: TrainWorld;

beforeAll(() => buildTrainer(), 300_000);
beforeEach(() => run(...asRoot('mount', '-t', 'tmpfs', '-o', 'size=256k,mode=777', 'tmpfs', disk)));
afterEach(() => run(...asRoot('umount', disk)));
afterAll(() => {
  removeTrainer();
  rmSync(disk, { recursive: true });
});

describe('with the runner’s disk full', () => {
  afterEach(() => world.remove());

  it('writing the record says so, and leaves the old one and nothing else', async () => {
    world = new TrainWorld({});
    const { record } = world.context;
    await writeRecord(path, record);
    fill(disk);
    const error: unknown = await writeRecord(path, { ...record, commentKey: 'x'.repeat(50_000) }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(UserError);
    expect(String(error)).toContain('disk is full');
    expect((error as UserError).fix).toContain('docker system prune');
    expect(await readRecord(path)).toEqual(record);
    expect(readdirSync(disk).sort()).toEqual(['ballast', 'record.json']);
  });

  it.each([
    ['fails', 'do=fail', /disk is made of cheese/],
    ['completes', '', /runner’s disk is full/],
  ])(
    'a training that %s tells the first cause, and nothing runs on',
    async (_what, hyperparameters, message) => {
      world = new TrainWorld({ hyperparameters });
      const { record } = world.context;
      mkdirSync(join(disk, 'artifacts'));
      const context = { ...world.context, folder: disk, save: () => writeRecord(path, record) };
      const error: unknown = await trainWith(context, (options) => {
        fill(disk);
        return createContractRunner(options);
      }).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(UserError);
      expect(String(error)).toMatch(message);
      expect(world.leftovers()).toEqual([]);
      // What the first save has left is whole.
      expect((await readRecord(path)).train?.status).toBe('InProgress');
    },
    60_000,
  );

  it('a step is no bug of the action', async () => {
    world = new TrainWorld({});
    await writeRecord(path, { ...world.context.record, version: RECORD_VERSION });
    fill(disk);
    const env = { ...process.env, BYOC_RECORD: path, BYOC_INPUTS: '{}', GITHUB_WORKSPACE: world.context.workspace };
    const loader = join(root, 'node_modules/tsx/dist/loader.mjs');
    const step = await run(process.execPath, ['--import', loader, join(root, 'src/main.ts'), 'build'], { env }).catch(
      (failed: { code: number; stdout: string; stderr: string }) => failed,
    );
    expect(step).toMatchObject({ code: 1, stderr: '' });
    expect(step.stdout).toMatch(/^::error::The runner’s disk is full \(while writing .*record\.json\)\.%0AMake room/m);
    expect(step.stdout).not.toContain('bug in the action');
    expect(JSON.parse(readFileSync(path, 'utf8'))).not.toHaveProperty('running');
  }, 60_000);
});
