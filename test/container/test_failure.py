"""Every fault ends with exit code 1 and a failure file that begins with the cause."""

import shutil
from pathlib import Path

import pytest
from PIL import Image

from conftest import COLOURS, Job


def empty(path: Path) -> None:
    shutil.rmtree(path)
    path.mkdir()


def break_train_missing(job: Job) -> None:
    (job.data / 'train').rename(job.data / 'training')


def break_train_empty(job: Job) -> None:
    empty(job.data / 'train')


def break_no_class_folders(job: Job) -> None:
    empty(job.data / 'train')
    job.image('train/a.png')


def break_empty_class(job: Job) -> None:
    empty(job.data / 'train' / 'blue')


def break_one_class(job: Job) -> None:
    for name in ('blue', 'brown'):
        shutil.rmtree(job.data / 'train' / name)


def break_test_empty(job: Job) -> None:
    empty(job.data / 'test')


def break_unknown_class(job: Job) -> None:
    job.image('test/green/a.png')


def break_both_channels(job: Job) -> None:
    job.image('validation/blue/a.png')


def break_image(job: Job) -> None:
    (job.data / 'train' / 'blue' / '003.png').write_bytes(b'no image at all')


def break_image_cut(job: Job) -> None:
    path = job.data / 'test' / 'blue' / '001.png'
    path.write_bytes(path.read_bytes()[:60])


def break_image_deep(job: Job) -> None:
    Image.new('I;16', (16, 16)).save(job.data / 'train' / 'blue' / '003.png')


def break_json(job: Job) -> None:
    job.config('hyperparameters.json', '{"epochs": ')


def break_json_kind(job: Job) -> None:
    job.config('hyperparameters.json', '[]')


def break_hosts(job: Job) -> None:
    job.config('resourceconfig.json', {'current_host': 'algo-3', 'hosts': ['algo-1', 'algo-2']})


def break_weights(job: Job) -> None:
    job.hyperparameters(weights='weights/none.pth')


def break_weights_kind(job: Job) -> None:
    path = job.data / 'weights' / 'w.pth'
    path.parent.mkdir()
    path.write_bytes(b'x')
    job.hyperparameters(weights='weights/w.pth')


def break_loss(job: Job) -> None:
    job.hyperparameters(lr='10', optimizer='sgd', weight_decay='1', epochs='200')


def break_disk(job: Job) -> None:
    job.environment = {'SM_MODEL_DIR': '/small/model'}


@pytest.mark.parametrize(
    ('break_it', 'parts'),
    [
        (break_train_missing, ['Channel train is missing', 'channels found: test, training']),
        (break_train_empty, ['Channel train has no images in class folders', '0 folders without images']),
        (break_no_class_folders, ['Channel train has no images in class folders', '1 images beside class folders']),
        (break_empty_class, ['Channel train has no images in blue.']),
        (break_one_class, ['Channel train has one class only (white)']),
        (break_test_empty, ['Channel test has no images in class folders']),
        (break_unknown_class, ['Channel test has classes that train lacks: green. Train has blue, brown, white.']),
        (break_both_channels, ['Channels test and validation are both there']),
        (break_image, ['train/blue/003.png cannot be read', 'Repair or remove it']),
        (break_image_cut, ['test/blue/001.png cannot be read']),
        (break_image_deep, ['train/blue/003.png has more than 8 bits a channel']),
        (break_json, ['hyperparameters.json cannot be read as JSON']),
        (break_json_kind, ['must hold a JSON object, and holds list']),
        (break_hosts, ["this host is 'algo-3'", 'must name this host']),
        (break_weights, ["Hyperparameter weights is 'weights/none.pth', and there is no file"]),
        (break_weights_kind, ['weights: ', 'cannot be read as a PyTorch state dict']),
        (break_loss, ['_loss became ', 'Lower lr']),
        (break_disk, ['The disk is full', 'No space left on device']),
    ],
    ids=lambda value: value.__name__ if callable(value) else '',
)
def test_says_what_is_wrong(job, inside, break_it, parts):
    if break_it is break_disk and not Path('/small').is_dir():
        pytest.fail('no small disk at /small: run test/container/run.sh, which mounts one')
    break_it(job)
    done = inside(job, 'train')
    assert done.code == 1
    for part in parts:
        assert part in job.failure[:1024]
    assert job.failure.rstrip() in done.err
    if break_it is break_disk:
        assert [path.name for path in Path('/small/model').iterdir()] == []


def test_an_unforeseen_error_keeps_its_traceback(job):
    """The cause comes first, for SageMaker shows 1024 characters; who and where come after it."""
    # The results directory is a file: nobody has thought of that.
    job.results.parent.mkdir()
    job.results.write_text('in the way')
    done = job.run('train')
    assert done.code == 1
    assert job.failure.startswith('FileExistsError: ')
    assert 'Traceback (most recent call last)' in job.failure
    assert 'save_results' in job.failure


def test_a_second_run_takes_the_old_failure_away(job, inside):
    assert inside(job, 'train', '--lr', 'x').code == 1
    assert inside(job, 'train').code == 0
    assert not (job.base / 'output' / 'failure').exists()


@pytest.mark.parametrize(
    ('arguments', 'code', 'out'),
    [
        (['/bin/sh', '-c', 'echo $0 $1 $((1+2))', 'a', 'b'], 0, 'a b 3\n'),
        (['sh', '-c', 'exit 7'], 7, ''),
        (['python3', '-c', 'print("hello")'], 0, 'hello\n'),
    ],
)
def test_runs_other_programs(job, arguments, code, out):
    done = job.run(*arguments)
    assert (done.code, done.out) == (code, out)


def test_an_unknown_word_is_refused(job, inside):
    assert inside(job, 'serve').code == 1
    assert job.failure.startswith("This image knows no 'serve'. Allowed: train, options")


def test_help_names_every_hyperparameter(job, inside):
    from hyperparameters import RULES

    done = inside(job, '--help')
    assert done.code == 0
    assert all(f'--{name} ' in done.out for name in RULES)


def test_a_wrong_value_does_not_wait_for_pytorch(job):
    """Imported modules of a run that fails early."""
    done = job.run(
        'python3', '-X', 'importtime', str(Path(__file__).parents[2] / 'container/src/train.py'), '--lr', 'x'
    )
    assert done.code == 1
    assert 'hyperparameters' in done.err
    assert not [line for line in done.err.splitlines() if line.endswith(('| torch', '|   torch'))]


def test_two_hosts_and_only_the_first_writes(job, inside):
    for host in ('algo-2', 'algo-1'):
        job.config('resourceconfig.json', {'current_host': host, 'hosts': ['algo-2', 'algo-1']})
        done = inside(job, 'train')
        assert done.code == 0
        assert 'each trains on what its channels hold, on its own' in done.line('[note]')
        assert done.line('[epoch 2]')
        assert job.model.exists() == (host == 'algo-1')


def test_hosts_of_the_training_toolkit(job, inside):
    job.environment = {'SM_HOSTS': '["algo-1","algo-2"]', 'SM_CURRENT_HOST': 'algo-2'}
    assert 'algo-1 writes the model, this one does not' in inside(job, 'train').line('[note]')


def test_validation_is_another_name_for_test(job, inside):
    (job.data / 'test').rename(job.data / 'validation')
    assert inside(job, 'train').code == 0
    assert job.metrics()['images']['validation'] == dict.fromkeys(COLOURS, 4)


def test_without_a_test_channel_a_share_of_each_class_is_held_out(job, inside):
    shutil.rmtree(job.data / 'test')
    done = inside(job, 'train', '--validation-split', '0.25')
    assert done.code == 0
    assert 'no channel test: 25% of each class held out by seed' in done.line('[note]')
    assert job.metrics()['images'] == {'train': dict.fromkeys(COLOURS, 9), 'validation': dict.fromkeys(COLOURS, 3)}


def test_the_split_is_seeded_and_shares_no_image(job):
    from data import find_images
    from hyperparameters import parse
    from job import places

    shutil.rmtree(job.data / 'test')
    where = places(job.variables())
    one, same, other = (find_images(where, parse({'seed': seed})) for seed in ('1', '1', '2'))
    assert one == same != other
    assert not {s.path for s in one.train} & {s.path for s in one.validation}
    assert len(one.train) + len(one.validation) == 36


def test_files_that_are_no_images_are_said_and_left_out(job, inside):
    (job.data / 'train' / 'blue' / 'notes.txt').write_text('x')
    (job.data / 'train' / 'blue' / '.DS_Store').write_text('x')
    done = inside(job, 'train')
    assert done.code == 0
    assert done.line('[note]') == '[note] channel train: 1 files are no images and left out, first notes.txt'


def test_a_class_without_test_images_is_said(job, inside):
    shutil.rmtree(job.data / 'test' / 'blue')
    done = inside(job, 'train')
    assert done.code == 0
    assert 'channel test has no images of blue' in done.line('[note]')
    assert job.metrics()['best']['recall']['blue'] is None
