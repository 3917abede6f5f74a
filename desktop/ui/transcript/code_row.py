"""A row of code, laid out for painting: of a long one, what is seen."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QFontInfo,
    QFontMetricsF,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from desktop.ui.transcript.characters import Positions
from desktop.ui.transcript.code_rows import PIECE, TAB, cuts
from desktop.ui.transcript.look import Look
from desktop.ui.transcript.shown import in_code
from desktop.ui.transcript.stretches import Stretch, is_mixed, stretches, x_of

_LINE_HEIGHT = 1.4
"""In sizes of the font."""
_ENDLESS = 1e6
"""A line's width in px that no piece reaches."""


class Colored(NamedTuple):
    """Characters of a row, from `begin` to before `end`, in a colour. Both may lie outside."""

    begin: int
    end: int
    format: QTextCharFormat


class RowGrid(NamedTuple):
    """Where rows of one height stand: below `head`, their baselines at `ascent` in them. Lengths are px."""

    head: float
    line_height: float
    ascent: float

    def top(self, row: int) -> float:
        return self.head + row * self.line_height

    def baseline(self, row: int) -> float:
        return self.top(row) + self.ascent

    def at(self, y: float, count: int) -> int:
        """The row at `y`, or the nearest one, of so many."""
        return max(0, min(int((y - self.head) // self.line_height), count - 1))

    def between(self, top: float, bottom: float, count: int) -> range:
        """The rows between two heights, of so many."""
        if bottom <= self.head or top >= self.top(count):
            return range(0)
        return range(self.at(top, count), self.at(bottom, count) + 1)


class CodeFont:
    """What all rows of a look share."""

    def __init__(self, look: Look) -> None:
        self.font = look.code().font().resolve(look.font)
        metrics = QFontMetricsF(self.font)
        self.column = metrics.horizontalAdvance("0")
        # Whole px, or some lines would stand closer than others.
        self.line_height = round(_LINE_HEIGHT * QFontInfo(self.font).pixelSize())
        self.baseline = round((self.line_height - metrics.height()) / 2 + metrics.ascent())
        self.option = QTextOption(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
        self.option.setWrapMode(QTextOption.WrapMode.NoWrap)
        # Code is read from the left, whatever its first letter is.
        self.option.setTextDirection(Qt.LayoutDirection.LeftToRight)
        self.option.setFlags(QTextOption.Flag.IncludeTrailingSpaces)
        self.option.setTabStopDistance(TAB * self.column)


class CodeRow:
    """Offsets are characters of the row, x is device-independent px from where it begins."""

    def __init__(self, text: str, font: CodeFont, colored: Sequence[Colored] = ()) -> None:
        self._text = text
        self.is_plain = text.isascii()
        self._font = font
        self._colored = colored
        self._extents = list(pairwise([*cuts(text, PIECE), len(text)]))
        self._pieces: list[_Piece] = []

    def draw(self, painter: QPainter, origin: QPointF, seen: Stretch) -> None:
        """Paint what stands in `seen`; `origin` is where the baseline begins."""
        for piece in self._pieces_to(seen.right):
            if piece.right > seen.left:
                ascent = piece.line.ascent()
                piece.layout.draw(painter, QPointF(origin.x() + piece.left, origin.y() - ascent))

    def stretches(self, begin: int, end: int, seen: Stretch) -> Iterator[Stretch]:
        """Where the characters from `begin` to before `end` are, as far as that is in `seen`."""
        for piece in self._pieces_to(seen.right):
            if piece.right > seen.left:
                yield from piece.stretches(begin, end)

    def x_of(self, offset: int) -> float:
        """Of the caret before the character at `offset`."""
        index = next((i for i, (_, end) in enumerate(self._extents) if offset < end), len(self._extents) - 1)
        return self._piece(index).x_of(offset)

    def offset_at(self, x: float) -> int:
        """The offset whose caret is nearest to `x`."""
        *_, piece = self._pieces_to(x)
        return piece.offset_at(x)

    def _pieces_to(self, x: float) -> Iterator["_Piece"]:
        """The pieces up to the one at `x`, at least the first."""
        for index in range(len(self._extents)):
            piece = self._piece(index)
            yield piece
            if piece.right > x:
                return

    def _piece(self, index: int) -> "_Piece":
        while len(self._pieces) <= index:
            left = self._pieces[-1].right if self._pieces else 0.0
            begin, end = self._extents[len(self._pieces)]
            inside = [one for one in self._colored if one.begin < end and one.end > begin]
            self._pieces.append(_Piece(self._text[begin:end], begin, left, self._font, inside))
        return self._pieces[index]


class _Piece:
    """The part of a row that begins at `begin`, and `left` px right of the row's beginning."""

    def __init__(
        self, text: str, begin: int, left: float, font: CodeFont, colored: Sequence[Colored]
    ) -> None:
        self.left = left
        self._begin = begin
        self._positions = Positions(text)
        self._mixed = is_mixed(text)
        self.layout = QTextLayout(in_code(text), font.font)
        self.layout.setCacheEnabled(True)
        self.layout.setTextOption(font.option)
        if colored:
            self.layout.setFormats([self._format(one) for one in colored])
        self.line = _only_line(self.layout)
        self.right = left + x_of(self.line, self._positions.end)

    def stretches(self, begin: int, end: int) -> Iterator[Stretch]:
        first, last = self._position(begin), self._position(end)
        for stretch in stretches(self.line, first, last, mixed=self._mixed):
            yield Stretch(self.left + stretch.left, self.left + stretch.right)

    def x_of(self, offset: int) -> float:
        return self.left + x_of(self.line, self._position(offset))

    def offset_at(self, x: float) -> int:
        return self._begin + self._positions.offset(self.line.xToCursor(x - self.left))

    def _position(self, offset: int) -> int:
        return min(self._positions.of(max(0, offset - self._begin)), self._positions.end)

    def _format(self, colored: Colored) -> QTextLayout.FormatRange:
        found = QTextLayout.FormatRange()
        found.start = self._position(colored.begin)
        found.length = self._position(colored.end) - found.start
        found.format = colored.format
        return found


def _only_line(layout: QTextLayout) -> QTextLine:
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(_ENDLESS)
    layout.endLayout()
    return line
