"""Where text stands in an image: detection at the scale that the size of its letters wants.

The detector works best on text about 20 px high and takes 1 s and 0.3 GB per megapixel on one core, so
that an image is first looked at small; where that makes letters too small, again larger, in bands.
"""

import math
from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from desktop.domain.images import Box
from desktop.worker.reading.array import Pixels

Corners: TypeAlias = NDArray[np.float32]
"""4 × 2: clockwise from the top left, in px."""

Detect: TypeAlias = Callable[[Pixels], NDArray[np.float32]]
"""The detector: n × 4 × 2 corners for an image that it takes as it is."""

FIRST_SIDE = 2000
"""Longest side in px of the first look."""

BAND_PIXELS = 2_500_000
"""The most that is detected at once: 0.8 GB at its peak. A first look at 16:9 has 2.25 million."""

LEAST_SIDE = 320
"""The detector enlarges what is lower or narrower, in px. More makes small images slow, and no better."""

SMALL, WANTED, LARGE = 16, 17, 40
"""Heights of boxes in px as detected: too small to trust, what a second look aims at, surely whole."""

JITTER = 2
"""By so many px the middle of a piece may differ between two bands: seen twice is better than not at all."""


class Band(NamedTuple):
    """From row `top` up to, but without, row `bottom`."""

    top: int
    bottom: int


class Found(NamedTuple):
    """Corners in px of the image, and the scale at which they were seen."""

    corners: list[Corners]
    scale: float


def locate(pixels: Pixels, detect: Detect) -> list[Corners]:
    """The quadrilaterals around pieces of text, in no order."""
    first = _look(pixels, _first_scale(pixels), detect)
    scale = _second_scale(first)
    if scale <= first.scale:
        return first.corners
    second = _look(pixels, scale, detect)
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


def _look(pixels: Pixels, scale: float, detect: Detect) -> Found:
    size = round(pixels.shape[1] * scale), round(pixels.shape[0] * scale)
    scaled = pixels if scale == 1.0 else cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    corners = [
        corner / np.float32(scale) for corner in _in_bands(scaled.astype(np.uint8, copy=False), detect)
    ]
    return Found(corners, scale)


def _in_bands(pixels: Pixels, detect: Detect) -> Iterator[Corners]:
    cut = bands(*pixels.shape[:2])
    for number, (top, bottom) in enumerate(cut):
        # Where two bands overlap, the one in which a piece lies deeper has seen it whole.
        begin = (top + cut[number - 1].bottom) / 2 if number else 0
        end = (bottom + cut[number + 1].top) / 2 if number + 1 < len(cut) else bottom
        for corners in detect(pixels[top:bottom]):
            placed = corners + np.array((0, top), np.float32)
            if begin - JITTER <= placed[:, 1].mean() <= end + JITTER:
                yield placed


def bands(rows: int, columns: int) -> list[Band]:
    """Tops and bottoms of bands that cover `rows` px, each reaching three wanted lines into the next."""
    band, overlap = max(LEAST_SIDE, BAND_PIXELS // columns), 3 * WANTED
    count = max(1, math.ceil((rows - overlap) / (band - overlap)))
    if count == 1:
        return [Band(0, rows)]
    step = (rows - band) / (count - 1)
    return [Band(round(n * step), round(n * step) + band) for n in range(count)]


def _is_headline(corners: Corners, scale: float) -> bool:
    width = float(np.linalg.norm(corners[1] - corners[0]))
    return height(corners) * scale > LARGE and width > 2 * height(corners)


def _covers(outer: Corners, inner: Corners) -> bool:
    x, y = inner.mean(axis=0)
    box = bounds(outer)
    return bool(box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1)
