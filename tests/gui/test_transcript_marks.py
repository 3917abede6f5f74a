"""Marks: all that may be seen are painted, and none that cannot."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QRectF

from desktop.markdown.blocks import Block, CodeBlock, Paragraph, Run, Table
from desktop.markdown.plain import block_text
from desktop.markdown.search import find
from desktop.ui.transcript.box import Box, Mark, MarkKind
from desktop.ui.transcript.boxes import new_box
from desktop.ui.transcript.found import Hits, MarksOf
from desktop.ui.transcript.marks import Marks
from tests.support.painted import WIDTH, laid_out, look, picture

pytestmark = pytest.mark.usefixtures("qapp")

SCREEN = 400.0
LATIN, HEBREW = "word and more of it " * 4_000, "מילה needle ועוד מילים " * 2_000
ROW = ((Run("a cell"),), (Run("and more"),))


def marked(block: Block, needle: str) -> tuple[Box, Marks, int]:
    """The box of `block`, marks of what was found in it, and how many those are."""
    hits, found = Hits(), find(block_text(block), needle)
    for begin, end in found:
        hits.add(0, begin, end)
    marks = Marks()
    marks.found = MarksOf(hits, None)
    return laid_out(new_box(block, look())), marks, len(found)


@pytest.mark.parametrize(
    ("block", "needle"),
    [
        (Paragraph((Run(LATIN),)), "more"),
        (Paragraph((Run(HEBREW),)), "needle"),
        (Paragraph((Run(HEBREW),)), "ועוד"),
        (CodeBlock("", LATIN), "more"),
        (CodeBlock("", LATIN.replace("it ", "it\n")), "more"),
        (Table(("", ""), (ROW,) * 2_000), "more"),
    ],
    ids=["paragraph", "leftwards", "found leftwards", "code line", "code", "table"],
)
def test_a_screen_of_a_long_text_looks_as_if_all_were_marked(block: Block, needle: str) -> None:
    box, marks, count = marked(block, needle)
    top = min(1_000.0, max(0.0, box.height - SCREEN))
    seen = QRectF(0, top, WIDTH, SCREEN)

    some = marks.of(0, box, seen)

    assert len(some) < count
    assert screen_of(box, some, seen) == screen_of(box, all_of(block, needle), seen)


def all_of(block: Block, needle: str) -> Sequence[Mark]:
    return [Mark(begin, end, MarkKind.FOUND) for begin, end in find(block_text(block), needle)]


def screen_of(box: Box, marks: Sequence[Mark], seen: QRectF) -> bytes:
    image = picture(box, marks, clip=seen).copy(seen.toAlignedRect())
    return bytes(image.constBits())


def test_the_selection_lies_over_what_was_found() -> None:
    box, marks, _ = marked(Paragraph((Run("a needle"),)), "needle")
    marks.selection = (0, 0), (0, 4)

    assert marks.of(0, box, QRectF(0, 0, WIDTH, SCREEN)) == [
        Mark(2, 8, MarkKind.FOUND),
        Mark(0, 4, MarkKind.SELECTED),
    ]
