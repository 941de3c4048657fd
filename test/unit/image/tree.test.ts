import { chmodSync, chownSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, describe, expect, it } from '@jest/globals';

import { UserError } from '../../../src/errors';
import { surveyContext } from '../../../src/image/contents';
import { checkContext } from '../../../src/image/context';
import { findGitCredentials } from '../../../src/image/credentials';
import { parseDockerignore, readDockerignore } from '../../../src/image/dockerignore';
import { checkoutRef, proveTree } from '../../../src/image/tree';
import { realExec } from '../../../src/process';
import { Checkout } from '../../engine/build-world';

const made: Checkout[] = [];
function checkout(files: Readonly<Record<string, string>> = { Dockerfile: 'FROM a\n', 'a.txt': '1' }): Checkout {
  const one = new Checkout(files);
  made.push(one);
  return one;
}
afterEach(() => {
  for (const one of made.splice(0)) one.remove();
});

async function prove(
  one: Checkout,
  { sha = one.sha, context = '.', file = undefined as string | undefined, env = process.env } = {},
): Promise<void> {
  const found = await checkContext(one.workspace, { context, file });
  const ignore = await readDockerignore(found);
  await proveTree(realExec(env), one.workspace, found, ignore, {
    sha,
    ref: '${{ github.event.pull_request.head.sha }}',
  });
}

async function refusal(body: Promise<unknown>): Promise<UserError> {
  const thrown: unknown = await body.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(UserError);
  return thrown as UserError;
}

describe('proveTree', () => {
  it('lets a clean checkout pass', () => expect(prove(checkout())).resolves.toBeUndefined());

  it('names the ref line when another commit is checked out', async () => {
    const one = checkout();
    const error = await refusal(prove(one, { sha: 'f'.repeat(40) }));
    expect(error.fix).toContain('  ref: ${{ github.event.pull_request.head.sha }}');
    expect(error.details).toContain(`checked out: ${one.sha}`);
  });

  it('lets through what git or .dockerignore ignores, and what is outside the context', async () => {
    const one = checkout({
      'c/Dockerfile': 'FROM a\n',
      'c/.dockerignore': 'tmp\n',
      '.gitignore': 'data/\n',
      'b.txt': '1',
    });
    one.write({ 'c/data/x.bin': '1', 'c/tmp/y': '1', 'b.txt': '2', 'new.txt': '1' });
    await prove(one, { context: 'c' });
  });

  it('refuses staged, changed, deleted and untracked files, ten of them by name', async () => {
    const one = checkout({ Dockerfile: 'FROM a\n', 'a.txt': '1', 'd.txt': '1' });
    one.write({ 'a.txt': '2' });
    one.git('add', 'a.txt');
    one.git('rm', '--quiet', 'd.txt');
    one.write(Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`new ${index}`, 'x'])));
    const error = await refusal(prove(one));
    expect(error.message).toContain('2 changed and 12 untracked');
    expect(error.details.slice(0, 3)).toEqual(['changed: a.txt', 'changed: d.txt', 'untracked: new 0']);
    expect(error.details.at(-1)).toBe('… and 4 more');
  });

  it('refuses a Dockerfile outside the context that changed, or that the commit does not have', async () => {
    const one = checkout({ 'c/a': '1', Dockerfile: 'FROM a\n', '.gitignore': 'Generated\n' });
    one.write({ Generated: 'FROM b\n' });
    expect((await refusal(prove(one, { context: 'c', file: 'Generated' }))).message).toContain('not part of commit');
    one.write({ Dockerfile: 'FROM c\n' });
    expect((await refusal(prove(one, { context: 'c', file: 'Dockerfile' }))).details).toEqual(['changed: Dockerfile']);
  });

  it('takes a submodule as part of the commit around it', async () => {
    const inner = checkout({ Dockerfile: 'FROM a\n', 'a.txt': '1' });
    const outer = checkout({ 'top.txt': '1' });
    outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.workspace, 'sub');
    outer.commit();
    await prove(outer, { context: 'sub' });
    await prove(outer, { context: '.', file: 'sub/Dockerfile' });
    outer.write({ 'sub/a.txt': '2' });
    expect((await refusal(prove(outer, { context: 'sub' }))).details).toEqual(['changed: sub/a.txt']);
  });

  it('runs nothing that the tree or its git folder names', async () => {
    const one = checkout();
    const witness = join(one.folder, 'ran');
    const script = join(one.folder, 'script.sh');
    writeFileSync(script, `#!/bin/sh\ntouch '${witness}'\n`);
    chmodSync(script, 0o755);
    one.git('config', 'core.fsmonitor', script);
    one.git('config', 'core.hooksPath', one.folder);
    await prove(one);
    expect(existsSync(witness)).toBe(false);
    // The same setting does act without our options, so the test can fail.
    one.git('status');
    expect(existsSync(witness)).toBe(true);
  });

  it('does not take a bare repository in the tree for the checkout', async () => {
    const one = checkout();
    const bare = join(one.workspace, 'bare');
    mkdirSync(bare);
    one.git('init', '--quiet', '--bare', bare);
    writeFileSync(join(bare, 'Dockerfile'), 'FROM a\n');
    expect((await refusal(prove(one, { context: 'bare' }))).message).toContain('not in a git checkout');
  });

  // Only root can give a folder away.
  (process.getuid?.() === 0 ? it : it.skip)("reads another user's checkout, as in a job container", async () => {
    const one = checkout();
    const sha = one.sha;
    chownSync(one.workspace, 12_345, 12_345);
    chownSync(join(one.workspace, '.git'), 12_345, 12_345);
    expect(() => one.git('status')).toThrow(/dubious ownership/);
    await prove(one, { sha });
  });

  it('explains a missing repository and a missing git', async () => {
    const one = checkout();
    expect((await refusal(prove(one, { env: { PATH: one.folder } }))).message).toContain('git is not on the PATH');
    mkdirSync(join(one.folder, 'w'));
    writeFileSync(join(one.folder, 'w', 'Dockerfile'), '');
    const bare = Object.create(one, { workspace: { value: join(one.folder, 'w') } }) as Checkout;
    expect((await refusal(prove(bare, { sha: one.sha }))).message).toContain('not in a git checkout');
  });
});

it.each([
  ['pull_request', 'a', 'b', '${{ github.event.pull_request.head.sha }}'],
  ['push', 'a', 'a', '${{ github.sha }}'],
  ['issue_comment', 'a', 'b', '${{ needs.plan.outputs.sha }}'],
])('on %s the ref is the right one', (event, sha, workflowSha, ref) => {
  expect(checkoutRef(event, sha, workflowSha)).toBe(ref);
});

describe('checkContext', () => {
  it.each([
    [{ context: '..', file: undefined }, /context: ".." lies outside/],
    [{ context: '/etc', file: undefined }, /lies outside/],
    [{ context: 'nope', file: undefined }, /does not exist/],
    [{ context: 'a.txt', file: undefined }, /is a file/],
    [{ context: 'https://example.org/x.git', file: undefined }, /is a URL/],
    [{ context: '.', file: 'nope' }, /file: "nope" does not exist/],
    [{ context: '.', file: '../x' }, /file: "..\/x" lies outside/],
    [{ context: '.', file: 'folder' }, /not a file/],
    [{ context: '.', file: 'link' }, /symbolic link/],
  ])('refuses %j', async (inputs, message) => {
    const one = checkout({ Dockerfile: '', 'a.txt': '', 'folder/x': '' });
    symlinkSync('/etc/passwd', join(one.workspace, 'link'));
    expect((await refusal(checkContext(one.workspace, inputs))).message).toMatch(message);
  });
});

describe('findGitCredentials', () => {
  async function find(one: Checkout, rules = ''): Promise<string[]> {
    const ignore = parseDockerignore(rules, undefined);
    const { gitFiles } = await surveyContext(one.workspace, ignore);
    return (await findGitCredentials(one.workspace, gitFiles, ignore)).map(({ path, kind }) => `${path}: ${kind}`);
  }

  it.each([
    ['http.https://github.com/.extraheader', 'AUTHORIZATION: basic eA==', 'an `extraheader` with an authorization'],
    ['remote.origin.url', 'https://user:pass@example.org/x', 'a URL with a password'],
    ['remote.origin.url', 'https://x-access-token@github.com/x', 'a URL with a token'],
    ['url.https://u:p@example.org/.insteadOf', 'https://example.org/', 'a URL with a password'],
  ])('finds %s', async (key, value, kind) => {
    const one = checkout();
    one.git('config', key, value);
    expect(await find(one)).toEqual([`.git/config: ${kind}`]);
    expect(await find(one, '.git')).toEqual([]);
    expect(await find(one, '*\n!a.txt')).toEqual([]);
    expect(await find(one, '*\n!.git/config')).toHaveLength(1);
  });

  it('finds none in an ordinary checkout', async () => {
    const one = checkout();
    one.git('config', 'remote.origin.url', 'https://github.com/a/b');
    one.git('config', 'remote.azure.url', 'https://organisation@dev.azure.com/x');
    one.git('config', 'remote.ssh.url', 'git@github.com:a/b.git');
    // actions/checkout from v6: the credential is in a file outside.
    writeFileSync(join(one.folder, 'git-credentials.config'), '[http]\n  extraheader = AUTHORIZATION: basic eA==\n');
    one.git('config', 'includeIf.gitdir:/x/.git.path', join(one.folder, 'git-credentials.config'));
    expect(await find(one)).toEqual([]);
  });

  it('follows an include into the context, and looks into submodules', async () => {
    const one = checkout();
    one.write({ 'secret.inc': '[http]\n  extraheader = AUTHORIZATION: basic eA==\n' });
    one.git('config', 'include.path', '../secret.inc');
    one.write({ '.git/modules/sub/config': '[remote "origin"]\n  url = https://a:b@example.org/x\n' });
    expect((await find(one)).sort()).toEqual([
      '.git/modules/sub/config: a URL with a password',
      'secret.inc: an `extraheader` with an authorization',
    ]);
  });
});

it.each(['!', 'a\n[', 'x\\', 'c\\1', '[]a]'])('refuses the pattern %j, as Docker does', (text) => {
  expect(() => parseDockerignore(text, undefined)).toThrow(UserError);
});
