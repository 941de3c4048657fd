import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { realDeps } from '../../src/deps';
import { parseInputs } from '../../src/inputs';
import { newRunId } from '../../src/record-file';
import type { RunRecord } from '../../src/record';
import type { StepContext } from '../../src/steps/step';

/** Plain Python, no framework: what it does is chosen by the hyperparameter `do`. */
const TRAINER = `
import json, os, signal, sys, time
parameters = json.load(open("/opt/ml/input/config/hyperparameters.json"))
do = parameters.get("do", "train")
config = json.load(open("/opt/ml/input/config/resourceconfig.json"))
host = config["current_host"]
signal.signal(signal.SIGTERM, signal.SIG_IGN)
assert sys.argv[1:] == ["train"], sys.argv
print("::error::hostile", "##[add-mask]hostile", flush=True)
if do == "fail":
    open("/opt/ml/output/failure", "w").write("the disk is made of cheese")
    print("last words", flush=True)
    sys.exit(3)
for name in os.listdir("/opt/ml/input/data") if os.path.isdir("/opt/ml/input/data") else []:
    print(host, "channel", name, sorted(os.listdir("/opt/ml/input/data/" + name)), flush=True)
if do == "hang":
    print("hanging", flush=True)
    time.sleep(300)
for percent in range(0, 101, 10):
    print(f"\\r{percent}%", end="", flush=True)
print(flush=True)
for epoch in range(1, 4):
    print(f"[epoch {epoch}] loss: {1 / epoch:.4f}", flush=True)
print("secret", os.environ.get("THE_SECRET"), flush=True)
if do != "no-model":
    open("/opt/ml/model/weights.bin", "wb").write(b"w" * 1000)
os.makedirs("/opt/ml/output/data", exist_ok=True)
open("/opt/ml/output/data/matrix.png", "wb").write(b"\\x89PNG not really")
open("/opt/ml/output/data/notes.txt", "w").write("hello")
`;

export const IMAGE = 'byoc-test-train:latest';

/** Builds the image; its base is the one that `scripts/setup.sh` has found or made. */
export function buildTrainer(): void {
  const base = process.env['BYOC_BASE_IMAGE'] ?? 'sagemaker-byoc-base:cpu';
  const folder = mkdtempSync(join(tmpdir(), 'byoc-train-image-'));
  try {
    writeFileSync(join(folder, 'train.py'), TRAINER);
    writeFileSync(
      join(folder, 'Dockerfile'),
      `FROM ${base}\nCOPY train.py /train.py\nENTRYPOINT ["python3", "-u", "/train.py"]\n`,
    );
    execFileSync('docker', ['build', '--quiet', '--tag', IMAGE, folder], { stdio: ['ignore', 'ignore', 'inherit'] });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function removeTrainer(): void {
  spawnSync('docker', ['image', 'rm', '--force', IMAGE], { stdio: 'ignore' });
}

/** One run of the step `train`, with the real edges. */
export class TrainWorld {
  readonly context: StepContext;
  readonly saved: string[] = [];
  readonly #outputFile: string;
  #printed = '';

  constructor(inputs: Readonly<Record<string, string>>, signal: AbortSignal = new AbortController().signal) {
    const root = realpathSync(mkdtempSync(join(tmpdir(), 'byoc-train-')));
    const workspace = join(root, 'workspace');
    const folder = join(root, 'run');
    mkdirSync(join(workspace, 'data/train'), { recursive: true });
    mkdirSync(folder);
    writeFileSync(join(workspace, 'data/train/one.csv'), '1,2,3\n');
    this.#outputFile = join(root, 'output');
    writeFileSync(this.#outputFile, '');
    const deps = realDeps({
      env: { ...process.env, GITHUB_REF_NAME: 'main' },
      write: (text) => (this.#printed += text),
      signal,
    });
    const record = recordOf(newRunId());
    this.context = {
      deps: { ...deps, outputs: { set: (name, value) => this.outputs.set(name, value) } },
      inputs: parseInputs(JSON.stringify(inputs)),
      record,
      folder,
      workspace,
      save: () => {
        this.saved.push(JSON.stringify(record));
        return Promise.resolve();
      },
    };
  }

  readonly outputs = new Map<string, string>();

  get printed(): string {
    return this.#printed;
  }

  /** Containers, volumes and networks of this run that are still there. */
  leftovers(): string[] {
    const label = `label=byoc.run=${this.context.record.id}`;
    const list = (...args: string[]): string[] =>
      execFileSync('docker', [...args, '--quiet', '--filter', label], { encoding: 'utf8' })
        .split('\n')
        .filter(Boolean);
    return [...list('ps', '--all'), ...list('volume', 'ls'), ...list('network', 'ls')];
  }

  remove(): void {
    rmSync(dirname(this.context.workspace), { recursive: true, force: true });
  }
}

function recordOf(id: string): RunRecord {
  const step = { run: true, reason: 'asked for' };
  const sha = 'a1b2c3d4e5f6a7b8c9d0a1b2c3d4e5f6a7b8c9d0';
  const imageId = execFileSync('docker', ['image', 'inspect', '--format', '{{.Id}}', IMAGE], {
    encoding: 'utf8',
  }).trim();
  return {
    version: 1,
    id,
    startedAt: new Date().toISOString(),
    run: {
      repository: 'byoc-test/train',
      workflow: 'w',
      job: 'j',
      runId: '1',
      runAttempt: 1,
      serverUrl: 'https://github.com',
      eventName: 'push',
    },
    commentKey: 'k',
    dryRun: false,
    plan: {
      sha,
      because: 'a test',
      pullRequest: { number: 7, fork: false, base: 'main', head: 'topic' },
      build: step,
      verify: step,
      train: step,
      report: step,
      comment: step,
      notices: [],
    },
    build: {
      startedAt: new Date().toISOString(),
      seconds: 1,
      builder: 'test',
      imageId,
      reference: IMAGE,
      platform: 'linux/amd64',
      sizeBytes: 1,
      layers: [],
      entrypoint: null,
      cmd: null,
      user: '',
      workingDir: '',
    },
    errors: [],
  };
}
