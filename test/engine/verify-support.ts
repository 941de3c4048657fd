import { execFile } from 'node:child_process';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { createContractRunner } from '../../src/contract/runner';
import type { VerifyTimes } from '../../src/contract/checks';
import { realDeps } from '../../src/deps';
import { UserError } from '../../src/errors';
import type { Inputs } from '../../src/inputs';
import { parseInputs } from '../../src/inputs';
import type { CheckId, RunRecord, VerifySection } from '../../src/record';
import { verifyWith } from '../../src/steps/verify';

const run = promisify(execFile);
export const IMAGES = join(import.meta.dirname, 'images');
const BASE_IMAGE = process.env['BYOC_BASE_IMAGE'] ?? 'sagemaker-byoc-base:cpu';

/** How to build one test image. */
export interface ImageSpec {
  /** Folder below test/engine/images. */
  folder: string;
  fault?: string;
  target?: string;
  base?: string;
  platform?: string;
  buildArgs?: Record<string, string>;
  /** Installs packages at build time: the host's network and, where a proxy needs them, its certificates. */
  network?: boolean;
}

/** Builds it and returns its id. */
export async function buildImage(name: string, spec: ImageSpec): Promise<string> {
  const certificates = process.env['SSL_CERT_FILE'];
  const tag = `byoc-verify-test:${name}`;
  const args = [
    ...['build', '--quiet', '--tag', tag, '--label', 'byoc.test=verify'],
    ...['--build-arg', `BASE_IMAGE=${spec.base ?? BASE_IMAGE}`],
    ...Object.entries({ ...(spec.fault === undefined ? {} : { FAULT: spec.fault }), ...spec.buildArgs }).flatMap(
      ([key, value]) => ['--build-arg', `${key}=${value}`],
    ),
    ...(spec.target === undefined ? [] : ['--target', spec.target]),
    ...(spec.platform === undefined ? [] : ['--platform', spec.platform]),
    ...(spec.network === true ? ['--network', 'host'] : []),
    ...(spec.network === true && certificates !== undefined ? ['--secret', `id=ca,src=${certificates}`] : []),
    join(IMAGES, spec.folder),
  ];
  await run('docker', args, { env: { ...process.env, DOCKER_BUILDKIT: '1' }, maxBuffer: 64 * 1024 * 1024 });
  return tag;
}

/** What a verification came to. */
export interface Outcome {
  section: VerifySection;
  error: UserError | undefined;
  log: string;
  /** Containers, volumes and networks of the run that are still there. */
  left: string[];
}

/** Runs the real step on an image. Inputs are given as a workflow gives them. */
export async function verifyImage(
  image: string,
  inputs: Readonly<Record<string, string>>,
  times: Partial<VerifyTimes> = {},
): Promise<Outcome> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'byoc-verify-test-')));
  let log = '';
  const deps = realDeps({
    env: { ...process.env },
    write: (text) => {
      log += text;
    },
    signal: new AbortController().signal,
  });
  const record = recordFor(image);
  const parsed: Inputs = parseInputs(JSON.stringify(inputs));
  let error: UserError | undefined;
  try {
    await verifyWith(
      { deps, inputs: parsed, record, folder, workspace: await realpath(IMAGES), save: async () => Promise.resolve() },
      createContractRunner,
      times,
    );
  } catch (thrown) {
    if (!(thrown instanceof UserError)) throw thrown;
    error = thrown;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  if (!record.verify) throw error ?? new Error('The step left no section');
  return { section: record.verify, error, log, left: await leftovers(record.id) };
}

async function leftovers(id: string): Promise<string[]> {
  const filter = ['--quiet', '--filter', `label=byoc.run=${id}`];
  const lists = await Promise.all(
    [
      ['ps', '--all'],
      ['volume', 'ls'],
      ['network', 'ls'],
    ].map(async (list) => run('docker', [...list, ...filter])),
  );
  return lists.flatMap(({ stdout }) => stdout.split('\n').filter((line) => line !== ''));
}

/** Ids by verdict; warnings apart. */
export function verdicts({ checks }: VerifySection): {
  pass: CheckId[];
  fail: CheckId[];
  skipped: CheckId[];
  lints: CheckId[];
} {
  const promises = checks.filter(({ id }) => !id.startsWith('lint-'));
  const ids = (verdict: string): CheckId[] => promises.filter((check) => check.verdict === verdict).map(({ id }) => id);
  return {
    pass: ids('pass'),
    fail: ids('fail'),
    skipped: ids('skipped'),
    lints: checks.map(({ id }) => id).filter((id) => id.startsWith('lint-')),
  };
}

let runs = 0;

function recordFor(image: string): RunRecord {
  runs += 1;
  const yes = { run: true, reason: 'a test' };
  return {
    version: 1,
    id: (process.pid * 1000 + runs).toString(16).padStart(12, '0'),
    startedAt: new Date().toISOString(),
    run: {
      repository: 'a/b',
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
      sha: '0'.repeat(40),
      because: 'a test',
      build: yes,
      verify: yes,
      train: yes,
      report: yes,
      comment: yes,
      notices: [],
    },
    build: {
      startedAt: new Date().toISOString(),
      seconds: 0,
      builder: 'test',
      imageId: image,
      reference: image,
      platform: 'linux/amd64',
      sizeBytes: 0,
      layers: [],
      entrypoint: null,
      cmd: null,
      user: '',
      workingDir: '',
    },
    errors: [],
  };
}
