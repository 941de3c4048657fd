import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Containers, networks and volumes of a run that are still there, by its label. */
export async function leftoversOf(runId: string): Promise<string[]> {
  const filter = `label=byoc.run=${runId}`;
  const lists = await Promise.all([
    run('docker', ['ps', '-a', '--format', 'container {{.Names}}', '--filter', filter]),
    run('docker', ['network', 'ls', '--format', 'network {{.Name}}', '--filter', filter]),
    run('docker', ['volume', 'ls', '--format', 'volume {{.Name}}', '--filter', filter]),
  ]);
  return lists.flatMap(({ stdout }) => stdout.split('\n').filter((line) => line !== ''));
}
