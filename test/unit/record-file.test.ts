import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RECORD_VERSION, verdictOf, type RunRecord } from '../../src/record';
import { makeRunFolder, readRecord, writeRecord } from '../../src/record-file';

const step = { run: true, reason: 'because' };
const record = (more: Partial<RunRecord> = {}): RunRecord => ({
  version: RECORD_VERSION,
  id: '0123456789ab',
  startedAt: '2026-01-01T00:00:00.000Z',
  run: {
    repository: 'o/r',
    workflow: 'w',
    job: 'j',
    runId: '1',
    runAttempt: 1,
    serverUrl: 'https://github.com',
    eventName: 'push',
  },
  commentKey: 'k',
  dryRun: false,
  plan: {
    sha: 'a'.repeat(40),
    because: 'x',
    build: step,
    verify: step,
    train: step,
    report: step,
    comment: step,
    notices: [],
  },
  errors: [],
  ...more,
});

describe('the record’s file', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'record-test-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('comes back as it was written, readable by us alone, with nothing beside it', async () => {
    const run = await makeRunFolder(folder);
    const path = join(run, 'record.json');
    await writeRecord(path, record());
    await writeRecord(path, record({ commentKey: 'second' }));
    expect(await readRecord(path)).toEqual(record({ commentKey: 'second' }));
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(run)).mode & 0o777).toBe(0o700);
    expect(await readdir(run)).toEqual(['record.json']);
  });

  it('is whole at every moment while it is being written', async () => {
    const path = join(folder, 'busy.json');
    await writeRecord(path, record());
    let done = false;
    const writing = (async () => {
      for (let i = 0; i < 50; i += 1) await writeRecord(path, record({ commentKey: 'x'.repeat(i * 2000) }));
      done = true;
    })();
    let reads = 0;
    while (!done) {
      JSON.parse(await readFile(path, 'utf8'));
      reads += 1;
    }
    await writing;
    expect(reads).toBeGreaterThan(5);
  });

  it.each([
    ['', 'BYOC_RECORD is empty'],
    ['missing.json', "can't be read"],
    ['broken.json', 'is no JSON'],
    ['old.json', 'has version 0'],
  ])('%s is refused with the reason', async (name, message) => {
    await writeFile(join(folder, 'broken.json'), '{"version": 1');
    await writeFile(join(folder, 'old.json'), '{"version": 0}');
    await expect(readRecord(name && join(folder, name))).rejects.toThrow(message);
  });
});

describe('the verdict', () => {
  const train = (status: 'Completed' | 'Failed' | 'Stopped' | 'InProgress'): Partial<RunRecord> => ({
    train: { status } as NonNullable<RunRecord['train']>,
  });
  it.each([
    [{}, 'skipped'],
    [train('Completed'), 'passed'],
    [train('Failed'), 'failed'],
    [train('Stopped'), 'failed'],
    [train('InProgress'), 'running'],
    [{ ...train('Completed'), cancelled: { step: 'train', signal: 'SIGINT', at: '' } }, 'failed'],
    [{ verify: { passed: false } as NonNullable<RunRecord['verify']> }, 'failed'],
    [{ verify: { passed: true } as NonNullable<RunRecord['verify']> }, 'passed'],
    [{ errors: [{ step: 'build', message: 'x', details: [], user: true }] }, 'failed'],
  ] as const)('%# is %s', (more, expected) => {
    expect(verdictOf(record(more as Partial<RunRecord>))).toBe(expected);
  });
});
