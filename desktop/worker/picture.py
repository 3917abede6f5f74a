"""Untrusted bytes into pixels. QtGui is enough; no application object is needed for a QImage."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from PySide6.QtCore import QBuffer, QIODevice, QSize
from PySide6.QtGui import QImage, QImageIOHandler, QImageReader

from desktop.worker.container import Format, declared_png_size, has_its_end, sniff
from desktop.worker.wire import Refusal

MEGAPIXELS = 120
"""The largest image that is decoded: 480 MB. Three 8K screens side by side have 100."""

MIN_SIDE, MAX_RATIO = 11, 200
"""What the services take: more than 10 px a side, at most 200 : 1."""

_UNTURNED = QImageIOHandler.Transformation.TransformationNone
_SIDEWAYS = QImageIOHandler.Transformation.TransformationRotate90


@dataclass(frozen=True, slots=True)
class Picture:
    """Encoded bytes whose declared size has been judged. `stored` is the size in px before turning."""

    data: bytes = field(repr=False)
    format: Format
    stored: QSize
    frames: int
    transformation: QImageIOHandler.Transformation

    @property
    def turned(self) -> bool:
        return self.transformation != _UNTURNED

    @property
    def size(self) -> QSize:
        """In px, upright."""
        sideways = self.transformation.value & _SIDEWAYS.value
        return self.stored.transposed() if sideways else self.stored

    def decode(self, size: QSize | None = None) -> QImage:
        """The first frame, upright, of `size` (default: its own); with 8 bits a channel.

        A smaller size makes a JPEG much cheaper. Raises `Refusal`.
        """
        with _reading(self.data, self.format) as reader:
            reader.setAutoTransform(True)
            if size is not None:
                reader.setScaledSize(size.transposed() if self.size != self.stored else size)
            image = reader.read()
            if image.isNull():
                raise Refusal("broken", reader.errorString())
        depth = QImage.Format.Format_ARGB32 if image.hasAlphaChannel() else QImage.Format.Format_RGB32
        return image.convertToFormat(depth)


def examine(data: bytes) -> Picture:
    """Judge `data` by what it declares, before a pixel is decoded. Raises `Refusal`."""
    image_format = sniff(data)
    if image_format is None:
        raise Refusal("unsupported")
    if declared := declared_png_size(data):
        _judge_size(QSize(*declared))
    with _reading(data, image_format) as reader:
        # Counted by a reader of its own: TIFF's counts wrongly once it has told the size.
        frames = max(1, reader.imageCount())
    with _reading(data, image_format) as reader:
        size, transformation = reader.size(), reader.transformation()
    # A BMP whose first row is the upper one declares a negative height.
    size.setHeight(abs(size.height()) if image_format == "bmp" else size.height())
    if not size.isValid() or not has_its_end(image_format, data):
        raise Refusal("broken")
    picture = Picture(data, image_format, size, frames, transformation)
    _judge_size(picture.size)
    return picture


def _judge_size(size: QSize) -> None:
    width, height = size.width(), size.height()
    if width * height > MEGAPIXELS * 1_000_000:
        raise Refusal("too_large", width=width, height=height, limit=MEGAPIXELS)
    if min(width, height) < MIN_SIDE or max(width, height) > MAX_RATIO * min(width, height):
        raise Refusal("too_narrow", width=width, height=height)


@contextmanager
def _reading(data: bytes, image_format: Format) -> Iterator[QImageReader]:
    QImageReader.setAllocationLimit(MEGAPIXELS * 8)
    buffer = QBuffer()
    buffer.setData(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, image_format.encode())
    try:
        yield reader
    finally:
        # TIFF's handler touches its device when it goes, and the buffer may go first. Qt takes a null.
        reader.setDevice(None)  # type: ignore[arg-type]
