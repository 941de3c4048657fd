import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as setTimeoutPromise } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { extract } from 'tar-stream';
import { createContractRunner, type RunningJob, type TrainingJobRequest } from '../../src/contract/runner';
import { CancelledError, UserError } from '../../src/errors';
import { realExec } from '../../src/process';

const IMAGE = 'sagemaker-byoc-base:cpu';
const exec = realExec(process.env);

/** A real clock; whoever sleeps is woken by the signal. */
const clock = {
  now: () => new Date(),
  seconds: () => performance.now() / 1000,
  sleep: (milliseconds: number, signal?: AbortSignal) =>
    setTimeoutPromise(milliseconds, undefined, signal ? { signal } : {}),
};

const runId = randomBytes(6).toString('hex');
const runner = createContractRunner({ exec, clock, runId, signal: new AbortController().signal });
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'byoc-test-'));
  await mkdir(join(folder, 'data', 'cat'), { recursive: true });
  await writeFile(join(folder, 'data', 'labels.csv'), 'a,b\n');
  await writeFile(join(folder, 'data', 'cat', 'größe 1.jpg'), Buffer.from([0xff, 0x00, 0x0a]));
  await writeFile(join(folder, 'data', 'large.bin'), Buffer.alloc(700_001, 7));
});

afterAll(async () => {
  await runner.removeAll();
  await rm(folder, { recursive: true, force: true });
});

function request(script: string, parts: Partial<TrainingJobRequest> = {}): TrainingJobRequest {
  return {
    image: IMAGE,
    jobName: 'pr-7-abc',
    region: 'eu-central-1',
    instanceType: 'ml.m5.large',
    instanceCount: 1,
    hyperparameters: {},
    channels: [],
    environment: {},
    entrypoint: ['/bin/sh', '-c', script],
    networkIsolation: true,
    gpus: false,
    maxRuntimeSeconds: 100,
    ...parts,
  };
}

async function withJob<T>(
  wanted: TrainingJobRequest,
  body: (job: RunningJob, lines: string[], line: (text: string) => Promise<void>) => Promise<T>,
): Promise<T> {
  const lines: string[] = [];
  const waiting: { text: string; resolve: () => void }[] = [];
  const job = await runner.start(wanted, (host, line) => {
    lines.push(wanted.instanceCount > 1 ? `${host}: ${line}` : line);
    for (const { text, resolve } of waiting) if (line.includes(text)) resolve();
  });
  const line = (text: string): Promise<void> =>
    new Promise((resolve) => {
      if (lines.some((seen) => seen.includes(text))) resolve();
      else waiting.push({ text, resolve });
    });
  try {
    return await body(job, lines, line);
  } finally {
    await job.dispose();
  }
}

async function leftovers(label: string): Promise<string[]> {
  const found = await Promise.all(
    [
      ['ps', '-aq'],
      ['volume', 'ls', '-q'],
      ['network', 'ls', '-q'],
    ].map((args) => exec.run('docker', [...args, '--filter', `label=${label}`])),
  );
  return found.flatMap(({ stdout }) => stdout.split('\n').filter((id) => id !== ''));
}

async function untar(path: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  const reader = extract();
  reader.end(gunzipSync(await readFile(path)));
  for await (const entry of reader) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry as AsyncIterable<Buffer>) chunks.push(chunk);
    files[entry.header.name] = entry.header.linkname ? `-> ${entry.header.linkname}` : Buffer.concat(chunks).toString();
  }
  return files;
}

describe('what the container finds', () => {
  it('is the tree, the files and the environment of SageMaker, byte for byte', async () => {
    const script = [
      'cd /opt/ml; find . -printf "%p %y %m %u:%g\\n" | LC_ALL=C sort',
      'for f in hyperparameters inputdataconfig resourceconfig; do cat input/config/$f.json; echo; done',
      'sha256sum input/data/train/large.bin; od -An -tx1 "input/data/train/cat/größe 1.jpg"',
      'touch input/data/train/new && echo writable; touch input/data/fast/new 2>/dev/null || echo read-only',
      'echo ENV; env -0 | LC_ALL=C sort -z | tr "\\0" "|"; echo; getent hosts algo-1; cat /proc/1/comm',
      'grep CapEff /proc/self/status; ls /sys/class/net',
    ].join('; ');
    await writeFile(join(folder, 'script.sh'), script);
    await withJob(
      request('. /opt/ml/input/data/one/script.sh', {
        hyperparameters: { epochs: '3', lr: '0.001', arch: '"größe"' },
        channels: [
          { name: 'train', path: join(folder, 'data'), mode: 'File', contentType: 'application/x-image' },
          { name: 'fast', path: join(folder, 'data'), mode: 'FastFile' },
          { name: 'one', path: join(folder, 'script.sh'), mode: 'File' },
        ],
        environment: { SECRET: 'two\nlines', LD_DEBUG_OUTPUT: '/nowhere', DOCKER_HOST: 'tcp://nowhere:1', EMPTY: '' },
      }),
      async (job, lines) => {
        const result = await job.done;
        expect(result).toMatchObject({ status: 'Completed', secondaryStatus: 'Completed' });
        expect(result.failureReason).toBeUndefined();
        expect(result.nodes).toMatchObject([{ host: 'algo-1', exitCode: 0, oomKilled: false, sigkilled: false }]);
        const env = lines.indexOf('ENV');
        expect(lines.slice(0, env)).toEqual([
          '. d 755 root:root',
          './input d 755 root:root',
          './input/config d 755 root:root',
          './input/config/hyperparameters.json f 644 root:root',
          './input/config/inputdataconfig.json f 644 root:root',
          './input/config/resourceconfig.json f 644 root:root',
          './input/data d 755 root:root',
          './input/data/fast d 755 root:root',
          './input/data/fast/cat d 755 root:root',
          './input/data/fast/cat/größe 1.jpg f 644 root:root',
          './input/data/fast/labels.csv f 644 root:root',
          './input/data/fast/large.bin f 644 root:root',
          './input/data/one d 755 root:root',
          './input/data/one/script.sh f 644 root:root',
          './input/data/train d 755 root:root',
          './input/data/train/cat d 755 root:root',
          './input/data/train/cat/größe 1.jpg f 644 root:root',
          './input/data/train/labels.csv f 644 root:root',
          './input/data/train/large.bin f 644 root:root',
          './model d 755 root:root',
          './output d 755 root:root',
          './output/data d 755 root:root',
          '{"epochs": "3", "lr": "0.001", "arch": "\\"größe\\""}',
          '{"train": {"ContentType": "application/x-image", "TrainingInputMode": "File", "S3DistributionType": "FullyReplicated", "RecordWrapperType": "None"}, "fast": {"TrainingInputMode": "FastFile", "S3DistributionType": "FullyReplicated", "RecordWrapperType": "None"}, "one": {"TrainingInputMode": "File", "S3DistributionType": "FullyReplicated", "RecordWrapperType": "None"}}',
          '{"current_host": "algo-1", "current_instance_type": "ml.m5.large", "current_group_name": "homogeneousCluster", "hosts": ["algo-1"], "instance_groups": [{"instance_group_name": "homogeneousCluster", "instance_type": "ml.m5.large", "hosts": ["algo-1"]}], "network_interface_name": "eth0", "topology": null}',
          `${createHash('sha256').update(Buffer.alloc(700_001, 7)).digest('hex')}  input/data/train/large.bin`,
          ' ff 00 0a',
          'writable',
          'read-only',
        ]);
        const variables = Object.fromEntries(
          lines
            .slice(env + 1, lines.findIndex((line, index) => index > env && line.endsWith('|')) + 1)
            .join('\n')
            .split('|')
            .filter((entry) => entry !== '')
            .map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]),
        );
        expect(variables).toEqual({
          AWS_REGION: 'eu-central-1',
          DOCKER_HOST: 'tcp://nowhere:1',
          EMPTY: '',
          HOME: '/root',
          HOSTNAME: expect.stringMatching(/^[0-9a-f]{12}$/),
          LD_DEBUG_OUTPUT: '/nowhere',
          NVIDIA_VISIBLE_DEVICES: 'void',
          PATH: expect.stringContaining('/usr/bin'),
          PWD: '/opt/ml',
          ...(variables['OLDPWD'] === undefined ? {} : { OLDPWD: '/' }),
          SECRET: 'two\nlines',
          TRAINING_JOB_ARN: 'arn:aws:sagemaker:eu-central-1:000000000000:training-job/pr-7-abc',
          TRAINING_JOB_NAME: 'pr-7-abc',
        });
        const rest = lines.slice(-4).join('\n');
        expect(rest).toMatch(/^127\.0\.0\.1\s+algo-1\nsh\nCapEff:\s*00000000a80425fb\nlo$/);
        await expect(job.results.inputChanges()).resolves.toEqual([
          { host: 'algo-1', channel: 'train', name: 'new', change: 'added' },
        ]);
      },
    );
  }, 60_000);

  it('starts `IMAGE train` unless entrypoint or arguments replace it, and uses no shell', async () => {
    const cases: [Partial<TrainingJobRequest>, string][] = [
      [{ entrypoint: ['/bin/echo', 'e1', '$HOME *'] }, 'e1 $HOME *'],
      [{ entrypoint: ['/bin/echo', 'e1'], arguments: ['--a', '1'] }, 'e1 --a 1'],
    ];
    for (const [parts, output] of cases) {
      await withJob({ ...request('', {}), ...parts }, async (job, lines) => {
        await expect(job.done).resolves.toMatchObject({ status: 'Completed' });
        expect(lines).toEqual([output]);
      });
    }
    const plain = request('');
    delete plain.entrypoint;
    // The base image has neither an entrypoint nor a program `train`.
    await withJob(plain, async (job) => {
      const result = await job.done;
      expect(result).toMatchObject({ status: 'Failed', failureReason: 'AlgorithmError: , exit code: 127' });
      expect(result.nodes[0]?.startError).toMatch(/"train": executable file not found/);
    });
    await withJob({ ...plain, arguments: ['echo', 'only arguments'] }, async (job, lines) => {
      await job.done;
      expect(lines).toEqual(['only arguments']);
    });
  }, 60_000);

  it('has no way out when isolated, and one when not', async () => {
    const reach =
      'python3 -c "import socket; s=socket.socket(); s.settimeout(2); s.connect((\'192.0.2.1\', 9))" 2>&1 | tail -1; ls /sys/class/net | xargs';
    await withJob(request(reach), async (job, lines) => {
      await job.done;
      expect(lines).toEqual([expect.stringContaining('Network is unreachable'), 'lo']);
    });
    await withJob(request('ls /sys/class/net | xargs', { networkIsolation: false }), async (job, lines) => {
      await job.done;
      expect(lines).toEqual(['eth0 lo']);
    });
  }, 60_000);
});

describe('several nodes', () => {
  it('find each other by name, isolated too, and their files come together', async () => {
    const script = [
      "me=$(python3 -c \"import json; print(json.load(open('/opt/ml/input/config/resourceconfig.json'))['current_host'])\")",
      'for i in $(seq 50); do getent hosts algo-1 >/dev/null && getent hosts algo-2 >/dev/null && break; sleep 0.1; done',
      'getent hosts algo-1 algo-2 | awk "{print \\$2}" | xargs echo found',
      'getent hosts example.com || echo no outside name',
      'echo $me > /opt/ml/model/$me; echo $me > /opt/ml/model/same',
    ].join('; ');
    await writeFile(join(folder, 'nodes.sh'), script);
    await withJob(
      request('. /opt/ml/input/data/code/nodes.sh', {
        instanceCount: 2,
        channels: [{ name: 'code', path: join(folder, 'nodes.sh'), mode: 'File' }],
      }),
      async (job, lines) => {
        expect(job.hosts).toEqual(['algo-1', 'algo-2']);
        const networks = await exec.run('docker', ['network', 'ls', '-q', '--filter', `label=byoc.run=${runId}`]);
        const internal = await exec.run('docker', [
          'network',
          'inspect',
          '--format',
          '{{.Internal}}',
          networks.stdout.trim(),
        ]);
        expect(internal.stdout).toBe('true\n');
        await expect(job.done).resolves.toMatchObject({ status: 'Completed' });
        expect(lines.sort()).toEqual([
          'algo-1: found algo-1 algo-2',
          'algo-1: no outside name',
          'algo-2: found algo-1 algo-2',
          'algo-2: no outside name',
        ]);
        const path = join(folder, 'nodes.tar.gz');
        await job.results.saveModelArchive(path);
        await expect(untar(path)).resolves.toEqual({ 'algo-1': 'algo-1\n', 'algo-2': 'algo-2\n', same: 'algo-2\n' });
      },
    );
  }, 60_000);

  it('ends the others when one fails, and blames that one', async () => {
    const script =
      'if grep -q \'"current_host": "algo-2"\' /opt/ml/input/config/resourceconfig.json; then printf "no data" > /opt/ml/output/failure; exit 7; fi; exec sleep 90';
    await withJob(request(script, { instanceCount: 2, peerGraceSeconds: 1 }), async (job) => {
      const result = await job.done;
      expect(result).toMatchObject({ status: 'Failed', failureReason: 'AlgorithmError: no data, exit code: 7' });
      expect(result.nodes).toMatchObject([
        { exitCode: 137, sigkilled: true },
        { exitCode: 7, sigkilled: false },
      ]);
      expect(result.seconds).toBeLessThan(20);
    });
  }, 60_000);
});

describe('the end', () => {
  it('packs model and output, keeps links, and leaves nothing behind', async () => {
    const script = [
      'cd /opt/ml/model; mkdir code; echo weights > m.pth; ln m.pth hard; ln -s m.pth link; ln -s /etc/passwd out; mkfifo pipe; echo x > code/i.py',
      'cd ../output/data; echo png > a.png; mkdir p; echo png2 > p/b.png; ln -s /etc/passwd c.png; echo t > t.txt',
    ].join('; ');
    await withJob(request(script), async (job) => {
      await job.done;
      expect(await leftovers(`byoc.run=${runId}`)).not.toEqual([]);
      const model = await job.results.saveModelArchive(join(folder, 'm', 'model.tar.gz'));
      const bytes = await readFile(join(folder, 'm', 'model.tar.gz'));
      expect(model).toMatchObject({ name: 'model.tar.gz', sizeBytes: bytes.length });
      const content = await untar(join(folder, 'm', 'model.tar.gz'));
      const [first, second] = content['m.pth'] === 'weights\n' ? ['m.pth', 'hard'] : ['hard', 'm.pth'];
      expect(content).toEqual({
        'code/': '',
        'code/i.py': 'x\n',
        [first]: 'weights\n',
        [second]: `-> ${first ?? ''}`,
        link: '-> m.pth',
        out: '-> /etc/passwd',
      });
      const entries = await job.results.modelEntries();
      expect(entries.find(({ name }) => name === 'out')).toMatchObject({ type: 'symlink', linkTarget: '/etc/passwd' });
      expect(entries.find(({ name }) => name === 'hard')).toMatchObject({ type: 'file', sizeBytes: 8 });
      await job.results.saveOutputArchive(join(folder, 'output.tar.gz'));
      expect(Object.keys(await untar(join(folder, 'output.tar.gz'))).sort()).toEqual([
        'a.png',
        'c.png',
        'p/',
        'p/b.png',
        't.txt',
      ]);
      const pictures = await job.results.saveOutputFiles(/\.png$/g, join(folder, 'pictures'));
      expect(pictures.map(({ name }) => name)).toEqual(['a.png', 'p/b.png']);
      await expect(readFile(join(folder, 'pictures', 'p', 'b.png'), 'utf8')).resolves.toBe('png2\n');
    });
    expect(await leftovers(`byoc.run=${runId}`)).toEqual([]);
  }, 60_000);

  it('writes no archive for an empty folder', async () => {
    await withJob(request('true'), async (job) => {
      await job.done;
      await expect(job.results.saveModelArchive(join(folder, 'empty.tar.gz'))).resolves.toBeUndefined();
      await expect(readFile(join(folder, 'empty.tar.gz'))).rejects.toThrow('ENOENT');
    });
  }, 60_000);

  it('takes the reason from the failure file and cuts it', async () => {
    const script = "python3 -c \"open('/opt/ml/output/failure','w').write('ä'*3000)\"; exit 3";
    await withJob(request(script), async (job) => {
      const { failureReason } = await job.done;
      expect(failureReason).toHaveLength(1024);
      expect(failureReason).toMatch(/^AlgorithmError: ä+, exit code: 3$/);
      await expect(job.results.failureText()).resolves.toBe('ä'.repeat(1024));
    });
  }, 60_000);

  it('keeps checkpoints from job to job', async () => {
    const checkpoints = await runner.createCheckpointVolume();
    await withJob(
      request('cat /opt/ml/checkpoints/labels.csv; echo 1 > /opt/ml/checkpoints/e1', {
        checkpoints,
        checkpointFiles: join(folder, 'data'),
      }),
      async (job, lines) => {
        await job.done;
        expect(lines).toEqual(['a,b']);
      },
    );
    await withJob(request('cat /opt/ml/checkpoints/e1', { checkpoints }), async (job, lines) => {
      await job.done;
      expect(lines).toEqual(['1']);
      expect((await job.results.checkpointEntries()).map(({ name }) => name).sort()).toEqual([
        'cat',
        'cat/größe 1.jpg',
        'e1',
        'labels.csv',
        'large.bin',
      ]);
    });
    await checkpoints.remove();
  }, 60_000);

  it('streams every line, whatever ends it, quickly', async () => {
    const script =
      'printf "a\\rb\\r\\nc\\n\\nd"; python3 -c "for i in range(200000): print(\'epoch=1 step=%d loss=0.12345 accuracy=0.98765\' % i)"; echo bad >&2';
    await withJob(request(script), async (job, lines) => {
      const { nodes } = await job.done;
      expect(lines.slice(0, 4)).toEqual(['a', 'b', 'c', '']);
      expect(lines).toHaveLength(200_000 + 5);
      expect(lines).toContain('bad');
      expect(nodes[0]?.tail).toHaveLength(50);
    });
  }, 60_000);
});

describe('stopping', () => {
  const patient =
    'trap "echo got TERM; echo m > /opt/ml/model/m; exit 0" TERM; echo ready; while :; do sleep 0.1; done';

  it('sends SIGTERM to PID 1 and keeps what it then wrote', async () => {
    await withJob(request(patient), async (job, lines, line) => {
      await line('ready');
      await job.stop();
      const result = await job.done;
      expect(result).toMatchObject({
        status: 'Stopped',
        secondaryStatus: 'Stopped',
        nodes: [{ exitCode: 0, sigkilled: false }],
      });
      expect(lines).toContain('got TERM');
      expect((await job.results.modelEntries()).map(({ name }) => name)).toEqual(['m']);
    });
  }, 60_000);

  it('sends SIGKILL to what does not listen, after the grace', async () => {
    await withJob(request('echo ready; exec sleep 90'), async (job, _lines, line) => {
      await line('ready');
      const begun = clock.seconds();
      await job.stop(1);
      expect(clock.seconds() - begun).toBeGreaterThanOrEqual(1);
      await expect(job.done).resolves.toMatchObject({ status: 'Stopped', nodes: [{ exitCode: 137, sigkilled: true }] });
    });
  }, 60_000);

  it('can be asked before the container runs, and killed', async () => {
    await withJob(request('exec sleep 90'), async (job) => {
      await job.kill();
      await expect(job.done).resolves.toMatchObject({ status: 'Stopped', nodes: [{ exitCode: 137 }] });
    });
  }, 60_000);

  it('ends a job at its longest run time', async () => {
    await withJob(request(patient, { maxRuntimeSeconds: 2 }), async (job) => {
      await expect(job.done).resolves.toMatchObject({ status: 'Stopped', secondaryStatus: 'MaxRuntimeExceeded' });
    });
  }, 60_000);

  it('tells memory and CPU time where the engine is local', async () => {
    const script =
      'python3 -c "import time; b=bytearray(150*2**20); t=time.process_time()\nwhile time.process_time()-t < 1: pass"';
    await withJob(request(script), async (job) => {
      const { peakMemoryBytes, cpuSeconds } = await job.done;
      expect(peakMemoryBytes).toBeGreaterThan(140 * 2 ** 20);
      expect(peakMemoryBytes).toBeLessThan(400 * 2 ** 20);
      expect(cpuSeconds).toBeGreaterThan(0.3);
      expect(cpuSeconds).toBeLessThan(4);
    });
  }, 60_000);

  it.each([0, 30, 150, 400, 900, 1500])(
    'leaves nothing when aborted after %i ms',
    async (milliseconds) => {
      const abort = new AbortController();
      const id = randomBytes(6).toString('hex');
      const aborted = createContractRunner({ exec, clock, runId: id, signal: abort.signal });
      let begun = 0;
      setTimeout(() => {
        begun = clock.seconds();
        abort.abort(new CancelledError('SIGINT'));
      }, milliseconds);
      const whole = (async () => {
        const job = await aborted.start(
          request('exec sleep 90', {
            instanceCount: 2,
            channels: [{ name: 'f', path: join(folder, 'data'), mode: 'FastFile' }],
          }),
          () => undefined,
        );
        await job.done;
      })();
      await expect(whole).rejects.toBeInstanceOf(CancelledError);
      expect(clock.seconds() - begun).toBeLessThan(7.5);
      expect(await leftovers(`byoc.run=${id}`)).toEqual([]);
    },
    60_000,
  );
});

describe('refusals', () => {
  it('says what to do about a missing image, and leaves nothing', async () => {
    const failed = runner.start(request('true', { image: 'byoc-test-no-such-image:1' }), () => undefined);
    await expect(failed).rejects.toMatchObject({ message: expect.stringContaining('does not have this image') });
    expect(await leftovers(`byoc.run=${runId}`)).toEqual([]);
  }, 60_000);

  it('lets no link lead out of a channel', async () => {
    await mkdir(join(folder, 'hostile'));
    await symlink('/etc/passwd', join(folder, 'hostile', 'x'));
    const failed = runner.start(
      request('true', { channels: [{ name: 't', path: join(folder, 'hostile'), mode: 'File' }] }),
      () => undefined,
    );
    await expect(failed).rejects.toThrow(UserError);
    await expect(failed).rejects.toThrow('leads out of its folder');
  }, 60_000);

  it('names an engine that does not answer', async () => {
    const nowhere = createContractRunner({
      exec: realExec({ ...process.env, DOCKER_HOST: 'unix:///nowhere/docker.sock' }),
      clock,
      runId,
      signal: new AbortController().signal,
    });
    await expect(nowhere.start(request('true'), () => undefined)).rejects.toMatchObject({
      message: expect.stringContaining('does not answer'),
      fix: expect.stringContaining('DOCKER_HOST'),
    });
  }, 60_000);
});
