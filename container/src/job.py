"""What the platform tells a training: where things lie, which hosts there are, and that it is time to stop."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from errors import UserError

# The validation images come in one of these; SageMaker's own examples use both names.
VALIDATION_CHANNELS = ('test', 'validation')


@dataclass(frozen=True)
class Places:
    """Directories and files of one training job."""

    config: Path
    data: Path
    model: Path
    output: Path
    output_data: Path
    checkpoints: Path
    channel_variables: Mapping[str, Path]

    @property
    def failure(self) -> Path:
        """The file whose first 1024 characters become the job's FailureReason."""
        return self.output / 'failure'

    def channels(self) -> dict[str, Path]:
        """Channel name to directory, of those that are there."""
        found = {path.name: path for path in sorted(self.data.glob('*')) if path.is_dir()}
        return {**found, **self.channel_variables}


def places(environment: Mapping[str, str]) -> Places:
    """Take each path from its `SM_*` variable when set (the training toolkit sets them), else below /opt/ml.

    SAGEMAKER_BASE_DIR, the toolkit's variable as well, replaces /opt/ml; handy without Docker.
    """
    base = Path(environment.get('SAGEMAKER_BASE_DIR') or '/opt/ml')

    def path(variable: str, otherwise: Path) -> Path:
        return Path(environment.get(variable) or otherwise)

    inputs = path('SM_INPUT_DIR', base / 'input')
    output = path('SM_OUTPUT_DIR', base / 'output')
    prefix = 'SM_CHANNEL_'
    return Places(
        config=path('SM_INPUT_CONFIG_DIR', inputs / 'config'),
        data=inputs / 'data',
        model=path('SM_MODEL_DIR', base / 'model'),
        output=output,
        output_data=path('SM_OUTPUT_DATA_DIR', output / 'data'),
        checkpoints=base / 'checkpoints',
        channel_variables={
            name.removeprefix(prefix).lower(): Path(value)
            for name, value in environment.items()
            if name.startswith(prefix) and value
        },
    )


def _read_json_object(path: Path) -> dict[str, object]:
    """The object in a JSON file, empty when there is no such file. Raises UserError when it holds anything else."""
    try:
        content = json.loads(path.read_text(encoding='utf-8'))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise UserError(f'{path} cannot be read as JSON: {error}') from None
    if not isinstance(content, dict):
        raise UserError(f'{path} must hold a JSON object, and holds {type(content).__name__}.')
    return content


def hyperparameters_from_file(where: Places) -> dict[str, object]:
    """The raw hyperparameters of the job; empty by hand."""
    return _read_json_object(where.config / 'hyperparameters.json')


@dataclass(frozen=True)
class Hosts:
    """The machines of the job and which of them this is."""

    current: str
    names: tuple[str, ...]

    @property
    def first(self) -> bool:
        """Whether this host is the one that writes model, checkpoints and results."""
        return len(self.names) < 2 or self.current == self.names[0]


def hosts(where: Places, environment: Mapping[str, str]) -> Hosts:
    """Read resourceconfig.json, or SM_HOSTS and SM_CURRENT_HOST; without either there is one host."""
    config = _read_json_object(where.config / 'resourceconfig.json')
    current, names = config.get('current_host'), config.get('hosts')
    if not config and environment.get('SM_HOSTS'):
        current = environment.get('SM_CURRENT_HOST')
        try:
            names = json.loads(environment['SM_HOSTS'])
        except ValueError:
            raise UserError(f'SM_HOSTS is {environment["SM_HOSTS"]!r}. Allowed: a JSON list of names.') from None
    if current is None and names is None:
        return Hosts('localhost', ('localhost',))
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names) or current not in names:
        raise UserError(
            f'The list of hosts is {names!r} and this host is {current!r}. '
            f'{where.config / "resourceconfig.json"} must name this host among its hosts.'
        )
    return Hosts(str(current), tuple(sorted(names)))


class StopRequest:
    """Set by SIGTERM or SIGINT. Process 1 has no default action for these: without a handler it would not stop at all.

    A second signal ends the process at once.
    """

    def __init__(self) -> None:
        self.signal_name: str | None = None

    def listen(self) -> None:
        """From now on signals set this request."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._receive)

    def _receive(self, number: int, _frame: FrameType | None) -> None:
        if self.signal_name is not None:
            os._exit(128 + number)
        self.signal_name = signal.Signals(number).name
        # os.write: print is not safe in a handler that may have interrupted a print.
        os.write(1, f'[stop] {self.signal_name} received; finishing the current batch\n'.encode())

    def __bool__(self) -> bool:
        return self.signal_name is not None
