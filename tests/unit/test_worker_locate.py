"""At which scale an image is looked at; the detector here is a known set of boxes."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from desktop.worker.reading.array import Pixels
from desktop.worker.reading.cut import BAND_PIXELS, LEAST_SIDE, PATCH_PIXELS, around_ink, bands
from desktop.worker.reading.locate import WANTED, bounds, locate


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
    eye.pixels[::40, ::40] = 60

    assert locate(eye.pixels, eye) == []
    assert len(eye.seen) > 1


def test_an_even_screen_is_not_looked_at() -> None:
    eye = Eye(2160, 3840, 22)
    eye.pixels[:] = np.linspace(20, 120, 3840, dtype=np.uint8)[None, :, None]

    assert locate(eye.pixels, eye) == []
    assert eye.seen == []


class Distracted(Eye):
    """Sees nothing in an image of more than `PATCH_PIXELS`, as the detector where there is one word."""

    def __call__(self, pixels: Pixels) -> NDArray[np.float32]:
        found = super().__call__(pixels)
        return found[:0] if pixels.shape[0] * pixels.shape[1] > PATCH_PIXELS else found


@pytest.mark.parametrize(("rows", "columns"), [(1080, 1920), (2160, 3840), (1200, 1000)])
def test_a_lone_line_is_found_in_a_patch_and_once(rows: int, columns: int) -> None:
    eye = Distracted(rows, columns, 20)
    eye.pixels[:] = 0
    eye.pixels[rows - 200 : rows - 180, columns - 400 : columns - 300] = 255

    (found,) = locate(eye.pixels, eye)
    assert abs(bounds(found).y0 - (rows - 200)) <= 3
    assert eye.seen == [(320, 320)]


def test_a_lone_line_in_a_frame_as_large_as_the_screen_is_found() -> None:
    eye = Distracted(1080, 1920, 20)
    eye.pixels[:] = 0
    eye.pixels[540:560, 900:1000] = 255
    eye.pixels[:, [10, 1909]] = 60
    eye.pixels[[10, 1069]] = 60

    (found,) = locate(eye.pixels, eye)
    assert abs(bounds(found).y0 - 540) <= 3
    assert eye.seen[0] == (1080, 1920)


def test_letters_higher_than_a_patch_are_taken_whole() -> None:
    eye = Eye(1080, 1920, 400)
    eye.pixels[:] = 0
    eye.pixels[300:700, 400:1500] = 255

    (found,) = locate(eye.pixels, eye)
    assert (bounds(found).y0, bounds(found).y1) == (300, 700)


@given(
    st.integers(1, 1500), st.integers(1, 3000), st.sets(st.tuples(st.integers(0), st.integers(0)), max_size=6)
)
def test_patches_hold_all_ink_and_are_large_enough(
    rows: int, columns: int, places: set[tuple[int, int]]
) -> None:
    pixels = np.zeros((rows, columns, 3), np.uint8)
    for y, x in places:
        pixels[y % rows, x % columns] = 255
    patches = list(around_ink(pixels))

    # An image of one colour has no ink.
    for y, x in places if np.ptp(pixels) else ():
        holding = [p for p in patches if p.begin <= y % rows <= p.end]
        assert (
            any(
                p.rows.start <= y % rows < p.rows.stop and p.columns.start <= x % columns < p.columns.stop
                for p in holding
            )
            or min(rows, columns) == 1
        )
    for patch in patches:
        assert patch.columns.stop <= columns
        assert patch.columns.stop - patch.columns.start >= min(columns, LEAST_SIDE)


@given(st.integers(1, 40_000), st.integers(1, 20_000))
def test_bands_cover_everything_and_overlap(rows: int, columns: int) -> None:
    cut = bands(rows, columns)
    limit = max(LEAST_SIDE, BAND_PIXELS // columns)

    assert (cut[0][0], cut[-1][1]) == (0, rows)
    assert all(bottom - top <= limit + 1 for top, bottom in cut)
    assert all(above[1] - below[0] >= 2 * WANTED for above, below in pairwise(cut))
