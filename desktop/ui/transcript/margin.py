"""What stands before the blocks of a text: bars of quotes, bullets and numbers; and the room around it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from desktop.markdown.blocks import Block, CodeBlock, Container, Heading, Marker, Paragraph, Path, Rule, Table
from desktop.ui.theme import SPACE
from desktop.ui.transcript.look import Look

QUOTE_INDENT = 4 * SPACE
ITEM_INDENT = 6 * SPACE

_GAP = 2 * SPACE
_ITEM_GAP = SPACE
_TABLE_GAP = 3 * SPACE
_RULE_GAP = 4 * SPACE
_HEADING_GAP = (5 * SPACE, 5 * SPACE, 4 * SPACE, 4 * SPACE, 4 * SPACE, 4 * SPACE)
_DEEPEST = 8
"""Containers beyond this indent no further, or a narrow window would have no room for words."""
_BAR = 3
"""Width of a quote's bar, in device-independent px."""
_DOT, _BOX = 0.36, 0.95
"""Sides of a bullet and of a task's box, in heights of a letter."""
_BEFORE_TEXT = 2 * SPACE
"""Between a bullet and its text."""


class Standing(NamedTuple):
    """A block between `top` and `bottom` (px), whose first line has its baseline at `baseline`."""

    block: Block
    top: float
    bottom: float
    baseline: float


def left(path: Path) -> int:
    """How far a block stands from the left edge, in device-independent px."""
    return sum(QUOTE_INDENT if one is Container.QUOTE else ITEM_INDENT for one in path[:_DEEPEST])


def gap(above: Block | None, below: Block) -> int:
    """Between two blocks, in device-independent px: the larger one of what both want."""
    return 0 if above is None else max(_gap_below(above), _gap_above(below))


def paint_margin(painter: QPainter, standing: Sequence[Standing], look: Look) -> None:
    """Paint what stands before blocks that follow one another."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colors.border)
    for depth in range(min(_DEEPEST, max((len(one.block.path) for one in standing), default=0))):
        for bar in _bars(standing, depth):
            painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
    for one in standing:
        if one.block.marker is not None:
            _paint_marker(painter, one, one.block.marker, look)


def _gap_above(block: Block) -> int:
    if isinstance(block, Heading):
        return _HEADING_GAP[block.level - 1]
    return _gap_below(block)


def _gap_below(block: Block) -> int:
    match block:
        case Table():
            return _TABLE_GAP
        case Rule():
            return _RULE_GAP
        case CodeBlock():
            return _GAP
        case Paragraph() | Heading():
            return _ITEM_GAP if Container.ITEM in block.path else _GAP


def _bars(standing: Sequence[Standing], depth: int) -> Iterator[QRectF]:
    """Those of the quotes that stand in `depth` containers."""
    begun: Path = ()
    top = bottom = 0.0
    for one in standing:
        quote = one.block.path[: depth + 1]
        is_quote = len(quote) > depth and quote[depth] is Container.QUOTE
        if begun and quote != begun:
            yield QRectF(left(begun[:-1]), top, _BAR, bottom - top)
            begun = ()
        if is_quote:
            top = top if begun else one.top
            begun, bottom = quote, one.bottom
    if begun:
        yield QRectF(left(begun[:-1]), top, _BAR, bottom - top)


def _paint_marker(painter: QPainter, one: Standing, marker: Marker, look: Look) -> None:
    metrics = QFontMetricsF(look.font)
    right = left(one.block.path) - _BEFORE_TEXT
    if marker.number is not None and marker.checked is None:
        _paint_number(painter, QPointF(right, one.baseline), marker.number, look)
        return
    side = metrics.ascent() * (_DOT if marker.checked is None else _BOX)
    middle = one.baseline - metrics.capHeight() / 2
    place = QRectF(right - side, middle - side / 2, side, side)
    if marker.checked is None:
        _paint_dot(painter, place, look, one.block.path.count(Container.ITEM))
    else:
        _paint_box(painter, place, look, is_done=marker.checked)
    painter.setPen(Qt.PenStyle.NoPen)


def _paint_number(painter: QPainter, end: QPointF, number: int, look: Look) -> None:
    words = f"{number}."
    painter.setFont(look.font)
    painter.setPen(look.colors.text)
    x = max(0.0, end.x() + SPACE - QFontMetricsF(look.font).horizontalAdvance(words))
    painter.drawText(QPointF(x, end.y()), words)
    painter.setPen(Qt.PenStyle.NoPen)


def _paint_dot(painter: QPainter, place: QRectF, look: Look, depth: int) -> None:
    """A disc, within it a circle, and squares from there on."""
    is_circle = depth == 2  # noqa: PLR2004 - the second level
    painter.setPen(QPen(look.colors.muted, 1.2) if is_circle else Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.NoBrush if is_circle else look.colors.text)
    if depth > 2:  # noqa: PLR2004 - beyond the second
        painter.drawRect(place)
    else:
        painter.drawEllipse(place)


def _paint_box(painter: QPainter, place: QRectF, look: Look, *, is_done: bool) -> None:
    painter.setPen(QPen(look.colors.accent if is_done else look.colors.muted, 1.2))
    painter.setBrush(look.colors.accent if is_done else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(place, 3, 3)
    if is_done:
        painter.setPen(QPen(look.colors.on_accent, 1.6))
        check = ((0.24, 0.52), (0.43, 0.7), (0.76, 0.32))
        points = [place.topLeft() + QPointF(x * place.width(), y * place.height()) for x, y in check]
        painter.drawPolyline(points)
