"""Tables, painted: columns as wide as their words want up to a limit, pushed sideways if they do not fit."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from time import perf_counter

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from desktop.markdown.blocks import Block, Table
from desktop.ui.transcript.box import Mark
from desktop.ui.transcript.kept import Kept
from desktop.ui.transcript.look import Look
from desktop.ui.transcript.side_bar import STRIP, PushedBox
from desktop.ui.transcript.styled import Link
from desktop.ui.transcript.table_cell import LaidOutCell, shown
from desktop.ui.transcript.table_rows import ABOVE, BESIDE, BORDER, TableRows

MAX_COLUMNS = 200
"""A table with more is no help to a reader, and takes long to measure."""

_MOST_ROWS = 200
"""Kept laid out: some screens."""
_SLICE_SECONDS = 0.002


def fits(table: Table) -> bool:
    """Whether `table` can be painted as one; what grows below its header does not change that."""
    return len(table.alignments) <= MAX_COLUMNS


class TableBox(PushedBox):
    """A table. Its cells do not depend on the width of the box, only what is seen of them does."""

    def __init__(self, block: Table, look: Look) -> None:
        super().__init__(look)
        self._rows = TableRows(look)
        self._cells = Kept[int, dict[int, LaidOutCell]](_MOST_ROWS)
        self._alignments = block.alignments
        self._edges: tuple[tuple[int, ...], list[float]] = ((), [0.0])
        self._rows.show(block.rows, 0)
        self._rows.measure(0.0)  # the header, which everything stands on

    # ── what it is ──────────────────────────────────────────────────────────────────────────────

    @property
    def text(self) -> str:
        return self._rows.text

    @property
    def height(self) -> float:
        return self._rows.height + (STRIP if self._hidden else 0)

    @property
    def baseline(self) -> float:
        return BORDER + ABOVE + self._rows.style(0).baseline

    @property
    def content_width(self) -> float:
        return self._columns[-1] + BORDER

    def show(self, block: Block, kept: int) -> float:
        assert isinstance(block, Table)
        if block.alignments != self._alignments:
            self._alignments, kept = block.alignments, 0
        widths, measured = self._rows.widths, self._rows.measured
        self._rows.show(block.rows, kept)
        self._cells.drop(range(kept, measured))
        is_whole = self.lay_out()
        if not is_whole or self._rows.widths != widths:
            return 0.0
        return self._rows.top(min(kept, measured))

    def lay_out(self) -> bool:
        return self._rows.measure(perf_counter() + _SLICE_SECONDS)

    # ── painting ────────────────────────────────────────────────────────────────────────────────

    def paint(self, painter: QPainter, clip: QRectF, marks: Sequence[Mark]) -> None:
        painter.save()
        painter.setClipRect(clip, Qt.ClipOperation.IntersectClip)
        self.paint_bar(painter)
        # Between boxes that end at parts of a px, thin lines are thin only without it.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        seen = clip.intersected(QRectF(0, 0, self.width, self._rows.top(self._rows.measured) + BORDER))
        if not seen.isEmpty():
            painter.setClipRect(seen, Qt.ClipOperation.IntersectClip)
            painter.translate(-self.pushed, 0)
            self._paint_table(painter, seen.translated(self.pushed, 0), marks)
        painter.restore()

    def _paint_table(self, painter: QPainter, seen: QRectF, marks: Sequence[Mark]) -> None:
        rows = range(self._rows.at(seen.top()), self._rows.at(seen.bottom()) + 1)
        columns = range(self._column_at(seen.left()), self._column_at(seen.right()) + 1)
        if not rows.start:
            head = QRectF(0, 0, self.content_width, self._rows.top(1))
            painter.fillRect(head, self.look.colors.code_background)
        self._paint_borders(painter, seen, rows, columns)
        painter.setPen(self.look.colors.text)
        for row in rows:
            self._paint_row(painter, row, columns, seen, marks)

    def _paint_borders(self, painter: QPainter, seen: QRectF, rows: range, columns: range) -> None:
        color = self.look.colors.border
        right = min(seen.right(), self.content_width)
        for row in range(rows.start, rows.stop + 1):
            painter.fillRect(QRectF(seen.left(), self._rows.top(row), right - seen.left(), BORDER), color)
        bottom = min(seen.bottom(), self._rows.top(self._rows.measured) + BORDER)
        for column in range(columns.start, columns.stop + 1):
            x = self._columns[column]
            painter.fillRect(QRectF(x, seen.top(), BORDER, bottom - seen.top()), color)

    def _paint_row(
        self, painter: QPainter, row: int, columns: range, seen: QRectF, marks: Sequence[Mark]
    ) -> None:
        begin, end = self._rows.extent(row)
        marks = [mark for mark in marks if mark.begin < end and mark.end > begin]
        is_plain = self.text[begin:end].isascii()
        if not is_plain:
            # Marks that pile up on a letter stay in their row.
            painter.save()
            painter.setClipRect(self._place(row), Qt.ClipOperation.IntersectClip)
        begins = self._rows.cell_begins(row) if marks else ()
        for column in columns:
            origin = self._origin(row, column)
            inside = [_from(mark, begins[column]) for mark in marks]
            self._cell(row, column).draw(painter, origin, seen, inside)
        if not is_plain:
            painter.restore()

    # ── where is what ───────────────────────────────────────────────────────────────────────────

    def offset_at(self, point: QPointF) -> int:
        row, column = self._rows.at(point.y()), self._column_at(point.x() + self.pushed)
        begin = self._rows.cell_begins(row)[column]
        return begin + self._cell(row, column).offset_at(self._within(point, row, column))

    def rectangle_of(self, offset: int) -> QRectF:
        row = self._rows.row_of(offset)
        if row >= self._rows.measured:
            return QRectF(
                -self.pushed, self._rows.top(row), 1.0, self._rows.top(row + 1) - self._rows.top(row)
            )
        begins = self._rows.cell_begins(row)
        column = max(0, min(bisect_right(begins, offset), len(begins) - 1) - 1)
        caret = self._cell(row, column).rectangle_of(offset - begins[column])
        return caret.translated(self._origin(row, column) - QPointF(self.pushed, 0))

    def link_at(self, point: QPointF) -> Link | None:
        row, column = self._rows.at(point.y()), self._column_at(point.x() + self.pushed)
        if not self._place(row).contains(point):
            return None
        return self._cell(row, column).link_at(self._within(point, row, column))

    def _cell(self, row: int, column: int) -> LaidOutCell:
        cells = self._cells.get(row, lambda _row: {})
        if column not in cells:
            cells[column] = self._new_cell(row, column)
        cells[column].fit(self._rows.widths[column])
        return cells[column]

    def _within(self, point: QPointF, row: int, column: int) -> QPointF:
        return point + QPointF(self.pushed, 0) - self._origin(row, column)

    def _origin(self, row: int, column: int) -> QPointF:
        """Of a cell's text, while nothing is pushed."""
        return QPointF(self._columns[column] + BORDER + BESIDE, self._rows.top(row) + BORDER + ABOVE)

    def _place(self, row: int) -> QRectF:
        """Of a row, while nothing is pushed."""
        top = self._rows.top(row) + BORDER
        return QRectF(0, top, self.content_width, self._rows.top(row + 1) - top)

    @property
    def _columns(self) -> list[float]:
        """Where the columns begin, and where one more would."""
        if self._edges[0] != self._rows.widths:
            each = (BORDER + 2 * BESIDE + width for width in self._rows.widths)
            self._edges = self._rows.widths, list(accumulate(each, initial=0.0))
        return self._edges[1]

    def _column_at(self, x: float) -> int:
        return max(0, min(bisect_right(self._columns, x), len(self._alignments)) - 1)

    def _new_cell(self, row: int, column: int) -> LaidOutCell:
        cell = shown(self._rows.rows[row][column], len(self._alignments))
        style = self._rows.style(row)
        wraps = self._rows.wraps(row) and style.wraps(cell)
        return LaidOutCell(cell, style, self._alignments[column], wraps=wraps)


def _from(mark: Mark, begin: int) -> Mark:
    """`mark` as of a text that begins at the offset `begin`."""
    return Mark(mark.begin - begin, mark.end - begin, mark.kind)
