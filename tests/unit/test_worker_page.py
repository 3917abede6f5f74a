"""An image turned level, and the way back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.images import Box
from desktop.worker.reading.array import Pixels
from desktop.worker.reading.locate import Corners
from desktop.worker.reading.page import Page, slant

WHITE: Pixels = np.full((200, 300, 3), 255, np.uint8)

boxes = st.tuples(st.integers(0, 149), st.integers(0, 99), st.integers(1, 100), st.integers(1, 50)).map(
    lambda it: Box(it[0], it[1], it[0] + it[2], it[1] + it[3])
)


def line(x: float, y: float, length: float, degrees: float, high: float = 20) -> Corners:
    """A line of text that falls to the right by `degrees`."""
    angle = np.radians(degrees)
    along, down = np.array((np.cos(angle), np.sin(angle))), np.array((-np.sin(angle), np.cos(angle)))
    start = np.array((x, y))
    corners = (start, start + length * along, start + length * along + high * down, start + high * down)
    return np.array(corners, np.float32)


@given(boxes, st.integers(0, 3))
def test_a_box_finds_its_way_back_from_every_quarter(box: Box, quarters: int) -> None:
    marked = WHITE.copy()
    marked[box.y0 : box.y1, box.x0 : box.x1] = 0
    page = Page.of(marked, quarters)
    dark = np.argwhere(page.pixels[..., 0] == 0)
    (y0, x0), (y1, x1) = dark.min(axis=0), dark.max(axis=0) + 1

    assert page.original(Box(int(x0), int(y0), int(x1), int(y1))) == box


def test_a_tilted_page_is_laid_level() -> None:
    found = [line(40, 40 + 40 * n, 200, 9) for n in range(3)]
    page, level = Page.of(WHITE).levelled(found)

    assert slant(level) == pytest.approx(0, abs=0.01)
    for before, after in zip(found, level, strict=True):
        (x0, y0), (x1, y1) = after.min(axis=0), after.max(axis=0)
        back = page.original(Box(round(x0), round(y0), round(x1), round(y1)))
        assert (back.x0 + back.x1) / 2 == pytest.approx(float(before[:, 0].mean()), abs=3)
        assert (back.y0 + back.y1) / 2 == pytest.approx(float(before[:, 1].mean()), abs=3)


@pytest.mark.parametrize("degrees", [0, 0.5, 45])
def test_a_page_that_is_level_or_no_page_is_left_alone(degrees: float) -> None:
    page = Page.of(WHITE)
    levelled, corners = page.levelled([line(40, 40, 200, degrees)])

    assert levelled is page
    assert np.array_equal(corners[0], line(40, 40, 200, degrees))


def test_long_lines_speak_for_the_page() -> None:
    assert slant([line(0, 0, 300, 8), line(0, 50, 280, 8.2), line(0, 90, 90, 2)]) == pytest.approx(
        8.1, abs=0.2
    )
    assert slant([]) == 0
    assert slant([line(0, 0, 30, 8)]) == 0, "too short to tell"
