"""Helpers of the training: log lines, seeding, files that are never half written, and the confusion matrix."""

from __future__ import annotations

import csv
import io
import json
import os
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

import numpy as np
import torch
from PIL import Image, ImageDraw, ImageFont


def say(line: str) -> None:
    """Print one line of the log at once."""
    print(line, flush=True)


def seed_everything(seed: int) -> None:
    """Make the run repeatable: same seed, same machine, same numbers.

    A few operations have no repeatable form on a GPU; there PyTorch warns instead of refusing to train.
    """
    os.environ.setdefault('CUBLAS_WORKSPACE_CONFIG', ':4096:8')
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)
    torch.use_deterministic_algorithms(True, warn_only=torch.cuda.is_available())
    torch.backends.cudnn.benchmark = False


def write_atomically(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Write a file under a temporary name and rename it: readers see the old file or the new one, whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f'{path.name}.tmp')
    try:
        with temporary.open('wb') as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_json(path: Path, content: object) -> None:
    """Write JSON, readable by people; NaN is refused, since it is no JSON."""
    text = json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + '\n'
    write_atomically(path, lambda file: file.write(text.encode()))


def confusion_matrix(truths: Sequence[int], guesses: Sequence[int], class_count: int) -> np.ndarray:
    """Counts of class_count x class_count: row = true class, column = predicted class."""
    matrix = np.zeros((class_count, class_count), dtype=np.int64)
    np.add.at(matrix, (np.asarray(truths), np.asarray(guesses)), 1)
    return matrix


def accuracies(matrix: np.ndarray) -> tuple[float, float, list[float | None]]:
    """Accuracy, balanced accuracy (mean recall of the classes that occur), recall per class (None: none there)."""
    totals = matrix.sum(axis=1)
    recalls = [
        None if total == 0 else float(right / total) for right, total in zip(matrix.diagonal(), totals, strict=True)
    ]
    there = [recall for recall in recalls if recall is not None]
    return float(matrix.trace() / totals.sum()), sum(there) / len(there), recalls


def write_confusion_csv(path: Path, matrix: np.ndarray, classes: Sequence[str]) -> None:
    """Write the matrix as CSV: a header with the predicted classes, then one row per true class."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator='\n')
    writer.writerow(['true \\ predicted', *classes])
    writer.writerows([name, *row] for name, row in zip(classes, matrix.tolist(), strict=True))
    write_atomically(path, lambda file: file.write(text.getvalue().encode()))


def write_confusion_png(path: Path, matrix: np.ndarray, classes: Sequence[str], title: str) -> None:
    """Draw the matrix: colour and percentage by share of the true class, the count above it."""
    picture = _draw_confusion(matrix, classes, title)
    write_atomically(path, lambda file: picture.save(file, format='PNG', optimize=True))


_INK, _PALE_INK, _GROUND, _LINE = (31, 41, 55), (107, 114, 128), (255, 255, 255), (229, 231, 235)
_LIGHT, _DARK = np.array([239, 246, 255]), np.array([30, 64, 140])


def _draw_confusion(matrix: np.ndarray, classes: Sequence[str], title: str) -> Image.Image:
    count = len(classes)
    # Twice the size at which it is shown, for sharp screens; many classes get smaller cells.
    cell = max(36, min(176, 2400 // count))
    large, small = ImageFont.load_default(size=max(14, cell // 5)), ImageFont.load_default(size=max(11, cell // 8))
    label_font, title_font = ImageFont.load_default(size=max(16, min(28, cell // 4))), ImageFont.load_default(size=34)
    names = [name if len(name) <= 24 else name[:23] + '…' for name in classes]
    name_width = max(int(label_font.getlength(name)) for name in names)
    tilted = name_width > cell - 12
    left, top = 40 + 44 + name_width + 20, 40 + 60 + 44 + (name_width if tilted else 36) + 20
    width = max(left + count * cell + 40, 80 + int(title_font.getlength(title)))
    picture = Image.new('RGB', (width, top + count * cell + 40), _GROUND)
    draw = ImageDraw.Draw(picture)
    draw.text((40, 36), title, fill=_INK, font=title_font)
    middle = count * cell // 2
    draw.text((left + middle, 40 + 72), 'predicted', fill=_PALE_INK, font=label_font, anchor='mm')
    _turned(picture, 'true', label_font, _PALE_INK, (40 + 16, top + middle))
    shares = matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
    for row in range(count):
        centre = top + row * cell + cell // 2
        draw.text((left - 16, centre), names[row], fill=_INK, font=label_font, anchor='rm')
        column_centre = left + row * cell + cell // 2
        if tilted:
            _turned(picture, names[row], label_font, _INK, (column_centre, top - 12 - name_width // 2))
        else:
            draw.text((column_centre, top - 28), names[row], fill=_INK, font=label_font, anchor='mm')
        for column in range(count):
            share = float(shares[row, column])
            corner = (left + column * cell, top + row * cell)
            colour = tuple(int(value) for value in _LIGHT + (_DARK - _LIGHT) * share)
            draw.rectangle((*corner, corner[0] + cell, corner[1] + cell), fill=colour, outline=_LINE)
            ink = _GROUND if share > 0.45 else _INK
            middle_x, middle_y = corner[0] + cell // 2, corner[1] + cell // 2
            shift = cell // 8
            draw.text((middle_x, middle_y - shift), f'{matrix[row, column]}', fill=ink, font=large, anchor='mm')
            draw.text((middle_x, middle_y + shift), f'{share:.0%}', fill=ink, font=small, anchor='mm')
    return picture


def _turned(
    picture: Image.Image,
    text: str,
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
    ink: tuple[int, int, int],
    centre: tuple[int, int],
) -> None:
    """Write text that reads from bottom to top around a point."""
    width, height = int(font.getlength(text)) + 4, 44
    strip = Image.new('L', (width, height), 0)
    ImageDraw.Draw(strip).text((width // 2, height // 2), text, fill=255, font=font, anchor='mm')
    mask = strip.rotate(90, expand=True)
    picture.paste(ink, (centre[0] - mask.width // 2, centre[1] - mask.height // 2), mask)
