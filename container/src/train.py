"""Entry of the training image.

    docker run IMAGE train                            as SageMaker starts it
    docker run IMAGE --epochs 1 --batch-size 16       by hand
    docker run -it IMAGE /bin/bash                    any program of the image

Here lies what the platform expects of a container: arguments, signals, failure file, exit code. What is trained and how
is in training.py, the network in model_def.py, the hyperparameters in hyperparameters.py.
"""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Mapping, Sequence
from typing import NoReturn

from errors import UserError, explain, failure_text
from hyperparameters import from_arguments, is_reserved, laid_over, parse, usage
from job import Places, StopRequest, hosts, hyperparameters_from_file, places


def main(arguments: Sequence[str]) -> int:
    """Start what the arguments ask for. Returns the exit code: 0 done or stopped cleanly, 1 failed."""
    if any(word in ('-h', '--help') for word in arguments[:2]):
        print(usage())
        return 0
    where = places(os.environ)
    try:
        if arguments and arguments[0] != 'train' and not arguments[0].startswith('-'):
            _become(arguments)
        stop = StopRequest()
        stop.listen()
        # Of an earlier run by hand; on SageMaker there is none.
        where.failure.unlink(missing_ok=True)
        _train(arguments[1:] if arguments and arguments[0] == 'train' else arguments, where, stop)
    except BaseException as error:
        _fail(error, where)
        return 1
    return 0


def _become(arguments: Sequence[str]) -> NoReturn:
    """Replace this process by another program of the image. Raises UserError when there is none of that name."""
    program = shutil.which(arguments[0])
    if program is None:
        raise UserError(
            f'This image knows no {arguments[0]!r}. Allowed: train, options such as --epochs 1, or a program of the '
            'image such as /bin/bash. See --help.'
        )
    os.execv(program, list(arguments))


def _train(arguments: Sequence[str], where: Places, stop: StopRequest) -> None:
    print(f'[start] training image classification, Python {platform.python_version()}', flush=True)
    from_file = hyperparameters_from_file(where)
    raw = laid_over(from_file, from_arguments(arguments))
    _say_ignored(raw)
    hyperparameters = parse(raw)
    this_host = hosts(where, os.environ)
    # Only now: PyTorch takes seconds to load, and a wrong hyperparameter should not have to wait for it.
    from training import run  # noqa: PLC0415

    run(hyperparameters, where, this_host, stop)


def _say_ignored(raw: Mapping[str, object]) -> None:
    ignored = sorted(key for key in raw if is_reserved(key))
    if ignored:
        print(f'[note] left to SageMaker: {", ".join(ignored)}', flush=True)


def _fail(error: BaseException, where: Places) -> None:
    """Say what went wrong in the log and in the failure file."""
    print(f'[failure] {failure_text(error).rstrip()}', file=sys.stderr, flush=True)
    try:
        where.output.mkdir(parents=True, exist_ok=True)
        where.failure.write_text(failure_text(error), encoding='utf-8')
    except OSError as second:
        print(f'[failure] {where.failure} cannot be written: {explain(second)}', file=sys.stderr, flush=True)


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
