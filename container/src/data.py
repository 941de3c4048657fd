"""Images from class folders: `<channel>/<class>/**/*.png` and the like."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageOps
from torch import Tensor
from torch.utils.data import Dataset, Sampler

from errors import UserError
from hyperparameters import Hyperparameters
from job import VALIDATION_CHANNELS, Places
from model_def import NORMALISATION_MEAN, NORMALISATION_STD

IMAGE_SUFFIXES = frozenset({'.png', '.jpg', '.jpeg', '.bmp', '.tif', '.tiff', '.webp'})
# Scaled images are kept in memory up to this size, so that small data sets are decoded once.
CACHE_LIMIT_BYTES = 2**30


@dataclass(frozen=True)
class Sample:
    """One image file and the index of its class."""

    path: Path
    label: int


@dataclass(frozen=True)
class Images:
    """What there is to train on and to validate with. `notes` are sentences for the log."""

    classes: tuple[str, ...]
    train: tuple[Sample, ...]
    validation: tuple[Sample, ...]
    notes: tuple[str, ...]


def find_images(where: Places, hyperparameters: Hyperparameters) -> Images:
    """Find the images of the channels `train` and `test` (or `validation`); without the latter split `train`.

    Raises UserError when a channel is missing or empty, a class has no images, or `test` has a class of its own.
    """
    channels = where.channels()
    if 'train' not in channels:
        there = ', '.join(channels) or 'none'
        raise UserError(
            f'Channel train is missing: there is no directory {where.data / "train"} (channels found: {there}). '
            'Give a channel named train with one folder per class.'
        )
    held_out = [name for name in VALIDATION_CHANNELS if name in channels]
    if len(held_out) > 1:
        raise UserError('Channels test and validation are both there, and mean the same here. Give one of them.')
    by_class, notes = _class_folders(channels['train'], 'train')
    empty = [name for name, paths in by_class.items() if not paths]
    if empty:
        raise UserError(f'Channel train has no images in {", ".join(empty)}. Add images or remove the folder.')
    if len(by_class) < 2:
        raise UserError(f'Channel train has one class only ({next(iter(by_class))}). At least two are needed.')
    classes = tuple(sorted(by_class))
    if not held_out:
        train, validation = _split(by_class, classes, hyperparameters)
        notes.append(
            f'no channel test: {hyperparameters.validation_split:.0%} of each class held out by seed. Where several '
            'images show one patient, give a channel test that keeps patients apart; else the result is too good'
        )
        return Images(classes, train, validation, tuple(notes))
    test_by_class, test_notes = _class_folders(channels[held_out[0]], held_out[0])
    unknown = sorted(set(test_by_class) - set(classes))
    if unknown:
        raise UserError(
            f'Channel {held_out[0]} has classes that train lacks: {", ".join(unknown)}. Train has {", ".join(classes)}.'
        )
    notes += test_notes
    absent = [name for name in classes if not test_by_class.get(name)]
    if absent:
        notes.append(f'channel {held_out[0]} has no images of {", ".join(absent)}: not in the balanced accuracy')
    return Images(classes, _samples(by_class, classes), _samples(test_by_class, classes), tuple(notes))


def _class_folders(channel: Path, name: str) -> tuple[dict[str, list[Path]], list[str]]:
    """Class name to sorted image files, and notes on what was left out."""
    if not channel.is_dir():
        raise UserError(f'Channel {name} is no directory: {channel}.')
    folders = [path for path in sorted(channel.iterdir()) if path.is_dir() and not _is_hidden(path)]
    by_class: dict[str, list[Path]] = {}
    others: list[Path] = []
    for folder in folders:
        files = [path for path in sorted(folder.rglob('*')) if path.is_file() and not _is_hidden(path)]
        by_class[folder.name] = [path for path in files if path.suffix.lower() in IMAGE_SUFFIXES]
        others += [path for path in files if path.suffix.lower() not in IMAGE_SUFFIXES]
    if not any(by_class.values()):
        loose = sum(path.suffix.lower() in IMAGE_SUFFIXES for path in channel.iterdir() if path.is_file())
        found = f'{loose} images beside class folders' if loose else f'{len(folders)} folders without images'
        raise UserError(
            f'Channel {name} has no images in class folders ({channel}: {found}). '
            f'Expected <class>/<image> with one of {", ".join(sorted(IMAGE_SUFFIXES))}.'
        )
    if not others:
        return by_class, []
    return by_class, [f'channel {name}: {len(others)} files are no images and left out, first {others[0].name}']


def _is_hidden(path: Path) -> bool:
    return path.name.startswith(('.', '__MACOSX'))


def _samples(by_class: dict[str, list[Path]], classes: Sequence[str]) -> tuple[Sample, ...]:
    return tuple(Sample(path, label) for label, name in enumerate(classes) for path in by_class.get(name, []))


def _split(
    by_class: dict[str, list[Path]], classes: Sequence[str], hyperparameters: Hyperparameters
) -> tuple[tuple[Sample, ...], tuple[Sample, ...]]:
    """Split every class by the same share, at least one image to either side."""
    held_out: dict[str, list[Path]] = {}
    kept: dict[str, list[Path]] = {}
    for name in classes:
        paths = list(by_class[name])
        if len(paths) < 2:
            raise UserError(f'Class {name} has one image: too few to hold one out. Add images or a channel test.')
        random.Random(f'split {hyperparameters.seed} {name}').shuffle(paths)
        count = min(len(paths) - 1, max(1, round(len(paths) * hyperparameters.validation_split)))
        held_out[name], kept[name] = sorted(paths[:count]), sorted(paths[count:])
    return _samples(kept, classes), _samples(held_out, classes)


def read_image(path: Path, size: int) -> np.ndarray:
    """Read an image and scale it to a square: uint8, size x size x 3 (RGB). Raises UserError when it cannot be read."""
    try:
        with Image.open(path) as image:
            if image.mode.startswith(('I', 'F')):
                raise UserError(
                    f'Image {path} has more than 8 bits a channel (mode {image.mode}). Convert it to 8 bits: '
                    'which window of the values to keep is for you to choose.'
                )
            upright = ImageOps.exif_transpose(image).convert('RGB')
            return np.asarray(upright.resize((size, size), Image.Resampling.BILINEAR))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UserError(f'Image {path} cannot be read ({error}). Repair or remove it.') from None


class ImageFolder(Dataset[tuple[Tensor, int]]):
    """Samples as normalised float tensors of 3 x S x S, with their labels.

    Augmentation depends on seed, epoch and index alone, so that a resumed run sees what an uninterrupted one sees.
    """

    def __init__(self, samples: Sequence[Sample], hyperparameters: Hyperparameters, *, augment: bool) -> None:
        self.samples = samples
        self.epoch = 0
        self._size = hyperparameters.image_size
        self._seed = hyperparameters.seed
        self._augment = hyperparameters.augment if augment else 'none'
        # A cache in a worker process would die with its epoch.
        size_bytes = len(samples) * 3 * self._size**2
        caching = hyperparameters.num_workers == 0 and size_bytes <= CACHE_LIMIT_BYTES
        self._cache: dict[int, np.ndarray] | None = {} if caching else None
        self._mean = torch.tensor(NORMALISATION_MEAN).view(3, 1, 1)
        self._std = torch.tensor(NORMALISATION_STD).view(3, 1, 1)

    def __len__(self) -> int:
        return len(self.samples)

    def __getitem__(self, index: int) -> tuple[Tensor, int]:
        sample = self.samples[index]
        pixels = self._pixels(index, sample.path)
        if self._augment != 'none':
            draw = random.Random(f'augment {self._seed} {self.epoch} {index}').randrange(8)
            pixels = pixels[:, ::-1] if draw & 1 else pixels
            if self._augment == 'flip-rotate':
                pixels = np.rot90(pixels, draw >> 1)
        image = torch.from_numpy(np.ascontiguousarray(pixels.transpose(2, 0, 1))).float().div_(255)
        return (image - self._mean) / self._std, sample.label

    def _pixels(self, index: int, path: Path) -> np.ndarray:
        if self._cache is None:
            return read_image(path, self._size)
        if index not in self._cache:
            self._cache[index] = read_image(path, self._size)
        return self._cache[index]


class Batches(Sampler[list[int]]):
    """The batches of one epoch from batch `start` on. Order and draws depend on seed and epoch alone."""

    def __init__(
        self, labels: Sequence[int], hyperparameters: Hyperparameters, *, epoch: int = 0, start: int = 0, shuffle: bool
    ) -> None:
        self._start = start
        count, size = len(labels), hyperparameters.batch_size
        order = torch.arange(count)
        if shuffle:
            generator = torch.Generator().manual_seed((hyperparameters.seed * 1_000_003 + epoch) % 2**63)
            if hyperparameters.balance == 'sampler':
                counts = Counter(labels)
                weights = torch.tensor([1 / counts[label] for label in labels], dtype=torch.double)
                order = torch.multinomial(weights, count, replacement=True, generator=generator)
            else:
                order = torch.randperm(count, generator=generator)
        self._batches = [batch.tolist() for batch in order.split(size)]
        # Batch normalisation cannot train on a single image: let it join the batch before.
        if shuffle and len(self._batches) > 1 and len(self._batches[-1]) == 1:
            last = self._batches.pop()
            self._batches[-1] += last

    @property
    def total(self) -> int:
        """Batches of the whole epoch."""
        return len(self._batches)

    def __iter__(self) -> Iterator[list[int]]:
        return iter(self._batches[self._start :])

    def __len__(self) -> int:
        return max(0, len(self._batches) - self._start)
