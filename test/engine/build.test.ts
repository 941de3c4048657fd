import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { CancelledError, UserError } from '../../src/errors';
import { Checkout, buildCheckout, docker, edges, removeImages } from './build-world';

jest.setTimeout(180_000);

const BASE = 'sagemaker-byoc-base:cpu';
const SECRET = 'hunter2-of-the-north';

let checkouts: Checkout[] = [];
function checkout(files: Readonly<Record<string, string>>): Checkout {
  const made = new Checkout(files);
  checkouts.push(made);
  return made;
}
afterEach(() => {
  for (const made of checkouts) made.remove();
  checkouts = [];
});
afterAll(removeImages);

/** What was thrown, which must be a UserError. */
async function refusal(body: Promise<unknown>): Promise<UserError> {
  const thrown: unknown = await body.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(UserError);
  return thrown as UserError;
}

/** An environment whose client finds no plugins: with `classicPath` before PATH the client is Debian's 20.10. */
const noPlugins = mkdtempSync(join(tmpdir(), 'byoc-no-plugins-'));
afterAll(() => rmSync(noPlugins, { recursive: true, force: true }));
const classicClient = '/usr/bin';
const clients = [
  { client: 'buildx', env: {} },
  { client: 'classic', env: { DOCKER_CONFIG: noPlugins, PATH: `${classicClient}:${process.env['PATH'] ?? ''}` } },
];

describe.each(clients)('with $client', ({ client, env }) => {
  it('builds the commit, with arguments, a target and what .dockerignore leaves', async () => {
    const made = checkout({
      Dockerfile: [
        `FROM ${BASE} AS train`,
        'ARG COLOUR=red',
        'ARG HTTP_PROXY',
        'RUN echo "$COLOUR $HTTP_PROXY" > /colour',
        'WORKDIR /opt/ml/code',
        'COPY . .',
        'RUN find . -type f | sort > /sent',
        'USER 1000',
        'ENTRYPOINT ["python3", "train.py"]',
        'CMD ["--help"]',
        'FROM train AS serve',
        'RUN false',
      ].join('\n'),
      '.dockerignore': '**/*.bin\n!keep.bin\n.git\n',
      'train.py': 'print(1)\n',
      'keep.bin': 'x',
      'data/big.bin': 'y',
    });
    const { deps, printed } = edges(env);
    const section = await buildCheckout(
      made,
      { target: 'train', buildArgs: { COLOUR: 'deep blue', HTTP_PROXY: 'http://proxy.invalid:1' } },
      { deps, printed },
    );

    expect(section.reference).toBe(`byoc/byoc-test-build:${made.sha.slice(0, 12)}`);
    expect(section.imageId).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(section.configDigest).toBe(section.imageId);
    expect(section).toMatchObject({
      platform: 'linux/amd64',
      entrypoint: ['python3', 'train.py'],
      cmd: ['--help'],
      user: '1000',
      workingDir: '/opt/ml/code',
    });
    expect(section.builder).toMatch(
      client === 'buildx' ? /^buildx \d+\.\d+\.\d+$/ : /^docker 20\.10\.\d+ \(BuildKit\)$/,
    );
    expect(section.sizeBytes).toBeGreaterThan(1e6);
    expect(section.layers.map(({ createdBy }) => createdBy)).toContain('COPY . .');
    expect(JSON.stringify(section.layers)).not.toContain('deep blue');
    expect(docker('run', '--rm', '--entrypoint=cat', section.imageId, '/colour', '/sent')).toBe(
      'deep blue http://proxy.invalid:1\n./.dockerignore\n./Dockerfile\n./keep.bin\n./train.py\n',
    );
    expect(printed()).toContain('RUN echo');
    expect(docker('image', 'inspect', '--format', '{{json .Config.Labels}}', section.imageId).trim()).toBe('null');

    const again = await buildCheckout(
      made,
      { target: 'train', buildArgs: { COLOUR: 'deep blue', HTTP_PROXY: 'http://proxy.invalid:1' } },
      edges(env),
    );
    expect(again.totalSteps).toBe(4);
    expect(again.cachedSteps).toBe(4);
    expect(again.imageId).toBe(section.imageId);
    expect(readdirSync(made.folder)).toEqual([]);
  });

  it('keeps secrets out of argv, log, history, image and record', async () => {
    const made = checkout({
      Dockerfile: [
        `FROM ${BASE}`,
        'RUN --mount=type=secret,id=token --mount=type=secret,id=other sleep 2; wc -c < /run/secrets/token > /length; ' +
          'echo "leaked: $(cat /run/secrets/token) $(cat /run/secrets/other)"',
      ].join('\n'),
    });
    const world = edges({ ...env, MY_TOKEN: SECRET });
    let done = false;
    const seen: string[] = [];
    const watch = (async () => {
      while (!done) {
        for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
          try {
            seen.push(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
          } catch {
            // It has ended.
          }
        }
        await sleep(100);
      }
    })();
    const section = await buildCheckout(
      made,
      {
        noCache: true,
        secrets: [
          { id: 'token', environmentName: 'MY_TOKEN' },
          { id: 'other', value: 'second-secret' },
        ],
      },
      world,
    ).finally(() => (done = true));
    await watch;

    // The watcher saw the client, else it proves nothing.
    expect(seen.some((line) => line.includes('--secret=id=token,env='))).toBe(true);
    expect(seen.filter((line) => line.includes(SECRET) || line.includes('second-secret'))).toEqual([]);
    const printed = world.printed().replace(/^::add-mask::.*$/gm, '');
    expect(world.printed()).toContain(`::add-mask::${SECRET}`);
    expect(printed).toContain('leaked: *** ***');
    expect(printed).not.toContain(SECRET);
    expect(JSON.stringify(section)).not.toContain(SECRET);
    expect(docker('history', '--no-trunc', section.imageId)).not.toContain(SECRET);
    expect(docker('run', '--rm', '--entrypoint=cat', section.imageId, '/length').trim()).toBe(String(SECRET.length));
  });

  it('shows the failing line and the last output', async () => {
    const made = checkout({
      'train/Dockerfile': [
        `FROM ${BASE} AS base`,
        'RUN true',
        '',
        'FROM base',
        '# a comment',
        'RUN echo first && \\',
        '    # another',
        "    python3 -c \"print('##[error]mine'); raise SystemExit('no such module')\"",
        'RUN true',
      ].join('\n'),
    });
    const error = await refusal(buildCheckout(made, { context: 'train' }, edges(env)));
    expect(error.message).toBe('The image build failed at train/Dockerfile:6: a command failed.');
    expect(error.details.join('\n')).toContain('6 | >>> RUN echo first');
    expect(error.details).toContain('no such module');
    expect(readdirSync(made.folder)).toEqual([]);
  });

  it.each([
    ['an unknown instruction', 'RUN true\nRUNN false', {}, /Dockerfile:3: the Dockerfile cannot be parsed/],
    ['a file that is not there', 'COPY nope.txt /', {}, /Dockerfile:2: a file to copy is not in the build context/],
    ['a stage that is not there', 'RUN true', { target: 'nope' }, /no stage of that name/],
    [
      'a secret that is not given',
      'RUN --mount=type=secret,id=tok,required true',
      {},
      /Dockerfile:2: the Dockerfile asks for a secret/,
    ],
    [
      'a full disk',
      "RUN echo 'write /x: no space left on device' >&2; exit 1",
      {},
      /Dockerfile:2: the engine's disk is full/,
    ],
  ])('explains %s', async (_, lines, inputs, message) => {
    const made = checkout({ Dockerfile: `FROM ${BASE}\n${lines}\n` });
    const error = await refusal(buildCheckout(made, inputs, edges(env)));
    expect(error.message).toMatch(message);
    expect(error.fix).not.toBe('');
  });

  it('ends at once when the run is cancelled', async () => {
    const made = checkout({ Dockerfile: `FROM ${BASE}\nRUN sleep 97\n` });
    const controller = new AbortController();
    const world = edges(env, controller.signal);
    const running = buildCheckout(made, { noCache: true }, world);
    let settled = false;
    const outcome = running.catch((error: unknown) => error).finally(() => (settled = true));
    while (!settled && !/#\d+ \[2\/2\]/.test(world.printed())) await sleep(50);
    await sleep(500);
    const start = Date.now();
    controller.abort(new CancelledError('SIGINT'));
    expect(await outcome).toBeInstanceOf(CancelledError);
    expect(Date.now() - start).toBeLessThan(5_000);
    const left = readdirSync('/proc').filter((pid) => {
      try {
        return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(made.workspace);
      } catch {
        return false;
      }
    });
    expect(left).toEqual([]);
  });
});

describe('without a usable Docker', () => {
  const files = { Dockerfile: `FROM ${BASE}\n` };
  let fake: string;
  beforeAll(() => {
    fake = mkdtempSync(join(tmpdir(), 'byoc-path-'));
  });
  afterAll(() => rmSync(fake, { recursive: true, force: true }));

  it('says that docker is missing', async () => {
    symlinkSync('/usr/bin/git', join(fake, 'git'));
    const error = await refusal(buildCheckout(checkout(files), {}, edges({ PATH: fake })));
    expect(error.message).toContain('docker');
    expect(error.message).toContain('not found');
  });

  it('says that the engine is down', async () => {
    const error = await refusal(buildCheckout(checkout(files), {}, edges({ DOCKER_HOST: `unix://${fake}/none.sock` })));
    expect(error.message).toContain('engine does not answer');
  });

  it('asks for buildx where a new client has none', async () => {
    const error = await refusal(buildCheckout(checkout(files), {}, edges({ DOCKER_CONFIG: noPlugins })));
    expect(error.message).toContain('buildx is missing');
    expect(error.fix).toContain('docker/setup-buildx-action');
  });
});

describe('what is refused before the engine is asked', () => {
  // No engine: whoever asks it, fails with another error.
  const world = (): ReturnType<typeof edges> => edges({ DOCKER_HOST: 'unix:///nonexistent.sock' });

  it('a tree that differs from its commit', async () => {
    const made = checkout({ Dockerfile: `FROM ${BASE}\n`, 'a.txt': '1' });
    made.write({ 'a.txt': '2', 'b.txt': '3' });
    const error = await refusal(buildCheckout(made, {}, world()));
    expect(error.details).toEqual(['changed: a.txt', 'untracked: b.txt']);
  });

  it('credentials in .git', async () => {
    const made = checkout({ Dockerfile: `FROM ${BASE}\n` });
    made.git('config', 'http.https://github.com/.extraheader', 'AUTHORIZATION: basic c2VjcmV0');
    const error = await refusal(buildCheckout(made, {}, world()));
    expect(error.fix).toContain('persist-credentials: false');
    expect(JSON.stringify([error.message, error.details])).not.toContain('c2VjcmV0');
  });

  it('a context that a link leads out of the workspace', async () => {
    const made = checkout({ Dockerfile: `FROM ${BASE}\n` });
    mkdirSync(join(made.folder, 'outside'));
    writeFileSync(join(made.folder, 'outside', 'Dockerfile'), `FROM ${BASE}\n`);
    symlinkSync(join(made.folder, 'outside'), join(made.workspace, 'link'));
    const error = await refusal(buildCheckout(made, { context: 'link' }, world()));
    expect(error.message).toContain('through a symbolic link');
  });

  it('a secret without a value', async () => {
    const made = checkout({ Dockerfile: `FROM ${BASE}\n` });
    const error = await refusal(
      buildCheckout(made, { secrets: [{ id: 'x', environmentName: 'BYOC_TEST_NOT_SET' }] }, world()),
    );
    expect(error.message).toContain('BYOC_TEST_NOT_SET');
  });
});
