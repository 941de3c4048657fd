"""The sample tiles: honest labels, no shared pixel, no rare class, and reproducible."""

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import make_tiles
from conftest import SAMPLE


@pytest.fixture(scope='module')
def micrograph() -> np.ndarray:
    return np.asarray(Image.open(SAMPLE / 'ihc.png').convert('RGB'))


@pytest.fixture(scope='module')
def tiles() -> list[tuple[str, str, int, int, Path]]:
    """Split, class, row, column, file of every tile as committed."""
    return [
        (path.parts[-3], path.parts[-2], int(path.stem[1:3]), int(path.stem[5:7]), path)
        for path in sorted(SAMPLE.glob('t*/*/*.png'))
    ]


def test_the_committed_tiles_are_what_the_script_makes(tmp_path, tiles):
    make_tiles.write_tiles(SAMPLE / 'ihc.png', tmp_path)
    made = {path.relative_to(tmp_path): np.asarray(Image.open(path)) for path in tmp_path.glob('t*/*/*.png')}
    committed = {path.relative_to(SAMPLE): np.asarray(Image.open(path)) for *_, path in tiles}
    assert made.keys() == committed.keys()
    assert all(np.array_equal(made[name], committed[name]) for name in made)


def test_every_tile_is_there_once_and_shows_its_place(micrograph, tiles):
    assert Counter((row, column) for _, _, row, column, _ in tiles) == Counter(np.ndindex(32, 32))
    for _, _, row, column, path in tiles:
        place = micrograph[row * 16 : row * 16 + 16, column * 16 : column * 16 + 16]
        assert np.array_equal(np.asarray(Image.open(path)), place)


def test_train_and_test_share_no_block(tiles):
    """A block of 128 pixels is 8 tiles wide: it is all in one split, so no pixel is in both."""
    splits: dict[tuple[int, int], set[str]] = {}
    for split, _, row, column, _ in tiles:
        splits.setdefault((row // 8, column // 8), set()).add(split)
    assert len(splits) == 16
    assert all(len(kinds) == 1 for kinds in splits.values())
    assert sum(kinds == {'test'} for kinds in splits.values()) == 4


@pytest.mark.parametrize('split', ['train', 'test'])
def test_each_class_makes_a_tenth_of_both_sets(tiles, split):
    counts = Counter(kind for name, kind, *_ in tiles if name == split)
    assert set(counts) == {'background', 'gland', 'stroma'}
    assert min(counts.values()) / sum(counts.values()) >= 0.1


def test_the_class_is_that_of_most_pixels(micrograph, tiles):
    """Counted anew, tile by tile, from the definition: optical densities solved for the two stains and their normal."""
    vectors = np.array([[0.650, 0.704, 0.286], [0.268, 0.570, 0.776]])
    vectors = np.vstack([vectors, np.cross(*vectors)])
    vectors /= np.sqrt((vectors**2).sum(axis=1))[:, None]
    for _, kind, row, column, _ in tiles[::37]:
        counts = Counter()
        for pixel in micrograph[row * 16 : row * 16 + 16, column * 16 : column * 16 + 16].reshape(-1, 3):
            density = [-np.log10(max(int(value), 1) / 255) for value in pixel]
            haematoxylin, dab, _ = np.linalg.solve(vectors.T, density)
            counts['gland' if dab > 0.20 else 'stroma' if haematoxylin + dab > 0.11 else 'background'] += 1
        assert counts[kind] == max(counts.values())


def test_pure_stains_are_told_apart():
    """One unit of one stain comes back as one unit of it and none of the others."""
    for index, vector in enumerate((make_tiles.HAEMATOXYLIN, make_tiles.DAB)):
        unit = np.array(vector) / np.linalg.norm(vector)
        pixel = np.round(255 * 10**-unit).astype(np.uint8).reshape(1, 1, 3)
        expected = np.eye(3)[index]
        assert np.allclose(make_tiles.stains(pixel)[0, 0], expected, atol=0.02)


def test_agrees_with_scikit_image(micrograph):
    """The peer's values, kept in a file since it is large; it counts densities in another base of the logarithm."""
    peer = json.loads((Path(__file__).parent / 'scikit_image_stains.json').read_text())
    ours = np.maximum(make_tiles.stains(micrograph), 0)
    ratio = ours[..., :2].sum() / sum(peer['sums'])
    assert len(peer['pixels']) == 64
    for row, column, *densities in peer['pixels']:
        assert np.allclose(np.array(densities) * ratio, ours[row, column, :2], atol=0.02)


def test_a_picture_of_one_class_cannot_be_split():
    with pytest.raises(ValueError, match='no 4 of 16 blocks'):
        make_tiles.held_out_mask(np.zeros((32, 32), dtype=int))
