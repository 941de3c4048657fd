"""Strings to values, and what is refused."""

import json

import pytest

from conftest import QUICK, ROOT
from errors import UserError
from hyperparameters import RULES, from_arguments, laid_over, parse


@pytest.mark.parametrize(
    ('name', 'raw', 'value'),
    [
        ('model', 'tiny', 'tiny'),
        ('model', '"tiny"', 'tiny'),
        ('epochs', '3', 3),
        ('epochs', '"3"', 3),
        ('epochs', '3.0', 3),
        ('epochs', '1e2', 100),
        ('epochs', '007', 7),
        ('epochs', 3, 3),
        ('lr', '1e-3', 0.001),
        ('lr', '0.1', 0.1),
        ('lr', '.1', 0.1),
        ('lr', '1', 1.0),
        ('amp', 'true', True),
        ('amp', 'True', True),
        ('amp', '"True"', True),
        ('amp', 'false', False),
        ('amp', 'False', False),
        ('weight_decay', '0', 0.0),
        ('batch_size', '16', 16),
        ('batch-size', '16', 16),
        ('weights', 'weights/densenet.pth', 'weights/densenet.pth'),
        ('seed', '4294967295', 2**32 - 1),
        # null and empty mean not given: so the training toolkit writes None.
        ('epochs', 'null', 10),
        ('epochs', '', 10),
        ('epochs', '""', 10),
    ],
)
def test_decodes(name, raw, value):
    got = getattr(parse({name: raw}), name.replace('-', '_'))
    assert got == value
    assert type(got) is type(value)


@pytest.mark.parametrize(
    ('name', 'raw', 'allowed'),
    [
        ('model', 'resnet', 'densenet121 or tiny'),
        ('model', '3', 'densenet121 or tiny'),
        ('epochs', '0', 'a whole number from 1 to'),
        ('epochs', '2.5', 'a whole number'),
        ('epochs', 'true', 'a whole number'),
        ('epochs', 'ten', 'a whole number'),
        ('epochs', '1e999', 'a whole number'),
        ('epochs', '[1]', 'a whole number'),
        ('epochs', '1' * 2500, 'a whole number'),
        ('batch-size', '1', 'a whole number from 2'),
        ('lr', '0', 'a number above 0'),
        ('lr', '-1', 'a number above 0'),
        ('lr', 'NaN', 'a number'),
        ('lr', 'nan', 'a number'),
        ('lr', 'Infinity', 'a number'),
        ('lr', '{"a": 1}', 'a number'),
        ('amp', 'yes', 'true or false'),
        ('amp', '1', 'true or false'),
        ('image-size', '20', '32 or more'),
        ('weights', '7', 'none, an absolute path'),
        ('seed', '-1', 'a whole number from 0'),
        ('seed', '[' * 2000, 'a whole number'),
    ],
)
def test_names_itself_its_value_and_what_is_allowed(name, raw, allowed):
    with pytest.raises(UserError) as error:
        parse({name: raw})
    message = str(error.value)
    assert message.startswith(f'Hyperparameter {name} is ')
    assert raw[:100] in message
    assert allowed in message
    assert len(message) < 400


def test_smallest_image_depends_on_the_model():
    assert parse({'model': 'tiny', 'image-size': '16'}).image_size == 16


def test_unknown_name_is_refused_with_a_suggestion():
    with pytest.raises(UserError, match=r"'epoch' with value '3'.*Did you mean epochs\?.*Allowed: model, epochs"):
        parse({'epoch': '3'})


def test_both_spellings_at_once_are_refused():
    with pytest.raises(UserError, match=r"batch-size is given twice, as 'batch-size' and as 'batch_size'"):
        parse({'batch-size': '2', 'batch_size': '4'})


def test_keys_of_sagemaker_are_left_to_it():
    given = {'sagemaker_program': 'x.py', '_tuning_objective_metric': 'val_acc', 'epochs': '4'}
    assert parse(given) == parse({'epochs': '4'})


@pytest.mark.parametrize(
    ('words', 'given'),
    [
        ([], {}),
        (['--epochs', '1', '--batch-size', '16'], {'epochs': '1', 'batch-size': '16'}),
        (['--epochs=1', '--batch_size=16'], {'epochs': '1', 'batch-size': '16'}),
        (['--amp'], {'amp': 'true'}),
        (['--amp', '--epochs', '1'], {'amp': 'true', 'epochs': '1'}),
        (['--amp', 'False'], {'amp': 'False'}),
        (['--lr', '-1'], {'lr': '-1'}),
        (['--weights', ''], {'weights': ''}),
    ],
)
def test_reads_options(words, given):
    assert from_arguments(words) == given


@pytest.mark.parametrize(
    ('words', 'message'),
    [
        (['--epochs'], 'Option --epochs has no value. Allowed: a whole number'),
        (['--epochs', '--lr', '1'], 'Option --epochs has no value'),
        (['--colour'], 'Option --colour has no value. Allowed options: model'),
        (['epochs', '1'], "Unexpected argument 'epochs'"),
        (['--epochs', '1', '2'], "Unexpected argument '2'"),
        (['-k', '1'], "Unexpected argument '-k'"),
        (['--batch-size', '2', '--batch_size', '4'], 'Option --batch-size is given twice'),
    ],
)
def test_refuses_options(words, message):
    with pytest.raises(UserError) as error:
        from_arguments(words)
    assert message in str(error.value)


def test_options_come_before_the_file():
    assert laid_over({'batch_size': '2', 'lr': '1'}, {'batch-size': '4'}) == {'lr': '1', 'batch-size': '4'}


def test_the_readme_has_every_hyperparameter():
    rows = [line for line in (ROOT / 'container' / 'README.md').read_text().splitlines() if line.startswith('| `')]
    for name, rule in RULES.items():
        assert f'| `{name}` | `{str(rule.default).lower()}` | {rule.allowed} | {rule.meaning} |' in rows


def test_every_default_obeys_its_own_rule():
    for name, rule in RULES.items():
        assert rule.read(rule.default) == rule.default, name


@pytest.mark.parametrize('how', ['plain', 'quoted', 'command line'])
def test_file_and_command_line_obey_the_same_rules(job, inside, how):
    """The same wrong value gives the same message whichever way it comes in; the same right ones the same values."""
    raw = {**QUICK, 'lr': 'fast'}
    arguments = []
    if how == 'command line':
        job.hyperparameters()
        arguments = ['--lr', 'fast']
    else:
        job.config('hyperparameters.json', {k: json.dumps(v) for k, v in raw.items()} if how == 'quoted' else raw)
    done = inside(job, 'train', *arguments)
    assert done.code == 1
    shown = '\'"fast"\'' if how == 'quoted' else "'fast'"
    assert job.failure == f'Hyperparameter lr is {shown}. Allowed: a number above 0 and at most 10.\n'
