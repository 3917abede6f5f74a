"""What stands around the words: the boxes of code, the bars of quotes, the bullets of lists."""

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QTextBlock, QTextDocument

from desktop.ui.theme import RADIUS, SPACE
from desktop.ui.transcript.look import (
    BULLET,
    CODE,
    CODE_HEADER,
    CODE_PADDING,
    FIRST,
    LANGUAGE,
    LAST,
    PATH,
    Bullet,
    Look,
    indent,
    room_above_code,
)

_BAR = 3
"""Width of a quote's bar, in device-independent px."""
_LANGUAGE_SCALE = 0.85
_BEYOND = 4 * RADIUS
"""How far a box goes on past what is painted: far enough to hide its round corners."""
_DOT = 0.36
_BOX = 0.95
"""Sides of a bullet and of a task's box, in heights of an x and of a capital."""


def paint(painter: QPainter, document: QTextDocument, clip: QRectF, look: Look) -> None:
    """Paint what stands around the text blocks of `document` that `clip` touches."""
    blocks = list(_blocks_in(document, clip))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(clip)
    painter.setPen(Qt.PenStyle.NoPen)
    _paint_bars(painter, blocks, look)
    for lines in _runs_of_code(blocks):
        _paint_code(painter, lines, look)
    for block in blocks:
        if block.blockFormat().hasProperty(BULLET):
            _paint_bullet(painter, block, look)


def _blocks_in(document: QTextDocument, clip: QRectF) -> Iterator[QTextBlock]:
    """The text blocks that `clip` touches, and one more at either end."""
    layout = document.documentLayout()
    position = layout.hitTest(QPointF(0, clip.top()), Qt.HitTestAccuracy.FuzzyHit)
    block = document.findBlock(max(0, position))
    block = block.previous() if block.previous().isValid() else block
    while block.isValid():
        yield block
        if _rectangle(block).top() > clip.bottom() + CODE_PADDING + CODE_HEADER:
            return
        block = block.next()


def _rectangle(block: QTextBlock) -> QRectF:
    return block.document().documentLayout().blockBoundingRect(block)


def _path(block: QTextBlock) -> str:
    return block.blockFormat().stringProperty(PATH)


# ── code ────────────────────────────────────────────────────────────────────────────────────────


def _runs_of_code(blocks: list[QTextBlock]) -> Iterator[list[QTextBlock]]:
    """The lines of each piece of code, as far as they are among `blocks`."""
    lines: list[QTextBlock] = []
    for block in blocks:
        if not block.blockFormat().hasProperty(CODE):
            continue
        lines.append(block)
        if block.blockFormat().intProperty(CODE) & LAST:
            yield lines
            lines = []
    if lines:
        yield lines


def _paint_code(painter: QPainter, lines: list[QTextBlock], look: Look) -> None:
    first, last = lines[0].blockFormat(), lines[-1].blockFormat()
    language = first.stringProperty(LANGUAGE)
    above = room_above_code(language) if first.intProperty(CODE) & FIRST else _BEYOND
    below = CODE_PADDING if last.intProperty(CODE) & LAST else _BEYOND
    box = QRectF(_rectangle(lines[0]).topLeft(), _rectangle(lines[-1]).bottomRight())
    box.setLeft(indent(_path(lines[0])))
    box.setRight(lines[0].document().textWidth())
    box.adjust(0, -above, 0, below)
    painter.setBrush(look.colors.code_background)
    painter.drawRoundedRect(box, RADIUS, RADIUS)
    if language:
        _paint_language(painter, box, language, look)


def _paint_language(painter: QPainter, box: QRectF, language: str, look: Look) -> None:
    font = QFont(look.font)
    if font.pointSizeF() > 0:
        font.setPointSizeF(font.pointSizeF() * _LANGUAGE_SCALE)
    line = QRectF(box.left() + CODE_PADDING, box.top() + SPACE, box.width() - 2 * CODE_PADDING, CODE_HEADER)
    shown = QFontMetricsF(font).elidedText(language, Qt.TextElideMode.ElideRight, line.width())
    painter.setFont(font)
    painter.setPen(look.colors.muted)
    painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
    painter.setPen(Qt.PenStyle.NoPen)


# ── quotes ──────────────────────────────────────────────────────────────────────────────────────


def _paint_bars(painter: QPainter, blocks: list[QTextBlock], look: Look) -> None:
    painter.setBrush(look.colors.border)
    for depth in range(max((len(_path(block)) for block in blocks), default=0)):
        for left, top, bottom in _bars(blocks, depth):
            painter.drawRoundedRect(QRectF(left, top, _BAR, bottom - top), _BAR / 2, _BAR / 2)


def _bars(blocks: list[QTextBlock], depth: int) -> Iterator[tuple[float, float, float]]:
    """Left edge, top and bottom of each bar of the quotes that stand in `depth` containers."""
    begun, top, bottom = "", 0.0, 0.0
    for block in blocks:
        quote = _path(block)[: depth + 1]
        is_quote = len(quote) > depth and quote[depth] == "q"
        if begun and quote != begun:
            yield indent(begun[:depth]), top, bottom
            begun = ""
        if is_quote:
            rectangle = _rectangle(block)
            top = top if begun else rectangle.top() - _overhang(block, FIRST)
            begun, bottom = quote, rectangle.bottom() + _overhang(block, LAST)
    if begun:
        yield indent(begun[:depth]), top, bottom


def _overhang(block: QTextBlock, edge: int) -> int:
    """By how much the box of code reaches over its first and its last line."""
    code = block.blockFormat()
    if not code.hasProperty(CODE) or not code.intProperty(CODE) & edge:
        return 0
    return room_above_code(code.stringProperty(LANGUAGE)) if edge == FIRST else CODE_PADDING


# ── lists ───────────────────────────────────────────────────────────────────────────────────────


def _paint_bullet(painter: QPainter, block: QTextBlock, look: Look) -> None:
    bullet = Bullet(block.blockFormat().intProperty(BULLET))
    line = block.layout().lineAt(0)
    metrics = QFontMetricsF(look.font)
    rectangle = _rectangle(block)
    middle = rectangle.top() + line.y() + line.ascent() - metrics.capHeight() / 2
    is_task = bullet in (Bullet.TO_DO, Bullet.DONE)
    side = metrics.ascent() * (_BOX if is_task else _DOT)
    right = rectangle.left() + block.blockFormat().leftMargin() - 2 * SPACE
    place = QRectF(right - side, middle - side / 2, side, side)
    painter.setPen(QPen(look.colors.muted, 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if is_task:
        _paint_box(painter, place, look, is_done=bullet is Bullet.DONE)
    else:
        _paint_dot(painter, place, look, bullet)
    painter.setPen(Qt.PenStyle.NoPen)


def _paint_dot(painter: QPainter, place: QRectF, look: Look, bullet: Bullet) -> None:
    if bullet is not Bullet.CIRCLE:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colors.text)
    if bullet is Bullet.SQUARE:
        painter.drawRect(place)
    else:
        painter.drawEllipse(place)


def _paint_box(painter: QPainter, place: QRectF, look: Look, *, is_done: bool) -> None:
    if is_done:
        painter.setPen(QPen(look.colors.accent, 1.2))
        painter.setBrush(look.colors.accent)
    painter.drawRoundedRect(place, 3, 3)
    if is_done:
        painter.setPen(QPen(look.colors.on_accent, 1.6))
        check = ((0.24, 0.52), (0.43, 0.7), (0.76, 0.32))
        points = [place.topLeft() + QPointF(x * place.width(), y * place.height()) for x, y in check]
        painter.drawPolyline(points)
