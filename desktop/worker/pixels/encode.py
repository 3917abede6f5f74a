"""Pixels into PNG, JPEG and WebP."""

import io
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage, QImageWriter

from desktop.worker.pixels.pieces import joined
from desktop.worker.pixels.png import remains

if TYPE_CHECKING:
    from PIL import Image

PNG_PACKED, PNG_STORED = -1, 100
"""Qt's "quality" of PNG. Stored: a thumbnail of 170 KB instead of 70, for a third of the time to write it in
the worker and to read it in the window."""


def png(image: QImage, effort: int = PNG_PACKED) -> bytes:
    """Without loss, in the image's own depth, and nothing but its pixels."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, b"png")
    writer.setQuality(effort)
    if not writer.write(image):
        raise ValueError("the PNG writer failed")
    data = bytes(buffer.data().data())
    # A QImage remembers the texts, the density and the profile that its own file had.
    return joined(data, remains(data))


def webp(image: QImage) -> bytes:
    """Without loss: a tenth of a PNG's bytes for text, three quarters for a photo, in twice the time."""
    return _saved(image, "WEBP", lossless=True, quality=50, method=4, exact=True)


def jpeg(image: QImage, quality: int) -> bytes:
    """With full colour resolution, which Qt's writer does not offer: coloured text on a screen needs it.

    `quality` is libjpeg's, 1 … 100.
    """
    return _saved(image, "JPEG", quality=quality, subsampling=0)


def _saved(image: QImage, image_format: str, **options: int) -> bytes:
    buffer = io.BytesIO()
    _as_pillow(image).save(buffer, image_format, **options)
    return buffer.getvalue()


def _as_pillow(image: QImage) -> "Image.Image":
    """An image without transparency."""
    from PIL import Image, JpegImagePlugin, WebPImagePlugin  # noqa: F401, PLC0415 - rarely needed

    mode, raw = ("L", "L") if image.format() == QImage.Format.Format_Grayscale8 else ("RGB", "BGRX")
    size, memory = (image.width(), image.height()), np.frombuffer(image.constBits(), np.uint8)
    return Image.frombuffer(mode, size, memory, "raw", raw, image.bytesPerLine(), 1)
