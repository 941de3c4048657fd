import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { crashOf } from '../../../src/contract/checks/crash';
import { LogReading } from '../../../src/contract/checks/log-reading';
import { judgeMainRun } from '../../../src/contract/checks/main-run';
import { stopFix } from '../../../src/contract/checks/stop';
import { DEFAULT_TIMES, type Observation, type Workbench } from '../../../src/contract/checks/workbench';
import type { Channel, ContractRunner } from '../../../src/contract/runner';
import type { CheckResult } from '../../../src/record';
import { scorecardWith } from './facts';

const DATA = '/opt/ml/input/data';
/** A traceback as Python 3.11 prints it, with the source line and pandas' own frames below ours. */
const python = (source: string, error: string): string[] => [
  'epoch 1 of 3: loss=0.4',
  'Traceback (most recent call last):',
  '  File "/app/train.py", line 30, in <module>',
  '    main()',
  '  File "/app/train.py", line 19, in main',
  `    ${source}`,
  '    ^^^^^^^^^^^^^^^^',
  '  File "/usr/local/lib/python3.11/site-packages/pandas/io/common.py", line 863, in get_handle',
  '    handle = open(',
  error,
];

const runner: ContractRunner = {
  start: () => Promise.reject(new Error('no further run is needed')),
  createCheckpointVolume: () => Promise.reject(new Error('no volume is needed')),
  removeAll: () => Promise.resolve({ removed: 0 }),
} as unknown as ContractRunner;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'byoc-crash-'));
  await mkdir(join(folder, 'images'));
  for (const name of ['a.csv', 'b.csv', 'images/1.png']) await writeFile(join(folder, name), 'x');
});
afterAll(() => rm(folder, { recursive: true }));

/** The verdict on a main run that ended like this. */
async function judged(
  tail: string[],
  more: { exitCode?: number; failureText?: string; channels?: string[]; oomKilled?: boolean } = {},
): Promise<CheckResult> {
  const { exitCode = 1, failureText, oomKilled = false } = more;
  const channels = (more.channels ?? ['train']).map((name): Channel => ({ name, path: folder, mode: 'File' }));
  const bench: Workbench = {
    runner,
    clock: { now: () => new Date(0), seconds: () => 0, sleep: () => Promise.resolve() },
    show: (_title, body) => body(() => undefined),
    times: DEFAULT_TIMES,
    image: 'image',
    jobName: 'job',
    region: 'us-east-1',
    hyperparameters: {},
    channels,
    environment: {},
    gpus: false,
    instanceCount: 1,
    metrics: [],
    shellForm: false,
  };
  const run: Observation = {
    result: {
      status: 'Failed',
      secondaryStatus: 'Failed',
      seconds: 1,
      nodes: [{ host: 'algo-1', exitCode, oomKilled, sigkilled: false, seconds: 1, tail }],
    },
    exitCode,
    startError: undefined,
    tail,
    model: [],
    checkpoints: [],
    failureText,
    inputChanges: [],
    log: new LogReading([]),
    seconds: 1,
  };
  const { scorecard, told } = scorecardWith();
  const id = await judgeMainRun(bench, run, scorecard);
  const result = told.find(({ verdict }) => verdict === 'fail');
  if (!result || told.length !== 1) throw new Error('exactly one check must have failed');
  expect(id).toBe(result.id);
  return result;
}

describe('a crash that is about the data', () => {
  it.each<[string, string[], RegExp, RegExp]>([
    [
      'a channel that is not given',
      python(
        `open("${DATA}/training/a.csv")`,
        `FileNotFoundError: [Errno 2] No such file or directory: '${DATA}/training/a.csv'`,
      ),
      /FileNotFoundError.*\(\/app\/train\.py, line 19\); the channels given are train$/,
      /«training»=path\/of\/a\/sample/,
    ],
    [
      'a channel whose name begins like a given one',
      [`error: ${DATA}/train2/a.csv does not exist`],
      /the channels given are train/,
      /«train2»=/,
    ],
    [
      'a file that the sample does not have',
      python(
        'pd.read_csv(path)',
        `FileNotFoundError: [Errno 2] No such file or directory: '${DATA}/train/my data.csv'`,
      ),
      /my data\.csv.*\(\/app\/train\.py, line 19\)$/,
      /^`\/opt\/ml\/input\/data\/train\/my data\.csv` is not in the sample given as `train` \(it holds: a\.csv, b\.csv, images\/1\.png\): correct the name in the program, or add the file to the sample\.$/,
    ],
    [
      'a shell that misses a file',
      [`cat: ${DATA}/train/labels.txt: No such file or directory`],
      /cat:/,
      /labels\.txt` is not in the sample/,
    ],
    [
      'R',
      [
        'Error in file(file, "rt") : cannot open the connection',
        `  cannot open file '${DATA}/train/x.csv': No such file or directory`,
        'Execution halted',
      ],
      /x\.csv/,
      /x\.csv` is not in the sample/,
    ],
    [
      'a folder without what it looks for',
      python('ImageFolder(root)', `FileNotFoundError: Couldn't find any class folder in ${DATA}/train.`),
      /class folder/,
      /finds nothing that it can use in `\/opt\/ml\/input\/data\/train`.*it holds: a\.csv/,
    ],
    ['a file without rows', [`ValueError: no rows in ${DATA}/train/a.csv`], /no rows/, /finds nothing that it can use/],
    [
      'the folder of all channels',
      [`error: ${DATA} is empty`],
      /is empty/,
      /Read the data from \/opt\/ml\/input\/data\/train/,
    ],
  ])('%s: `channels`', async (_what, tail, proof, fix) => {
    const result = await judged(tail);
    expect(result.id).toBe('channels');
    expect(result.proof).toMatch(proof);
    expect(result.fix).toMatch(fix);
    expect(result.crash).toBeUndefined();
    expect(result.log).toEqual(tail);
  });

  it('asks for a sample where none is given', async () => {
    const tail = [`ls: cannot access '${DATA}': No such file or directory`];
    expect((await judged(tail, { channels: [] })).fix).toMatch(/Give a small sample of each channel/);
  });
});

describe('any other crash', () => {
  it.each<[string, string[], string]>([
    [
      'a source line that names a channel',
      python(`rows = read("${DATA}/training")`, "KeyError: 'weights'"),
      "KeyError: 'weights'",
    ],
    [
      'log lines that name a channel',
      [`reading ${DATA}/other/a.csv`, ...python('x()', 'ValueError: shapes differ')],
      'ValueError: shapes differ',
    ],
    [
      'a value in a file that is there',
      python('x()', `ValueError: bad label in ${DATA}/train/a.csv`),
      `ValueError: bad label in ${DATA}/train/a.csv`,
    ],
    [
      'a word not found in a file that is there',
      python('x()', `KeyError: label not found in ${DATA}/train/a.csv`),
      `KeyError: label not found in ${DATA}/train/a.csv`,
    ],
    [
      'a write to a channel',
      python('x()', `PermissionError: [Errno 13] Permission denied: '${DATA}/train/cache'`),
      `PermissionError: [Errno 13] Permission denied: '${DATA}/train/cache'`,
    ],
    [
      'a missing file elsewhere',
      python('x()', "FileNotFoundError: [Errno 2] No such file or directory: '/app/w.bin'"),
      "FileNotFoundError: [Errno 2] No such file or directory: '/app/w.bin'",
    ],
    [
      'lines after the exception',
      [...python('x()', 'ValueError: first line'), 'second line of the message', 'cleaning up'],
      'ValueError: first line',
    ],
    [
      'a chained exception',
      [
        ...python('x()', 'KeyError: 1'),
        '',
        'During handling of the above exception, another exception occurred:',
        '',
        ...python('y()', 'RuntimeError: second'),
      ],
      'RuntimeError: second',
    ],
  ])('%s: `train-argument`, with the exception and the frame', async (_what, tail, error) => {
    const result = await judged(tail);
    expect(result.id).toBe('train-argument');
    expect(result.proof).toBe(`exit code 1: «${error}» (/app/train.py, line 19)`);
    expect(result.crash).toBe(error);
    expect(result.fix).toMatch(/^Fix the program at `\/app\/train\.py, line 19`/);
    expect(result.log).toEqual(tail.slice(-20));
  });

  it('says so when it said nothing', async () => {
    const result = await judged([], { exitCode: 139 });
    expect(result).toMatchObject({
      id: 'train-argument',
      proof: 'exit code 139: it printed nothing',
      crash: 'exit code 139',
    });
    expect(result.log).toBeUndefined();
  });

  it('says so when memory ran out', async () => {
    const result = await judged(['epoch 1'], { exitCode: 137, oomKilled: true });
    expect(result.crash).toBe('exit code 137, out of memory');
    expect(result.fix).toMatch(/memory/);
  });

  it('is none when the program chokes on the argument', async () => {
    const result = await judged(['usage: train.py [--epochs N]', 'train.py: error: unrecognized arguments: train'], {
      exitCode: 2,
    });
    expect(result.id).toBe('train-argument');
    expect(result.crash).toBeUndefined();
    expect(result.fix).toMatch(/parse_known_args/);
  });

  it('does not take a channel called train for the argument', async () => {
    expect((await judged([`sh: cd: ${DATA}/train/x/train: No such file or directory`])).id).toBe('channels');
  });
});

describe('crashOf', () => {
  it.each<[string, string[], string | undefined, ReturnType<typeof crashOf>]>([
    ['nothing', ['', ' '], undefined, undefined],
    ['a failure file in words', ['noise'], 'epochs: "x" is no number\ndetails', { error: 'epochs: "x" is no number' }],
    [
      'a failure file that is a traceback',
      ['noise'],
      python('x()', 'OSError: gone').slice(1).join('\n'),
      { error: 'OSError: gone', frame: '/app/train.py, line 19' },
    ],
    [
      'a syntax error',
      ['  File "/app/train.py", line 3', '    x =', '       ^', 'SyntaxError: invalid syntax'],
      undefined,
      { error: 'SyntaxError: invalid syntax', frame: '/app/train.py, line 3' },
    ],
    [
      'torchrun',
      python('x()', 'ValueError: x').map((line) => `[rank0]: ${line}`),
      undefined,
      { error: 'ValueError: x', frame: '/app/train.py, line 19' },
    ],
    [
      'a program without tracebacks',
      ['val error: 0.3', 'a', 'b', 'c', 'fatal: bad header', 'bye'],
      undefined,
      { error: 'fatal: bad header' },
    ],
    ['a metric further up', ['val error: 0.3', 'a', 'b', 'c', 'd', 'bye'], undefined, { error: 'bye' }],
  ])('%s', (_what, tail, failureText, expected) => {
    expect(crashOf(tail, failureText)).toEqual(expected);
  });

  it('takes no time for hostile lines', () => {
    const begun = performance.now();
    crashOf(Array.from({ length: 50 }, () => `${'A.'.repeat(30_000)}a`.concat(' no a'.repeat(10_000))));
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});

it('speaks of exec form only where ENTRYPOINT is in shell form', () => {
  expect(stopFix(true)).toMatch(/exec form.*handler/);
  expect(stopFix(false)).toMatch(/^Install a handler/);
  expect(stopFix(false)).not.toMatch(/exec form|ENTRYPOINT/);
});
