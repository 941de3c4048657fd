import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { pack, type Header } from 'tar-stream';
import { innerName, saveArchive, saveFiles, listFolder, readText } from '../../../src/contract/archive';
import { Docker, dockerFailure, dockerMissing } from '../../../src/contract/docker';
import { changesOf } from '../../../src/contract/results';
import { INPUT_TIME } from '../../../src/contract/tree';
import { UserError } from '../../../src/errors';
import { realExec, type Exec } from '../../../src/process';

/** An engine that answers `docker cp` with a tar of our making, however hostile. */
function engine(entries: readonly [Partial<Header> & { name: string }, string?][], exitCode = 0, stderr = ''): Docker {
  const exec: Exec = {
    run: () => Promise.reject(new Error('not used')),
    spawn: () => {
      const tar = pack();
      for (const [header, content] of entries) tar.entry({ type: 'file', ...header }, content ?? '');
      tar.finalize();
      const stdout = new PassThrough();
      tar.pipe(stdout);
      return {
        pid: 1,
        stdin: new PassThrough(),
        stdout,
        stderr: Readable.from([Buffer.from(stderr)]),
        exit: new Promise((resolve) => stdout.once('close', () => resolve(exitCode))),
        kill: () => undefined,
      };
    },
  };
  return new Docker(exec);
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'byoc-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it.each([
  ['model/', ''],
  ['model', ''],
  ['model/a/b', 'a/b'],
  ['./model/a', 'a'],
  ['model/../../etc/passwd', undefined],
  ['/etc/passwd', undefined],
  ['model/..\\x', undefined],
  ['model/a\0b', undefined],
  ['model/..a', '..a'],
])('innerName(%j) is %j', (name, inner) => {
  expect(innerName(name)).toBe(inner);
});

describe('a hostile archive', () => {
  const hostile = engine([
    [{ name: 'data/', type: 'directory' }],
    [{ name: 'data/../../escaped.png' }, 'x'],
    [{ name: '/tmp/byoc-absolute.png' }, 'x'],
    [{ name: 'data/dev.png', type: 'character-device', devmajor: 1, devminor: 3 }],
    [{ name: 'data/link.png', type: 'symlink', linkname: '/etc/passwd' }],
    [{ name: 'data/hard.png', type: 'link', linkname: '/etc/passwd' }],
    [{ name: 'data/there/x.png' }, 'x'],
    [{ name: 'data/good.png' }, 'good'],
    [{ name: 'data/good.png' }, 'twice'],
  ]);

  it('writes plain files inside the target and nothing else', async () => {
    const target = join(folder, 'in');
    const source = { docker: hostile, container: 'c', folder: '/opt/ml/output/data' };
    const saved = await saveFiles([source], target, () => true, { files: 10, bytesPerFile: 100 });
    expect(saved.map(({ name }) => name)).toEqual(['good.png', 'there/x.png']);
    expect((await readdir(folder, { recursive: true })).sort()).toEqual([
      'in',
      'in/good.png',
      'in/there',
      'in/there/x.png',
    ]);
    await expect(readFile(join(target, 'good.png'), 'utf8')).resolves.toBe('good');
  });

  it('overwrites no file that is there, and follows no link', async () => {
    await symlink('/nowhere/target', join(folder, 'good.png'));
    const source = { docker: hostile, container: 'c', folder: '/x' };
    const saved = await saveFiles([source], folder, (name) => name === 'good.png', { files: 10, bytesPerFile: 100 });
    expect(saved).toEqual([]);
  });

  it('lists links and devices for what they are', async () => {
    const entries = await listFolder({ docker: hostile, container: 'c', folder: '/x' });
    expect(entries.map(({ name, type }) => `${type} ${name}`)).toEqual([
      'other dev.png',
      'symlink link.png',
      'file there/x.png',
      'file good.png',
      'file good.png',
    ]);
  });
});

it('keeps limits of count and size', async () => {
  const docker = engine([
    [{ name: 'd/a' }, 'aaaa'],
    [{ name: 'd/b' }, 'b'],
    [{ name: 'd/c' }, 'c'],
  ]);
  const saved = await saveFiles([{ docker, container: 'c', folder: '/d' }], folder, () => true, {
    files: 1,
    bytesPerFile: 2,
  });
  expect(saved.map(({ name }) => name)).toEqual(['b']);
});

it('leaves no half archive when the engine fails', async () => {
  const docker = engine(
    [[{ name: 'd/a' }, 'a']],
    1,
    'Cannot connect to the Docker daemon at unix:///x. Is the docker daemon running?',
  );
  const path = join(folder, 'model.tar.gz');
  await expect(saveArchive([{ docker, container: 'c', folder: '/d' }], path)).rejects.toThrow('does not answer');
  await expect(readdir(folder)).resolves.toEqual([]);
});

it('reads the beginning of a text, and none where there is none', async () => {
  const source = { container: 'c', folder: '/f' };
  await expect(readText({ ...source, docker: engine([[{ name: 'failure' }, '😀'.repeat(9000)]]) }, 3)).resolves.toBe(
    '😀😀😀',
  );
  const missing = engine([], 1, 'Error response from daemon: Could not find the file /f in container c');
  await expect(readText({ ...source, docker: missing }, 3)).resolves.toBeUndefined();
});

it.each([
  [
    'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
    /does not answer/,
  ],
  ['write /x: no space left on device', /disk is full/],
  [
    'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock',
    /may not talk/,
  ],
  ['could not select device driver "" with capabilities: [[gpu]]', /no GPU/],
  ['something else', /exit code 1 while testing/],
])('%s', (stderr, message) => {
  const error = dockerFailure({ exitCode: 1, stderr }, 'testing');
  expect(error.message).toMatch(message);
  expect(error.fix).toBeTruthy();
});

it('names a missing docker client', async () => {
  await expect(new Docker(realExec({ PATH: '/nowhere' })).try(['ps'])).rejects.toThrow(UserError);
  const other = new Error('other');
  expect(dockerMissing(other)).toBe(other);
});

it('sees what was done to a channel', () => {
  const file = (name: string, sizeBytes: number, modifiedAt = INPUT_TIME) => ({
    name,
    type: 'file' as const,
    sizeBytes,
    mode: 0o644,
    modifiedAt,
  });
  const tree = { directories: ['d'], files: ['a', 'b', 'c', 'd/e'].map((name) => ({ name, path: '', sizeBytes: 1 })) };
  const now = [
    { ...file('d', 0), type: 'directory' as const },
    file('a', 1),
    file('b', 1, new Date()),
    file('d/e', 2),
    file('new', 1),
  ];
  expect(changesOf(tree, now)).toEqual([
    { name: 'b', change: 'changed' },
    { name: 'd/e', change: 'changed' },
    { name: 'new', change: 'added' },
    { name: 'c', change: 'deleted' },
  ]);
});
