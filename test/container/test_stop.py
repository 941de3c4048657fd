"""Stopping and going on: nothing is lost, and the end is the same."""

import signal
import time

import pytest

from conftest import make_job, wait_for
from job import StopRequest


class StopAfter(StopRequest):
    """A stop request that arrives at the n-th time somebody looks."""

    def __init__(self, looks: int):
        super().__init__()
        self.looks = looks

    def __bool__(self):
        self.looks -= 1
        if self.looks <= 0:
            self.signal_name = 'SIGTERM'
        return self.signal_name is not None


def train(job, stop, **values):
    """Run the training itself with this stop request."""
    from conftest import QUICK
    from hyperparameters import parse
    from job import hosts, places
    from training import run

    where = places(job.variables())
    run(parse({**QUICK, 'augment': 'flip-rotate', 'epochs': '3', **values}), where, hosts(where, {}), stop)


@pytest.fixture(scope='module')
def uninterrupted(tmp_path_factory):
    job = make_job(tmp_path_factory.mktemp('uninterrupted'))
    train(job, StopRequest())
    return job.metrics(), (job.model / 'model.pth').read_bytes()


# Looks of an epoch: 5 batches, 2 of validation, 1 at its end. 1 is the first batch, 3 amid an epoch, 6 in validation,
# 8 an epoch's end, 11 and 14 in the second, 23 in the last validation, 24 when all is done.
@pytest.mark.parametrize('looks', [1, 3, 5, 6, 7, 8, 11, 14, 23, 24])
def test_a_resumed_run_ends_as_the_uninterrupted_one(job, uninterrupted, looks, capfd):
    train(job, StopAfter(looks))
    out = capfd.readouterr().out
    assert ('[stop] stopped by SIGTERM' in out) == (looks < 24)
    assert (job.model / 'model.pth').exists()
    assert (job.base / 'checkpoints' / 'checkpoint.pt').exists()
    train(job, StopRequest())
    assert f'[resume] resumed from epoch {looks // 8}' in capfd.readouterr().out
    assert (job.metrics(), (job.model / 'model.pth').read_bytes()) == uninterrupted


def test_many_stops_change_nothing(job, uninterrupted):
    """A stop after every single batch."""
    for _ in range(16):
        train(job, StopAfter(2))
    train(job, StopRequest())
    assert (job.metrics(), (job.model / 'model.pth').read_bytes()) == uninterrupted


def test_a_finished_training_is_not_trained_again(job, inside):
    assert inside(job, 'train').code == 0
    metrics = job.metrics()
    again = inside(job, 'train')
    assert again.code == 0
    assert again.line('[resume]') == '[resume] resumed from epoch 2'
    assert '[epoch' not in again.out
    assert job.metrics() == metrics


def test_more_epochs_go_on_from_the_last(job, inside):
    assert inside(job, 'train').code == 0
    more = inside(job, 'train', '--epochs', '4')
    assert more.line('[resume]') == '[resume] resumed from epoch 2; epochs 2 → 4'
    assert [entry['epoch'] for entry in job.metrics()['history']] == [1, 2, 3, 4]


def test_another_training_does_not_resume(job, inside):
    assert inside(job, 'train').code == 0
    assert inside(job, 'train', '--image-size', '32').code == 1
    assert 'is of another training: image-size is 32 and was 16' in job.failure


def test_a_broken_checkpoint_is_named(job, inside):
    path = job.base / 'checkpoints' / 'checkpoint.pt'
    path.parent.mkdir()
    path.write_bytes(b'not a checkpoint')
    assert inside(job, 'train').code == 1
    assert job.failure.startswith(f'Checkpoint {path} cannot be read')


@pytest.mark.parametrize('name', ['SIGTERM', 'SIGINT'])
def test_a_signal_stops_cleanly_within_seconds(job, name):
    job.hyperparameters(epochs='100000')
    process = job.start('train')
    wait_for(process, '[epoch 1]')
    sent = time.monotonic()
    process.send_signal(signal.Signals[name])
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, '')
    assert time.monotonic() - sent < 15
    assert f'[stop] {name} received' in out
    assert job.info()['accuracy'] is not None
    again = job.start('train')
    wait_for(again, '[resume] resumed from epoch ')
    again.terminate()
    again.communicate(timeout=60)
    assert again.returncode == 0


def test_a_signal_before_the_first_batch_still_leaves_a_model(job):
    """PyTorch is still loading: the signal must be neither lost nor deadly."""
    job.hyperparameters(epochs='100000')
    process = job.start('train')
    wait_for(process, '[start]')
    process.terminate()
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, '')
    assert '[stop] stopped by SIGTERM in epoch 1' in out
    assert job.info()['accuracy'] is None
    assert (job.model / 'model.pth').exists()
    assert (job.base / 'checkpoints' / 'checkpoint.pt').exists()


def test_a_killed_run_goes_on_from_the_last_epoch(job):
    job.hyperparameters(epochs='100000')
    process = job.start('train')
    wait_for(process, '[epoch 3]')
    process.kill()
    process.communicate()
    again = job.start('train')
    line = wait_for(again, '[resume]')
    assert int(line.split()[4]) >= 2
    again.kill()
    again.communicate()
