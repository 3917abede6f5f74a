"""Cells of a table: measured without being laid out where one line is enough, laid out to be painted."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QFontInfo,
    QFontMetricsF,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
)

from desktop.markdown.blocks import Alignment, Run, Runs, Style
from desktop.ui.transcript.box import Mark
from desktop.ui.transcript.characters import Positions
from desktop.ui.transcript.grounds import code_grounds, paint_grounds
from desktop.ui.transcript.look import Look
from desktop.ui.transcript.shown import in_cell
from desktop.ui.transcript.stretches import is_mixed, stretches, x_of
from desktop.ui.transcript.styled import Link, StyledRuns

_WIDEST = 24.0
"""In sizes of the font: wider text wraps. So a column that grows never lays a cell out again."""
_LINE_HEIGHT = 1.45
_ENDLESS = 1e6
"""A line's width in px that no line reaches that fits into a cell."""

_SHARE = {"left": 0.0, "center": 0.5, "right": 1.0}

_LONGEST = 4_000
_LONGEST_ROW = 16_000
"""Characters of a cell that are painted, and of a row of many: 4 ms to lay out. The rest can be copied."""
_ELLIPSIS = "…"


class Extent(NamedTuple):
    """What a cell needs: the width of its text in device-independent px, and how many lines it has."""

    width: int
    lines: int


def words(cell: Runs) -> str:
    """What a cell says."""
    return cell[0].text if len(cell) == 1 else "".join([run.text for run in cell])


def shown(cell: Runs, columns: int) -> Runs:
    """What is painted of `cell`, which stands in a row of so many: as a rule, all of it."""
    left = min(_LONGEST, _LONGEST_ROW // columns)
    if sum([len(run.text) for run in cell]) <= left:
        return cell
    runs = []
    for run in cell:
        runs.append(replace(run, text=run.text[:left]))
        left -= len(runs[-1].text)
    return (*runs, Run(_ELLIPSIS))


class CellStyle:
    """How the cells look that are in the header, or of those that are not; what they need."""

    def __init__(self, look: Look, *, is_head: bool) -> None:
        metrics = QFontMetricsF(look.font)
        size = QFontInfo(look.font).pixelSize()
        self.look = look
        self.widest = ceil(_WIDEST * size)
        # Whole px, or some lines would stand closer than others.
        self.line_height = round(_LINE_HEIGHT * size)
        self.baseline = round((self.line_height - metrics.height()) / 2 + metrics.ascent())
        self._is_head = is_head
        self._metrics: dict[int, QFontMetricsF] = {}

    def extent(self, cell: Runs) -> Extent:
        """What `cell` needs."""
        width = self._width(cell)
        if width <= self.widest:
            return Extent(ceil(width), 1)
        return Extent(self.widest, self.layout(cell, wraps=True).lineCount())

    def wraps(self, cell: Runs) -> bool:
        """Whether `cell` has more than a line."""
        return self._width(cell) > self.widest

    def layout(self, cell: Runs, *, wraps: bool) -> QTextLayout:
        """The lines of `cell`, one upon the other."""
        text = words(cell)
        layout = QTextLayout(in_cell(text), self.look.font)
        layout.setCacheEnabled(True)
        layout.setTextOption(self.look.wrapped(text))
        if formats := [*self._formats(cell)]:
            layout.setFormats(formats)
        width = self.widest if wraps else _ENDLESS
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
        layout.endLayout()
        return layout

    def _width(self, cell: Runs) -> float:
        return sum([self._metrics_of(run.style).horizontalAdvance(in_cell(run.text)) for run in cell])

    def _formats(self, cell: Runs) -> Iterator[QTextLayout.FormatRange]:
        begin = 0
        for run in cell:
            length = Positions(run.text).end
            if run.style is not Style.PLAIN or run.href or self._is_head:
                found = QTextLayout.FormatRange()
                found.start, found.length, found.format = begin, length, self._format(run)
                yield found
            begin += length

    def _format(self, run: Run) -> QTextCharFormat:
        return self.look.table_head(run) if self._is_head else self.look.characters(run)

    def _metrics_of(self, style: Style) -> QFontMetricsF:
        key = style.value  # an enum's own hash is dear
        if key not in self._metrics:
            font = self._format(Run("", style)).font().resolve(self.look.font)
            self._metrics[key] = QFontMetricsF(font)
        return self._metrics[key]


class LaidOutCell:
    """A cell as it is painted. Points are px from its text's top left corner, offsets characters of it."""

    def __init__(self, cell: Runs, style: CellStyle, alignment: Alignment, *, wraps: bool) -> None:
        self._runs = StyledRuns(cell)
        self._style = style
        self._positions = self._runs.positions
        self._mixed = is_mixed(self._runs.text)
        self._layout = style.layout(cell, wraps=wraps)
        self._lines = [self._layout.lineAt(index) for index in range(self._layout.lineCount())]
        self._share = self._share_of(alignment)
        self._grounds: list[QRectF] = []
        self._width = -1.0

    def fit(self, width: float) -> None:
        """Stand in a column of this width, which is no less than the cell needs."""
        if width == self._width:
            return
        self._width = width
        for index, line in enumerate(self._lines):
            indent = line.naturalTextRect().left() - line.x()
            x = self._share * max(0.0, width - line.naturalTextWidth()) - indent
            y = index * self._style.line_height + self._style.baseline - line.ascent()
            line.setPosition(QPointF(x, y))
        found = self._runs.between(0, self._positions.end)
        codes = [(one.begin, one.end) for one in found if one.is_code]
        self._grounds = [*code_grounds(self._lines, codes, self._style.look.em, mixed=self._mixed)]

    def draw(self, painter: QPainter, origin: QPointF, clip: QRectF, marks: Sequence[Mark]) -> None:
        """Paint what `clip` touches, marked; offsets of marks may lie outside."""
        if self._grounds:
            paint_grounds(painter, [ground.translated(origin) for ground in self._grounds], self._style.look)
        seen = clip.translated(-origin)
        for mark in marks:
            brush = self._style.look.marked(mark.kind).background()
            for place in self._rectangles(mark.begin, mark.end, seen):
                painter.fillRect(place.translated(origin), brush)
        self._layout.draw(painter, origin, [], clip)

    def _rectangles(self, begin: int, end: int, seen: QRectF) -> Iterator[QRectF]:
        """Where the characters from `begin` to before `end` stand, as high as their lines."""
        begin, end = self._position(begin), self._position(end)
        height = self._style.line_height
        for index in range(self._index_at(seen.top()), self._index_at(seen.bottom()) + 1):
            for left, right in stretches(self._lines[index], begin, end, mixed=self._mixed):
                yield QRectF(left, index * height, right - left, height)

    def rectangle_of(self, offset: int) -> QRectF:
        """Of the caret before the character at `offset`."""
        position = self._position(offset)
        line = self._layout.lineForTextPosition(position)
        height = self._style.line_height
        return QRectF(x_of(line, position), line.lineNumber() * height, 1.0, height)

    def offset_at(self, point: QPointF) -> int:
        """The offset whose caret is nearest."""
        return self._positions.offset(self._line_at(point.y()).xToCursor(point.x()))

    def link_at(self, point: QPointF) -> Link | None:
        line = self._line_at(point.y())
        if not line.naturalTextRect().left() <= point.x() < line.naturalTextRect().right():
            return None
        position = line.xToCursor(point.x(), QTextLine.CursorPosition.CursorOnCharacter)
        return self._runs.link_at(self._positions.offset(position))

    def _line_at(self, y: float) -> QTextLine:
        return self._lines[self._index_at(y)]

    def _index_at(self, y: float) -> int:
        """Of the line at `y`, or the nearest one."""
        return max(0, min(int(y // self._style.line_height), len(self._lines) - 1))

    def _position(self, offset: int) -> int:
        return min(self._positions.of(max(0, offset)), self._positions.end)

    def _share_of(self, alignment: Alignment) -> float:
        """How much of the room that a line leaves is left of it."""
        if alignment:
            return _SHARE[alignment]
        is_leftwards = self._layout.textOption().textDirection() == Qt.LayoutDirection.RightToLeft
        return 1.0 if is_leftwards else 0.0
