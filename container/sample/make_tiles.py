"""Cut a stained micrograph into labelled tiles: gland, stroma or background.

    python3 make_tiles.py --image ihc.png --out .

Writes `<out>/train/<class>/rRR_cCC.png` and `<out>/test/<class>/rRR_cCC.png`; RR and CC are the row and column of the
tile. The labels come from the stains alone, by colour deconvolution; nobody drew them. Needs numpy and Pillow.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import numpy as np
from PIL import Image

CLASSES = ('background', 'gland', 'stroma')
TILE_PIXELS = 16
# Tiles are divided by larger blocks, so that train and test share no pixel and few borders.
BLOCK_PIXELS = 128
TEST_BLOCKS = 4
SMALLEST_SHARE = 0.1

# Optical density of haematoxylin and DAB in red, green and blue. A. C. Ruifrok, D. A. Johnston: "Quantification of
# histochemical staining by color deconvolution", Anal. Quant. Cytol. Histol. 23 (2001) 291-299; the values with which
# the authors' ImageJ plug-in and scikit-image (`rgb_from_hdx`) separate H DAB.
HAEMATOXYLIN = (0.650, 0.704, 0.286)
DAB = (0.268, 0.570, 0.776)

# Amounts of stain (optical density, base 10) above which a pixel counts. Chosen by eye on ihc.png: glands closed
# including their nuclei, lumen and empty slide open.
GLAND_DAB = 0.20
TISSUE_STAIN = 0.11


def stains(pixels: np.ndarray) -> np.ndarray:
    """Amounts of haematoxylin, DAB and a residual: H x W x 3 from uint8 RGB of H x W x 3.

    By Lambert and Beer optical densities of stains add up, so the amounts solve a linear system per pixel. The third
    vector is orthogonal to the two stains and takes what they do not explain.
    """
    density = -np.log10(np.maximum(pixels.astype(np.float64), 1) / 255)
    two = np.array([HAEMATOXYLIN, DAB])
    vectors = np.vstack([two, np.cross(two[0], two[1])])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return density @ np.linalg.inv(vectors)


def pixel_classes(pixels: np.ndarray) -> np.ndarray:
    """Index into CLASSES for each pixel, H x W: DAB marks gland, any other stain stroma, none background."""
    amounts = stains(pixels)
    haematoxylin, dab = amounts[..., 0], amounts[..., 1]
    tissue = np.where(haematoxylin + dab > TISSUE_STAIN, CLASSES.index('stroma'), CLASSES.index('background'))
    return np.where(dab > GLAND_DAB, CLASSES.index('gland'), tissue)


def tile_classes(pixels: np.ndarray) -> np.ndarray:
    """The most frequent pixel class of each tile, rows x columns; of equals the first of CLASSES."""
    height, width = (length // TILE_PIXELS for length in pixels.shape[:2])
    whole = pixel_classes(pixels[: height * TILE_PIXELS, : width * TILE_PIXELS])
    tiles = whole.reshape(height, TILE_PIXELS, width, TILE_PIXELS)
    counts = np.stack([(tiles == kind).sum(axis=(1, 3)) for kind in range(len(CLASSES))])
    return counts.argmax(axis=0)


def held_out_mask(labels: np.ndarray) -> np.ndarray:
    """Which tiles are for testing, rows x columns of bool: TEST_BLOCKS whole blocks.

    The rule: draw blocks with numpy's default generator, seeds 0, 1, 2 and so on; the first draw counts that leaves
    every class at least SMALLEST_SHARE of both sets. Raises ValueError when no draw of a thousand does.
    """
    per_block = BLOCK_PIXELS // TILE_PIXELS
    rows, columns = (-(-length // per_block) for length in labels.shape)
    for seed in range(1000):
        blocks = np.zeros(rows * columns, dtype=bool)
        blocks[np.random.default_rng(seed).choice(rows * columns, TEST_BLOCKS, replace=False)] = True
        whole = np.kron(blocks.reshape(rows, columns), np.ones((per_block, per_block), dtype=bool))
        mask = whole[: labels.shape[0], : labels.shape[1]]
        if all(shares(labels[side]).min() >= SMALLEST_SHARE for side in (mask, ~mask)):
            return mask
    raise ValueError(f'no {TEST_BLOCKS} of {rows * columns} blocks leave each class {SMALLEST_SHARE:.0%} of both sets')


def shares(labels: np.ndarray) -> np.ndarray:
    """Share of each class among labels of any shape."""
    return np.bincount(labels.ravel(), minlength=len(CLASSES)) / labels.size


def write_tiles(image: Path, out: Path) -> None:
    """Write the tiles of `image` below `out`, in place of earlier ones, and print how many there are of each class."""
    pixels = np.asarray(Image.open(image).convert('RGB'))
    labels = tile_classes(pixels)
    mask = held_out_mask(labels)
    for name, side in (('train', ~mask), ('test', mask)):
        if (out / name).exists():
            shutil.rmtree(out / name)
        for row, column in zip(*np.nonzero(side), strict=True):
            folder = out / name / CLASSES[labels[row, column]]
            folder.mkdir(parents=True, exist_ok=True)
            top, left = row * TILE_PIXELS, column * TILE_PIXELS
            tile = Image.fromarray(pixels[top : top + TILE_PIXELS, left : left + TILE_PIXELS])
            tile.save(folder / f'r{row:02}_c{column:02}.png', optimize=True)
        counts = np.bincount(labels[side], minlength=len(CLASSES))
        print(f'{name}: ' + ', '.join(f'{kind} {count}' for kind, count in zip(CLASSES, counts, strict=True)))


def main() -> None:
    """Read the command line and write the tiles."""
    parser = argparse.ArgumentParser(description='Cut a micrograph into labelled tiles.')
    parser.add_argument('--image', type=Path, required=True, help='RGB micrograph, H DAB stained')
    parser.add_argument('--out', type=Path, required=True, help='folder for train/ and test/')
    options = parser.parse_args()
    write_tiles(options.image, options.out)


if __name__ == '__main__':
    main()
