"""Small pictures, decoded a few at a time between other work, and kept as long as there is room."""

from collections import OrderedDict

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPixmap

_KEPT_BYTES = 32_000_000
"""Of pixels: 250 cards on a screen of 200 % need 16 MB."""
_BYTES_A_PIXEL = 4
_AT_ONCE = 2
"""Decoded within a paint, for 0.1 ms each: what comes alone is painted once."""
_MOST_WAITING = 64
"""More than any view shows at once; what was asked for before is out of sight."""

_Key = tuple[bytes, int, float]


class Thumbnails(QObject):
    """Gives pictures to whoever paints them; one that is not there yet comes a moment later.

    Signals:
        decoded: A picture that was asked for is there: paint again.
    """

    decoded = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept: OrderedDict[_Key, QPixmap] = OrderedDict()
        self._kept_bytes = 0
        self._waiting: OrderedDict[_Key, None] = OrderedDict()
        self._left_at_once = _AT_ONCE
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._decode_one)

    def picture(self, png: bytes, side: int, ratio: float) -> QPixmap | None:
        """`png` within a square of `side` device-independent px, `ratio` px each; None if not decoded yet.

        The bytes are a small PNG that the app's own image worker made. Broken ones are a null picture.
        """
        key = (png, side, ratio)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        self._turn.start()
        if self._left_at_once:
            self._left_at_once -= 1
            return self._keep(key)
        self._waiting[key] = None
        if len(self._waiting) > _MOST_WAITING:
            self._waiting.popitem(last=False)
        return None

    def _decode_one(self) -> None:
        self._left_at_once = _AT_ONCE
        if self._waiting:
            key, _ = self._waiting.popitem(last=False)
            self._keep(key)
            if self._waiting:
                self._turn.start()
            self.decoded.emit()

    def _keep(self, key: _Key) -> QPixmap:
        self._kept[key] = picture = _decoded(*key)
        self._kept_bytes += _size(picture)
        while self._kept_bytes > _KEPT_BYTES and len(self._kept) > 1:
            _, oldest = self._kept.popitem(last=False)
            self._kept_bytes -= _size(oldest)
        return picture


def _decoded(png: bytes, side: int, ratio: float) -> QPixmap:
    picture = QPixmap()
    picture.loadFromData(png, "PNG")
    if picture.isNull():
        return picture
    room = QSize(side, side) * ratio
    mode = Qt.TransformationMode.SmoothTransformation
    picture = picture.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, mode)
    picture.setDevicePixelRatio(ratio)
    return picture


def _size(picture: QPixmap) -> int:
    return picture.width() * picture.height() * _BYTES_A_PIXEL
