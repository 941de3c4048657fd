import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { ROOT, startScenario, type Scenario } from './harness';

/**
 * The action under `act`, a runner nobody here wrote: a check of our own sandbox runner as much as of action.yml. act
 * differs from GitHub (reference: it leaks INPUT_*, has no limits, and its cancel is a kill), so nothing of that kind is
 * looked at here. `npm run setup` installs it.
 */
const act = [process.env['ACT'], join(ROOT, '.cache', 'venv', 'bin', 'act')].find(
  (path) => path !== undefined && existsSync(path),
);
const must = process.env['CI'] === 'true';

const WORKFLOW = `
on: pull_request
jobs:
  byoc:
    runs-on: ubuntu-latest
    steps:
      # act copies the folder instead of fetching.
      - uses: actions/checkout@v4
      - id: byoc
        uses: ./byoc-action
        with:
          dry-run: 'true'
          github-token: \${{ secrets.GITHUB_TOKEN }}
      - env:
          OUTPUTS: \${{ toJSON(steps.byoc.outputs) }}
        run: echo "outputs $(echo "$OUTPUTS" | base64 -w 0)"
`;

/** Stands where actions/upload-artifact would be cloned: act fetches every nested action, whatever its `if`. */
const STUB = `
name: upload-artifact
inputs: {name: {}, path: {}, if-no-files-found: {}, overwrite: {}}
runs:
  using: composite
  steps:
    - {run: 'true', shell: bash}
`;

/** The nested action as action.yml pins it. */
function nestedAction(): string {
  const action = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as { runs: { steps: { uses?: string }[] } };
  const uses = action.runs.steps.flatMap((step) => step.uses ?? []);
  expect(uses).toHaveLength(1);
  return uses[0] ?? '';
}

(act === undefined && !must ? describe.skip : describe)('action.yml under act', () => {
  let scenario: Scenario;
  let folder: string;
  beforeAll(async () => {
    scenario = await startScenario({ files: { Dockerfile: 'FROM scratch\n', '.github/workflows/byoc.yml': WORKFLOW } });
    folder = mkdtempSync(join(tmpdir(), 'byoc-act-'));
  });
  afterAll(async () => {
    await scenario.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function runAct(...more: string[]): Promise<string> {
    if (act === undefined) throw new Error('act is missing: run `npm run setup`, or name it in the variable ACT');
    const { workspace, github, token } = scenario;
    // Ignored by git, so that the tree stays that of the commit.
    const action = join(workspace.dir, 'byoc-action');
    mkdirSync(action, { recursive: true });
    writeFileSync(join(workspace.dir, '.git', 'info', 'exclude'), 'byoc-action/\n');
    cpSync(join(ROOT, 'action.yml'), join(action, 'action.yml'));
    cpSync(join(ROOT, 'dist'), join(action, 'dist'), { recursive: true });
    const stub = join(folder, 'stub');
    mkdirSync(stub, { recursive: true });
    writeFileSync(join(stub, 'action.yml'), STUB);
    const payload = join(folder, 'event.json');
    writeFileSync(payload, JSON.stringify(scenario.pullRequestEvent('opened').payload));
    const args = [
      'pull_request',
      ...['-P', 'ubuntu-latest=-self-hosted'],
      ...['--eventpath', payload],
      ...['--local-repository', `${nestedAction()}=${stub}`],
      ...['-s', `GITHUB_TOKEN=${token}`],
      ...['--env', `GITHUB_API_URL=${github.url}`],
      '--use-gitignore=false',
      ...more,
    ];
    const env = { PATH: process.env['PATH'], HOME: folder, XDG_CACHE_HOME: join(folder, 'cache') };
    const { stdout, stderr } = await promisify(execFile)(act, args, { cwd: workspace.dir, env, timeout: 120_000 });
    return stdout + stderr;
  }

  it('is accepted in a dry run', async () => {
    expect(await runAct('--dryrun')).toContain('Job succeeded');
  }, 130_000);

  it('gives the same outputs as the sandbox runner', async () => {
    const log = await runAct();
    expect(log).toContain('Job succeeded');
    const [, encoded = ''] = /outputs ([A-Za-z0-9+/=]{8,})/.exec(log) ?? [];
    const outputs = JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')) as Record<string, string>;
    expect(outputs['sha']).toBe(scenario.workspace.sha);

    const job = await scenario.run({ event: scenario.pullRequestEvent('opened'), inputs: { 'dry-run': 'true' } });
    expect(job.status).toBe('success');
    const shown = Object.entries(job.outputs).filter(([name, value]) => value !== '' && !name.endsWith('-path'));
    expect(shown.map(([name]) => name)).toEqual(expect.arrayContaining(['plan', 'sha', 'verdict']));
    // act lets the outputs of inner steps through, GitHub does not: hence a part alone.
    expect(outputs).toMatchObject(Object.fromEntries(shown));
  }, 130_000);
});
