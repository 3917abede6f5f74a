"""An image turned so that its lines of text are level, and the way back to its own pixels."""

from collections.abc import Sequence
from typing import NamedTuple, Self

import cv2
import numpy as np
from numpy.typing import NDArray

from desktop.domain.images import Box
from desktop.worker.reading.array import Pixels
from desktop.worker.reading.locate import Corners, height

LEVEL, STEEPEST = 1.0, 20.0
"""Degrees: up to here lines are level; from here on they are no photographed page's."""

LONG = 4.0
"""The direction of a line tells something from so many heights of length on."""

Affine = NDArray[np.float64]
"""2 × 3: where a point goes, in px."""


class Page(NamedTuple):
    """Pixels to read, and how they were made out of those of the image, whose size in px is `size`."""

    pixels: Pixels
    turn: Affine
    size: tuple[int, int]

    @classmethod
    def of(cls, pixels: Pixels, quarters: int = 0) -> Self:
        """The image turned clockwise by `quarters` right angles."""
        rows, columns = pixels.shape[:2]
        turn = np.eye(2, 3)
        for quarter in range(quarters):
            high = columns if quarter % 2 else rows
            turn = np.array(((0, -1), (1, 0))) @ turn + np.array(((0, 0, high), (0, 0, 0)))
        return cls(np.ascontiguousarray(np.rot90(pixels, -quarters)), turn, (columns, rows))

    def levelled(self, found: Sequence[Corners]) -> tuple[Self, list[Corners]]:
        """The page turned so that what was `found` on it lies level, and the same corners there."""
        degrees = slant(found)
        if not LEVEL < abs(degrees) < STEEPEST:
            return self, list(found)
        turn, size = _rotation(self.pixels, degrees)
        pixels = cv2.warpAffine(
            self.pixels, turn, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
        )
        combined = turn @ np.vstack((self.turn, (0, 0, 1)))
        level = [cv2.transform(corners[None], turn)[0].astype(np.float32) for corners in found]
        return type(self)(pixels.astype(np.uint8, copy=False), combined, self.size), level

    def original(self, box: Box) -> Box:
        """The upright rectangle around `box` in px of the image, within its edges."""
        corners = np.array(((box.x0, box.y0), (box.x1, box.y0), (box.x1, box.y1), (box.x0, box.y1)), float)
        placed = cv2.transform(corners[None], cv2.invertAffineTransform(self.turn))[0]
        (x0, y0), (x1, y1) = np.floor(placed.min(axis=0) + 0.01), np.ceil(placed.max(axis=0) - 0.01)
        return Box(max(0, int(x0)), max(0, int(y0)), min(self.size[0], int(x1)), min(self.size[1], int(y1)))


def slant(found: Sequence[Corners]) -> float:
    """How far lines of text fall to the right, in degrees: as the longer ones do. 0 without any."""
    long = sorted((corners for corners in found if _length(corners) > LONG * height(corners)), key=_length)
    along = np.array(
        [corners[1] - corners[0] + corners[2] - corners[3] for corners in long[len(long) // 2 :]]
    )
    return float(np.median(np.degrees(np.arctan2(along[:, 1], along[:, 0])))) if len(along) else 0.0


def _length(corners: Corners) -> float:
    return float(np.linalg.norm(corners[1] - corners[0]))


def _rotation(pixels: Pixels, degrees: float) -> tuple[Affine, tuple[int, int]]:
    """Turns the image back by `degrees`, and the size in px that holds all of it."""
    rows, columns = pixels.shape[:2]
    turn = cv2.getRotationMatrix2D((columns / 2, rows / 2), degrees, 1.0)
    cosine, sine = abs(turn[0, 0]), abs(turn[0, 1])
    width, height = round(columns * cosine + rows * sine), round(columns * sine + rows * cosine)
    turn[:, 2] += (width - columns) / 2, (height - rows) / 2
    return np.asarray(turn, np.float64), (width, height)
