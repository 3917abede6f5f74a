"""Content wider than its box: how far it is pushed, and the slim bar that shows it."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from desktop.ui.theme import SPACE
from desktop.ui.transcript.box import WideBox
from desktop.ui.transcript.look import Look

STRIP = 3 * SPACE
"""Height of the strip that the bar stands in, in device-independent px."""

_THICKNESS = 4
"""Of what is seen of the handle, in device-independent px."""
_SHORTEST = 8 * SPACE
"""Of the handle, in device-independent px: enough to be hit."""
_OPACITY = 0.55


class PushedBox(WideBox):
    """What boxes with a bar have in common. They tell `content_width`, and where the strip is."""

    inset = 0.0
    """Between the edges of the box and the ends of the bar, in device-independent px."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.width = 0.0
        self._pushed = 0.0

    @property
    def pushed(self) -> float:
        return min(self._pushed, self._hidden)

    def push(self, pushed: float) -> bool:
        before = self.pushed
        self._pushed = max(0.0, min(pushed, self._hidden))
        return self._pushed != before

    def bar(self) -> QRectF:
        """Where the bar's handle can be grabbed: as high as its strip. Empty if everything can be seen."""
        if not self._hidden:
            return QRectF()
        length = self._handle_length
        x = self.inset + self.pushed / self._hidden * (self._track_length - length)
        return QRectF(x, self.height - STRIP, length, STRIP)

    def pushed_at(self, x: float) -> float:
        way = self._track_length - self._handle_length
        if not self._hidden or way <= 0:
            return 0.0
        return max(0.0, min(1.0, (x - self.inset) / way)) * self._hidden

    def set_width(self, width: float) -> None:
        self.width = width

    def paint_bar(self, painter: QPainter) -> None:
        """Paint the handle, if there is one."""
        handle = self.bar()
        if handle.isEmpty():
            return
        around = (STRIP - _THICKNESS) / 2
        color = QColor(self.look.colors.muted)
        color.setAlphaF(_OPACITY)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawRoundedRect(handle.adjusted(0, around, 0, -around), _THICKNESS / 2, _THICKNESS / 2)

    @property
    def _hidden(self) -> float:
        """So much of the content cannot be seen at once."""
        return max(0.0, self.content_width - self.width) if self.width > 0 else 0.0

    @property
    def _track_length(self) -> float:
        return max(0.0, self.width - 2 * self.inset)

    @property
    def _handle_length(self) -> float:
        track = self._track_length
        return min(track, max(_SHORTEST, track * self.width / self.content_width))
