"""A text with marked places in a few lines of a given width, so that the first place is seen."""

from collections.abc import Sequence
from itertools import pairwise
from os.path import commonprefix
from typing import NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextOption

from desktop.ui.transcript.characters import Positions
from desktop.ui.transcript.look import is_leftwards

Marks = Sequence[tuple[int, int]]
"""Begin and end of places, in code points, first to last."""

_MORE = "…"
_JOINER = "\u2060"
"""No line ends before it, nor behind: after an ellipsis one would."""


class MarkedLine(NamedTuple):
    """One line, and the places in it."""

    text: str
    marks: Marks


class MarkedLines:
    """`text` as at most `most` lines of `width`, in device-independent px.

    What has no room is left out behind, and before if the first of `marks` would not be seen otherwise.
    """

    def __init__(self, text: str, marks: Marks, font: QFont, width: float, most: int) -> None:
        self._font = font
        self._width = width
        self._most = most
        self._option = _option(text)
        if text.startswith(_MORE):
            text, marks = _MORE + _JOINER + text[1:], [(begin + 1, end + 1) for begin, end in marks]
        self.lines = self._choose(text, marks) if text else []
        self._laid = [self._one_line(line.text) for line in self.lines]

    def draw(self, painter: QPainter, number: int, place: QPointF, marked: QTextCharFormat) -> None:
        """Draw line `number` in the painter's pen, its places as `marked`.

        `place` is the left end of its baseline.
        """
        layout = self._laid[number]
        above = QPointF(0, layout.lineAt(0).ascent())
        layout.draw(painter, place - above, _ranges(self.lines[number], marked))

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _choose(self, text: str, marks: Marks) -> list[MarkedLine]:
        """Lines that show the first place whole, and as much as possible before it; else its begin."""
        begin, end = marks[0] if marks else (0, 0)
        start = 0
        while True:
            lines, second, behind = self._lines_from(start, text, marks)
            if behind >= end or start == begin:
                return lines
            start = min(max(second, start + 1), begin)

    def _lines_from(self, start: int, text: str, marks: Marks) -> tuple[list[MarkedLine], int, int]:
        """The lines of what stands from `start` on; where the second one begins in `text`, and they end."""
        lead = _MORE + _JOINER if start else ""
        shown = lead + text[start:]
        shift = len(lead) - start
        starts = self._starts(shown)
        pieces = [shown[a:b] for a, b in pairwise(starts)]
        end = starts[-1]
        if end < len(shown):
            pieces[-1] = self._elided(rest := shown[starts[-2] :])
            # Between an Arabic letter and the ellipsis Qt puts a joiner.
            end = starts[-2] + len(commonprefix([pieces[-1], rest]))  # noqa: RUF071 - of characters it is
        moved = [(a + shift, min(b + shift, end)) for a, b in marks]
        lines = [_line(piece, a, moved) for piece, a in zip(pieces, starts, strict=False)]
        return lines, starts[1] - shift, end - shift

    def _starts(self, text: str) -> list[int]:
        """Where the first lines of `text` begin, and the one after them, or the text ends."""
        layout, positions = self._layout(text), Positions(text)
        starts = [0]
        layout.beginLayout()
        while len(starts) <= self._most and (line := layout.createLine()).isValid():
            line.setLineWidth(self._width)
            starts.append(positions.offset(line.textStart() + line.textLength()))
        layout.endLayout()
        return starts

    def _elided(self, text: str) -> str:
        metrics = QFontMetricsF(self._font)
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, self._width)

    def _one_line(self, text: str) -> QTextLayout:
        layout = self._layout(text)
        layout.beginLayout()
        # Not cut again, whatever is rounded; as wide as the room, for what is read from the right.
        layout.createLine().setNumColumns(2 * len(text), self._width)
        layout.endLayout()
        return layout

    def _layout(self, text: str) -> QTextLayout:
        layout = QTextLayout(text, self._font)
        layout.setTextOption(self._option)
        return layout


def _line(text: str, begin: int, marks: Marks) -> MarkedLine:
    """`text`, which begins at `begin`, with what of `marks` lies in it."""
    text = text.rstrip()
    end = begin + len(text)
    within = [(max(a, begin) - begin, min(b, end) - begin) for a, b in marks]
    return MarkedLine(text, [(a, b) for a, b in within if a < b])


def _ranges(line: MarkedLine, marked: QTextCharFormat) -> list[QTextLayout.FormatRange]:
    positions = Positions(line.text)
    return [_range(positions.of(begin), positions.of(end), marked) for begin, end in line.marks]


def _range(begin: int, end: int, marked: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = begin, end - begin, marked
    return made


def _option(text: str) -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    is_from_right = is_leftwards(text)
    direction = Qt.LayoutDirection.RightToLeft if is_from_right else Qt.LayoutDirection.LeftToRight
    option.setTextDirection(direction)
    option.setAlignment(Qt.AlignmentFlag.AlignRight if is_from_right else Qt.AlignmentFlag.AlignLeft)
    return option
