"""Where text stands in an image: detection at the scale that the size of its letters wants.

The detector works best on text about 20 px high and takes 1 s and 0.3 GB per megapixel on one core, so
that an image is first looked at small; where that makes letters too small, again larger, in bands; and
where few are seen in a large image, again in patches, since it is blind for lone words in much paper.
"""

import math
from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from desktop.domain.images import Box
from desktop.worker.reading.array import Pixels
from desktop.worker.reading.cut import (
    BAND_PIXELS,
    LEAST_SIDE,
    OVERLAP,
    PATCH_PIXELS,
    Cut,
    around_ink,
    size,
    whole,
)

Corners: TypeAlias = NDArray[np.float32]
"""4 × 2: clockwise from the top left, in px."""

Detect: TypeAlias = Callable[[Pixels], NDArray[np.float32]]
"""The detector: n × 4 × 2 corners for an image that it takes as it is."""

FIRST_SIDE = 2000
"""Longest side in px of the first look."""

SMALL, WANTED, LARGE = 16, 17, 40
"""Heights of boxes in px as detected: too small to trust, what a second look aims at, surely whole."""

FEW = 8
"""Pieces from which on none is missed for want of company: at 1920 × 1080 four lone words see each other."""

JITTER = 2
"""By so many px the middle of a piece may differ between two bands: seen twice is better than not at all."""


class Found(NamedTuple):
    """Corners in px of the image, and the scale at which they were seen."""

    corners: list[Corners]
    scale: float


def locate(pixels: Pixels, detect: Detect) -> list[Corners]:
    """The quadrilaterals around pieces of text, in no order."""
    inked = sum(map(size, around_ink(pixels)))
    if inked <= PATCH_PIXELS < pixels.shape[0] * pixels.shape[1]:
        return _look(pixels, 1.0, detect, around_ink).corners
    first = _look(pixels, _first_scale(pixels), detect, whole)
    scale = _second_scale(first)
    if _is_sparse(first, pixels):
        second = _look(pixels, 1.0 if inked <= BAND_PIXELS else scale, detect, around_ink)
        return _merged(first, second, len(pixels))
    if scale <= first.scale:
        return first.corners
    second = _look(pixels, scale, detect, whole)
    headlines = [corners for corners in first.corners if _is_headline(corners, first.scale)]
    return headlines + [c for c in second.corners if not any(_covers(h, c) for h in headlines)]


def bounds(corners: Corners) -> Box:
    """The upright rectangle around `corners`."""
    (x0, y0), (x1, y1) = corners.min(axis=0), corners.max(axis=0)
    return Box(math.floor(x0), math.floor(y0), math.ceil(x1), math.ceil(y1))


def height(corners: Corners) -> float:
    """Across the line of text, in px."""
    return float(np.linalg.norm(corners[3] - corners[0]))


def _first_scale(pixels: Pixels) -> float:
    """A long strip is judged by twice its short side, or its text would vanish."""
    rows, columns = pixels.shape[:2]
    side: int = min(max(rows, columns), 2 * min(rows, columns))
    return min(1.0, FIRST_SIDE / side)


def _second_scale(first: Found) -> float:
    """By the lower quartile of heights: a few headlines do not speak for the small print."""
    if first.scale == 1.0 or len(first.corners) < 2:  # noqa: PLR2004 - too few to judge by
        return 1.0
    low = float(np.quantile([height(corners) for corners in first.corners], 0.25))
    return first.scale if low * first.scale >= SMALL else min(1.0, WANTED / low)


def _is_sparse(first: Found, pixels: Pixels) -> bool:
    """Whether lone words may have been missed."""
    seen = pixels.shape[0] * pixels.shape[1] * first.scale**2
    return len(first.corners) < FEW and seen > PATCH_PIXELS


def _look(pixels: Pixels, scale: float, detect: Detect, cut: Cut) -> Found:
    shape = round(pixels.shape[1] * scale), round(pixels.shape[0] * scale)
    scaled = pixels if scale == 1.0 else cv2.resize(pixels, shape, interpolation=cv2.INTER_AREA)
    corners = [
        corner / np.float32(scale) for corner in _in_patches(scaled.astype(np.uint8, copy=False), detect, cut)
    ]
    return Found(corners, scale)


def _in_patches(pixels: Pixels, detect: Detect, cut: Cut) -> Iterator[Corners]:
    for patch in cut(pixels):
        for corners in detect(np.ascontiguousarray(pixels[patch.rows, patch.columns])):
            placed = corners + np.array((patch.columns.start, patch.rows.start), np.float32)
            if patch.begin - JITTER <= placed[:, 1].mean() <= patch.end + JITTER:
                yield placed


def _merged(first: Found, second: Found, rows: int) -> list[Corners]:
    """What the second look saw, and of the first one what is too high for a patch, or was seen only then."""
    # What fills the image, or a patch, is no line, but a pattern that the detector takes for letters.
    high = [c for c in first.corners if OVERLAP / second.scale < height(c) < rows / 2]
    low = [c for c in second.corners if height(c) * second.scale < LEAST_SIDE / 2]
    closer = [c for c in low if not any(_covers(h, c) for h in high)]
    rest = [c for c in first.corners if not any(_covers(c, s) or _covers(s, c) for s in closer)]
    return closer + rest


def _is_headline(corners: Corners, scale: float) -> bool:
    width = float(np.linalg.norm(corners[1] - corners[0]))
    return height(corners) * scale > LARGE and width > 2 * height(corners)


def _covers(outer: Corners, inner: Corners) -> bool:
    x, y = inner.mean(axis=0)
    box = bounds(outer)
    return bool(box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1)
