"""The rows of a table: what they say, how high they are, and how wide its columns."""

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from time import perf_counter

from desktop.markdown.blocks import Runs
from desktop.ui.theme import SPACE
from desktop.ui.transcript.look import Look
from desktop.ui.transcript.table_cell import CellStyle, shown, words

BORDER = 1
"""Between cells and around them, in device-independent px."""
BESIDE, ABOVE = 2 * SPACE, 1.5 * SPACE
"""Room between a border and the text, in device-independent px."""

Row = tuple[Runs, ...]


class TableRows:
    """Measured one after the other; what was measured stays, and so do the columns that it made.

    Lengths are device-independent px, offsets count characters of `text`.
    """

    def __init__(self, look: Look) -> None:
        self.rows: Sequence[Row] = ()
        self.text = ""
        self._head = CellStyle(look, is_head=True)
        self._body = CellStyle(look, is_head=False)
        self._begins = array("I")
        """Of each row's text."""
        self._tops = array("d", [0.0])
        """Of each row that is measured; behind them, where the next one begins."""
        self._widths: list[tuple[int, ...]] = []
        """Of the columns, as far as this row and those before know."""

    @property
    def measured(self) -> int:
        """How many rows are."""
        return len(self._widths)

    @property
    def widths(self) -> tuple[int, ...]:
        """Of the columns' text, as far as it is known."""
        return self._widths[-1] if self._widths else ()

    @property
    def height(self) -> float:
        """An estimate until all is measured."""
        known, left = self._tops[-1], len(self.rows) - self.measured
        each = known / self.measured if self.measured else self._height(1)
        return known + left * each + BORDER

    def show(self, rows: Sequence[Row], kept: int) -> None:
        """Take `rows`, of which the first `kept` are as they were."""
        kept = min(kept, len(self.rows), len(rows))
        start = self._begins[kept] if kept < len(self.rows) else len(self.text) + bool(self.rows)
        del self._begins[kept:]
        del self._widths[kept:]
        del self._tops[kept + 1 :]
        new = ["\t".join(map(words, row)) for row in rows[kept:]]
        self._begins.extend([*accumulate((len(text) + 1 for text in new), initial=start)][:-1])
        separator = "\n" if kept and new else ""
        self.text = self.text[: max(0, start - 1)] + separator + "\n".join(new)
        self.rows = rows

    def measure(self, until: float) -> bool:
        """Measure rows up to a moment of `perf_counter`; whether all are."""
        while self.measured < len(self.rows):
            self._measure(self.rows[self.measured])
            if perf_counter() >= until:
                break
        return self.measured == len(self.rows)

    def style(self, row: int) -> CellStyle:
        return self._body if row else self._head

    def wraps(self, row: int) -> bool:
        """Whether a cell of a measured row has more than a line."""
        return self._tops[row + 1] - self._tops[row] > self._height(1)

    def top(self, row: int) -> float:
        """Of a row; behind those that are measured, an estimate."""
        if row <= self.measured:
            return self._tops[row]
        return self._tops[-1] + (row - self.measured) * self._height(1)

    def at(self, y: float) -> int:
        """The row at `y`, or the nearest one, among those that are measured."""
        return max(0, min(bisect_right(self._tops, y), self.measured) - 1)

    def extent(self, row: int) -> tuple[int, int]:
        """The offsets where a row's text begins and ends."""
        last = row + 1 == len(self.rows)
        return self._begins[row], len(self.text) if last else self._begins[row + 1] - 1

    def row_of(self, offset: int) -> int:
        return max(0, bisect_right(self._begins, offset) - 1)

    def cell_begins(self, row: int) -> list[int]:
        """The offsets where the cells of a row begin, and where one more would."""
        lengths = (len(words(cell)) + 1 for cell in self.rows[row])
        return list(accumulate(lengths, initial=self._begins[row]))

    def _measure(self, row: Row) -> None:
        style = self.style(self.measured)
        extents = [style.extent(shown(cell, len(row))) for cell in row]
        before = self.widths or (0,) * len(row)
        if any(extent.width > width for extent, width in zip(extents, before, strict=True)):
            before = tuple(max(extent.width, width) for extent, width in zip(extents, before, strict=True))
        self._widths.append(before)
        self._tops.append(self._tops[-1] + self._height(max(extent.lines for extent in extents)))

    def _height(self, lines: int) -> float:
        return lines * self._body.line_height + 2 * ABOVE + BORDER
