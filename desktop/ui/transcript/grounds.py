"""What lies under characters of lines that are laid out: the ground of code."""

from collections.abc import Iterable, Iterator, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QTextLine

from desktop.ui.transcript.look import Look
from desktop.ui.transcript.stretches import stretches

_ABOVE, _BELOW, _BESIDE = 0.98, 0.32, 0.17
"""How far the ground of code reaches: from the baseline, and over the ends, in sizes of the font."""
_ROUND = 0.2
"""Radius of its corners, in its heights."""


def code_grounds(
    lines: Iterable[QTextLine], extents: Sequence[tuple[int, int]], em: float, *, mixed: bool
) -> Iterator[QRectF]:
    """What lies under the characters between `extents`, in positions of the layout that `lines` are of."""
    for line in lines:
        first = line.textStart()
        last = first + line.textLength()
        inside = [(begin, end) for begin, end in extents if begin < last and end > first]
        top = line.y() + line.ascent() - _ABOVE * em if inside else 0.0
        for begin, end in inside:
            for left, right in stretches(line, begin, end, mixed=mixed):
                width = right - left + 2 * _BESIDE * em
                yield QRectF(left - _BESIDE * em, top, width, (_ABOVE + _BELOW) * em)


def paint_grounds(painter: QPainter, grounds: Iterable[QRectF], look: Look) -> None:
    pen, is_smooth = painter.pen(), painter.testRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colors.code_background)
    for ground in grounds:
        corner = _ROUND * ground.height()
        painter.drawRoundedRect(ground, corner, corner)
    painter.setPen(pen)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, is_smooth)
