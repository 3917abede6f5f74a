"""A line across the text, painted."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from desktop.markdown.blocks import Block
from desktop.ui.transcript.box import Box, Mark
from desktop.ui.transcript.look import Look

_HEIGHT = 1.0


class RuleBox(Box):
    """A thin line as wide as the room."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._width = 0.0

    @property
    def text(self) -> str:
        return ""

    @property
    def height(self) -> float:
        return _HEIGHT

    @property
    def baseline(self) -> float:
        return _HEIGHT

    def show(self, block: Block, kept: int) -> float:
        del block, kept
        return _HEIGHT

    def set_width(self, width: float) -> None:
        self._width = width

    def lay_out(self) -> bool:
        return True

    def paint(self, painter: QPainter, clip: QRectF, marks: Sequence[Mark]) -> None:
        del clip, marks
        painter.fillRect(QRectF(0, 0, self._width, _HEIGHT), self._look.colors.border)

    def offset_at(self, point: QPointF) -> int:
        del point
        return 0

    def rectangle_of(self, offset: int) -> QRectF:
        del offset
        return QRectF(0, 0, 1, _HEIGHT)
