"""Pixels into the bytes that a model's server takes, with the least loss that fits its limit."""

from typing import NamedTuple

from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageWriter

from desktop.domain.images import MediaType
from desktop.worker.paper import on_paper

DATA_URI_LIMIT = 10_485_760
"""Characters of one image's data URI that DashScope takes (10 MB), its prefix included."""

RAW_LIMIT = (DATA_URI_LIMIT - len("data:image/jpeg;base64,")) // 4 * 3
"""The same in bytes before base64."""

_TURNED_QUALITY, _FITTED_QUALITY = 95, 92

_SHRINK_MARGIN = 0.95
"""A smaller picture holds more detail per px: aim below the limit."""


class Encoded(NamedTuple):
    data: bytes
    media_type: MediaType
    size: QSize
    shrunk: bool = False


def encode(image: QImage, *, lossy: bool, limit: int = RAW_LIMIT) -> Encoded:
    """PNG, or JPEG for what was JPEG; too large for `limit` bytes: JPEG in full colour, then smaller."""
    data = _jpeg(image, _TURNED_QUALITY) if lossy else png(image)
    if len(data) <= limit:
        return Encoded(data, "image/jpeg" if lossy else "image/png", image.size())
    return _fitted(image, limit)


def png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not QImageWriter(buffer, b"png").write(image):
        raise ValueError("the PNG writer failed")
    return bytes(buffer.data().data())


def thumbnail_size(size: QSize, side: int) -> QSize:
    """`size` reduced, never enlarged, to at most `side` px a side."""
    if max(size.width(), size.height()) <= side:
        return size
    return size.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))


def _fitted(image: QImage, limit: int) -> Encoded:
    flat, shrunk = on_paper(image), False
    while len(data := _jpeg(flat, _FITTED_QUALITY)) > limit:
        factor = min(_SHRINK_MARGIN, _SHRINK_MARGIN * (limit / len(data)) ** 0.5)
        flat, shrunk = _scaled(flat, factor), True
    return Encoded(data, "image/jpeg", flat.size(), shrunk)


def _scaled(image: QImage, factor: float) -> QImage:
    size = QSize(int(image.width() * factor), int(image.height() * factor))
    return image.scaled(
        size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )


def _jpeg(image: QImage, quality: int) -> bytes:
    from desktop.worker.jpeg import jpeg  # noqa: PLC0415 - OpenCV: 60 MB that most images never need

    return jpeg(image, quality)
