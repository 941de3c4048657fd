import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { createServer, connect, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JobResult, RunActionOptions } from '../../sandbox/runner';
import { startScenario, type Files, type Scenario, type ScenarioOptions } from './harness';
import { SMALL_IMAGE, SMALL_INPUTS } from './small-image';

/** What a user gets for bad input: an error that says what and how to mend it, and no side effect before it. */

interface Story {
  files?: Files;
  options?: ScenarioOptions;
  inputs?: Record<string, string>;
  env?: Record<string, string>;
  event?: (scenario: Scenario) => RunActionOptions['event'];
  prepare?: (scenario: Scenario) => Promise<void> | void;
  steps?: RunActionOptions['steps'];
}

/** The job, its first error annotation, and what the action left in the runner's folder. */
async function play(story: Story): Promise<{ result: JobResult; error: string; folders: string[]; requests: number }> {
  const runnerTemp = mkdtempSync(join(tmpdir(), 'bad-input-'));
  const scenario = await startScenario({ files: story.files ?? SMALL_IMAGE, ...story.options });
  try {
    await story.prepare?.(scenario);
    const event = (story.event ?? (({ pullRequestEvent }) => pullRequestEvent('opened')))(scenario);
    const result = await scenario.run({
      event,
      inputs: { ...SMALL_INPUTS, ...story.inputs },
      runnerTemp,
      ...(story.env ? { env: story.env } : {}),
      ...(story.steps ? { steps: story.steps } : {}),
    });
    const error = result.annotations.find(({ kind }) => kind === 'error')?.message ?? '';
    const folders = readdirSync(runnerTemp).filter((name) => name.startsWith('byoc-'));
    return { result: { ...result }, error, folders, requests: scenario.github.requests.length };
  } finally {
    await scenario.close();
    rmSync(runnerTemp, { recursive: true, force: true });
  }
}

describe('bad input is refused before anything happens', () => {
  const stories: [string, Story, RegExp, RegExp][] = [
    [
      'an input’s value',
      { inputs: { verify: 'full' } },
      /`verify`: must be one of off, standard, strict \(it is "full"\)/,
      /`with:` block/,
    ],
    ['a regex with two groups', { inputs: { 'metric-definitions': 'acc=(a)(b)' } }, /acc.*group/i, /group/i],
    ['a missing Dockerfile', { files: { 'README.md': '' } }, /Dockerfile/, /file/],
    ['a missing context', { inputs: { context: 'nowhere' } }, /nowhere/, /context/],
    ['a context outside the workspace', { inputs: { context: '../..' } }, /outside the workspace/, /./],
    [
      'a context outside the workspace, by a link',
      {
        inputs: { context: 'link' },
        prepare: ({ workspace }) => symlinkSync(tmpdir(), join(workspace.dir, 'link')),
      },
      /outside the workspace/,
      /./,
    ],
    [
      'a missing channel folder',
      { inputs: { 'input-data-config': 'train=nowhere' } },
      /«train» names nowhere, which does not exist/,
      /folder/,
    ],
    [
      'a channel outside the workspace',
      { inputs: { 'verify-channels': 'train=/etc' } },
      /outside the workspace/,
      /workspace/,
    ],
    [
      'an event of an unknown kind',
      { event: () => ({ name: 'gollum', payload: {} }) },
      /`gollum` is of a kind/,
      /Run it on/,
    ],
    [
      'pull_request_target',
      { event: (scenario) => ({ ...scenario.pullRequestEvent('opened'), name: 'pull_request_target' }) },
      /`pull_request_target` is refused/,
      /on: pull_request/,
    ],
    [
      'a payload that is none',
      { event: () => ({ name: 'pull_request', payload: { action: 'opened' } }) },
      /payload.*can't be used/,
      /webhook/,
    ],
  ];

  it.each(stories)('%s', async (_title, story, what, fix) => {
    const { result, error, folders, requests } = await play(story);
    expect(error).toMatch(what);
    expect(error).toMatch(fix);
    expect(result.status).toBe('failure');
    expect(result.steps.filter(({ outcome }) => outcome === 'failure').map(({ id }) => id)).toEqual(['plan']);
    expect(folders).toEqual([]);
    expect(requests).toBe(0);
    expect(result.summaries.map(({ text }) => text).join('')).toContain('❌');
  });
});

describe('a tree that is not the planned commit is not built', () => {
  it('another commit: the error has the `ref:` line to write', async () => {
    const { result, error } = await play({
      prepare: async ({ workspace }) => {
        await workspace.commit({ 'more.txt': 'x' });
      },
      event: (scenario) => scenario.pullRequestEvent('opened'),
      options: {},
    });
    expect(result.steps.find(({ id }) => id === 'build')?.outcome).toBe('failure');
    expect(error).toContain('ref: ${{ github.event.pull_request.head.sha }}');
  });

  it('a changed file: the error names it', async () => {
    const { result, error } = await play({ prepare: ({ workspace }) => workspace.write({ 'train.py': 'changed' }) });
    expect(result.steps.find(({ id }) => id === 'build')?.outcome).toBe('failure');
    expect(error).toMatch(/1 changed/);
    expect(result.log).toContain('changed: train.py');
  });

  it('credentials in .git that would enter the image', async () => {
    const { result, error } = await play({
      prepare: async ({ workspace }) => {
        await workspace.commit({ '.dockerignore': null });
        await workspace.git('config', 'http.https://github.com/.extraheader', 'AUTHORIZATION: basic c2VjcmV0');
      },
      event: (scenario) => scenario.pullRequestEvent('synchronize'),
    });
    expect(result.status).toBe('failure');
    expect(error).toContain('persist-credentials: false');
    expect(result.log).not.toContain('c2VjcmV0');
  });
});

describe('an engine that fails', () => {
  it('is not there: says so, and what to do', async () => {
    const { result, error } = await play({ env: { DOCKER_HOST: 'unix:///nonexistent/docker.sock' } });
    expect(result.steps.find(({ id }) => id === 'build')?.outcome).toBe('failure');
    expect(error).toMatch(/Docker/);
    expect(error).toMatch(/start|running|install/i);
  });

  // A door to the real engine that can be shut: everything before is real, and so is the loss.
  describe('stops halfway', () => {
    const folder = mkdtempSync(join(tmpdir(), 'engine-door-'));
    const path = join(folder, 'docker.sock');
    const sockets = new Set<Socket>();
    let door: Server;

    beforeAll(async () => {
      mkdirSync(folder, { recursive: true });
      door = createServer((client) => {
        const engine = connect('/var/run/docker.sock');
        for (const socket of [client, engine]) {
          sockets.add(socket);
          socket.on('error', () => undefined);
          socket.on('close', () => sockets.delete(socket));
        }
        client.pipe(engine).pipe(client);
      });
      await new Promise<void>((resolve) => door.listen(path, resolve));
    });
    const shut = (): void => {
      door.close();
      for (const socket of sockets) socket.destroy();
    };
    afterAll(() => {
      shut();
      rmSync(folder, { recursive: true, force: true });
    });

    it('the step ends with the engine’s loss as its error, and the report still comes', async () => {
      const { result, error, requests } = await play({
        env: { DOCKER_HOST: `unix://${path}` },
        inputs: { verify: 'off', hyperparameters: 'mode=slow' },
        steps: { beforeStep: ({ id }) => void (id === 'train' && setTimeout(shut, 4_000)) },
      });
      expect(result.steps.find(({ id }) => id === 'train')?.outcome).toBe('failure');
      expect(error).toMatch(/Docker|engine/);
      expect(result.outputs['verdict']).toBe('failed');
      expect(requests).toBeGreaterThan(0);
    }, 90_000);
  });
});
