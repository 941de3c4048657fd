"""A training job in a temporary directory, run by the real train.py on the CPU."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / 'container' / 'src'
SAMPLE = ROOT / 'container' / 'sample'
sys.path[:0] = [str(SOURCE), str(SAMPLE)]

# A training of about a second.
QUICK = {'model': 'tiny', 'image-size': '16', 'epochs': '2', 'batch-size': '8', 'lr': '0.003', 'num-workers': '0'}
COLOURS = {'blue': (60, 90, 200), 'brown': (150, 90, 40), 'white': (240, 240, 240)}


@dataclass
class Finished:
    """How a run ended."""

    code: int
    out: str
    err: str

    def line(self, start: str) -> str:
        """The one line of stdout with this beginning."""
        [line] = [line for line in self.out.splitlines() if line.startswith(start)]
        return line


@dataclass
class Job:
    """The tree under /opt/ml, somewhere else."""

    base: Path
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        return self.base / 'input' / 'data'

    @property
    def model(self) -> Path:
        return self.base / 'model'

    @property
    def results(self) -> Path:
        return self.base / 'output' / 'data'

    @property
    def failure(self) -> str:
        return (self.base / 'output' / 'failure').read_text()

    def metrics(self) -> dict:
        return json.loads((self.results / 'metrics.json').read_text())

    def info(self) -> dict:
        return json.loads((self.model / 'model_info.json').read_text())

    def config(self, name: str, content: object) -> None:
        path = self.base / 'input' / 'config' / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content if isinstance(content, str) else json.dumps(content))

    def hyperparameters(self, **values: str) -> None:
        self.config(
            'hyperparameters.json', {**QUICK, **{key.replace('_', '-'): value for key, value in values.items()}}
        )

    def image(self, name: str, colour=(1, 2, 3), size=(16, 16)) -> Path:
        path = self.data / name
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new('RGB', size, colour).save(path)
        return path

    def classes(self, channel: str, count: int, names=tuple(COLOURS)) -> None:
        """Pictures of slightly different shades, `count` a class."""
        for name in names:
            for index in range(count):
                shade = tuple(min(255, value + 3 * index) for value in COLOURS[name])
                self.image(f'{channel}/{name}/{index:03}.png', shade)

    def variables(self) -> dict[str, str]:
        return {**os.environ, 'SAGEMAKER_BASE_DIR': str(self.base), **self.environment}

    def start(self, *arguments: str) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, str(SOURCE / 'train.py'), *arguments],
            env=self.variables(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str) -> Finished:
        """Run train.py as a process of its own."""
        process = self.start(*arguments)
        out, err = process.communicate(timeout=300)
        return Finished(process.returncode, out, err)


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """A job with two channels of three easily told classes, and quick hyperparameters."""
    return make_job(tmp_path / 'ml')


def make_job(base: Path) -> Job:
    job = Job(base)
    job.classes('train', 12)
    job.classes('test', 4)
    job.hyperparameters()
    return job


@pytest.fixture
def inside(capfd, monkeypatch):
    """Run train.main in this process: saves the seconds that PyTorch takes to load."""

    def run(job: Job, *arguments: str) -> Finished:
        import train

        monkeypatch.setattr(os, 'environ', job.variables())
        handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
        capfd.readouterr()
        try:
            code = train.main(arguments)
        finally:
            for number, handler in handlers.items():
                signal.signal(number, handler)
        out, err = capfd.readouterr()
        return Finished(code, out, err)

    return run


def wait_for(process: subprocess.Popen, beginning: str, seconds: float = 240) -> str:
    """Read stdout until a line begins so."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        line = process.stdout.readline()
        if line.startswith(beginning):
            return line
        if not line:
            raise AssertionError(f'ended before {beginning!r}: {process.stderr.read()}')
    raise AssertionError(f'no {beginning!r} in {seconds} s')
