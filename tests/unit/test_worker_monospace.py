"""Characters of one width, told by pixels; blanks between words, by the white between them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.images import Box
from desktop.worker.reading.ink import Span, profile, spans, strokes, tightened
from desktop.worker.reading.listing import Listing, spaced
from desktop.worker.reading.monospace import Grid, grid_of, pitch_of
from tests.support.boxes import lines_of, monospaced

TEXT = ["for number in range(10):", "    print(number, end=' ')"]


@pytest.mark.parametrize("width", [7.2, 8.43, 9.6, 12.04, 13.3])
def test_the_width_of_characters_is_found(width: float) -> None:
    page = monospaced(TEXT, pitch=width)
    lines = [(box, profile(page, box)) for box in lines_of(TEXT, pitch=width)]
    pitch = pitch_of(lines[0][1], 19)

    assert pitch is not None
    assert pitch.is_even
    grid = grid_of(lines, pitch.width)
    assert grid is not None
    assert grid.pitch == pytest.approx(width, rel=0.01)
    assert [grid.column(box.x0 + 1) - grid.column(lines[0][0].x0 + 1) for box, _ in lines] == [0, 4]


def test_characters_of_many_widths_are_told() -> None:
    chance, page, x = np.random.default_rng(3), np.full((30, 900), 255, np.uint8), 10
    while x < 800:
        width = int(chance.integers(3, 13))
        page[8:20, x : x + width] = 0
        x += width + 2
    pitch = pitch_of(profile(page, Box(5, 4, 810, 24)), 20)

    assert pitch is not None
    assert not pitch.is_even


def test_a_short_line_tells_nothing() -> None:
    page = monospaced(["else:"])

    assert pitch_of(profile(page, lines_of(["else:"])[0]), 19) is None


def test_rules_and_shades_are_no_ink() -> None:
    page = np.full((40, 200), 255, np.uint8)
    page[:, 80:82] = 0
    page[:, 120:] = 230
    page[12:28, 20:40] = page[12:28, 150:170] = 60

    assert spans(profile(page, Box(0, 5, 200, 35)), Box(0, 5, 200, 35), 10) == [Span(20, 40), Span(150, 170)]


def test_in_code_bars_and_underscores_are_ink() -> None:
    page = np.full((40, 200), 255, np.uint8)
    page[:, 80:82] = 0
    page[33:35, 20:40] = 0

    box = Box(0, 5, 200, 35)
    assert spans(strokes(page, box), box, 10) == [Span(20, 40), Span(80, 82)]


def test_nothing_seen_is_the_whole_box() -> None:
    page = np.full((40, 200), 255, np.uint8)

    assert spans(profile(page, Box(10, 5, 90, 35)), Box(10, 5, 90, 35), 10) == [Span(10, 90)]


@pytest.mark.parametrize(
    ("ink", "box", "tight"),
    [((30, 50), (10, 70), (21, 59)), ((30, 50), (25, 55), (25, 55)), ((38, 40), (10, 70), (10, 70))],
    ids=["loose", "tight", "a dash"],
)
def test_a_loose_box_is_tightened(ink: tuple[int, int], box: tuple[int, int], tight: tuple[int, int]) -> None:
    page = np.full((80, 100), 255, np.uint8)
    page[slice(*ink), 20:80:3] = 0
    page[5:12, 20:80:3] = 0

    assert tightened(page, Box(15, box[0], 85, box[1])) == Box(15, tight[0], 85, tight[1])


words = st.text("abcdefgh", min_size=2, max_size=8)


@given(words, st.lists(st.tuples(st.integers(1, 6), words), max_size=5))
def test_words_keep_the_blanks_between_them(first: str, others: list[tuple[int, str]]) -> None:
    text = first + "".join(" " * blanks + word for blanks, word in others)
    (box,) = lines_of([text])
    read = " ".join(text.split())

    assert spaced(read, box, Listing([[box]], [0], Grid(40, 9.6), 22), monospaced([text])) == text


def test_what_was_misread_is_left_as_it_was_read() -> None:
    text = "INFO    started"
    (box,) = lines_of([text])

    assert (
        spaced("INFOstarted", box, Listing([[box]], [0], Grid(40, 9.6), 22), monospaced([text]))
        == "INFOstarted"
    )
