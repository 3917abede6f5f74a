"""Lines of paragraphs and headings as they are painted: their sides, grounds and marks."""

from itertools import combinations, pairwise

import pytest
from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QImage, QPainter

from desktop.markdown.blocks import Block, Heading, Paragraph, Run
from desktop.markdown.stream import parse
from desktop.ui.theme import LIGHT
from desktop.ui.transcript.box import Mark, MarkKind
from desktop.ui.transcript.prose import ProseBox
from tests.support.golden import golden_page
from tests.support.painted import WIDTH, colors_in, is_untouched, laid_out, look, picture

pytestmark = pytest.mark.usefixtures("qapp")

CODE = LIGHT.code_background.name()
SELECTED = LIGHT.selection.name()
AROUND = 40
"""Room around a box in a picture, in px."""


def prose(text: str) -> ProseBox:
    (block,) = parse(text)
    assert isinstance(block, Paragraph | Heading)
    return laid_out(ProseBox(block, look()))


def all_of(box: ProseBox, kind: MarkKind = MarkKind.SELECTED) -> list[Mark]:
    return [Mark(0, len(box.text), kind)]


def ink_rows(image: QImage, left: float, right: float) -> list[int]:
    """The rows in which anything is painted between two columns."""
    spans = (QRectF(left, y, right - left, 1) for y in range(image.height()))
    return [int(span.y()) for span in spans if not is_untouched(image, span, LIGHT.surface)]


def on_a_larger_ground(box: ProseBox) -> QImage:
    size = QSize(int(WIDTH), int(box.height)) + QSize(2 * AROUND, 2 * AROUND)
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(LIGHT.surface)
    painter = QPainter(image)
    painter.translate(QPointF(AROUND, AROUND))
    box.paint(painter, QRectF(-AROUND, -AROUND, size.width(), size.height()), all_of(box))
    painter.end()
    return image


def proses() -> list[Block]:
    return [block for block in parse(golden_page()) if isinstance(block, Paragraph | Heading)]


def test_lines_are_as_far_apart_whatever_their_letters() -> None:
    box = prose("x\\\nx 中文\\\nx ひらがな `code`\\\nx **한글**\\\nx 🎉\\\nx")
    image = picture(box)
    rows = ink_rows(image, 0, box.rectangle_of(1).left() - 1)
    ends = [row for row, below in pairwise([*rows, image.height() + 9]) if below > row + 1]

    assert len(ends) == 6
    assert {below - above for above, below in pairwise(ends)} == {look().line_height()}


def test_heights_are_whole() -> None:
    for block in proses():
        assert isinstance(block, Paragraph | Heading)
        assert laid_out(ProseBox(block, look())).height % 1 == 0


@pytest.mark.parametrize("text", ["עברית", "# عنوان", "12, عربي with English"])
def test_what_is_read_from_the_right_begins_there(text: str) -> None:
    image = picture(prose(text))

    assert is_untouched(image, QRectF(0, 0, WIDTH / 2, image.height()), LIGHT.surface)
    assert ink_rows(image, WIDTH - 12, WIDTH)


def test_it_turns_around_when_its_first_letter_comes() -> None:
    digits = "12345 " * 15
    box = laid_out(ProseBox(Paragraph((Run(digits),)), look()), 150)
    (whole,) = parse(digits + "עברית")
    assert isinstance(whole, Paragraph)

    assert box.show(whole, len(digits) - 1) == 0
    assert picture(laid_out(box, 150)) == picture(laid_out(ProseBox(whole, look()), 150))


def test_marks_leave_no_gap_between_lines() -> None:
    box = prose("word\\\nword\\\nword")
    image = picture(box, all_of(box))

    assert box.height == image.height()
    assert len(ink_rows(image, 2, 3)) == image.height()


def test_marks_cover_the_ground_of_code() -> None:
    box = prose("before `code` after")

    assert CODE in colors_in(picture(box))
    assert CODE not in colors_in(picture(box, all_of(box)))
    assert SELECTED in colors_in(picture(box, all_of(box)))


def test_code_has_its_ground_on_each_of_its_lines() -> None:
    box = prose("`" + "code " * 60 + "`")
    image, height = picture(box), look().line_height()

    assert box.height > 2 * height
    for top in range(0, image.height(), height):
        assert CODE in colors_in(image, QRectF(0, top, image.width(), height))


@pytest.mark.parametrize("number", range(len(proses())))
def test_nothing_is_painted_outside(number: int) -> None:
    block = proses()[number]
    assert isinstance(block, Paragraph | Heading)
    box = laid_out(ProseBox(block, look()))
    image = on_a_larger_ground(box)

    bottom = AROUND + box.height
    assert is_untouched(image, QRectF(0, 0, image.width(), AROUND), LIGHT.surface)
    assert is_untouched(image, QRectF(0, bottom, image.width(), AROUND), LIGHT.surface)
    assert is_untouched(image, QRectF(0, 0, AROUND - 2, image.height()), LIGHT.surface)
    right = AROUND + WIDTH + 2
    assert is_untouched(image, QRectF(right, 0, image.width() - right, image.height()), LIGHT.surface)


def test_no_two_headings_look_alike() -> None:
    pictures = [picture(prose(f"{'#' * level} heading")) for level in range(1, 7)]

    assert all(one != other for one, other in combinations(pictures, 2))
