"""Paragraphs and headings, painted."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, cast

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QTextLayout, QTextLine

from desktop.markdown.blocks import Block, Heading, Paragraph, Run, Runs, Style
from desktop.ui.transcript.box import Box, Mark
from desktop.ui.transcript.characters import Positions, within_a_block
from desktop.ui.transcript.look import Look

_PIECE = 2.0
"""Lines, about, that are laid out together: what grows is laid out again from the last of such pieces on."""

_LEAST = 40
"""Characters in a piece, however narrow the room is."""

_ORIGIN = QPointF(0, 0)
_ALL_LINES = 1 << 30

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
        self._width = 0.0
        self._pieces: list[_Piece] = []
        self._estimate = 0.0
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
            return self._line_height * 0.7
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
        was_laid_out = self._is_laid_out
        self._set_runs(block.runs)
        if not was_laid_out:
            return 0.0
        kept = self._positions.of(min(kept, len(self._text)))
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

    def release(self) -> None:
        self._estimate = self.height
        self._pieces = []

    # ── painting ────────────────────────────────────────────────────────────────────────────────

    def paint(self, painter: QPainter, clip: QRectF, marks: Sequence[Mark]) -> None:
        painter.setPen(self._look.colors.text)
        for piece in self._pieces:
            if piece.bottom > clip.top() and piece.top < clip.bottom():
                marked = list(self._marked(piece, marks)) if marks else []
                piece.layout.draw(painter, _ORIGIN, marked, clip)

    def _marked(self, piece: _Piece, marks: Sequence[Mark]) -> Iterator[QTextLayout.FormatRange]:
        for mark in marks:
            begin = max(self._positions.of(mark.begin), piece.begin)
            end = min(self._positions.of(min(mark.end, len(self._text))), piece.end)
            if begin < end:
                found = QTextLayout.FormatRange()
                found.start, found.length = begin - piece.begin, end - begin
                found.format = self._look.marked(mark.kind)
                yield found

    # ── where is what ───────────────────────────────────────────────────────────────────────────

    def offset_at(self, point: QPointF) -> int:
        found = self._line_at(point.y())
        if found is None:
            return 0
        piece, index = found
        position = piece.layout.lineAt(index).xToCursor(point.x())
        return self._positions.offset(piece.begin + position)

    def rectangle_of(self, offset: int) -> QRectF:
        position = self._positions.of(offset)
        for piece in self._pieces:
            if position <= piece.end:
                line = piece.layout.lineForTextPosition(max(0, position - piece.begin))
                place = piece.lines[line.lineNumber()]
                x = _x_of(line, max(0, position - piece.begin))
                return QRectF(x, place.top, 1.0, place.height)
        return QRectF(0, self.height, 1.0, 0)

    def href_at(self, point: QPointF) -> str:
        found = self._line_at(point.y())
        if found is None or not 0 <= point.y() < self.height:
            return ""
        piece, index = found
        line = piece.layout.lineAt(index)
        if not line.naturalTextRect().left() <= point.x() < line.naturalTextRect().right():
            return ""
        position = line.xToCursor(point.x(), QTextLine.CursorPosition.CursorOnCharacter)
        return self._run_at(self._positions.offset(piece.begin + position)).href

    def _line_at(self, y: float) -> tuple[_Piece, int] | None:
        """The line at `y`, or the nearest one."""
        for piece in self._pieces:
            if y < piece.bottom or piece is self._pieces[-1]:
                below = (index for index, line in enumerate(piece.lines) if y < line.top + line.height)
                return piece, next(below, len(piece.lines) - 1)
        return None

    def _run_at(self, offset: int) -> Run:
        for run in self._runs:
            if offset < len(run.text):
                return run
            offset -= len(run.text)
        return Run("")

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _set_runs(self, runs: Runs) -> None:
        self._runs = runs
        self._text = runs[0].text if len(runs) == 1 else "".join(run.text for run in runs)
        self._positions = Positions(self._text)
        self._option = self._look.wrapped(self._text)

    @property
    def _is_laid_out(self) -> bool:
        return bool(self._pieces) and self._pieces[-1].end >= self._positions.end

    def _first_change(self, old: _Piece, kept: int) -> float:
        """The y from which what stands in the place of `old` differs; positions before `kept` do not."""
        new = next(piece for piece in self._pieces if piece.begin == old.begin)
        number = old.layout.lineForTextPosition(max(0, min(kept, old.end) - old.begin)).lineNumber()
        for index in range(min(number + 1, len(new.lines))):
            if new.layout.lineAt(index).textStart() != old.layout.lineAt(index).textStart():
                return new.lines[max(0, index - 1)].top
        return old.lines[number].top

    def _add_piece(self) -> None:
        begin = self._pieces[-1].end if self._pieces else 0
        top = self._pieces[-1].bottom if self._pieces else 0.0
        length = max(_LEAST, round(_PIECE * self._look.columns(self._width)))
        while True:
            end = self._end_of_piece(begin, length)
            layout = self._new_layout(begin, end)
            lines = self._lay_out_lines(layout, top)
            if end == self._positions.end or len(lines) > 1:
                break
            length *= 2
        if end < self._positions.end:
            # The last line goes on in the next piece, which begins with it.
            end = begin + layout.lineAt(len(lines) - 1).textStart()
            lines = self._lay_out_lines(layout, top, len(lines) - 1)
        self._pieces.append(_Piece(begin, end, layout, lines))

    def _end_of_piece(self, begin: int, length: int) -> int:
        end = begin + length
        if end + length // 2 >= self._positions.end:
            return self._positions.end
        return self._positions.of(self._positions.offset(end))

    def _new_layout(self, begin: int, end: int) -> QTextLayout:
        first, last = self._positions.offset(begin), self._positions.offset(end)
        layout = QTextLayout(within_a_block(self._text[first:last]), self._font)
        layout.setCacheEnabled(True)
        layout.setTextOption(self._option)
        if formats := list(self._formats(first, last)):
            layout.setFormats(formats)
        return layout

    def _formats(self, first: int, last: int) -> Iterator[QTextLayout.FormatRange]:
        """Of what is not plain between two offsets."""
        if len(self._runs) == 1 and self._runs[0].style is Style.PLAIN and not self._runs[0].href:
            return
        here = 0
        for run in self._runs:
            begin, here = here, here + len(run.text)
            if here <= first or begin >= last or (run.style is Style.PLAIN and not run.href):
                continue
            found = QTextLayout.FormatRange()
            found.start = self._positions.of(max(begin, first)) - self._positions.of(first)
            found.length = self._positions.of(min(here, last)) - self._positions.of(max(begin, first))
            found.format = self._look.characters(run, self._level)
            yield found

    def _lay_out_lines(self, layout: QTextLayout, top: float, most: int = _ALL_LINES) -> list[_Line]:
        lines: list[_Line] = []
        layout.beginLayout()
        while len(lines) < most and (line := layout.createLine()).isValid():
            line.setLineWidth(self._width)
            natural = line.height()
            height = max(self._line_height, natural)
            line.setPosition(QPointF(0, top + (height - natural) / 2))
            lines.append(_Line(top, height))
            top += height
        layout.endLayout()
        return lines or [_Line(top, self._line_height)]


def _x_of(line: QTextLine, position: int) -> float:
    # The stubs know one result, there are two: the place and the position that it was moved to.
    found: object = line.cursorToX(position)
    return float(found[0] if isinstance(found, tuple) else cast("float", found))
