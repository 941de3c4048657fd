import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import type { MetricSeries } from '../../../src/record';
import { measureFolder } from '../../../src/training/channel-size';
import { parseEngineInfo } from '../../../src/training/engine';
import { ProgressFolding } from '../../../src/training/folding';
import { trainingJobName } from '../../../src/training/name';
import { epochsOf, progressLine } from '../../../src/training/progress';
import { LogTail } from '../../../src/training/tail';
import { shortcomings } from '../../../src/training/verdict';

const series = (name: string, count: number, last: number, dropped = 0): MetricSeries => ({
  name,
  regex: `${name}: (.*)`,
  ...(count > 0 ? { last } : {}),
  points: [],
  count,
  dropped,
});

describe('the name of a training job', () => {
  const identity = {
    repository: 'octo/cells',
    sha: 'a1b2c3d4e5f6a7b8c9d0a1b2c3d4e5f6a7b8c9d0',
    request: { b: '1', a: '2' },
  };

  it.each([
    [{ pullRequest: 7 }, /^byoc-[0-9a-f]{8}-pr7-a1b2c3d-[0-9a-f]{8}$/],
    [{ ref: 'main' }, /^byoc-[0-9a-f]{8}-main-a1b2c3d-[0-9a-f]{8}$/],
    [{ ref: '/feat//ünï_code and more' }, /^byoc-[0-9a-f]{8}-feat-n-code-and-a1b2c3d-[0-9a-f]{8}$/],
    [{ ref: '大' }, /-ref-a1b2c3d-/],
    [{}, /-ref-a1b2c3d-/],
  ])('%j', (where, expected) => {
    const name = trainingJobName({ ...identity, ...where });
    expect(name).toMatch(expected);
    // TrainingJobName, and room for the `-a<N>` of a later attempt.
    expect(name).toMatch(/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,59}$/);
  });

  it('is the same for the same request, in whatever order, and another for another', () => {
    const name = trainingJobName({ ...identity, pullRequest: 7 });
    expect(trainingJobName({ ...identity, pullRequest: 7, request: { a: '2', b: '1' } })).toBe(name);
    expect(trainingJobName({ ...identity, pullRequest: 7, request: { a: '2', b: '3' } })).not.toBe(name);
    expect(trainingJobName({ ...identity, pullRequest: 7, repository: 'octo/cells2' })).not.toBe(name);
  });
});

describe('progress', () => {
  it.each([
    [{ epochs: '10' }, [series('loss', 3, 0.51234), series('acc', 2, 1)], 'epoch 2 of 10 · 42 s · loss 0.5123 · acc 1'],
    [{ 'num-epochs': '"4"' }, [series('loss', 4, 1e-7)], 'epoch 4 of 4 · 42 s · loss 1e-7'],
    [{ epochs: '2' }, [series('loss', 500, 0.5)], '42 s · loss 0.5'],
    [{ epochs: '2' }, [series('loss', 0, 0)], '42 s'],
    [{}, [series('loss', 1, 0.5)], '42 s · loss 0.5'],
  ])('%j', (hyperparameters, all, expected) => {
    expect(progressLine(42.4, hyperparameters, all)).toBe(expected);
  });

  it.each([['0'], ['-1'], ['1.5'], ['ten'], ['']])('knows no number of epochs in %j', (epochs) => {
    expect(epochsOf({ epochs })).toBeUndefined();
  });
});

describe('a green run', () => {
  it('is honest with a model and every metric', () => {
    expect(shortcomings(10, [series('acc', 1, 0.5, 3)])).toEqual([]);
    expect(shortcomings(1, [])).toEqual([]);
  });

  it.each([
    [0, [], /no model/],
    [1, [series('acc', 0, 0)], /"acc" was never seen/],
    [1, [series('acc', 0, 0, 4)], /"acc" was never a number \(4 values/],
  ])('is not with %d bytes and %j', (bytes, all, message) => {
    const found = shortcomings(bytes, all);
    expect(found).toHaveLength(1);
    expect(found[0]?.message).toMatch(message);
  });
});

describe('folding of progress bars', () => {
  function folded(feed: (folding: ProgressFolding, at: (seconds: number) => void) => void): string[] {
    const shown: string[] = [];
    let now = 0;
    const folding = new ProgressFolding(
      (line) => shown.push(line),
      () => now,
    );
    feed(folding, (seconds) => (now = seconds));
    return shown;
  }

  it('shows the first and the last state, and one in ten seconds', () => {
    expect(
      folded((folding, at) => {
        for (let second = 0; second <= 25; second += 1) {
          at(second);
          folding.read(`${second}%`, true);
        }
        folding.read('done', false);
      }),
    ).toEqual(['0%', '10%', '20%', 'done']);
  });

  it('keeps the last state when an empty line ends the bar, or nothing does', () => {
    const bar = (folding: ProgressFolding): void => ['1%', '99%', '100%'].forEach((line) => folding.read(line, true));
    expect(folded((folding) => (bar(folding), folding.read('', false)))).toEqual(['1%', '100%']);
    expect(folded((folding) => (bar(folding), folding.flush(), folding.flush()))).toEqual(['1%', '100%']);
  });

  it('lets ordinary lines through', () => {
    expect(folded((folding) => ['a', '', 'b'].forEach((line) => folding.read(line, false)))).toEqual(['a', '', 'b']);
  });
});

it('a log tail keeps the last lines, cut', () => {
  const tail = new LogTail(3, 4);
  expect(tail.lines()).toEqual([]);
  for (const line of ['1', '2', '33333', '4']) tail.add(line);
  expect(tail.lines()).toEqual(['2', '3333', '4']);
});

it('a folder is measured without following links', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'byoc-measure-'));
  try {
    await mkdir(join(folder, 'a/b'), { recursive: true });
    await writeFile(join(folder, 'a/b/one'), '12345');
    await writeFile(join(folder, 'two'), '123');
    await symlink('/', join(folder, 'root'));
    expect(await measureFolder(folder)).toEqual({ files: 2, sizeBytes: 8 });
  } finally {
    await rm(folder, { recursive: true });
  }
});

describe('what the engine says of itself', () => {
  it.each([
    ['{"Runtimes":{"runc":{}},"DockerRootDir":"/var/lib/docker"}', { gpus: false, rootFolder: '/var/lib/docker' }],
    ['{"Runtimes":{"runc":{},"nvidia":{}}}', { gpus: true }],
    ['{"DiscoveredDevices":[{"Source":"cdi","ID":"nvidia.com/gpu=0"}]}', { gpus: true }],
    ['{"DiscoveredDevices":[{"ID":"vendor.com/nic=0"}],"DockerRootDir":""}', { gpus: false }],
    ['null', { gpus: false }],
    ['Cannot connect', { gpus: false }],
  ])('%s', (json, facts) => {
    expect(parseEngineInfo(json)).toEqual(facts);
  });
});
