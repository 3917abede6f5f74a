"""A page with everything on it: painted alike however it comes, each block in its place, light or dark."""

from collections.abc import Iterator
from itertools import pairwise
from random import Random

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from desktop.markdown.plain import block_text
from desktop.ui.theme import DARK, LIGHT
from desktop.ui.transcript.margin import indent
from desktop.ui.transcript.stack import BlockStack
from tests.support.golden import AROUND, WIDTH, golden_page, painted, stacked
from tests.support.painted import is_untouched, look
from tests.support.shown_transcript import ShownTranscript, settle
from tests.support.transcripts import Talk

pytestmark = pytest.mark.usefixtures("qapp")

LONGEST_PIECE = 60
SMOOTH = 1
"""Px that smooth edges of letters may reach over."""


@pytest.fixture(scope="module")
def page(qapp: object) -> BlockStack:
    del qapp
    return stacked([golden_page()], look())


def pieces(text: str, seed: int) -> Iterator[str]:
    """`text` cut anywhere."""
    random, here = Random(seed), 0
    while here < len(text):
        length = random.randint(1, LONGEST_PIECE)
        yield text[here : here + length]
        here += length


def places(stack: BlockStack) -> list[QRectF]:
    return [stack.place_of(index) for index in range(len(stack.blocks))]


def carets(stack: BlockStack) -> list[QRectF]:
    """Of every character."""
    return [
        stack.rectangle_of((index, offset))
        for index, block in enumerate(stack.blocks)
        for offset in range(len(block_text(block)) + 1)
    ]


@pytest.mark.parametrize("seed", range(4))
def test_it_is_painted_as_if_it_had_come_at_once(page: BlockStack, seed: int) -> None:
    streamed = stacked(pieces(golden_page(), seed), look())

    assert places(streamed) == places(page)
    assert painted(streamed) == painted(page)


@pytest.mark.parametrize("scale", [1, 2])
def test_no_block_reaches_into_another(page: BlockStack, scale: int) -> None:
    image = painted(page, scale=scale)
    rooms = [indent(block.path, look()) for block in page.blocks]

    assert places(page)[0].top() == 0
    for index, (above, below) in enumerate(pairwise(places(page))):
        room = max(rooms[index : index + 2])
        gap = QRectF(room, above.bottom(), WIDTH - 2 * room, below.top() - above.bottom())
        gap.translate(AROUND, AROUND)
        place = QRectF(gap.topLeft() * scale, gap.size() * scale)
        assert below.top() > above.bottom()
        assert is_untouched(image, place, LIGHT.surface), block_text(page.blocks[index + 1])


def test_nothing_is_painted_outside(page: BlockStack) -> None:
    image = painted(page)
    width, height = image.width(), image.height()

    for edge in (
        QRectF(0, 0, width, AROUND),
        QRectF(0, height - AROUND, width, AROUND),
        QRectF(0, 0, AROUND - SMOOTH, height),
        QRectF(width - AROUND + SMOOTH, 0, AROUND - SMOOTH, height),
    ):
        assert is_untouched(image, edge, LIGHT.surface)


def test_light_and_dark_differ_in_nothing_but_colours(page: BlockStack) -> None:
    dark = stacked([golden_page()], look(DARK))

    assert places(dark) == places(page)
    assert carets(dark) == carets(page)


def test_dark_has_no_colour_of_light() -> None:
    image = painted(stacked([golden_page()], look(DARK)), DARK.surface)
    used = {QColor(pixel).name() for pixel in set(memoryview(image.constBits()).cast("I"))}

    assert not used & {
        LIGHT.surface.name(),
        LIGHT.text.name(),
        LIGHT.code_background.name(),
        LIGHT.link.name(),
    }
    assert {DARK.text.name(), DARK.code_background.name(), DARK.border.name(), DARK.accent.name()} <= used


def test_a_part_is_painted_as_it_is_in_the_whole(page: BlockStack) -> None:
    whole, height = painted(page), page.places.height
    top, bottom = round(height / 3), round(height / 2)

    part = painted(page, clip=QRectF(0, top, WIDTH, bottom - top))

    place = QRectF(AROUND, AROUND + top + 8, WIDTH, bottom - top - 16).toRect()
    assert part.copy(place) == whole.copy(place)


def test_a_view_shows_it_from_its_beginning_to_its_end(qtbot: QtBot) -> None:
    shown = ShownTranscript(qtbot, Talk().ask().answer(golden_page(), seconds=1), width=900)
    for position in range(0, shown.end, 400):
        shown.scroll_to(position)
        settle()

    height = places(shown.text(1).stack)[-1].bottom()
    assert shown.text(1).height() == pytest.approx(height, abs=1)
