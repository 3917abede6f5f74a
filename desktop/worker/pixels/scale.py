"""Pictures made smaller."""

import math

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

from desktop.domain.images import THUMBNAIL_SIDE

SAMPLES = 3
"""Of a thumbnail's pixel, a side: reading all that is under it costs five times as much on a 4K screen."""


def thumbnail_size(size: QSize) -> QSize:
    """`size` reduced, never enlarged, to at most `THUMBNAIL_SIDE` px a side."""
    if max(size.width(), size.height()) <= THUMBNAIL_SIDE:
        return size
    return size.scaled(THUMBNAIL_SIDE, THUMBNAIL_SIDE, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(
        QSize(1, 1)
    )


def thumbnail(image: QImage) -> QImage:
    size = thumbnail_size(image.size())
    if size == image.size():
        return image
    samples = size * SAMPLES
    if samples.width() < image.width() and samples.height() < image.height():
        image = image.scaled(samples, mode=Qt.TransformationMode.FastTransformation)
    return scaled(image, size)


def scaled(image: QImage, size: QSize) -> QImage:
    return image.scaled(
        size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )


def within(size: QSize, area: float) -> QSize:
    """`size` reduced in both directions to at most `area` px in all."""
    factor = math.sqrt(area / (size.width() * size.height()))
    return QSize(max(1, math.floor(size.width() * factor)), max(1, math.floor(size.height() * factor)))


def area(size: QSize) -> int:
    """In px."""
    return size.width() * size.height()
