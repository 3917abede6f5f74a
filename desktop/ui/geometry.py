"""Where the window stood, and where it may stand now."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize

_TITLE_BAR = 40


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
    return QRect(x, y, width, height) if width > 0 and height > 0 else None


def clamped(wanted: QRect, screens: Sequence[QRect], smallest: QSize) -> QRect:
    """`wanted`, moved and shrunk so that it lies whole on the screen that it shares most with.

    `screens` are the free areas of the screens that exist, the primary one first; not empty.
    """
    screen = max(screens, key=lambda area: _overlap(area, wanted))
    if _overlap(screen, wanted) == 0:
        screen = screens[0]
    room = screen.adjusted(0, 0, 0, -_TITLE_BAR)
    size = wanted.size().expandedTo(smallest).boundedTo(room.size())
    x = min(max(wanted.x(), room.left()), room.right() + 1 - size.width())
    y = min(max(wanted.y(), room.top()), room.bottom() + 1 - size.height())
    return QRect(QPoint(x, y), size)


def _overlap(one: QRect, other: QRect) -> int:
    shared = one.intersected(other)
    return shared.width() * shared.height()
