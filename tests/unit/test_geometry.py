"""Where a window may stand: whole on a screen that exists, its title bar included."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QSize

from desktop.ui.geometry import TITLE_BAR, clamped, from_text, to_text

SMALLEST = QSize(480, 420)
FULL_HD = QRect(0, 0, 1920, 1080)
RIGHT_OF_IT = QRect(1920, -200, 2560, 1440)

places = st.integers(-20_000, 20_000)
sides = st.integers(1, 20_000)
rectangles = st.builds(QRect, places, places, sides, sides)
areas = st.builds(QRect, places, places, st.integers(320, 8000), st.integers(240, 5000))


@given(rectangles)
def test_what_was_written_is_read(rectangle: QRect) -> None:
    assert from_text(to_text(rectangle)) == rectangle


@given(st.text())
def test_anything_else_is_nothing(text: str) -> None:
    rectangle = from_text(text)

    assert rectangle is None or rectangle.isValid()


@pytest.mark.parametrize(
    "text",
    ["", "1,2,3", "1,2,3,4,5", "a,b,c,d", "0,0,0,100", "0,0,100,-5", "0.5,0,100,100", "0,0,99999999999,100"],
)
def test_what_is_no_place_is_nothing(text: str) -> None:
    assert from_text(text) is None


@given(rectangles, st.lists(areas, min_size=1, max_size=4))
def test_the_window_lies_whole_on_one_screen(wanted: QRect, screens: list[QRect]) -> None:
    placed = clamped(wanted, screens, SMALLEST)
    with_title = placed.adjusted(0, -TITLE_BAR, 0, 0)

    assert any(screen.contains(with_title) for screen in screens)


@given(rectangles, st.lists(areas, min_size=1, max_size=4))
def test_a_window_that_is_placed_is_placed_for_good(wanted: QRect, screens: list[QRect]) -> None:
    # Screens that overlap may hold it equally well; then it only has to stay on one.
    placed = clamped(wanted, screens[:1], SMALLEST)

    assert clamped(placed, screens[:1], SMALLEST) == placed


@pytest.mark.parametrize(
    ("wanted", "placed"),
    [
        (QRect(100, 100, 960, 760), QRect(100, 100, 960, 760)),
        (QRect(2000, 100, 960, 760), QRect(2000, 100, 960, 760)),  # on the second screen
        (QRect(-5000, 9000, 960, 760), QRect(0, 320, 960, 760)),  # on none: the first one
        (QRect(100, 100, 10, 10), QRect(100, 100, 480, 420)),
        (QRect(0, 0, 5000, 5000), QRect(1920, -200 + TITLE_BAR, 2560, 1440 - TITLE_BAR)),
    ],
)
def test_it_stays_where_it_was_as_far_as_that_is_possible(wanted: QRect, placed: QRect) -> None:
    assert clamped(wanted, [FULL_HD, RIGHT_OF_IT], SMALLEST) == placed
