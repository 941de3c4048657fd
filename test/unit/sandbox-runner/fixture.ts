import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runAction, type JobResult, type RunActionOptions } from '../../../sandbox/runner/index';

const folders: string[] = [];

/** A folder that {@link removeFolders} takes away. */
export function folder(files: Readonly<Record<string, string>> = {}): string {
  const path = mkdtempSync(join(tmpdir(), 'sandbox-runner-'));
  folders.push(path);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return path;
}

export function removeFolders(): void {
  for (const path of folders.splice(0)) rmSync(path, { recursive: true, force: true });
}

/** A push to `main` that needs no repository. */
export const push = { name: 'push', payload: { ref: 'refs/heads/main', after: 'a'.repeat(40) } };

/** Runs a composite action made of `steps` (YAML, as under `runs:`) and of `head` (inputs, outputs). */
export async function run(
  steps: string,
  options: Partial<RunActionOptions> & { head?: string; files?: Record<string, string> } = {},
): Promise<JobResult> {
  const { head = '', files = {}, ...rest } = options;
  const body = steps
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
  const actionPath = folder({
    'action.yml': `name: fixture\n${head}\nruns:\n  using: composite\n  steps:\n${body}\n`,
    ...files,
  });
  const job = await runAction({
    actionPath,
    workspace: rest.workspace ?? folder(),
    event: push,
    runnerTemp: folder(),
    ...rest,
  });
  folders.push(dirname(job.logPath));
  return job;
}
