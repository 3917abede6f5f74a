"""Where things stand in a laid-out document: nothing is painted over anything else."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QFont, QTextBlock, QTextCursor, QTextDocument
from pytestqt.qtbot import QtBot

from desktop.markdown.stream import MarkdownStream
from desktop.ui.theme import LIGHT
from desktop.ui.transcript.look import CODE, CODE_PADDING, FIRST, LANGUAGE, LAST, Look, room_above_code
from desktop.ui.transcript.question import QuestionView
from desktop.ui.transcript.view import TranscriptView
from desktop.ui.transcript.writer import DocumentWriter
from tests.support.documents import blocks
from tests.support.markdown import pieces
from tests.support.transcripts import Talk

pytestmark = pytest.mark.usefixtures("qapp")

TABLE = "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n\n"
HAIR = 0.75
"""Device-independent px that borders and roundings of neighbouring cells share."""
CODE_BLOCK = "```python\nprint(1)\n```\n\n"


def laid_out(text: str, length: int) -> QTextDocument:
    """`text` written in pieces of `length` characters, and laid out after each."""
    document = QTextDocument()
    document.setDocumentMargin(0)
    document.setTextWidth(600)
    writer, stream = DocumentWriter(document, Look(QFont("DejaVu Sans", 10), LIGHT)), MarkdownStream()
    for piece in pieces(text, length):
        writer.apply(stream.feed(piece))
        document.size()
    writer.apply(stream.finish())
    return document


def boxes(document: QTextDocument) -> list[QRectF]:
    """The rectangles of the cells, of the lines of code with their box, and of other text blocks."""
    shown = [block for block in blocks(document) if block.text() or block.blockFormat().hasProperty(CODE)]
    return [box(document, block) for block in shown]


def box(document: QTextDocument, block: QTextBlock) -> QRectF:
    rectangle, line = document.documentLayout().blockBoundingRect(block), block.blockFormat()
    table = QTextCursor(block).currentTable()
    if table is not None:
        padding = table.format().cellPadding() + table.format().border() / 2
        return rectangle.adjusted(0, -padding, 0, padding)
    place = line.intProperty(CODE)
    above = room_above_code(line.stringProperty(LANGUAGE)) if place & FIRST else 0
    return rectangle.adjusted(0, -above, 0, CODE_PADDING if place & LAST else 0)


@pytest.mark.parametrize("length", [1, 10_000])
@pytest.mark.parametrize(
    "text",
    [
        TABLE + CODE_BLOCK,
        TABLE + "```\n\nprint(1)\n```\n",
        TABLE + TABLE,
        TABLE + "> " + CODE_BLOCK.replace("\n", "\n> "),
        TABLE + "> quote\n",
        TABLE + "# Heading\n",
        TABLE + "- item\n- item\n",
        CODE_BLOCK,
        CODE_BLOCK + CODE_BLOCK,
        CODE_BLOCK + TABLE,
        "- item\n- item\n\n" + CODE_BLOCK,
        "- " + CODE_BLOCK.replace("\n", "\n  "),
        "words\n\n" + TABLE + CODE_BLOCK + TABLE + CODE_BLOCK + "words\n",
    ],
)
def test_nothing_reaches_into_what_stands_above(text: str, length: int) -> None:
    found = boxes(laid_out(text, length))

    assert found[0].top() >= 0
    for above, below in pairwise(found):
        assert below.top() >= above.bottom() - HAIR or below.top() == above.top()


def test_a_scroll_bar_does_not_move_the_column(qtbot: QtBot) -> None:
    talk = Talk().ask("Why?")
    view = TranscriptView(talk.model)
    qtbot.addWidget(view)
    view.resize(700, 500)
    question = view.findChild(QuestionView)
    assert question is not None
    with qtbot.waitExposed(view):
        view.show()
    bar = view.verticalScrollBar()
    assert not bar.isVisible()
    before = (question.mapTo(view, QPoint()).x(), question.width())

    talk.answer("line\n\n" * 100)
    qtbot.waitUntil(bar.isVisible)

    assert (question.mapTo(view, QPoint()).x(), question.width()) == before
