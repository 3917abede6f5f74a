"""At which scale an image is looked at; the detector here is a known set of boxes."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from desktop.worker.reading.array import Pixels
from desktop.worker.reading.locate import BAND_PIXELS, LEAST_SIDE, WANTED, bands, bounds, locate


class Eye:
    """Finds lines of `height` px in the image it was made for, at whatever scale it is shown."""

    def __init__(self, rows: int, columns: int, height: int) -> None:
        self.pixels = np.zeros((rows, columns, 3), np.uint8)
        for top in range(100, rows - height, 4 * height):
            self.pixels[top : top + height, 20 : columns - 20] = 255
        self.seen: list[tuple[int, ...]] = []

    def __call__(self, pixels: Pixels) -> NDArray[np.float32]:
        self.seen.append(pixels.shape[:2])
        lit = np.flatnonzero(np.diff(np.concatenate(([0], pixels.max(axis=(1, 2)) > 127, [0]))))
        width = pixels.shape[1]
        lines = [((0, y0), (width, y0), (width, y1), (0, y1)) for y0, y1 in lit.reshape(-1, 2)]
        return np.array(lines, np.float32).reshape(-1, 4, 2)


@pytest.mark.parametrize(
    ("rows", "columns", "height", "looks"),
    [
        (720, 1280, 20, 1),  # small: as it is
        (2160, 3840, 60, 1),  # large letters: the first look, at half the size, is enough
        (2160, 3840, 22, 4),  # small letters: again, in bands
        (6000, 800, 22, 2),  # a long page: bands at its own size
    ],
)
def test_the_size_of_letters_chooses_the_scale(rows: int, columns: int, height: int, looks: int) -> None:
    eye = Eye(rows, columns, height)
    found = [bounds(corners).y0 for corners in locate(eye.pixels, eye)]
    lines = range(100, rows - height, 4 * height)

    assert len(eye.seen) == looks
    assert all(any(abs(top - line) <= 3 for line in lines) for top in found)
    assert all(any(abs(top - line) <= 3 for top in found) for line in lines)


def test_a_screen_on_which_nothing_was_found_is_looked_at_again() -> None:
    eye = Eye(2160, 3840, 22)
    eye.pixels[:] = 0

    assert locate(eye.pixels, eye) == []
    assert len(eye.seen) > 1


@given(st.integers(1, 40_000), st.integers(1, 20_000))
def test_bands_cover_everything_and_overlap(rows: int, columns: int) -> None:
    cut = bands(rows, columns)
    limit = max(LEAST_SIDE, BAND_PIXELS // columns)

    assert (cut[0][0], cut[-1][1]) == (0, rows)
    assert all(bottom - top <= limit + 1 for top, bottom in cut)
    assert all(above[1] - below[0] >= 2 * WANTED for above, below in pairwise(cut))
