"""Trainings from start to end: what is printed, what is left, and that it can be had again."""

import csv
import json
import re

import pytest
from PIL import Image

from conftest import QUICK, SAMPLE

EPOCH_LINE = re.compile(
    r'^\[epoch (\d+)\] train_loss: (\d+\.\d{4}) val_acc: (\d\.\d{4}) '
    r'val_loss: (\d+\.\d{4}) val_balanced_acc: (\d\.\d{4})'
)


def test_leaves_model_and_results(job):
    done = job.run('train')
    assert (done.code, done.err) == (0, '')
    assert sorted(path.name for path in job.model.iterdir()) == ['model.pth', 'model_info.json']
    assert sorted(path.name for path in job.results.iterdir()) == [
        'confusion_matrix.csv',
        'confusion_matrix.png',
        'metrics.json',
    ]
    assert not (job.base / 'output' / 'failure').exists()

    info, metrics = job.info(), job.metrics()
    assert info['model_name'] == 'tiny'
    assert info['framework'] == 'pytorch'
    assert info['classes'] == ['blue', 'brown', 'white']
    assert info['accuracy'] == info['metrics']['val_acc'] == metrics['best']['val_acc']
    assert metrics['images'] == {
        'train': {'blue': 12, 'brown': 12, 'white': 12},
        'validation': {'blue': 4, 'brown': 4, 'white': 4},
    }
    assert metrics['constant_guess'] == {'val_acc': 1 / 3, 'val_balanced_acc': 1 / 3}

    # What is printed is what is written.
    printed = [match.groups() for match in map(EPOCH_LINE.match, done.out.splitlines()) if match]
    written = [
        (str(e['epoch']), *(f'{e[k]:.4f}' for k in ('train_loss', 'val_acc', 'val_loss', 'val_balanced_acc')))
        for e in metrics['history']
    ]
    assert printed == written
    assert len(printed) == 2


def test_the_model_gives_the_accuracy_it_claims(job, inside):
    """Load model.pth by model_info.json alone and count the confusion matrix anew."""
    import numpy as np
    import torch

    from model_def import build_model

    job.hyperparameters(epochs='4')
    assert inside(job, 'train').code == 0
    info = job.info()
    model = build_model(info['model_name'], len(info['classes']))
    model.load_state_dict(torch.load(job.model / 'model.pth', weights_only=True))
    model.eval()
    matrix = [[0] * 3 for _ in range(3)]
    for label, name in enumerate(info['classes']):
        for path in sorted((job.data / 'test' / name).iterdir()):
            size = (info['image_size'],) * 2
            pixels = np.asarray(Image.open(path).convert('RGB').resize(size), dtype=np.float32) / 255
            pixels = (pixels - info['normalisation']['mean']) / info['normalisation']['std']
            image = torch.from_numpy(pixels.transpose(2, 0, 1)[None]).float()
            with torch.no_grad():
                matrix[label][int(model(image).argmax())] += 1
    with (job.results / 'confusion_matrix.csv').open() as file:
        rows = list(csv.reader(file))
    assert rows[0] == ['true \\ predicted', 'blue', 'brown', 'white']
    assert [[int(cell) for cell in row[1:]] for row in rows[1:]] == matrix
    assert info['accuracy'] == sum(matrix[i][i] for i in range(3)) / 12
    with Image.open(job.results / 'confusion_matrix.png') as picture:
        picture.load()
        assert min(picture.size) > 300


def test_same_seed_same_metrics_and_another_seed_others(job, inside):
    """One run in this process, one in another: the numbers are equal to the last digit."""
    job.hyperparameters(augment='flip-rotate')
    assert job.run('train').code == 0
    first, weights = job.metrics(), (job.model / 'model.pth').read_bytes()
    (job.base / 'checkpoints' / 'checkpoint.pt').unlink()
    assert inside(job, 'train').code == 0
    assert job.metrics() == first
    assert (job.model / 'model.pth').read_bytes() == weights
    (job.base / 'checkpoints' / 'checkpoint.pt').unlink()
    assert inside(job, 'train', '--seed', '1').code == 0
    assert job.metrics()['history'] != first['history']


def test_by_hand_without_any_file(job, inside):
    (job.base / 'input' / 'config' / 'hyperparameters.json').unlink()
    options = [word for name, value in QUICK.items() for word in (f'--{name}', value)]
    done = inside(job, *options)
    assert (done.code, done.err) == (0, '')
    assert job.metrics()['hyperparameters']['batch-size'] == 8


def test_quoted_hyperparameters_train_the_same(job, inside):
    assert inside(job, 'train').code == 0
    plain = job.metrics()
    (job.base / 'checkpoints' / 'checkpoint.pt').unlink()
    job.config('hyperparameters.json', {key: json.dumps(value) for key, value in QUICK.items()})
    assert inside(job, 'train').code == 0
    assert job.metrics() == plain


def test_paths_of_the_training_toolkit_come_first(job, inside, tmp_path):
    job.environment = {
        'SM_CHANNEL_TRAIN': str(tmp_path / 'a'),
        'SM_CHANNEL_TEST': str(tmp_path / 'b'),
        'SM_MODEL_DIR': str(tmp_path / 'm'),
        'SM_OUTPUT_DATA_DIR': str(tmp_path / 'o'),
    }
    (job.data / 'train').rename(tmp_path / 'a')
    (job.data / 'test').rename(tmp_path / 'b')
    done = inside(job, *(word for name, value in QUICK.items() for word in (f'--{name}', value)))
    assert (done.code, done.err) == (0, '')
    assert (tmp_path / 'm' / 'model.pth').exists()
    assert (tmp_path / 'o' / 'metrics.json').exists()
    assert not job.model.exists()


@pytest.mark.parametrize(
    'options',
    [
        {'model': 'densenet121', 'image-size': '32', 'epochs': '1'},
        {'optimizer': 'sgd', 'schedule': 'constant', 'balance': 'sampler', 'augment': 'none', 'epochs': '1'},
        {'balance': 'none', 'amp': 'true', 'epochs': '1'},
        # 36 images in batches of 7: the last one joins the batch before, since one image cannot be normalised over.
        {'batch-size': '7', 'epochs': '1'},
    ],
    ids=lambda options: ' '.join(f'{key}={value}' for key, value in options.items()),
)
def test_other_ways_to_train(job, inside, options):
    job.config('hyperparameters.json', {**QUICK, **options})
    done = inside(job, 'train')
    assert (done.code, done.err) == (0, '')
    assert done.line('[epoch 1]')


def test_workers_change_nothing_but_speed(job, inside):
    assert inside(job, 'train').code == 0
    alone = job.metrics()['history']
    (job.base / 'checkpoints' / 'checkpoint.pt').unlink()
    assert job.run('train', '--num-workers', '2').code == 0
    assert job.metrics()['history'] == alone


def test_starts_from_weights_in_a_channel(job, inside):
    import torch

    from model_def import build_model

    torch.manual_seed(1)
    start = build_model('tiny', 3).state_dict()
    path = job.data / 'weights' / 'start.pth'
    path.parent.mkdir()
    torch.save(start, path)
    # The smallest learning rate: what comes out is what went in.
    done = inside(job, 'train', '--weights', 'weights/start.pth', '--lr', '1e-12', '--epochs', '1')
    assert done.code == 0, done.err
    end = torch.load(job.model / 'model.pth', weights_only=True)
    assert torch.allclose(end['classifier.weight'], start['classifier.weight'], atol=1e-6)


def test_weights_of_another_number_of_classes_keep_all_but_the_head(tmp_path):
    import torch

    from model_def import build_model, load_weights

    # As torchvision publishes them: 1000 classes, and layers named norm.1 instead of norm1.
    source = {
        re.sub(r'(denselayer\d+\.(?:norm|relu|conv))([12]\.)', r'\1.\2', key): value
        for key, value in build_model('densenet121', 1000).state_dict().items()
        if not key.endswith('num_batches_tracked')
    }
    assert any('norm.1' in key for key in source)
    torch.save(source, tmp_path / 'published.pth')
    model = build_model('densenet121', 3)
    assert 'classifier is new' in load_weights(model, tmp_path / 'published.pth')
    assert torch.equal(model.features.conv0.weight, source['features.conv0.weight'])
    key = 'features.denseblock1.denselayer1.norm.1.weight'
    assert torch.equal(model.features.denseblock1.denselayer1.norm1.weight, source[key])


def test_learns_the_sample_tiles(job, inside):
    """The target of the demonstration, with its hyperparameters: the README names the same."""
    job.environment = {'SM_CHANNEL_TRAIN': str(SAMPLE / 'train'), 'SM_CHANNEL_TEST': str(SAMPLE / 'test')}
    job.hyperparameters(epochs='15', batch_size='32', augment='flip-rotate')
    assert inside(job, 'train').code == 0
    metrics = job.metrics()
    assert metrics['best']['val_balanced_acc'] > 0.85
    assert metrics['best']['val_balanced_acc'] > metrics['constant_guess']['val_acc'] + 0.15
    # Not only the best epoch, which the validation set itself chose.
    assert metrics['history'][-1]['val_balanced_acc'] > 0.85
