"""Paragraphs and headings, painted."""

import unicodedata
from collections.abc import Iterator, Sequence
from math import ceil
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QTextLayout, QTextLine

from desktop.markdown.blocks import Block, Heading, Paragraph, Runs
from desktop.ui.transcript.box import Box, Mark, touching
from desktop.ui.transcript.characters import Positions, within_a_block
from desktop.ui.transcript.grounds import code_grounds, paint_grounds
from desktop.ui.transcript.look import Look
from desktop.ui.transcript.stretches import is_mixed, stretches, x_of
from desktop.ui.transcript.styled import Link, Styled, StyledRuns

_PIECE = 2.0
"""Lines, about, that are laid out together: what grows is laid out again from the last of such pieces on."""

_LEAST = 40
"""Characters in a piece, however narrow the room is."""

_STRONG = frozenset(("L", "R", "AL"))

_ORIGIN = QPointF(0, 0)
_ALL_LINES = 1 << 30

_LONGEST_LINE = 2_000
"""Positions. Where more have room in a line, most of them take none. It is cut there, as it is laid out again
whenever it grows.
"""

_PIECES_AT_ONCE = 16
"""So many are laid out in 2 ms."""


class _Line(NamedTuple):
    """A line of a piece: its top and its height within the box."""

    top: float
    height: float


class _Piece(NamedTuple):
    """Whole lines of a text from position `begin` (UTF-16) to `end`, laid out."""

    begin: int
    end: int
    layout: QTextLayout
    lines: list[_Line]
    grounds: list[QRectF]
    """Of code."""

    @property
    def top(self) -> float:
        return self.lines[0].top

    @property
    def bottom(self) -> float:
        return self.lines[-1].top + self.lines[-1].height


class ProseBox(Box):
    """A paragraph or a heading.

    A long one is laid out in pieces that begin where a line begins: looks the same, and costs what is new.
    """

    def __init__(self, block: Paragraph | Heading, look: Look) -> None:
        self._look = look
        self._level = block.level if isinstance(block, Heading) else 0
        self._font = look.font_of(self._level)
        self._line_height = look.line_height(self._level)
        self._baseline = look.baseline(self._level)
        self._width = 0.0
        self._pieces: list[_Piece] = []
        self._estimate = 0.0
        self._positions = Positions("")
        self._set_runs(block.runs)

    # ── what it is ──────────────────────────────────────────────────────────────────────────────

    @property
    def text(self) -> str:
        return self._text

    @property
    def height(self) -> float:
        if self._is_laid_out:
            return self._pieces[-1].bottom
        return self._estimate or self._look.estimate(self._text, self._width, self._level)

    @property
    def baseline(self) -> float:
        if not self._pieces:
            return self._baseline
        piece = self._pieces[0]
        line = piece.layout.lineAt(0)
        return line.y() + line.ascent()

    @property
    def natural_width(self) -> float:
        """Of its widest line, once it is laid out."""
        widths = (
            piece.layout.lineAt(index).naturalTextWidth()
            for piece in self._pieces
            for index in range(len(piece.lines))
        )
        return max(widths, default=0.0)

    def show(self, block: Block, kept: int) -> float:
        assert isinstance(block, Paragraph | Heading)
        was_laid_out, option = self._is_laid_out, self._option
        self._set_runs(block.runs, min(kept, len(self._text)))
        if not was_laid_out:
            return 0.0
        kept = self._positions.of(min(kept, len(self._text))) if option is self._option else 0
        while self._pieces and self._pieces[-1].begin >= max(1, kept):
            self._pieces.pop()
        old = self._pieces.pop() if self._pieces else None
        self.lay_out()
        return self._first_change(old, kept) if old is not None else 0.0

    def set_width(self, width: float) -> None:
        if width != self._width:
            if self._is_laid_out and self._width:
                self._estimate = self.height * self._width / max(1.0, width)
            self._width = width
            self._pieces = []

    def lay_out(self) -> bool:
        for _ in range(_PIECES_AT_ONCE):
            if self._is_laid_out:
                break
            self._add_piece()
        if self._is_laid_out:
            self._estimate = 0.0
        return self._is_laid_out

    # ── painting ────────────────────────────────────────────────────────────────────────────────

    def paint(self, painter: QPainter, clip: QRectF, marks: Sequence[Mark]) -> None:
        painter.setPen(self._look.text_color(self._level))
        is_plain = self._text.isascii()
        if not is_plain:
            # Marks that pile up on a letter stay in their block.
            painter.save()
            room = QRectF(clip.left(), 0, clip.width(), self.height)
            painter.setClipRect(room, Qt.ClipOperation.IntersectClip)
        for piece in self._pieces:
            if piece.bottom > clip.top() and piece.top < clip.bottom():
                if piece.grounds or marks:
                    self._paint_under(painter, clip, piece, marks)
                piece.layout.draw(painter, _ORIGIN, (), clip)
        if not is_plain:
            painter.restore()

    def _paint_under(self, painter: QPainter, clip: QRectF, piece: _Piece, marks: Sequence[Mark]) -> None:
        if grounds := [ground for ground in piece.grounds if ground.intersects(clip)]:
            paint_grounds(painter, grounds, self._look)
        first, last = self._positions.offset(piece.begin), self._positions.offset(piece.end)
        for mark in touching(marks, first, last):
            brush = self._look.marked(mark.kind).background()
            begin = self._positions.of(mark.begin) - piece.begin
            end = min(self._positions.of(min(mark.end, len(self._text))), piece.end) - piece.begin
            for place in self._marked(piece, begin, end):
                painter.fillRect(place, brush)

    def _marked(self, piece: _Piece, begin: int, end: int) -> Iterator[QRectF]:
        """Where positions of a piece stand, as high as their lines."""
        for index, (top, height) in enumerate(piece.lines if begin < end else ()):
            line = piece.layout.lineAt(index)
            for left, right in stretches(line, begin, end, mixed=self._is_mixed):
                yield QRectF(left, top, min(right, self._width) - left, height)

    # ── where is what ───────────────────────────────────────────────────────────────────────────

    def offset_at(self, point: QPointF) -> int:
        found = self._line_at(point.y())
        if found is None:
            return 0
        piece, index = found
        position = piece.layout.lineAt(index).xToCursor(point.x())
        if piece.begin + position >= piece.end < self._positions.end:
            # As Qt does where a line follows: its first position is no place behind this one.
            position = piece.layout.previousCursorPosition(position)
        return self._positions.offset(piece.begin + position)

    def rectangle_of(self, offset: int) -> QRectF:
        position = self._positions.of(offset)
        for piece in self._pieces:
            if position < piece.end or piece is self._pieces[-1]:
                line = piece.layout.lineForTextPosition(max(0, position - piece.begin))
                place = piece.lines[line.lineNumber()]
                x = x_of(line, max(0, position - piece.begin))
                return QRectF(x, place.top, 1.0, place.height)
        return QRectF(0, self.height, 1.0, 0)

    def link_at(self, point: QPointF) -> Link | None:
        found = self._line_at(point.y())
        if found is None or not 0 <= point.y() < self.height:
            return None
        piece, index = found
        line = piece.layout.lineAt(index)
        if not line.naturalTextRect().left() <= point.x() < line.naturalTextRect().right():
            return None
        position = line.xToCursor(point.x(), QTextLine.CursorPosition.CursorOnCharacter)
        return self._runs.link_at(self._positions.offset(piece.begin + position))

    def _line_at(self, y: float) -> tuple[_Piece, int] | None:
        """The line at `y`, or the nearest one."""
        for piece in self._pieces:
            if y < piece.bottom or piece is self._pieces[-1]:
                below = (index for index, line in enumerate(piece.lines) if y < line.top + line.height)
                return piece, next(below, len(piece.lines) - 1)
        return None

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _set_runs(self, runs: Runs, kept: int = 0) -> None:
        """`kept` characters are as before."""
        self._runs = StyledRuns(runs, self._positions, kept)
        self._text, self._positions = self._runs.text, self._runs.positions
        self._option = self._look.wrapped(self._text)

    @property
    def _is_mixed(self) -> bool:
        return is_mixed(self._text)

    @property
    def _is_laid_out(self) -> bool:
        return bool(self._pieces) and self._pieces[-1].end >= self._positions.end

    def _first_change(self, old: _Piece, kept: int) -> float:
        """The y from which what stands in the place of `old` differs; positions before `kept` do not."""
        new = next(piece for piece in self._pieces if piece.begin == old.begin)
        # A blank at the end of a line shows whether another line follows.
        last = max(old.begin, min(kept, old.end) - 1)
        last = self._last_with_direction(old.begin, last) if self._is_mixed else last
        number = old.layout.lineForTextPosition(last - old.begin).lineNumber()
        for index in range(number + 1):
            is_gone = index >= len(new.lines)
            if is_gone or new.layout.lineAt(index).textStart() != old.layout.lineAt(index).textStart():
                return new.lines[max(0, index - 1)].top
        return old.lines[number].top

    def _last_with_direction(self, begin: int, last: int) -> int:
        """The last position up to `last` that has a direction of its own (Unicode, UAX 9: strong types).

        Those behind it, also at the end of the line before, take theirs from what follows.
        """
        offset, first = self._positions.offset(last), self._positions.offset(begin)
        while offset > first and unicodedata.bidirectional(self._text[offset]) not in _STRONG:
            offset -= 1
        return self._positions.of(offset)

    def _add_piece(self) -> None:
        begin = self._pieces[-1].end if self._pieces else 0
        top = self._pieces[-1].bottom if self._pieces else 0.0
        length = max(_LEAST, round(_PIECE * self._look.columns(self._width)))
        while True:
            end = self._end_of_piece(begin, length)
            found = [*self._runs.between(begin, end)]
            layout = self._new_layout(begin, end, found)
            lines = self._lay_out_lines(layout, top)
            if end == self._positions.end or len(lines) > 1 or length >= _LONGEST_LINE:
                break
            length *= 2
        if end < self._positions.end and len(lines) > 1:
            # The last line goes on in the next piece, which begins with it.
            end = begin + layout.lineAt(len(lines) - 1).textStart()
            lines = self._lay_out_lines(layout, top, len(lines) - 1)
        self._pieces.append(
            _Piece(begin, end, layout, lines, [*self._grounds(layout, found)] if found else [])
        )

    def _grounds(self, layout: QTextLayout, found: Sequence[Styled]) -> Iterator[QRectF]:
        """Of the code in a piece."""
        if codes := [(one.begin, one.end) for one in found if one.is_code]:
            lines = (layout.lineAt(index) for index in range(layout.lineCount()))
            for ground in code_grounds(lines, codes, self._look.size(self._level), mixed=self._is_mixed):
                yield ground.intersected(QRectF(0, ground.top(), self._width, ground.height()))

    def _end_of_piece(self, begin: int, length: int) -> int:
        end = begin + length
        if end + length // 2 >= self._positions.end:
            return self._positions.end
        return self._positions.of(self._positions.offset(end))

    def _new_layout(self, begin: int, end: int, found: Sequence[Styled]) -> QTextLayout:
        first, last = self._positions.offset(begin), self._positions.offset(end)
        layout = QTextLayout(within_a_block(self._text[first:last]), self._font)
        layout.setCacheEnabled(True)
        layout.setTextOption(self._option)
        if formats := [one.format_range(self._look.characters(one.run, self._level)) for one in found]:
            layout.setFormats(formats)
        return layout

    def _lay_out_lines(self, layout: QTextLayout, top: float, most: int = _ALL_LINES) -> list[_Line]:
        lines: list[_Line] = []
        layout.beginLayout()
        while len(lines) < most and (line := layout.createLine()).isValid():
            line.setLineWidth(self._width)
            natural = line.height()
            height, above = self._line_height, self._baseline - line.ascent()
            if natural > height:
                height, above = ceil(natural), 0.0
            line.setPosition(QPointF(0, top + above))
            lines.append(_Line(top, height))
            top += height
        layout.endLayout()
        return lines or [_Line(top, self._line_height)]
