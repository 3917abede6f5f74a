"""Decoding by Qt: PNG, JPEG, WebP, GIF, BMP, and TIFF with 16 bits. No application object is needed."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

import numpy as np
from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QMessageLogContext,
    QSize,
    Qt,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QColorSpace, QImage, QImageReader, QTransform

from desktop.worker.pixels import exif
from desktop.worker.pixels.exif import SIDEWAYS
from desktop.worker.pixels.header import Header
from desktop.worker.pixels.planes import bands, rows
from desktop.worker.pixels.raw import Raw
from desktop.worker.wire import Refusal

MEGABYTES = 1000
"""What one image may take while it is decoded: 120 megapixels of 64 bits."""

_SCALING = frozenset({"jpeg"})
"""What is decoded cheaper when less is wanted."""

_TURNS = {3: 180, 4: 180, 5: 90, 6: 90, 7: 270, 8: 270}
"""Clockwise degrees by EXIF's orientation, and then a mirror for those in `_MIRRORED`."""
_MIRRORED = frozenset({2, 4, 5, 7})

_DAMAGE = ("Premature end", "Corrupt JPEG data: premature end", "Corrupt JPEG data: bad Huffman")
"""What libjpeg says, as a mere warning, when it fills in what is missing."""

_DOUBT = ("Corrupt JPEG", "libpng warning: tRNS", "libpng warning: PLTE", "libpng warning: IDAT")
"""What is said of bytes that are still decoded, but would be sent as they are."""

_AS_THEY_ARE = frozenset(
    {
        QImage.Format.Format_RGB32,
        QImage.Format.Format_ARGB32,
        QImage.Format.Format_Grayscale8,
        QImage.Format.Format_CMYK8888,
    }
)
_EIGHT_BITS = 8
_GREY_16 = QImage.Format.Format_Grayscale16


class QtDecoder:
    """One file. Every method raises `Refusal`."""

    def __init__(self, data: bytes, image_format: str, header: Header | None) -> None:
        self._data = QByteArray(data)  # copied once; buffers share it
        self._format = image_format
        self._header = header

    @cached_property
    def frames(self) -> int:
        """By a reader of its own: TIFF's counts wrongly once it has told the size."""
        with _reading(self._data, self._format) as reader:
            return max(1, reader.imageCount())

    def describe(self, page: int) -> tuple[QSize, Header]:
        """The upright size in px, and what the file tells of itself."""
        header = self._told()
        with _reading(self._data, self._format) as reader:
            _turn_to(reader, page)
            size = reader.size()
        # A BMP whose first row is the upper one declares a negative height.
        size.setHeight(abs(size.height()) if self._format == "bmp" else size.height())
        if not size.isValid():
            raise Refusal("broken")
        return size.transposed() if header.orientation >= SIDEWAYS else size, header

    def decode(self, page: int, orientation: int, size: QSize | None = None) -> Raw:
        """Upright, of `size` px if it is given and the decoder can do it itself: a JPEG's is then cheap."""
        with _reading(self._data, self._format) as reader, _warnings() as said:
            _turn_to(reader, page)
            if size is not None and self._format in _SCALING:
                reader.setScaledSize(size.transposed() if orientation >= SIDEWAYS else size)
            image = reader.read()
            if image.isNull() or any(words.startswith(_DAMAGE) for words in said):
                raise Refusal("broken", said[0] if said else reader.errorString())
        # A profile that Qt believes and libpng does not would keep the image from being written.
        image.setColorSpace(QColorSpace())
        if clear := self._told().clear:
            _make_clear(image, clear)
        narrowed = image.pixelFormat().redSize() > _EIGHT_BITS or image.format() == _GREY_16
        sound = not any(words.startswith(_DOUBT) for words in said)
        return Raw(_turned(_eight_bits(image), orientation), narrowed, sound)

    def _told(self) -> Header:
        """A TIFF is built like an EXIF block, and its first page's orientation stands in the same place."""
        return self._header or Header(
            orientation=exif.orientation(bytes(self._data.data())) if self._format == "tiff" else exif.UPRIGHT
        )


def _turn_to(reader: QImageReader, page: int) -> None:
    if page and not reader.jumpToImage(page):
        raise Refusal("broken", reader.errorString())


def _make_clear(image: QImage, colour: tuple[int, int, int]) -> None:
    """Make pixels of `colour` transparent in an image of four times 16 bits."""
    image.convertTo(QImage.Format.Format_RGBA64)
    pixels = rows(image, writable=True).view(np.uint16).reshape(image.height(), image.width(), 4)
    for band in bands(image):
        pixels[band, :, 3] = np.where((pixels[band, :, :3] == colour).all(axis=-1), 0, 65_535)


def _eight_bits(image: QImage) -> QImage:
    if image.format() in _AS_THEY_ARE:
        return image
    if image.format() == _GREY_16 or (image.isGrayscale() and not image.hasAlphaChannel()):
        image.convertTo(QImage.Format.Format_Grayscale8)
    elif image.hasAlphaChannel():
        image.convertTo(QImage.Format.Format_ARGB32)
    else:
        image.convertTo(QImage.Format.Format_RGB32)
    return image


def _turned(image: QImage, orientation: int) -> QImage:
    if orientation in _TURNS:
        image = image.transformed(QTransform().rotate(_TURNS[orientation]))
    if orientation in _MIRRORED:
        image.flip(Qt.Orientation.Horizontal)
    return image


@contextmanager
def _reading(data: QByteArray, image_format: str) -> Iterator[QImageReader]:
    QImageReader.setAllocationLimit(MEGABYTES)
    buffer = QBuffer()
    buffer.setData(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, image_format.encode())
    try:
        yield reader
    finally:
        # TIFF's handler touches its device when it goes, and the buffer may go first. Qt takes a null.
        reader.setDevice(None)  # type: ignore[arg-type]


@contextmanager
def _warnings() -> Iterator[list[str]]:
    """What the decoders say meanwhile: there is no other way to hear of libjpeg's warnings."""
    said: list[str] = []

    def hear(_kind: QtMsgType, _where: QMessageLogContext, words: str) -> None:
        said.append(words)

    before = qInstallMessageHandler(hear)
    try:
        yield said
    finally:
        qInstallMessageHandler(before)
