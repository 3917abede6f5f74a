"""Code, painted: its lines as they are, pushed sideways where they are longer than the box."""

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from desktop.markdown.blocks import Block, CodeBlock
from desktop.ui.theme import RADIUS
from desktop.ui.transcript.box import Mark, touching
from desktop.ui.transcript.code_colors import CodeColors
from desktop.ui.transcript.code_header import PADDING, CodeHeader
from desktop.ui.transcript.code_row import CodeFont, CodeRow, RowGrid
from desktop.ui.transcript.code_rows import CodeRows
from desktop.ui.transcript.kept import Kept
from desktop.ui.transcript.line_lexer import Spans
from desktop.ui.transcript.look import Look
from desktop.ui.transcript.side_bar import STRIP, PushedBox
from desktop.ui.transcript.stretches import Stretch

Repaint = Callable[[float, float], None]
"""Told the y from which and to which pixels differ, in px of the box."""

_MOST_ROWS = 400
"""Kept laid out: some screens."""
_BEYOND = 2 * RADIUS
_NEWLINE = 0.5
"""Width of a marked line end, in columns."""


class CodeBox(PushedBox):
    """A block of code with its language and a button to copy it.

    All rows have the same height, so nothing is laid out but what is painted.
    """

    inset = PADDING

    def __init__(self, block: CodeBlock, look: Look) -> None:
        super().__init__(look)
        self._font = CodeFont(look)
        self._header = CodeHeader(block.language, look)
        self._grid = RowGrid(self._header.height, self._font.line_height, self._font.baseline)
        self.rows = CodeRows()
        self.colors = CodeColors(look.colors)
        self._laid_out = Kept[int, CodeRow](_MOST_ROWS)
        self.on_shown: Callable[[int], None] | None = None
        """Called with the first line that is not what it was."""
        self.on_colored: Repaint | None = None
        self.is_closed = block.closed
        """Whether its text will not grow."""
        self.rows.show(block.text, 0)

    # ── what it is ──────────────────────────────────────────────────────────────────────────────

    @property
    def text(self) -> str:
        return self.rows.text

    @property
    def height(self) -> float:
        return self._grid.top(len(self.rows)) + STRIP

    @property
    def baseline(self) -> float:
        return self._grid.baseline(0)

    @property
    def content_width(self) -> float:
        return self.rows.columns * self._font.column + 2 * PADDING

    def show(self, block: Block, kept: int) -> float:
        assert isinstance(block, CodeBlock)
        before, is_renamed = len(self.rows), block.language != self.language
        first = self.rows.show(block.text, kept)
        self._laid_out.drop(range(first, before))
        self._header.language, self.is_closed = block.language, block.closed
        line = 0 if is_renamed else self.rows.line_of(first)
        self.colors.truncate(line)
        if self.on_shown is not None:
            self.on_shown(line)
        return 0.0 if is_renamed else self._grid.top(first)

    def finish(self) -> None:
        """Its text will not grow, though its end was never seen."""
        self.is_closed = True
        if self.on_shown is not None:
            self.on_shown(self.rows.lines)

    def lay_out(self) -> bool:
        return True

    # ── colours ─────────────────────────────────────────────────────────────────────────────────

    @property
    def language(self) -> str:
        return self._header.language

    def color(self, line: int, spans: Spans) -> bool:
        """Give a line its colours; whether it had others."""
        if list(self.colors[line]) == list(spans):
            return False
        self.colors[line] = spans
        self._laid_out.drop(range(self.rows.first_row(line), self.rows.first_row(line + 1)))
        return True

    def repaint_lines(self, first: int, last: int) -> None:
        """Have lines painted again, from `first` to `last`."""
        if self.on_colored is not None:
            bottom = self._grid.top(self.rows.first_row(last + 1))
            self.on_colored(self._grid.top(self.rows.first_row(first)), bottom)

    # ── painting ────────────────────────────────────────────────────────────────────────────────

    def paint(self, painter: QPainter, clip: QRectF, marks: Sequence[Mark]) -> None:
        painter.save()
        painter.setClipRect(clip, Qt.ClipOperation.IntersectClip)
        self._paint_ground(painter, clip)
        if clip.top() < self._header.height:
            self._header.paint(painter, self.width)
        self.paint_bar(painter)
        painter.setClipRect(self._inside(), Qt.ClipOperation.IntersectClip)
        # Or a seam would be seen between marked lines of a box that begins at part of a px.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(self.look.colors.text)
        pushed = self.pushed
        seen = Stretch(pushed, pushed + self.width)
        for row in self._grid.between(clip.top(), clip.bottom(), len(self.rows)):
            self._paint_row(painter, row, seen, marks)
        painter.restore()

    def _paint_ground(self, painter: QPainter, clip: QRectF) -> None:
        # Not all of it, if its round corners are far: Qt takes time for what it clips away.
        top = max(0.0, clip.top() - _BEYOND)
        bottom = min(self.height, clip.bottom() + _BEYOND)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.look.colors.code_background)
        painter.drawRoundedRect(QRectF(0, top, self.width, bottom - top), RADIUS, RADIUS)

    def _paint_row(self, painter: QPainter, row: int, seen: Stretch, marks: Sequence[Mark]) -> None:
        laid_out = self._row(row)
        is_clipped = not laid_out.is_plain
        if is_clipped:
            # Marks that pile up on a letter stay in their row.
            painter.save()
            painter.setClipRect(self._place(row, seen), Qt.ClipOperation.IntersectClip)
        for mark in touching(marks, *self.rows.extent(row)):
            brush = self.look.marked(mark.kind).background()
            for stretch in self._marked(row, mark, seen):
                painter.fillRect(self._place(row, stretch), brush)
        laid_out.draw(painter, QPointF(PADDING - seen.left, self._grid.baseline(row)), seen)
        if is_clipped:
            painter.restore()

    def _marked(self, row: int, mark: Mark, seen: Stretch) -> Iterator[Stretch]:
        begin, end = self.rows.extent(row)
        if mark.end <= begin or mark.begin > end:
            return
        yield from self._row(row).stretches(mark.begin - begin, mark.end - begin, seen)
        if mark.end > end and self.text[end : end + 1] == "\n":
            x = self._row(row).x_of(end - begin)
            yield Stretch(x, x + _NEWLINE * self._font.column)

    def _place(self, row: int, stretch: Stretch) -> QRectF:
        left = self._left + stretch.left
        return QRectF(left, self._grid.top(row), stretch.right - stretch.left, self._font.line_height)

    def _inside(self) -> QRectF:
        """Where code is seen, and nothing that reaches over its edges."""
        top = self._header.height
        return QRectF(PADDING, top, self.width - 2 * PADDING, self.height - top - STRIP)

    # ── where is what ───────────────────────────────────────────────────────────────────────────

    def offset_at(self, point: QPointF) -> int:
        row = self._grid.at(point.y(), len(self.rows))
        return self.rows.extent(row)[0] + self._row(row).offset_at(point.x() - self._left)

    def rectangle_of(self, offset: int) -> QRectF:
        row = self.rows.row_of(max(0, min(offset, len(self.text))))
        x = self._row(row).x_of(offset - self.rows.extent(row)[0])
        return QRectF(self._left + x, self._grid.top(row), 1.0, self._font.line_height)

    def copies_at(self, point: QPointF) -> str | None:
        return self.text if self._header.button(self.width).contains(point) else None

    @property
    def _left(self) -> float:
        return PADDING - self.pushed

    def _row(self, row: int) -> CodeRow:
        return self._laid_out.get(row, self._new_row)

    def _new_row(self, row: int) -> CodeRow:
        begin, end = self.rows.extent(row)
        line = self.rows.line_of(row)
        start = self.rows.extent(self.rows.first_row(line))[0]
        colored = self.colors.between(line, begin - start, end - start)
        return CodeRow(self.text[begin:end], self._font, list(colored))
