"""What a QTextDocument holds, as values that can be compared."""

from collections.abc import Iterator
from typing import cast

from PySide6.QtCore import QPoint
from PySide6.QtGui import QTextBlock, QTextDocument, QTextFormat, QTextLayout


def told(document: QTextDocument) -> str:
    """Every character, format, list and table of `document`."""
    own = "\n".join(repr(sorted(_own_properties(block))) for block in blocks(document))
    return f"{document.toHtml()}\n{own}"


def blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def lines(document: QTextDocument) -> list[str]:
    """The text of each text block."""
    return [block.text() for block in blocks(document)]


def colored(block: QTextBlock) -> dict[str, str]:
    """The words of a text block that are laid over with a colour, and that colour."""
    text = block.text().encode("utf-16-le")
    ranges: list[QTextLayout.FormatRange] = block.layout().formats()
    return {
        text[2 * one.start : 2 * (one.start + one.length)].decode("utf-16-le"): one.format.foreground()
        .color()
        .name()
        for one in ranges
    }


def place_of(document: QTextDocument, words: str) -> QPoint:
    """Where the first character of `words` stands in the document, in device-independent px."""
    cursor = document.find(words)
    cursor.setPosition(cursor.selectionStart())
    block = cursor.block()
    line = block.layout().lineForTextPosition(cursor.positionInBlock())
    x, _ = cast("tuple[float, int]", line.cursorToX(cursor.positionInBlock()))
    origin = document.documentLayout().blockBoundingRect(block).topLeft()
    return QPoint(round(origin.x() + x) + 2, round(origin.y() + line.y() + line.height() / 2))


def _own_properties(block: QTextBlock) -> Iterator[tuple[int, str]]:
    for key, value in block.blockFormat().properties().items():
        # Objects are counted in the order they were made; toHtml() shows the lists themselves.
        if key != QTextFormat.Property.ObjectIndex.value:
            yield key, repr(value) if isinstance(value, int | float | str) else type(value).__name__
