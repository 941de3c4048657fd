import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { CHECK_IDS, type CheckId } from '../../src/record';
import { buildImage, verdicts, verifyImage, type ImageSpec, type Outcome } from './verify-support';

/** As a workflow would give them; the sample run laid over the real one takes about a second. */
const INPUTS = {
  'verify-channels': 'train=channel/train',
  hyperparameters: 'epochs=50\noptimizer=momentum',
  'verify-hyperparameters': 'epochs=5\nepoch-seconds=0.25',
  'metric-definitions': 'loss=loss=([0-9.eE+-]+)',
};
/** The grace is SageMaker's 120 s in earnest; nobody wants to wait for that here. */
const TIMES = { stopGraceSeconds: 3, furtherRunSeconds: 20 };
/** Images are verified so many at a time: they mostly sleep. */
const AT_ONCE = 3;

const TRAINER: ImageSpec = { folder: 'trainer' };
const fault = (name: string): ImageSpec => ({ ...TRAINER, fault: name });
const derived = (target: string, more: Partial<ImageSpec> = {}): ImageSpec => ({
  folder: 'derived',
  target,
  base: 'byoc-verify-test:good',
  ...more,
});

interface Expected {
  spec: ImageSpec;
  inputs?: Readonly<Record<string, string>>;
  /** Exactly these fail. */
  fails?: CheckId[];
  /** Exactly these are skipped, beside `serve` and, with one instance, `nodes`; each with a reason like this. */
  skipped?: { ids: CheckId[]; reason: RegExp };
  lints?: CheckId[];
  /** What the proof of the failed check says. */
  proof?: RegExp;
  /** No required check failed. Default: nothing failed. */
  green?: boolean;
}

const needsRun: CheckId[] = ['hyperparameters', 'channels', 'model', 'failure', 'metrics', 'stop', 'resume', 'offline'];
const allBut = (...ids: CheckId[]): CheckId[] =>
  (['train-argument', ...needsRun] as CheckId[]).filter((id) => !ids.includes(id));

/** Where the runs of these ids would show nothing that another image has not shown. */
const SKIPPED: CheckId[] = ['failure', 'hyperparameters', 'offline', 'stop', 'resume'];
const QUICK = { 'verify-skip': SKIPPED.join(',') };
const quick = { ids: SKIPPED, reason: /`verify-skip` names it/ };
const NODES = { 'instance-count': '2' };

const IMAGES: Record<string, Expected> = {
  // Good ones
  good: { spec: TRAINER },
  'good-shell': { spec: { folder: 'shell' } },
  'good-r': { spec: { folder: 'r', network: true } },
  // The toolkit keeps SIGTERM to itself (contract.md 1.3): advisory, so that the image is green.
  'good-toolkit': {
    spec: { folder: 'toolkit', network: true },
    fails: ['stop'],
    skipped: { ids: ['resume'], reason: /`stop` failed/ },
    proof: /trained to its end/,
    green: true,
  },
  'good-on-two-nodes': { spec: TRAINER, inputs: { ...NODES, ...QUICK }, skipped: quick },
  'good-without-inputs': {
    spec: fault('baked-data'),
    inputs: { 'verify-channels': '', hyperparameters: '', 'verify-hyperparameters': '', 'metric-definitions': '' },
    skipped: {
      ids: ['channels', 'failure', 'metrics'],
      reason: /no `?verify-channels|could be induced|no `metric-def/,
    },
  },

  // What `train` starts
  'strict-arguments': {
    spec: fault('strict-arguments'),
    fails: ['train-argument'],
    skipped: { ids: needsRun, reason: /`train-argument` failed: exit code 2/ },
    proof: /unrecognized arguments: train/,
  },
  'no-program': {
    spec: { folder: 'no-program' },
    fails: ['train-argument'],
    skipped: { ids: needsRun, reason: /`train-argument` failed/ },
    proof: /no program to start.*executable file not found/,
  },
  'python-entrypoint': {
    spec: { folder: 'python-entrypoint' },
    fails: ['train-argument'],
    skipped: { ids: needsRun, reason: /`train-argument` failed/ },
    proof: /can't open file/,
  },
  'not-executable': {
    spec: { folder: 'not-executable' },
    fails: ['train-argument'],
    skipped: { ids: needsRun, reason: /`train-argument` failed/ },
    proof: /not executable.*permission denied/i,
  },
  'no-shebang': {
    spec: { folder: 'no-shebang' },
    fails: ['train-argument'],
    skipped: { ids: needsRun, reason: /`train-argument` failed/ },
    proof: /exec format error/i,
  },

  // What it reads
  'json-numbers': {
    spec: fault('json-numbers'),
    fails: ['hyperparameters'],
    skipped: { ids: allBut('train-argument', 'hyperparameters'), reason: /`hyperparameters` failed: exit code 1/ },
    proof: /exit code 0 with none: «TypeError/,
  },
  'plain-strings-only': {
    spec: fault('plain-strings-only'),
    inputs: { 'verify-hyperparameters': 'epochs=5' },
    lints: ['lint-json-quoted'],
  },
  'other-channel': {
    spec: fault('other-channel'),
    fails: ['channels'],
    skipped: { ids: allBut('channels'), reason: /`channels` failed/ },
    proof: /\/opt\/ml\/input\/data\/training.*the channels given are train/,
  },
  'baked-data': { spec: fault('baked-data'), fails: ['channels'], proof: /trains just the same/ },
  'writes-input': { spec: fault('writes-input'), inputs: QUICK, skipped: quick, lints: ['lint-input-writes'] },

  // What it leaves
  'no-model': { spec: fault('no-model'), fails: ['model'], proof: /is empty/ },
  'dangling-link': { spec: fault('dangling-link'), fails: ['model'], proof: /latest -> \/opt\/program\/weights/ },
  mute: { spec: fault('mute'), fails: ['metrics'], proof: /«loss».*matched no line/ },
  'swallows-errors': { spec: fault('swallows-errors'), fails: ['failure'], proof: /exit code 0 after saying «error:/ },
  'no-failure-file': { spec: fault('no-failure-file'), lints: ['lint-failure-file'] },

  // How it ends and goes on
  'ignores-sigterm': {
    spec: fault('ignores-sigterm'),
    fails: ['stop'],
    skipped: { ids: ['resume'], reason: /`stop` failed/ },
    proof: /trained to its end/,
    green: true,
  },
  'ignores-sigterm-for-long': {
    spec: fault('ignores-sigterm'),
    inputs: { 'verify-hyperparameters': 'epochs=4\nepoch-seconds=3', 'verify-skip': 'failure,offline,hyperparameters' },
    fails: ['stop'],
    skipped: {
      ids: ['resume', 'failure', 'offline', 'hyperparameters'],
      reason: /`stop` failed|`verify-skip` names it/,
    },
    proof: /still ran 3 s after SIGTERM and was killed/,
    green: true,
  },
  'starts-over': { spec: fault('starts-over'), fails: ['resume'], proof: /began with epoch 1 again/, green: true },
  'no-checkpoints': {
    spec: fault('no-checkpoints'),
    skipped: { ids: ['resume'], reason: /writes no checkpoints/ },
  },
  'no-checkpoints-strict': {
    spec: fault('no-checkpoints'),
    inputs: { verify: 'strict', 'verify-skip': 'failure,stop,offline' },
    fails: ['resume'],
    skipped: { ids: ['failure', 'stop', 'offline'], reason: /`verify-skip`/ },
    proof: /writes no checkpoints/,
  },
  'needs-network': {
    spec: fault('needs-network'),
    fails: ['offline'],
    proof: /Network is unreachable/,
    green: true,
  },
  'needs-network-strict': {
    spec: fault('needs-network'),
    inputs: { verify: 'strict', 'verify-skip': 'failure,stop,resume,hyperparameters' },
    fails: ['offline'],
    skipped: { ids: ['failure', 'stop', 'resume', 'hyperparameters'], reason: /`verify-skip`/ },
    proof: /Network is unreachable/,
  },
  'loses-node': {
    spec: fault('loses-node'),
    inputs: { ...NODES, ...QUICK },
    skipped: quick,
    fails: ['nodes'],
    proof: /algo-2: exit code 1, «.*ring/,
  },
  'hangs-on-nodes': {
    spec: fault('hangs-on-nodes'),
    inputs: { ...NODES, ...QUICK },
    skipped: quick,
    fails: ['nodes'],
    proof: /still ran after/,
  },

  // What it is
  user: {
    spec: derived('user'),
    fails: ['user'],
    skipped: { ids: allBut(), reason: /`user` failed: USER is «1000»/ },
  },
  'other-platform': {
    spec: { folder: 'other-platform', platform: 'linux/arm64' },
    fails: ['platform'],
    skipped: { ids: allBut(), reason: /`platform` failed.*arm64/ },
  },
  'secret-environment': {
    spec: derived('secret-environment'),
    fails: ['secrets'],
    proof: /DATABASE_PASSWORD \(corr\*\*\*, 21 characters\) in environment variable/,
  },
  'secret-label': {
    spec: derived('secret-label'),
    inputs: QUICK,
    skipped: quick,
    fails: ['secrets'],
    proof: /AWS access key.*label maintainer.key/,
  },
  'secret-history': {
    spec: derived('secret-history', { buildArgs: { INDEX_TOKEN: 'correct-horse-battery' } }),
    inputs: QUICK,
    skipped: quick,
    fails: ['secrets'],
    proof: /INDEX_TOKEN .*in history, layer \d+ \(RUN\)/,
  },
  'shell-form': { spec: derived('shell-form'), inputs: QUICK, skipped: quick, lints: ['lint-shell-form'] },
  'reserved-paths': {
    spec: derived('reserved-paths'),
    skipped: { ids: ['stop'], reason: /its log came late/ },
    lints: ['lint-reserved-paths', 'lint-unbuffered'],
  },
};

const outcomes = new Map<string, Outcome>();
const seconds = new Map<string, number>();

beforeAll(async () => {
  await buildImage('good', TRAINER);
  const queue = Object.entries(IMAGES);
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [name, { spec, inputs }] = next;
      const image = await buildImage(name, spec);
      const begun = performance.now();
      outcomes.set(name, await verifyImage(image, { ...INPUTS, ...inputs }, TIMES));
      seconds.set(name, (performance.now() - begun) / 1000);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  for (const [name, value] of seconds) console.log(`${value.toFixed(1)} s ${name}`);
}, 1_200_000);

afterAll(async () => {
  const docker = promisify(execFile);
  const { stdout } = await docker('docker', ['images', '--quiet', '--filter', 'label=byoc.test=verify']);
  const ids = [...new Set(stdout.split('\n').filter((id) => id !== ''))];
  if (ids.length > 0) await docker('docker', ['rmi', '--force', ...ids]);
}, 120_000);

describe.each(Object.entries(IMAGES))('verify of %s', (name, expected) => {
  const outcome = (): Outcome => {
    const found = outcomes.get(name);
    if (!found) throw new Error(`${name} was not verified`);
    return found;
  };
  const skippedAnyway: CheckId[] =
    expected.inputs !== undefined && 'instance-count' in expected.inputs ? ['serve'] : ['serve', 'nodes'];

  it('breaks exactly the promises it should', () => {
    const { fail, skipped, pass, lints } = verdicts(outcome().section);
    expect({ fail, skipped: [...skipped].sort(), lints: [...lints].sort() }).toEqual({
      fail: expected.fails ?? [],
      skipped: [...(expected.skipped?.ids ?? []), ...skippedAnyway].sort(),
      lints: [...(expected.lints ?? [])].sort(),
    });
    expect([...fail, ...skipped, ...pass].sort()).toEqual([...CHECK_IDS].sort());
  });

  it('says why', () => {
    const { checks } = outcome().section;
    for (const { id, verdict, proof, reason, fix } of checks) {
      if (verdict === 'pass') expect(proof).not.toBe('');
      if (verdict === 'fail') {
        expect(fix).toMatch(/\w/);
        if (expected.proof && expected.fails?.includes(id)) expect(proof).toMatch(expected.proof);
      }
      if (verdict === 'skipped') expect(reason).toMatch(/\w/);
      if (expected.skipped?.ids.includes(id)) expect(reason).toMatch(expected.skipped.reason);
    }
  });

  it('is green or red accordingly, and leaves nothing behind', () => {
    const green = expected.green ?? (expected.fails ?? []).length === 0;
    const { section, error, left } = outcome();
    expect(section.passed).toBe(green);
    expect(error === undefined).toBe(green);
    if (!green) expect(error?.message).toContain(expected.fails?.[0]);
    expect(left).toEqual([]);
  });
});

it('gives no secret away', () => {
  for (const name of ['secret-environment', 'secret-history']) {
    expect(JSON.stringify(outcomes.get(name)?.section) + (outcomes.get(name)?.log ?? '')).not.toContain(
      'horse-battery',
    );
  }
});

it('proves by the names themselves that two nodes find each other', () => {
  const nodes = outcomes.get('good-on-two-nodes')?.section.checks.find(({ id }) => id === 'nodes');
  expect(nodes?.proof).toMatch(/algo-1 and algo-2 ended with exit code 0.*each resolves all names/);
});
