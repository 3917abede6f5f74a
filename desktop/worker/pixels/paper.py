"""Pixels without transparency: models are shown what a person would see on paper."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

from desktop.domain.images import Paper
from desktop.worker.pixels.planes import bands, channels, words

CONTRAST = 32
"""Levels of brightness, of 255, below which nothing is made out: yellow on white has 29."""

SPECKS = 10_000
"""One pixel of so many that are not invisible may stand out: a speck of noise is no picture."""

_OPAQUE = 0xFF000000
_COLOURS: dict[Paper, Qt.GlobalColor] = {"white": Qt.GlobalColor.white, "black": Qt.GlobalColor.black}
_PAPERS: dict[Paper, int] = {"white": 255, "black": 0}
"""In the order in which they are tried, with their brightness."""
_LUMA = np.array((29, 150, 77), np.uint16)
"""Rec. 601 in 256ths, blue first."""


class Laid(NamedTuple):
    """`paper` is None for an image in which nothing was transparent."""

    image: QImage
    paper: Paper | None


def on_paper(image: QImage) -> QImage:
    """Without transparency: on white, or on black where nothing would be seen on white."""
    return laid(image).image


def laid(image: QImage) -> Laid:
    if not image.hasAlphaChannel():
        return Laid(image, None)
    image.convertTo(QImage.Format.Format_ARGB32)
    if is_opaque(image):
        image.reinterpretAsFormat(QImage.Format.Format_RGB32)
        return Laid(image, None)
    for paper, brightness in _PAPERS.items():
        if _stands_out(image, flat := _painted(image, paper), brightness):
            return Laid(flat, paper)
    return Laid(_painted(image, "white"), "white")


def is_opaque(image: QImage) -> bool:
    """Whether no pixel of an image in ARGB32 is transparent."""
    return bool(np.bitwise_and.reduce(words(image), axis=None) >= _OPAQUE)


def _painted(image: QImage, paper: Paper) -> QImage:
    flat = QImage(image.size(), QImage.Format.Format_RGB32)
    flat.fill(_COLOURS[paper])
    painter = QPainter(flat)
    painter.drawImage(0, 0, image)
    painter.end()
    return flat


def _stands_out(image: QImage, flat: QImage, paper: int) -> bool:
    """Whether something is seen of `image` on a paper of that brightness."""
    visible = seen = 0
    for band in bands(image):
        visible += int(np.count_nonzero(channels(image)[band, :, 3]))
        seen += int(np.count_nonzero(np.abs(_luma(channels(flat)[band]) - paper) >= CONTRAST))
    return seen > visible // SPECKS


def _luma(pixels: NDArray[np.uint8]) -> NDArray[np.int16]:
    luma: NDArray[np.int16] = (np.dot(pixels[..., :3].astype(np.uint16), _LUMA) >> 8).astype(np.int16)
    return luma
