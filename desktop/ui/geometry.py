"""Where the window stood, and where it may stand now."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize

TITLE_BAR = 40
"""Room for the title bar, in device-independent px: a window's geometry begins below it."""
_FARTHEST = 1_000_000
"""Larger than any desktop, in device-independent px; much larger numbers are none for Qt."""


def to_text(geometry: QRect) -> str:
    """As "x,y,width,height" in device-independent px."""
    sides = (geometry.x(), geometry.y(), geometry.width(), geometry.height())
    return ",".join(str(side) for side in sides)


def from_text(text: str) -> QRect | None:
    """What `to_text` wrote; None for anything else."""
    try:
        x, y, width, height = (int(side) for side in text.split(","))
    except ValueError:
        return None
    is_place = max(abs(x), abs(y)) <= _FARTHEST and 0 < width <= _FARTHEST and 0 < height <= _FARTHEST
    return QRect(x, y, width, height) if is_place else None


def clamped(wanted: QRect, screens: Sequence[QRect], smallest: QSize) -> QRect:
    """`wanted`, moved and shrunk so that it lies, title bar included, on the screen it shares most with.

    `screens` are the free areas of the screens that exist, the primary one first; not empty.
    """
    screen = max(screens, key=lambda area: _overlap(area, wanted))
    if _overlap(screen, wanted) == 0:
        screen = screens[0]
    room = screen.adjusted(0, TITLE_BAR, 0, 0)
    size = wanted.size().expandedTo(smallest).boundedTo(room.size())
    x = min(max(wanted.x(), room.left()), room.right() + 1 - size.width())
    y = min(max(wanted.y(), room.top()), room.bottom() + 1 - size.height())
    return QRect(QPoint(x, y), size)


def _overlap(one: QRect, other: QRect) -> int:
    shared = one.intersected(other)
    return shared.width() * shared.height()


def beside(anchor: QRect, wanted: QSize, screen: QRect) -> QRect:
    """Where a popup of `wanted` size opens: below `anchor`, above it where more room is; all in `screen`.

    All in px of the desktop. It is made smaller where the screen is.
    """
    below, above = screen.bottom() - anchor.bottom(), anchor.top() - screen.top()
    is_below = below >= min(wanted.height(), above)
    size = wanted.boundedTo(QSize(screen.width(), max(below, above)))
    left = max(min(anchor.left(), screen.right() + 1 - size.width()), screen.left())
    top = anchor.bottom() + 1 if is_below else anchor.top() - size.height()
    return QRect(QPoint(left, top), size)
