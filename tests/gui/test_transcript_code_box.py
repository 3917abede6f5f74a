"""Code as boxes: every line at its place, whatever its length, and only what is seen laid out."""

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor

from desktop.markdown.blocks import CodeBlock
from desktop.ui.theme import DARK, LIGHT, Colors
from desktop.ui.transcript.box import Mark, MarkKind
from desktop.ui.transcript.code_box import CodeBox
from desktop.ui.transcript.code_row import CodeFont
from desktop.ui.transcript.code_rows import PIECE, ROW, TAB
from desktop.ui.transcript.shown import in_code
from desktop.ui.transcript.stretches import is_mixed
from tests.support.painted import (
    carets,
    centre_of,
    colors_in,
    is_joined,
    is_untouched,
    laid_out,
    look,
    picture,
    rows_of,
)

pytestmark = pytest.mark.usefixtures("qapp")
quickly = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

PIECES = ["x", " ", "\t", "\n", "\n\n", "word = 1", "中文", "👩‍💻", "שלום", "é", "e\u0301", "\x07", "\u202e"]
TEXTS = st.lists(st.sampled_from([*PIECES, "y" * 300, "漢" * 300]), max_size=20).map("".join)
TEXT = "def f(x):\n\treturn x  # 中文\n\nf('👩‍💻')"


def box_of(text: str, language: str = "", width: float = 600, colors: Colors = LIGHT) -> CodeBox:
    return laid_out(CodeBox(CodeBlock(language, text), look(colors)), width)


def grown(box: CodeBox, text: str, step: int) -> CodeBox:
    """`box`, shown `text` a few characters at a time."""
    for end in range(step, len(text) + step, step):
        kept = len(box.text.split("\n")) - 1
        box.show(CodeBlock(box.language, text[:end], closed=end >= len(text)), kept)
    return box


# ── what it is ──────────────────────────────────────────────────────────────────────────────────


@given(TEXTS, st.integers(1, 400))
@quickly
def test_however_it_grew_it_is_as_if_it_had_come_at_once(text: str, step: int) -> None:
    box, fresh = grown(box_of(""), text, step), box_of(text)

    assert box.text == fresh.text == text
    assert (box.height, box.content_width) == (fresh.height, fresh.content_width)
    assert carets(box) == carets(fresh)
    assert picture(box) == picture(fresh)


@given(TEXTS, TEXTS)
@quickly
def test_above_the_y_that_it_tells_no_pixel_differs(text: str, more: str) -> None:
    box = box_of(text)
    before = picture(box)

    changed = box.show(CodeBlock("", text + more), text.count("\n"))

    assert rows_of(picture(box), 0, changed) == rows_of(before, 0, changed)


def test_every_line_takes_the_same_height() -> None:
    heights = [box_of(text).height for text in ("", "x", "x\n", "x\n中文\n👩‍💻", "\n\n\n\n")]

    line = heights[2] - heights[1]
    assert [height - heights[0] for height in heights] == [0, 0, line, 2 * line, 4 * line]


def test_a_language_that_goes_on_is_painted_again() -> None:
    box = box_of("x", "pyth")

    assert box.show(CodeBlock("python", "x"), 1) == 0
    assert box.language == "python"
    assert picture(box) == picture(box_of("x", "python"))


def test_it_is_told_that_nothing_differs() -> None:
    box = box_of("a\nb")

    assert box.show(CodeBlock("", "a\nb"), 2) > box.rectangle_of(3).top()


def test_a_line_of_a_megabyte_is_broken_into_rows() -> None:
    text = "word " * 200_000
    box = box_of(text)

    rows = len(text) // ROW
    assert box.height == box_of("\n" * (rows - 1)).height
    assert box.rectangle_of(ROW).left() == box.rectangle_of(0).left()
    assert box.offset_at(centre_of(box, 5 * ROW + 7)) == 5 * ROW + 7


def test_of_a_long_row_only_what_is_seen_is_laid_out() -> None:
    box = box_of("word " * 200_000)
    picture(box, clip=QRectF(0, 0, 600, 400))

    pieces = [len(row._pieces) for row in box._laid_out._values.values()]

    assert len(pieces) < 30
    assert set(pieces) == {1}


@pytest.mark.parametrize(
    "text", ["x" * 700, "漢字" * 300, "👩‍💻" * 100, "a\tb\t\tccc\td" * 80, "שלום " * 50, "é→∀…—" * 30]
)
def test_everything_can_be_reached_by_pushing(text: str) -> None:
    box = box_of(text)
    end = box.rectangle_of(len(text)).left()

    assert end <= box.content_width
    box.push(10_000)
    assert box.rectangle_of(len(text)).left() <= 600


def test_tabs_go_to_their_stops() -> None:
    box, column = box_of("\tx\nab\tx\nabcd\tx"), CodeFont(look()).column
    left = box.rectangle_of(0).left()

    x = [(box.rectangle_of(place).left() - left) / column for place in (1, 6, 13)]

    assert x == pytest.approx([TAB, TAB, 2 * TAB], abs=0.1)


# ── where is what ───────────────────────────────────────────────────────────────────────────────


@given(TEXTS, st.integers(0, 500))
@quickly
def test_a_caret_is_found_where_it_stands(text: str, pushed: int) -> None:
    box = box_of(text)
    box.push(pushed)

    for offset in range(len(text) + 1):
        place = box.rectangle_of(offset)
        found = box.rectangle_of(box.offset_at(place.center()))
        # Where the direction changes, one offset has two places; within a character, none of its own.
        if not is_joined(text, offset) and not is_mixed(text):
            assert found.top() == place.top()
            assert found.x() == pytest.approx(place.x(), abs=1)


def test_offsets_count_characters_beyond_a_long_rows_first_piece() -> None:
    text = "🚀x" * PIECE
    box = box_of(text)

    for offset in (0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE):
        assert box.offset_at(centre_of(box, offset)) == offset


def test_outside_the_nearest_place_is_meant() -> None:
    box = box_of("one\ntwo")

    assert box.offset_at(QPointF(-50, -50)) == 0
    assert box.offset_at(QPointF(5000, box.rectangle_of(0).center().y())) == 3
    assert box.offset_at(QPointF(5000, 5000)) == 7


@pytest.mark.parametrize("language", ["", "python"])
def test_a_button_copies_the_code(language: str) -> None:
    box = box_of(TEXT, language)

    assert box.copies_at(QPointF(600 - 16, 16)) == TEXT
    assert box.copies_at(QPointF(300, 16)) is None
    assert box.copies_at(centre_of(box, 3)) is None
    assert colors_in(picture(box), QRectF(570, 4, 26, 26)) != {LIGHT.code_background.name()}


# ── painting ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("scale", [1, 2])
def test_it_has_the_colours_of_the_theme_and_round_corners(colors: Colors, scale: int) -> None:
    image = picture(box_of(TEXT, "python", colors=colors), ground=colors.surface, scale=scale)

    assert {colors.code_background.name(), colors.text.name()} <= colors_in(image)
    for x, y in ((0, 0), (image.width() - 1, 0), (0, image.height() - 1)):
        assert image.pixelColor(x, y) == colors.surface


@pytest.mark.parametrize("kind", MarkKind)
def test_what_is_marked_is_seen_line_ends_too(kind: MarkKind) -> None:
    box = box_of("one two\n\nthree")
    ground = look().marked(kind).background().color().name()

    def seen(begin: int, end: int, at: int) -> bool:
        place = box.rectangle_of(at).adjusted(1, 2, 2, -2)
        return ground in colors_in(picture(box, [Mark(begin, end, kind)]), place)

    assert seen(4, 7, 4)
    assert not seen(4, 7, 0)
    assert not seen(4, 7, 7)
    assert seen(4, 10, 7)
    assert seen(4, 10, 8)
    assert seen(4, 10, 9)
    assert not seen(4, 10, 10)


def test_the_later_of_two_marks_is_seen() -> None:
    marks = [Mark(0, 7, MarkKind.FOUND), Mark(0, 7, MarkKind.SELECTED)]

    assert LIGHT.found.name() not in colors_in(picture(box_of("one two"), marks))


@given(TEXTS, st.integers(0, 100), st.integers(1, 100))
@quickly
def test_it_paints_within_the_clip_only(text: str, top: int, height: int) -> None:
    box = box_of(text, "python")
    assume(top < box.height)
    clip = QRectF(20, top, 200, height)
    magenta = QColor("magenta")

    image = picture(box, clip=clip, ground=magenta)

    whole = picture(box, ground=magenta)
    assert is_untouched(image, QRectF(0, 0, 600, top), magenta)
    assert is_untouched(image, QRectF(220, 0, 380, image.height()), magenta)
    assert image.copy(clip.toRect()) == whole.copy(clip.toRect())


def test_marks_piled_up_on_a_letter_stay_in_their_row() -> None:
    calm, wild = box_of("x\na\ny"), box_of("x\na" + "\u0300\u0321\u0316" * 40 + "\ny")
    top, bottom = calm.rectangle_of(2).top(), calm.rectangle_of(2).bottom()

    assert rows_of(picture(wild), 0, top) == rows_of(picture(calm), 0, top)
    assert rows_of(picture(wild), bottom, calm.height) == rows_of(picture(calm), bottom, calm.height)


def test_what_would_be_unseen_is_shown() -> None:
    text = "a\x00\x1b\u202e\u2066\u2028\ufdd0\ufffc\x9b b\tc"

    shown = in_code(text)

    assert shown == "a␀␛\ufffd\ufffd␤\ufffd\ufffd\ufffd b\tc"
    assert len(shown) == len(text)
    assert box_of(text).text == text


# ── pushed sideways ─────────────────────────────────────────────────────────────────────────────


def test_a_bar_takes_no_room_and_is_there_for_long_lines_only() -> None:
    short, long = box_of("x"), box_of("x" * 500)

    assert short.bar().isEmpty()
    assert not long.bar().isEmpty()
    assert long.height == short.height
    assert long.bar().bottom() == long.height


@pytest.mark.parametrize("pushed", [0, 33, 2000])
def test_the_handle_says_how_far_it_is_pushed(pushed: float) -> None:
    box = box_of("x" * 500)

    assert box.push(pushed) == (pushed > 0)
    assert box.pushed_at(box.bar().left()) == pytest.approx(box.pushed)


def test_pushed_code_stays_inside_the_box() -> None:
    box = box_of("x" * 500)
    box.push(100)
    image = picture(box)
    edge = QRectF(0, 40, 8, box.height - 60)

    assert is_untouched(image, edge, LIGHT.code_background)
    assert is_untouched(image, edge.translated(592, 0), LIGHT.code_background)
