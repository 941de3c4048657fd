import { describe, expect, it } from '@jest/globals';

import { buildCommand, type BuildRequest, imageReference, isAtLeast, parseVersion } from '../../../src/image/argv';
import { cacheEnvironment } from '../../../src/image/cache';

const REQUEST: BuildRequest = {
  builder: { kind: 'buildx', version: [0, 13, 1] },
  context: '/w',
  dockerfile: '/w/Dockerfile',
  target: undefined,
  buildArgs: {},
  secrets: [],
  cacheFrom: [],
  cacheTo: [],
  noCache: false,
  reference: 'byoc/a-b:0123456789ab',
  iidFile: '/t/iid',
  metadataFile: '/t/meta',
};
const COMMON = ['--platform=linux/amd64', '--progress=plain', '--file=/w/Dockerfile', '--tag=byoc/a-b:0123456789ab'];

describe('buildCommand', () => {
  it('asks buildx for a plain image in the engine', () => {
    expect(buildCommand(REQUEST)).toEqual({
      args: [
        ...['buildx', 'build', ...COMMON, '--iidfile=/t/iid', '--load', '--metadata-file=/t/meta'],
        ...['--provenance=false', '--sbom=false', '/w'],
      ],
      env: { BUILDX_GIT_INFO: 'false' },
    });
  });

  it('leaves out flags that an old buildx does not know', () => {
    const { args } = buildCommand({ ...REQUEST, builder: { kind: 'buildx', version: [0, 9, 1] } });
    expect(args.filter((arg) => /provenance|sbom/.test(arg))).toEqual([]);
  });

  it("switches BuildKit on in Docker's own client", () => {
    const { args, env } = buildCommand({
      ...REQUEST,
      builder: { kind: 'classic', version: [20, 10, 24] },
      cacheFrom: ['a/b:c', 'type=registry,ref=d/e:f'],
    });
    expect(args).toEqual(['build', ...COMMON, '--iidfile=/t/iid', '--cache-from=a/b:c', '--cache-from=d/e:f', '/w']);
    expect(env).toEqual({ DOCKER_BUILDKIT: '1' });
  });

  it('hands over everything else', () => {
    const { args } = buildCommand({
      ...REQUEST,
      target: 'train',
      cacheFrom: ['type=local,src=/c'],
      cacheTo: ['type=local,dest=/c'],
      noCache: true,
    });
    expect(args.slice(-5)).toEqual([
      '--target=train',
      '--cache-from=type=local,src=/c',
      '--cache-to=type=local,dest=/c',
      '--no-cache',
      '/w',
    ]);
  });

  it.each(['BASE_IMAGE', 'PIP_INDEX_URL', 'path2', '_x', 'GITLAB'])(
    'passes the value of %s in the environment',
    (name) => {
      const { args, env } = buildCommand({ ...REQUEST, buildArgs: { [name]: 'v=1 2' } });
      expect(args).toContain(`--build-arg=${name}`);
      expect(env[name]).toBe('v=1 2');
    },
  );

  it.each(['PATH', 'DOCKER_HOST', 'BUILDKIT_INLINE_CACHE', 'http_proxy', 'LD_PRELOAD', 'GIT_DIR', 'a.b', 'HOME'])(
    'passes the value of %s in the command line, for the client would obey it',
    (name) => {
      const { args, env } = buildCommand({ ...REQUEST, buildArgs: { [name]: 'v' } });
      expect(args).toContain(`--build-arg=${name}=v`);
      expect(env[name]).toBeUndefined();
    },
  );

  it('keeps values of secrets out of the command line', () => {
    const { args, env } = buildCommand({ ...REQUEST, secrets: [{ id: 'token', value: 'hunter2', variable: 'V_1' }] });
    expect(args).toContain('--secret=id=token,env=V_1');
    expect(args.join(' ')).not.toContain('hunter2');
    expect(env['V_1']).toBe('hunter2');
  });

  it.each([
    [{ secrets: [{ id: 'a,src=/etc/shadow', value: 'x', variable: 'V' }] }, /no valid id/],
    [{ secrets: [{ id: 'a', value: 'x\0', variable: 'V' }] }, /NUL/],
    [{ secrets: [{ id: 'a', value: 'x'.repeat(102_401), variable: 'V' }] }, /100 KiB/],
    [{ builder: { kind: 'classic', version: [20, 10, 0] }, cacheTo: ['type=inline'] }, /cache-to/],
    [{ builder: { kind: 'classic', version: [20, 10, 0] }, cacheFrom: ['type=gha'] }, /cache-from/],
  ] as [Partial<BuildRequest>, RegExp][])('refuses %j', (part, message) => {
    expect(() => buildCommand({ ...REQUEST, ...part })).toThrow(message);
  });
});

it.each([
  ['Docker version 20.10.24+dfsg1, build 297e128', [20, 10, 24]],
  ['github.com/docker/buildx v0.12.0-desktop.2 abc', [0, 12, 0]],
  ['github.com/docker/buildx 0.13.1+ds1 0.13.1+ds1-3', [0, 13, 1]],
  ['unknown', undefined],
])('reads the version of %s', (text, version) => expect(parseVersion(text)).toEqual(version));

it.each([
  [[0, 10, 0], [0, 10, 0], true],
  [[0, 9, 9], [0, 10, 0], false],
  [[1, 0, 0], [0, 10, 5], true],
] as const)('%j is at least %j: %s', (version, least, yes) => expect(isAtLeast(version, least)).toBe(yes));

it.each([
  ['Octo-Org/My.Repo_1', 'byoc/octo-org-my-repo-1:0123456789ab'],
  ['--/__', 'byoc/image:0123456789ab'],
])('names the image of %s', (repository, name) => {
  expect(imageReference(repository, '0123456789abcdef')).toBe(name);
});

describe('cacheEnvironment', () => {
  const env = { ACTIONS_RUNTIME_TOKEN: 't', AWS_ACCESS_KEY_ID: 'k', GITHUB_TOKEN: 'g' };
  it('gives a cache what it needs and no other', () => {
    expect(cacheEnvironment(['type=registry,ref=a', 'b/c'], env)).toEqual({});
    expect(cacheEnvironment(['type=gha,scope=x'], env)).toEqual({ ACTIONS_RUNTIME_TOKEN: 't' });
    expect(cacheEnvironment(['mode=max,type=s3'], env)).toEqual({ AWS_ACCESS_KEY_ID: 'k' });
  });
  it("explains GitHub's cache", () => expect(() => cacheEnvironment(['type=gha'], {})).toThrow(/JavaScript actions/));
});
