import type { Files } from './harness';

/** The base that setup found or made. */
export const BASE_IMAGE = process.env['BYOC_BASE_IMAGE'] ?? 'sagemaker-byoc-base:cpu';

/**
 * A repository of a user's with a container that trains in no time: plain Python, no framework.
 * `slow` keeps it busy for a minute after its first epoch; `fail` makes it end with code 3 and a failure file.
 */
export const SMALL_IMAGE: Files = {
  Dockerfile: [
    'ARG BASE_IMAGE',
    'FROM ${BASE_IMAGE}',
    'ENV PYTHONUNBUFFERED=1',
    'COPY train.py /opt/train.py',
    'ENTRYPOINT ["python3", "/opt/train.py"]',
    '',
  ].join('\n'),
  '.dockerignore': '*\n!train.py\n',
  'train.py': `
import json, pathlib, signal, sys, time
ml = pathlib.Path("/opt/ml")
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))

def fail(reason):
    (ml / "output/failure").write_text(reason)
    sys.exit(3)

if sys.argv[1:] != ["train"]:
    fail("no train argument")
parameters = json.loads((ml / "input/config/hyperparameters.json").read_text())
mode = parameters.get("mode", "").strip('"')
if not (ml / "input/data/train").is_dir():
    fail("channel train is missing")
if mode == "fail":
    fail("the moon is full | @everyone ::error::x")
for epoch in range(1, 4):
    print(f"[epoch {epoch}] train_loss: {1 / epoch:.4f} val_acc: {0.7 + epoch / 20:.4f}", flush=True)
    if mode == "slow":
        time.sleep(60)
(ml / "model/model.txt").write_text("a model")
(ml / "output/data").mkdir(parents=True, exist_ok=True)
(ml / "output/data/note.txt").write_text("note")
`,
  'data/train/a.txt': 'a\n',
};

/** `with:` for {@link SMALL_IMAGE}. */
export const SMALL_INPUTS: Readonly<Record<string, string>> = {
  'build-args': `BASE_IMAGE=${BASE_IMAGE}`,
  'train-on': 'pull_request',
  'verify-channels': 'train=data/train',
  'input-data-config': 'train=data/train',
  'metric-definitions': 'train_loss=train_loss: ([0-9.]+)\nval_acc=val_acc: ([0-9.]+)',
};
