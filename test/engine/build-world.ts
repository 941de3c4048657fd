import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { realDeps, type Deps } from '../../src/deps';
import { buildImage, type BuildInputs } from '../../src/image/build';
import type { BuildSection } from '../../src/record';

/** Stands in every image name that these tests make. */
export const REPOSITORY = 'Byoc-Test/Build';

/** A checkout of one commit, made for one test. */
export class Checkout {
  readonly workspace: string;
  readonly folder: string;

  constructor(files: Readonly<Record<string, string>>) {
    const root = realpathSync(mkdtempSync(join(tmpdir(), 'byoc-build-')));
    this.workspace = join(root, 'workspace');
    this.folder = join(root, 'run');
    mkdirSync(this.workspace);
    mkdirSync(this.folder);
    this.git('init', '--quiet', '--initial-branch=main');
    this.write(files);
    this.commit();
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      const path = join(this.workspace, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
  }

  commit(): string {
    this.git('add', '--all', '--force');
    this.git(
      '-c',
      'user.name=Test',
      '-c',
      'user.email=test@example.org',
      'commit',
      '--quiet',
      '--allow-empty',
      '-m',
      'x',
    );
    return this.sha;
  }

  get sha(): string {
    return this.git('rev-parse', 'HEAD').trim();
  }

  git(...args: string[]): string {
    return execFileSync('git', ['-C', this.workspace, ...args], { encoding: 'utf8' });
  }

  remove(): void {
    rmSync(dirname(this.workspace), { recursive: true, force: true });
  }
}

export const NO_INPUTS: BuildInputs = {
  context: '.',
  file: undefined,
  target: undefined,
  buildArgs: {},
  secrets: [],
  cacheFrom: [],
  cacheTo: [],
  noCache: false,
};

/** The real edges, with all that is printed kept. */
export function edges(
  env: Readonly<Record<string, string>> = {},
  signal: AbortSignal = new AbortController().signal,
): { deps: Deps; printed: () => string } {
  let text = '';
  const deps = realDeps({ env: { ...process.env, ...env }, write: (part) => (text += part), signal });
  return { deps, printed: () => text };
}

/** Builds the checkout as the step does. */
export async function buildCheckout(
  checkout: Checkout,
  inputs: Partial<BuildInputs> = {},
  { deps } = edges(),
): Promise<BuildSection> {
  return buildImage(
    deps,
    { ...NO_INPUTS, ...inputs },
    {
      workspace: checkout.workspace,
      folder: checkout.folder,
      repository: REPOSITORY,
      planned: { sha: checkout.sha, ref: '${{ github.sha }}' },
    },
  );
}

/** Runs the real client with the environment of the tests; throws when it fails. */
export function docker(...args: string[]): string {
  return execFileSync('docker', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Removes every image that these tests made. */
export function removeImages(): void {
  const ids = docker('images', '--quiet', '--filter', 'reference=byoc/byoc-test-build').split('\n').filter(Boolean);
  if (ids.length > 0) docker('rmi', '--force', ...new Set(ids));
}
