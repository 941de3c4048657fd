import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { folder, removeFolders, run } from './fixture';

afterAll(removeFolders);

const outcomes = (job: Awaited<ReturnType<typeof run>>): string[] => job.steps.map(({ outcome }) => outcome);

describe('runAction', () => {
  it('gives inputs with their defaults, and no INPUT_* variables', async () => {
    const job = await run(
      `- id: a
  shell: bash
  env: {INPUTS: '\${{ toJSON(inputs) }}'}
  run: |
    echo "inputs=$(echo $INPUTS | tr -d '\\n ')" >> "$GITHUB_OUTPUT"
    env | grep -c ^INPUT_ || true`,
      {
        head: `inputs:
  token: {default: '\${{ github.token }}'}
  needed: {required: true}
  flag: {default: true}
outputs:
  inputs: {value: '\${{ steps.a.outputs.inputs }}'}`,
        inputs: { Flag: 'no', surplus: 'x' },
        token: 'ghs_sandbox',
      },
    );
    expect(JSON.parse(job.outputs['inputs'] ?? '')).toEqual({
      token: 'ghs_sandbox',
      needed: '',
      Flag: 'no',
      surplus: 'x',
    });
    expect(job.log).toMatch(/^0$/m);
    expect(job.log).not.toContain('ghs_sandbox');
    expect(job.annotations).toEqual([
      {
        kind: 'warning',
        message: "Unexpected input(s) 'surplus', valid inputs are ['token', 'needed', 'flag']",
        properties: {},
        step: '',
      },
    ]);
  });

  it('gives a clean environment and the variables of the runner', async () => {
    process.env['SANDBOX_RUNNER_LEAK'] = '1';
    const payload = {
      action: 'synchronize',
      pull_request: {
        number: 7,
        merge_commit_sha: 'b'.repeat(40),
        head: { ref: 'topic', sha: 'c'.repeat(40) },
        base: { ref: 'main' },
      },
      repository: { full_name: 'acme/models', owner: { id: 5 } },
    };
    const job = await run('- {shell: bash, run: env}', {
      event: { name: 'pull_request', payload },
      env: { GITHUB_RUN_ID: '42', AWS_REGION: 'eu-west-1', GITHUB_API_URL: 'http://127.0.0.1:1' },
    });
    delete process.env['SANDBOX_RUNNER_LEAK'];
    const env: Record<string, string> = {};
    for (const line of (job.log.split('##[endgroup]\n')[1] ?? '').split('\n')) {
      env[line.split('=')[0] ?? ''] = line.slice(line.indexOf('=') + 1);
    }
    expect(env).toMatchObject({
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_REF: 'refs/pull/7/merge',
      GITHUB_REF_NAME: '7/merge',
      GITHUB_SHA: 'b'.repeat(40),
      GITHUB_HEAD_REF: 'topic',
      GITHUB_BASE_REF: 'main',
      GITHUB_REPOSITORY: 'acme/models',
      GITHUB_RUN_ID: '42',
      GITHUB_API_URL: 'http://127.0.0.1:1',
      AWS_REGION: 'eu-west-1',
      RUNNER_TEMP: job.runnerTemp,
      RUNNER_ENVIRONMENT: 'github-hosted',
    });
    expect(env).not.toHaveProperty('SANDBOX_RUNNER_LEAK');
    expect(env).not.toHaveProperty('GITHUB_TOKEN');
    expect(JSON.parse(readFileSync(env['GITHUB_EVENT_PATH'] ?? '', 'utf8'))).toEqual(payload);
  });

  it('skips after a failure what has no status function, and still evaluates outputs', async () => {
    const job = await run(
      `- {id: a, shell: bash, run: 'echo v=1 >> "$GITHUB_OUTPUT"; exit 3'}
- {id: b, shell: bash, run: 'true'}
- {id: c, shell: bash, if: failure(), run: 'true'}
- {id: d, shell: bash, if: always(), run: 'true'}
- {id: e, shell: bash, if: '!cancelled()', run: 'true'}
- {id: f, shell: bash, if: cancelled(), run: 'true'}`,
      { head: `outputs: {v: {value: '\${{ steps.a.outputs.v }}-\${{ steps.b.outcome }}'}}` },
    );
    expect(outcomes(job)).toEqual(['failure', 'skipped', 'success', 'success', 'success', 'skipped']);
    expect(job.status).toBe('failure');
    expect(job.outputs).toEqual({ v: '1-skipped' });
    expect(job.steps[0]?.exitCode).toBe(3);
    expect(job.annotations.map(({ message }) => message)).toEqual(['Process completed with exit code 3.']);
  });

  it('goes on after a failure with continue-on-error', async () => {
    const job = await run(
      `- {id: a, shell: bash, continue-on-error: true, run: exit 1}
- {id: b, shell: bash, if: "steps.a.outcome == 'failure' && steps.a.conclusion == 'success'", run: 'true'}`,
    );
    expect(outcomes(job)).toEqual(['failure', 'success']);
    expect(job.status).toBe('success');
  });

  it('uses the real templates of the shells', async () => {
    const job = await run(
      `- {id: pipefail, shell: bash, continue-on-error: true, run: 'false | true'}
- {id: errexit, shell: sh, continue-on-error: true, run: "false\\ntrue"}
- {id: custom, shell: 'node {0}', run: 'console.log("node", process.argv.length)'}
- {id: bad, shell: 'node', continue-on-error: true, run: 'x'}`,
    );
    expect(outcomes(job)).toEqual(['failure', 'failure', 'success', 'failure']);
    expect(job.log).toContain('\nnode 2\n');
    expect(job.log).toContain('bash --noprofile --norc -e -o pipefail {0}');
    expect(job.log).toContain('Invalid shell option');
  });

  it('fails a step whose working directory is not there', async () => {
    const job = await run(`- {id: a, shell: bash, working-directory: nowhere, run: 'true'}`);
    expect(job.status).toBe('failure');
    expect(job.annotations[0]?.kind).toBe('error');
  });

  it('hands GITHUB_ENV and GITHUB_PATH on, and GITHUB_OUTPUT by id', async () => {
    const job = await run(
      `- {id: a, shell: bash, run: 'echo "A=1" >> "$GITHUB_ENV"; echo "/made/up" >> "$GITHUB_PATH"; echo "o=x" >> "$GITHUB_OUTPUT"'}
- id: b
  shell: bash
  env: {O: '\${{ steps.a.outputs.O }}', B: '\${{ env.A }}2'}
  run: 'echo "$A $B $O $PATH" && test ! -s "$GITHUB_OUTPUT"'`,
    );
    expect(job.log).toMatch(/^1 12 x \/made\/up:/m);
    expect(job.jobEnvironment).toEqual({ env: { A: '1' }, paths: ['/made/up'] });
  });

  it('fails a step for a malformed file, though its exit code is 0', async () => {
    const job = await run(`- {id: a, shell: bash, run: 'echo "o<<E" >> "$GITHUB_OUTPUT"'}`);
    expect(job.status).toBe('failure');
    expect(job.annotations[0]?.message).toBe("Unable to process file command 'output' successfully.");
  });

  it('shows ten annotations of a kind over the whole action, each at most 4,096 characters', async () => {
    const job = await run(
      `- {id: a, shell: bash, run: 'for i in 1 2 3 4 5 6; do echo "::error::$i"; echo "::notice::$i"; done'}
- {id: b, shell: 'node {0}', run: 'for (let i = 7; i < 15; i++) console.error("::error::" + i); console.log("::warning::" + "x".repeat(5000))'}`,
    );
    const shown = (kind: string): string[] =>
      job.annotations.filter((one) => one.kind === kind).map((one) => one.message);
    expect(shown('error')).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10']);
    expect(shown('notice')).toHaveLength(6);
    expect(shown('warning')).toEqual(['x'.repeat(4096)]);
    expect(job.annotationCounts).toEqual({ error: 14, notice: 6, warning: 1 });
    expect(job.log).toContain('##[error]14');
    expect(job.status).toBe('success');
  });

  it('keeps summaries, masked', async () => {
    const job = await run(
      `- {id: a, shell: bash, run: 'echo "::add-mask::s3cr3t"; echo "# s3cr3t" >> "$GITHUB_STEP_SUMMARY"; echo s3cr3t'}`,
    );
    expect(job.summaries).toEqual([{ step: 'a', text: '# ***\n' }]);
    expect(job.masks).toContain('s3cr3t');
    expect(job.commandsSeen).toEqual([{ step: 'a', name: 'add-mask', properties: {}, data: 's3cr3t', form: 'V2' }]);
    expect(job.log.split('##[endgroup]\n')[1]).toBe('***\n');
  });

  it('lets stop-commands hold for its own step alone', async () => {
    const job = await run(
      `- {id: a, shell: bash, run: 'echo "::stop-commands::0123456789"; echo "::error::inside"'}
- {id: b, shell: bash, run: 'echo "::error::outside"'}`,
    );
    expect(job.annotations.map(({ message }) => message)).toEqual(['outside']);
  });

  it('reads 200,000 lines and one of 1 MB quickly, in constant memory', async () => {
    const before = process.memoryUsage().rss;
    const started = performance.now();
    const job = await run(
      `- id: a
  shell: node {0}
  run: |
    process.stdout.write('x'.repeat(1 << 20) + '\\r');
    for (let i = 0; i < 2000; i++) process.stdout.write((i + ' some log line of usual length, loss=0.123\\n').repeat(100));
    console.log('##[set-output name=last]' + 1);`,
    );
    expect(job.steps[0]?.outputs).toEqual({ last: '1' });
    expect(job.log.length).toBeGreaterThan(9_000_000);
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(250 * 1024 * 1024);
  }, 30_000);

  it('ends what outlives its step when the job ends', async () => {
    const job = await run(`- {id: a, shell: bash, run: 'sleep 987 > /dev/null 2>&1 & echo started'}`);
    expect(job.orphans).toEqual([{ pid: expect.any(Number) as unknown, command: 'sleep 987' }]);
    expect(job.status).toBe('success');
  });

  it('lets node reach loopback alone where the network is blocked', async () => {
    const server = createServer((_request, response) => response.end('hello'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const job = await run(
      `- id: a
  shell: node {0}
  run: |
    const show = (name) => (result) => console.log(name, result.code ?? result.cause?.code ?? result);
    const get = (url) => fetch(url).then((response) => response.text());
    (async () => {
      await get('http://localhost:${port}').then(show('local'), show('local'));
      await get('http://192.0.2.1').then(show('fetch'), show('fetch'));
      await new Promise((resolve) => require('node:net').connect(443, 'example.invalid').on('error', (e) => resolve(show('net')(e))));
      await new Promise((resolve) => require('node:https').get('https://192.0.2.1').on('error', (e) => resolve(show('https')(e))));
    })();`,
      { network: 'blocked' },
    );
    server.close();
    expect(job.log).toContain('\nlocal hello\nfetch ENETUNREACH\nnet ENETUNREACH\nhttps ENETUNREACH\n');
  });

  it('calls the hooks, and not for skipped steps', async () => {
    const calls: string[] = [];
    await run(`- {id: a, shell: bash, run: 'true'}\n- {id: b, name: 'B', if: failure(), shell: bash, run: 'true'}`, {
      steps: {
        beforeStep: ({ id }) => void calls.push(`before ${id}`),
        afterStep: ({ id }, { outcome }) => void calls.push(`after ${id} ${outcome}`),
      },
    });
    expect(calls).toEqual(['before a', 'after a success']);
  });
});

describe('actions/upload-artifact', () => {
  const uses = `uses: actions/upload-artifact@${'e'.repeat(40)}`;
  const files = { 'out/model.tar.gz': 'm', 'out/a/b.png': 'p', 'out/.hidden': 'h', 'report.md': 'r' };

  it.each<[string, string, string[]]>([
    ['a folder', 'out', ['a/b.png', 'model.tar.gz']],
    ['a file', 'out/model.tar.gz', ['model.tar.gz']],
    ['several, with one root', '|\n      out\n      report.md', ['out/a/b.png', 'out/model.tar.gz', 'report.md']],
    ['a wildcard', 'out/*.gz', ['model.tar.gz']],
    ['wildcards over folders', '"**/*.png"', ['out/a/b.png']],
    ['an exclusion', '|\n      out\n      !out/**/*.png', ['model.tar.gz']],
  ])('takes %s', async (_name, path, names) => {
    const job = await run(`- id: up\n  ${uses}\n  with:\n    name: n\n    path: ${path}`, {
      workspace: folder(files),
      env: { GITHUB_REPOSITORY: 'acme/models', GITHUB_RUN_ID: '42' },
    });
    expect(job.status).toBe('success');
    const [artifact] = job.artifacts;
    expect(artifact?.files).toEqual(names);
    expect(readFileSync(join(artifact?.folder ?? '', names[0] ?? ''), 'utf8')).toMatch(/^[mpr]$/);
    expect(job.steps[0]?.outputs).toEqual({
      'artifact-id': String(artifact?.id),
      'artifact-digest': artifact?.digest,
      'artifact-url': `https://github.com/acme/models/actions/runs/42/artifacts/${artifact?.id}`,
    });
  });

  it('warns, fails or keeps quiet when there is nothing', async () => {
    const step = (how: string): string => `- ${uses}\n  with: {path: nothing, if-no-files-found: ${how}}`;
    const [warn, error, ignore, wrong] = await Promise.all(
      ['warn', 'error', 'ignore', 'maybe'].map((how) => run(step(how))),
    );
    expect(warn).toMatchObject({ status: 'success', annotationCounts: { warning: 1, error: 0 } });
    expect(error).toMatchObject({ status: 'failure', annotationCounts: { error: 1 } });
    expect(ignore).toMatchObject({ status: 'success', annotationCounts: { warning: 0, error: 0 } });
    expect(wrong).toMatchObject({ status: 'failure' });
  });

  it('refuses a second artifact of one name without overwrite', async () => {
    const step = (more: string): string => `- ${uses}\n  with: {path: report.md${more}}`;
    const workspace = folder(files);
    const job = await run(`${step('')}\n${step(', overwrite: true')}\n${step('')}`, { workspace });
    expect(outcomes(job)).toEqual(['success', 'success', 'failure']);
    expect(job.artifacts).toHaveLength(1);
  });

  it.each([['actions/upload-artifact@v4'], ['actions/checkout@v4'], [`actions/cache@${'e'.repeat(40)}`]])(
    'knows no %s',
    async (other) => {
      expect((await run(`- uses: ${other}`)).annotations[0]?.message).toContain(`The sandbox has no '${other}'`);
    },
  );
});
