"""What stands behind the words: the boxes of code, the bars of quotes."""

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QTextBlock, QTextDocument

from desktop.ui.theme import RADIUS, SPACE
from desktop.ui.transcript.look import (
    CODE,
    CODE_HEADER,
    CODE_PADDING,
    FIRST,
    LANGUAGE,
    LAST,
    PATH,
    Look,
    indent,
)

_BAR = 3
"""Width of a quote's bar, in device-independent px."""


def paint(painter: QPainter, document: QTextDocument, clip: QRectF, look: Look) -> None:
    """Paint what stands behind the text blocks of `document` that `clip` touches."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(clip)
    for block in _blocks_in(document, clip):
        if block.blockFormat().hasProperty(CODE):
            _paint_code(painter, block, look)
        if "q" in _path(block):
            _paint_bars(painter, block, look)


def _blocks_in(document: QTextDocument, clip: QRectF) -> Iterator[QTextBlock]:
    layout = document.documentLayout()
    position = layout.hitTest(QPointF(0, clip.top()), Qt.HitTestAccuracy.FuzzyHit)
    block = document.findBlock(max(0, position))
    if block.previous().isValid():
        block = block.previous()
    while block.isValid():
        if _rectangle(block).top() > clip.bottom() + CODE_PADDING + CODE_HEADER:
            return
        yield block
        block = block.next()


def _rectangle(block: QTextBlock) -> QRectF:
    return block.document().documentLayout().blockBoundingRect(block)


def _path(block: QTextBlock) -> str:
    return block.blockFormat().stringProperty(PATH)


def _paint_code(painter: QPainter, block: QTextBlock, look: Look) -> None:
    """One line's share of the box; only the first and the last line have the corners."""
    place = block.blockFormat().intProperty(CODE)
    language = block.blockFormat().stringProperty(LANGUAGE)
    lines = _rectangle(block)
    box = QRectF(lines)
    box.setLeft(indent(_path(block)))
    box.setRight(block.document().textWidth())
    band = box.adjusted(0, _above(place, language), 0, CODE_PADDING if place & LAST else 0.5)
    round_ = band.adjusted(0, 0 if place & FIRST else -RADIUS, 0, 0 if place & LAST else RADIUS)
    painter.save()
    painter.setClipRect(band, Qt.ClipOperation.IntersectClip)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colors.code_background)
    painter.drawRoundedRect(round_, RADIUS, RADIUS)
    if language:
        _paint_language(painter, band, language, look)
    painter.restore()


def _above(place: int, language: str) -> int:
    if not place & FIRST:
        return 0
    return -(CODE_PADDING + (CODE_HEADER if language else 0))


def _paint_language(painter: QPainter, band: QRectF, language: str, look: Look) -> None:
    font = QFont(look.font)
    if font.pointSizeF() > 0:
        font.setPointSizeF(font.pointSizeF() * 0.85)
    header = QRectF(
        band.left() + CODE_PADDING, band.top() + SPACE, band.width() - 2 * CODE_PADDING, 5 * SPACE
    )
    painter.setFont(font)
    painter.setPen(QPen(look.colors.muted))
    shown = QFontMetricsF(font).elidedText(language, Qt.TextElideMode.ElideRight, header.width())
    painter.drawText(header, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


def _paint_bars(painter: QPainter, block: QTextBlock, look: Look) -> None:
    path, before = _path(block), _path(block.previous())
    rectangle = _rectangle(block)
    for depth, letter in enumerate(path):
        if letter != "q":
            continue
        top = rectangle.top()
        if before[: depth + 1] == path[: depth + 1]:
            top = _rectangle(block.previous()).bottom()
        bar = QRectF(indent(path[:depth]), top, _BAR, rectangle.bottom() - top)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colors.border)
        painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
