"""Hyperparameters: their names, defaults and limits, and how strings become values.

SageMaker sends every value as a string (`/opt/ml/input/config/hyperparameters.json`); its Python SDK quotes some of
them once more as JSON. The command line gives strings too. Both go through `parse`, and so obey the same rules.
"""

from __future__ import annotations

import difflib
import json
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from errors import UserError

Value = str | int | float | bool


@dataclass(frozen=True)
class Hyperparameters:
    """The values of one training, checked."""

    model: str
    epochs: int
    batch_size: int
    lr: float
    weight_decay: float
    optimizer: str
    schedule: str
    seed: int
    image_size: int
    augment: str
    balance: str
    validation_split: float
    weights: str
    num_workers: int
    amp: bool


@dataclass(frozen=True)
class Rule:
    """How one hyperparameter is read: `read` returns the value or raises ValueError; `allowed` says what it takes."""

    default: Value
    allowed: str
    meaning: str
    read: Callable[[object], Value]


def _whole(low: int, high: int) -> tuple[str, Callable[[object], int]]:
    def read(value: object) -> int:
        if isinstance(value, str):
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int | float) or value != math.floor(value):
            raise ValueError
        if not low <= value <= high:
            raise ValueError
        return int(value)

    return f'a whole number from {low} to {high}', read


def _number(low: float, high: float, *, above: bool = False) -> tuple[str, Callable[[object], float]]:
    def read(value: object) -> float:
        if isinstance(value, str):
            value = float(value)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError
        if not low <= value <= high or (above and value == low):
            raise ValueError
        return float(value)

    return f'a number {"above" if above else "from"} {low:g} {"and at most" if above else "to"} {high:g}', read


def _choice(*options: str) -> tuple[str, Callable[[object], str]]:
    def read(value: object) -> str:
        if value not in options:
            raise ValueError
        return str(value)

    return ', '.join(options[:-1]) + f' or {options[-1]}', read


def _switch() -> tuple[str, Callable[[object], bool]]:
    def read(value: object) -> bool:
        if isinstance(value, str):
            value = {'true': True, 'false': False}.get(value.lower())
        if not isinstance(value, bool):
            raise ValueError
        return value

    return 'true or false', read


def _path() -> tuple[str, Callable[[object], str]]:
    def read(value: object) -> str:
        if not isinstance(value, str):
            raise ValueError
        return value

    return 'none, an absolute path, or CHANNEL/FILE', read


def _rule(default: Value, kind: tuple[str, Callable[[object], Value]], meaning: str) -> Rule:
    return Rule(default, kind[0], meaning, kind[1])


RULES: dict[str, Rule] = {
    'model': _rule('densenet121', _choice('densenet121', 'tiny'), 'network; tiny trains in seconds'),
    'epochs': _rule(10, _whole(1, 100_000), 'passes over the training images'),
    # Batch normalisation has nothing to normalise over in a batch of one.
    'batch-size': _rule(32, _whole(2, 65_536), 'images per step'),
    'lr': _rule(1e-3, _number(0, 10, above=True), 'learning rate at the start'),
    'weight-decay': _rule(1e-4, _number(0, 1), 'weight decay'),
    'optimizer': _rule('adamw', _choice('adamw', 'sgd'), 'optimizer; sgd has Nesterov momentum of 0.9'),
    'schedule': _rule('cosine', _choice('cosine', 'constant'), 'course of the learning rate; cosine falls to 0'),
    'seed': _rule(0, _whole(0, 2**32 - 1), 'weights, order and augmentation follow from it'),
    'image-size': _rule(224, _whole(16, 2048), 'images are scaled to this many pixels square'),
    'augment': _rule('flip', _choice('none', 'flip', 'flip-rotate'), 'left-right flips; also up-down and right angles'),
    'balance': _rule('loss', _choice('none', 'loss', 'sampler'), 'rare classes weigh more, or are drawn more often'),
    'validation-split': _rule(0.2, _number(0.05, 0.5), 'share of each class held out when there is no test channel'),
    'weights': _rule('none', _path(), 'state dict to start from; nothing is ever downloaded'),
    'num-workers': _rule(0, _whole(0, 64), 'processes that load images; they need shared memory'),
    'amp': _rule(False, _switch(), 'mixed precision; has an effect on a GPU only'),
}

# Keys that SageMaker and its SDK put in for themselves.
_RESERVED_KEYS = ('default_user_module_name', '_tuning_objective_metric')
_SMALLEST_IMAGE = {'densenet121': 32, 'tiny': 16}


def decode(raw: object) -> object:
    """Undo the SDK's JSON quoting: what is JSON is read as JSON, anything else stays the string it is."""
    if not isinstance(raw, str):
        return raw
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return raw


def is_reserved(key: str) -> bool:
    """Whether a key belongs to SageMaker rather than to this training."""
    return key.startswith('sagemaker_') or key in _RESERVED_KEYS


def parse(given: Mapping[str, object]) -> Hyperparameters:
    """Check raw values by RULES; what is not given (or null, or empty) takes its default.

    Underscores and hyphens in names are equal. Raises UserError for an unknown name, a name given twice, a value that
    is not allowed, or values that do not go together.
    """
    values: dict[str, Value] = {name: rule.default for name, rule in RULES.items()}
    seen: dict[str, str] = {}
    for key, raw in given.items():
        if is_reserved(key):
            continue
        name = key.replace('_', '-')
        rule = RULES.get(name)
        if rule is None:
            close = difflib.get_close_matches(name, RULES, n=1)
            hint = f' Did you mean {close[0]}?' if close else ''
            raise UserError(
                f'Unknown hyperparameter {key!r} with value {_shown(raw)}.{hint} Allowed: {", ".join(RULES)}.'
            )
        if name in seen:
            raise UserError(f'Hyperparameter {name} is given twice, as {seen[name]!r} and as {key!r}. Give it once.')
        seen[name] = key
        value = decode(raw)
        if value is None or value == '':
            continue
        try:
            values[name] = rule.read(value)
        except (ValueError, TypeError, OverflowError):
            raise UserError(f'Hyperparameter {name} is {_shown(raw)}. Allowed: {rule.allowed}.') from None
    _check_together(values)
    # Each value has the type of its field because its rule returned it: more than a type checker can see.
    arguments: dict[str, Any] = {name.replace('-', '_'): value for name, value in values.items()}
    return Hyperparameters(**arguments)


def _check_together(values: Mapping[str, Value]) -> None:
    model, size = str(values['model']), values['image-size']
    smallest = _SMALLEST_IMAGE[model]
    if isinstance(size, int) and size < smallest:
        raise UserError(f"Hyperparameter image-size is '{size}'. Allowed with model {model}: {smallest} or more.")


def _shown(raw: object) -> str:
    """A value as an error may show it: quoted, and cut if somebody sent a novel."""
    text = repr(raw if isinstance(raw, str) else json.dumps(raw, default=str))
    return text if len(text) <= 120 else text[:117] + "...'"


def from_arguments(arguments: Iterable[str]) -> dict[str, str]:
    """Raw values from `--name value` or `--name=value`; a switch may stand without its value and is then true.

    Raises UserError for a word that belongs to no option. Values are not checked here: `parse` does.
    """
    given: dict[str, str] = {}
    words = list(arguments)
    while words:
        word = words.pop(0)
        if not word.startswith('--') or word == '--':
            raise UserError(f'Unexpected argument {_shown(word)}. Options are written --name value; see --help.')
        name, equals, value = word[2:].partition('=')
        if not equals:
            if words and not words[0].startswith('--'):
                value = words.pop(0)
            elif isinstance(getattr(RULES.get(name.replace('_', '-')), 'default', None), bool):
                value = 'true'
            else:
                known = RULES.get(name.replace('_', '-'))
                allowed = f'Allowed: {known.allowed}.' if known else f'Allowed options: {", ".join(RULES)}.'
                raise UserError(f'Option --{name} has no value. {allowed}')
        key = name.replace('_', '-')
        if key in given:
            raise UserError(f'Option --{key} is given twice. Give it once.')
        given[key] = value
    return given


def laid_over(lower: Mapping[str, object], upper: Mapping[str, object]) -> dict[str, object]:
    """`lower` with what `upper` names replaced, whichever way either spells the names."""
    named = {key.replace('_', '-') for key in upper}
    return {**{key: value for key, value in lower.items() if key.replace('_', '-') not in named}, **upper}


def as_dict(hyperparameters: Hyperparameters) -> dict[str, Value]:
    """The values under the names users write."""
    return {field.name.replace('_', '-'): getattr(hyperparameters, field.name) for field in fields(hyperparameters)}


def usage() -> str:
    """The text of --help."""
    lines = [
        'usage: train                          as SageMaker runs it: hyperparameters from the file',
        '       [train] --name value ...       by hand; options come before the file',
        '       /bin/bash                      or any other program in the image',
        '',
        'hyperparameters:',
    ]
    lines += [
        f'  --{name:<17} {rule.meaning}\n{"":<22}{rule.allowed}; default {str(rule.default).lower()}'
        for name, rule in RULES.items()
    ]
    return '\n'.join(lines)
