import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

import { afterAll, expect, it, jest } from '@jest/globals';

import { parseDockerignore } from '../../src/image/dockerignore';

jest.setTimeout(120_000);

const FILES = [
  'a.txt',
  'b.md',
  'README.md',
  'README-secret.md',
  'x/README.md',
  'x/a.txt',
  'x/y/a.txt',
  'x/y/z/deep.bin',
  'x/y/z/keep.bin',
  'afoo',
  'foo',
  'x/foo',
  'x/afoo',
  'foo/none.d/f',
  '.git/config',
  'x/.git/config',
  'data/1.npz',
  'data/2.npz',
  'data/sub/3.npz',
  'we ird/na[me].txt',
  'c1',
  'c2',
  'c3',
  '!bang',
  'back\\slash',
  'ünï.txt',
  'trailing ',
  'x/..y/f',
].filter((path) => path !== 'foo/none.d/f');

/** Every case is put to the real engine; what it sends must be what the matcher lets through. */
const CASES = [
  '',
  '*',
  '**',
  '*.txt',
  '/a.txt',
  'x/',
  'x/**',
  'x/**/a.txt',
  '**foo',
  'foo**',
  '**/.git',
  '*\n!x/y',
  '*\n!x/y/**',
  'x\n!x/a.txt',
  '**\n!**/*.bin',
  '*.md\n!README*.md\nREADME-secret.md',
  'data/*.npz',
  'c[^12]',
  'c[1-2]',
  '#hash',
  '\\#hash',
  '\\!bang',
  '!bang',
  'we ird/na\\[me].txt',
  'x/../a.txt',
  'a.b+c(d)',
  'back\\\\slash',
  '?nï.txt',
  '/',
  'x/y/**\n!x/y/z/keep.bin',
  '*/*/a.txt',
  '\uFEFFa.txt',
  'x/**/z',
  '**/**/a.txt',
  '**/README.md\n!README.md',
  'data\n!data/sub\ndata/sub/3.npz',
  'x/..y',
];

const root = realpathSync(mkdtempSync(join(tmpdir(), 'byoc-ignore-')));
afterAll(() => rmSync(root, { recursive: true, force: true }));

for (const file of FILES) {
  mkdirSync(dirname(join(root, 'context', file)), { recursive: true });
  writeFileSync(join(root, 'context', file), file);
}

it.each(CASES.map((text) => [JSON.stringify(text), text]))('%s', (_, text) => {
  const dockerfile = join(root, 'Dockerfile');
  writeFileSync(dockerfile, 'FROM scratch\nCOPY . /\n');
  writeFileSync(`${dockerfile}.dockerignore`, text);
  const out = mkdtempSync(join(root, 'out-'));
  execFileSync(
    'docker',
    [
      'buildx',
      'build',
      '--progress=plain',
      `--file=${dockerfile}`,
      `--output=type=local,dest=${out}`,
      join(root, 'context'),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const sent = readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(out, join(entry.parentPath, entry.name)));
  const ignore = parseDockerignore(text, undefined);
  expect(FILES.filter((file) => !ignore.ignores(file)).sort()).toEqual(sent.sort());
});
