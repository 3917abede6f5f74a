"""Lucide's icons in the colours of the palette, sharp at every size that the window uses."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop.paths import resource

_SIDES = (16, 20, 24, 32, 40, 48)
"""In px: 16, 20 and 24 device-independent px on screens of 100 % and 200 %."""


def icon(name: str, color: QColor, disabled: QColor | None = None) -> QIcon:
    """The Lucide icon `name` ("copy", "refresh-cw", …) in `color`; Qt pales it where it is disabled, or
    it is drawn in `disabled`.
    """
    return _icon(name, color.name(), disabled.name() if disabled else "")


@lru_cache(maxsize=256)
def _icon(name: str, color: str, disabled: str) -> QIcon:
    drawn = QIcon()
    _add(drawn, name, color, QIcon.Mode.Normal)
    if disabled:
        _add(drawn, name, disabled, QIcon.Mode.Disabled)
    return drawn


def _add(drawn: QIcon, name: str, color: str, mode: QIcon.Mode) -> None:
    svg = resource("icons", f"{name}.svg").read_bytes().replace(b"currentColor", color.encode())
    renderer = QSvgRenderer(QByteArray(svg))
    for side in _SIDES:
        drawn.addPixmap(_pixmap(renderer, side), mode)


def _pixmap(renderer: QSvgRenderer, side: int) -> QPixmap:
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    return pixmap
