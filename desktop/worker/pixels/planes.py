"""A QImage's memory as arrays: reading and writing pixels without copies of the whole."""

import sys
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

BAND_PX = 1 << 20
"""Pixels that are worked on at once: what is computed beside the image stays small, and in the cache."""

assert sys.byteorder == "little", "a pixel of 32 bits is taken to begin with blue"


def bands(image: QImage) -> Iterator[slice]:
    """Its rows in order, in slices of about `BAND_PX`."""
    step = max(1, BAND_PX // max(1, image.width()))
    for top in range(0, image.height(), step):
        yield slice(top, min(top + step, image.height()))


def rows(image: QImage, *, writable: bool = False) -> NDArray[np.uint8]:
    """Height × bytes that are used of a row, in the memory of the image, which must outlive the array.

    Writing to an image that shares its memory would write to a copy: `writable` is for one in the making.
    """
    memory = np.frombuffer(image.bits() if writable else image.constBits(), np.uint8)
    used = (image.width() * image.depth() + 7) // 8
    return memory.reshape(image.height(), image.bytesPerLine())[:, :used]


def channels(image: QImage, *, writable: bool = False) -> NDArray[np.uint8]:
    """Height × width × 4 of an image with 32 bits a pixel: blue, green, red, alpha (or the four inks)."""
    return rows(image, writable=writable).reshape(image.height(), image.width(), 4)


def words(image: QImage) -> NDArray[np.uint32]:
    """Height × width of an image with 32 bits a pixel."""
    return channels(image).view(np.uint32)[..., 0]
