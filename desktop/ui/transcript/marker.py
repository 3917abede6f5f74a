"""What begins an item: a bullet, a number, the box of a task. Lengths follow the size of the font."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from desktop.markdown.blocks import Marker
from desktop.ui.transcript.look import Look

_BEFORE_TEXT, _BEFORE_NUMBERED = 0.65, 0.4
"""Between a bullet, or a number, and the text, in sizes of the font."""
_DOT, _BOX = 0.33, 1.0
"""Sides of a bullet and of a task's box, in sizes of the font."""
_CHECK = ((0.24, 0.52), (0.43, 0.7), (0.76, 0.32))
"""Points of a check mark, in sides of its box."""
_LINE, _CHECK_LINE = 0.1, 0.13
"""Widths of lines, in sizes of the font."""
_ROUND = 0.25
"""Radius of a box's corners, in sizes of the font."""


class Spot(NamedTuple):
    """Beside `edge`, where the text begins whose first line has this `baseline`; `room` is left there.

    Lengths are device-independent px. `is_mirrored`: to the right of the text.
    """

    edge: float
    baseline: float
    room: float
    is_mirrored: bool = False

    def left(self, width: float, before: float) -> float:
        """Of what is so wide, and so far away from the text."""
        return self.edge + before if self.is_mirrored else self.edge - before - width


def paint_marker(painter: QPainter, spot: Spot, marker: Marker, depth: int, look: Look) -> None:
    """Paint `marker` of an item that stands in so many, itself included."""
    if marker.checked is not None:
        _paint_box(painter, _square(spot, _BOX, look), look, is_done=marker.checked)
    elif marker.number is not None:
        _paint_number(painter, spot, marker.number, look)
    else:
        _paint_dot(painter, _square(spot, _DOT, look), look, depth)


def _square(spot: Spot, size: float, look: Look) -> QRectF:
    side = size * look.em
    middle = spot.baseline - look.cap_height / 2
    return QRectF(spot.left(side, _BEFORE_TEXT * look.em), middle - side / 2, side, side)


def _paint_number(painter: QPainter, spot: Spot, number: int, look: Look) -> None:
    words = f".{number}" if spot.is_mirrored else f"{number}."
    before, natural = _BEFORE_NUMBERED * look.em, QFontMetricsF(look.font).horizontalAdvance(words)
    width = min(natural, spot.room - before)
    painter.save()
    painter.setFont(look.font)
    painter.setPen(look.colors.text)
    painter.translate(spot.left(width, before), spot.baseline)
    # A number may have nine digits.
    painter.scale(width / natural, 1.0)
    painter.drawText(QPointF(0, 0), words)
    painter.restore()


def _paint_dot(painter: QPainter, place: QRectF, look: Look, depth: int) -> None:
    """A disc, within it a circle, and squares from there on."""
    line = _LINE * look.em
    is_circle = depth == 2  # noqa: PLR2004 - the second level
    painter.setPen(QPen(look.colors.muted, line) if is_circle else Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.NoBrush if is_circle else look.colors.text)
    if depth > 2:  # noqa: PLR2004 - beyond the second
        painter.drawRect(place)
    else:
        painter.drawEllipse(place)


def _paint_box(painter: QPainter, place: QRectF, look: Look, *, is_done: bool) -> None:
    line, corner = max(1, round(_LINE * look.em)), _ROUND * look.em
    # Whole px, or straight lines would be blurred.
    sharp = QRectF(place.toRect()).adjusted(line / 2, line / 2, -line / 2, -line / 2)
    painter.setPen(QPen(look.colors.accent if is_done else look.colors.muted, line))
    painter.setBrush(look.colors.accent if is_done else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(sharp, corner, corner)
    if is_done:
        painter.setPen(QPen(look.colors.on_accent, _CHECK_LINE * look.em))
        points = [sharp.topLeft() + QPointF(x * sharp.width(), y * sharp.height()) for x, y in _CHECK]
        painter.drawPolyline(points)
