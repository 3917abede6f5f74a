"""Code, painted: its lines as they are, pushed sideways where they are longer than the box."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter

from desktop.markdown.blocks import Block, CodeBlock
from desktop.ui.theme import RADIUS
from desktop.ui.transcript.box import Mark
from desktop.ui.transcript.code_header import CodeHeader
from desktop.ui.transcript.code_row import CodeFont, CodeRow
from desktop.ui.transcript.code_rows import CodeRows
from desktop.ui.transcript.kept import Kept
from desktop.ui.transcript.look import CODE_PADDING, Look
from desktop.ui.transcript.side_bar import STRIP, PushedBox
from desktop.ui.transcript.stretches import Stretch

_MOST_ROWS = 400
"""Kept laid out: some screens."""
_NEWLINE = 0.5
"""Width of a marked line end, in columns."""


class CodeBox(PushedBox):
    """A block of code with its language and a button to copy it.

    All rows have the same height, so nothing is laid out but what is painted.
    """

    inset = CODE_PADDING

    def __init__(self, block: CodeBlock, look: Look) -> None:
        super().__init__(look)
        self._font = CodeFont(look)
        self._header = CodeHeader(block.language, look)
        self._rows = CodeRows()
        self._laid_out = Kept(_MOST_ROWS, self._new_row)
        self._rows.show(block.text, 0)

    # ── what it is ──────────────────────────────────────────────────────────────────────────────

    @property
    def text(self) -> str:
        return self._rows.text

    @property
    def height(self) -> float:
        return self._top(len(self._rows)) + STRIP

    @property
    def baseline(self) -> float:
        return self._baseline(0)

    @property
    def content_width(self) -> float:
        return self._rows.columns * self._font.column + 2 * CODE_PADDING

    def show(self, block: Block, kept: int) -> float:
        assert isinstance(block, CodeBlock)
        before = len(self._rows)
        first = self._rows.show(block.text, kept)
        self._laid_out.drop(range(first, before))
        if block.language != self._header.language:
            self._header.language = block.language
            return 0.0
        return self._top(first)

    def lay_out(self) -> bool:
        return True

    def release(self) -> None:
        self._laid_out.clear()

    # ── painting ────────────────────────────────────────────────────────────────────────────────

    def paint(self, painter: QPainter, clip: QRectF, marks: Sequence[Mark]) -> None:
        painter.save()
        painter.setClipRect(clip, Qt.ClipOperation.IntersectClip)
        self._paint_ground(painter)
        if clip.top() < self._header.height:
            self._header.paint(painter, self.width)
        self.paint_bar(painter)
        painter.setClipRect(self._inside(), Qt.ClipOperation.IntersectClip)
        # Or a seam would be seen between marked lines of a box that begins at part of a px.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(self.look.colors.text)
        for row in self._rows_between(clip.top(), clip.bottom()):
            self._paint_row(painter, row, marks)
        painter.restore()

    def _paint_ground(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.look.colors.code_background)
        painter.drawRoundedRect(QRectF(0, 0, self.width, self.height), RADIUS, RADIUS)

    def _paint_row(self, painter: QPainter, row: int, marks: Sequence[Mark]) -> None:
        laid_out = self._laid_out[row]
        seen = Stretch(self.pushed, self.pushed + self.width)
        begin, end = self._rows.extent(row)
        for mark in marks:
            if mark.begin <= end and mark.end > begin:
                brush = self.look.marked(mark.kind).background()
                for stretch in laid_out.stretches(mark.begin - begin, mark.end - begin, seen):
                    painter.fillRect(self._ground(row, stretch), brush)
                if mark.begin <= end < mark.end:
                    self._paint_newline(painter, row, laid_out.x_of(end - begin), brush)
        laid_out.draw(painter, QPointF(self._left, self._baseline(row)), seen)

    def _paint_newline(self, painter: QPainter, row: int, x: float, brush: QBrush) -> None:
        painter.fillRect(self._ground(row, Stretch(x, x + _NEWLINE * self._font.column)), brush)

    def _ground(self, row: int, stretch: Stretch) -> QRectF:
        left = self._left + stretch.left
        return QRectF(left, self._top(row), stretch.right - stretch.left, self._font.line_height)

    def _inside(self) -> QRectF:
        """Where code is seen, and nothing that reaches over its edges."""
        top = self._header.height
        return QRectF(CODE_PADDING, top, self.width - 2 * CODE_PADDING, self.height - top - STRIP)

    # ── where is what ───────────────────────────────────────────────────────────────────────────

    def offset_at(self, point: QPointF) -> int:
        row = self._row_at(point.y())
        return self._rows.extent(row)[0] + self._laid_out[row].offset_at(point.x() - self._left)

    def rectangle_of(self, offset: int) -> QRectF:
        row = self._rows.row_of(max(0, min(offset, len(self.text))))
        x = self._laid_out[row].x_of(offset - self._rows.extent(row)[0])
        return QRectF(self._left + x, self._top(row), 1.0, self._font.line_height)

    def copies_at(self, point: QPointF) -> str | None:
        return self.text if self._header.button(self.width).contains(point) else None

    @property
    def _left(self) -> float:
        return CODE_PADDING - self.pushed

    def _top(self, row: int) -> float:
        return self._header.height + row * self._font.line_height

    def _baseline(self, row: int) -> float:
        return self._top(row) + self._font.baseline

    def _row_at(self, y: float) -> int:
        row = int((y - self._header.height) // self._font.line_height)
        return max(0, min(row, len(self._rows) - 1))

    def _rows_between(self, top: float, bottom: float) -> Iterator[int]:
        if bottom > self._header.height and top < self._top(len(self._rows)):
            yield from range(self._row_at(top), self._row_at(bottom) + 1)

    def _new_row(self, row: int) -> CodeRow:
        begin, end = self._rows.extent(row)
        return CodeRow(self.text[begin:end], self._font)
