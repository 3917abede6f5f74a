"""The line above code: its language, and a button that copies."""

from math import ceil

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from desktop.ui.icons import icon
from desktop.ui.theme import SPACE
from desktop.ui.transcript.look import Look

PADDING = 3 * SPACE
"""Between the edges of the box and what stands in it, in device-independent px."""

_BUTTON = 6 * SPACE
"""Side of what can be hit (WCAG 2.2, criterion 2.5.8), in device-independent px."""
_ICON = 4 * SPACE
_LANGUAGE_SCALE = 0.85


class CodeHeader:
    """Lengths are device-independent px from the top left corner of the code's box."""

    def __init__(self, language: str, look: Look) -> None:
        self.language = language
        self._look = look
        self._font = QFont(look.font)
        if look.font.pointSizeF() > 0:
            self._font.setPointSizeF(look.font.pointSizeF() * _LANGUAGE_SCALE)
        self.height = ceil(max(_BUTTON, QFontMetricsF(self._font).height())) + 2 * SPACE

    def button(self, width: float) -> QRectF:
        """Where a box of this width has its button."""
        return QRectF(width - _BUTTON - SPACE, (self.height - _BUTTON) / 2, _BUTTON, _BUTTON)

    def paint(self, painter: QPainter, width: float) -> None:
        button = self.button(width)
        inset = (_BUTTON - _ICON) / 2
        place = button.adjusted(inset, inset, -inset, -inset)
        icon("copy", self._look.colors.muted).paint(painter, place.toRect())
        if self.language:
            room = QRectF(PADDING, 0, button.left() - PADDING - SPACE, self.height)
            self._paint_language(painter, room)

    def _paint_language(self, painter: QPainter, room: QRectF) -> None:
        metrics = QFontMetricsF(self._font)
        shown = metrics.elidedText(self.language, Qt.TextElideMode.ElideRight, room.width())
        painter.setFont(self._font)
        painter.setPen(self._look.colors.muted)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
