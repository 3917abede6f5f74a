"""Into which patches an image is cut for the detector."""

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from desktop.worker.reading.array import Pixels

BAND_PIXELS = 2_500_000
"""The most that is detected at once: 0.8 GB at its peak. A first look at 16:9 has 2.25 million."""

PATCH_PIXELS = 600_000
"""In so many, one lone word is seen.

The network weighs its channels by their means over the whole of what it is shown (squeeze and excitation, in
16 places), and learnt on small pictures full of text. On white paper with one word of 18 px the means
are those of paper: the word gets 1.00 at 960 × 544, 0.99 at 1280 × 720, 0.01 at 1600 × 900, and up
to 0.9 again with other words 900 px away.
"""

LEAST_SIDE = 320
"""The detector enlarges what is lower or narrower, in px. More makes small images slow, and no better."""

OVERLAP = 51
"""Rows that two bands share: three lines as high as letters are wanted."""

EDGE = 12
"""From this difference between neighbours on, 0…255, there is ink. Shades of a wallpaper stay below 3."""

GAP, MARGIN = 96, 48
"""Rows or columns without ink that part two patches, and what is left around one, in px."""


class Band(NamedTuple):
    """From row `top` up to, but without, row `bottom`."""

    top: int
    bottom: int


class Patch(NamedTuple):
    """Rows and columns in px, the last ones not included; it speaks for pieces between two rows."""

    rows: slice
    columns: slice
    begin: float
    end: float


Mask: TypeAlias = NDArray[np.bool_]

Cut: TypeAlias = Callable[[Pixels], Iterator[Patch]]


def whole(pixels: Pixels) -> Iterator[Patch]:
    """Bands of the full width; most images are one."""
    rows, columns = pixels.shape[:2]
    return _patches(pixels, bands(rows, columns), lambda _: [slice(0, columns)])


def around_ink(pixels: Pixels) -> Iterator[Patch]:
    """Where there may be text: what stands alone, whole if a lone word is seen in it, else in low bands."""
    columns = pixels.shape[1]
    for rows in _rows(pixels):
        strip = pixels[rows]
        alone = list(_patches(strip, [Band(0, len(strip))], _columns))
        if max(map(size, alone), default=0) > PATCH_PIXELS:
            alone = list(_patches(strip, bands(len(strip), columns, PATCH_PIXELS), _columns))
        yield from (_lower(patch, rows.start) for patch in alone)


def size(patch: Patch) -> int:
    """In px."""
    rows, columns = patch.rows, patch.columns
    return int((rows.stop - rows.start) * (columns.stop - columns.start))


def bands(rows: int, columns: int, most: int = BAND_PIXELS) -> list[Band]:
    """Bands of about `most` px that cover `rows`, each reaching into the next by `OVERLAP`."""
    band = max(LEAST_SIDE, most // columns)
    count = max(1, math.ceil((rows - OVERLAP) / (band - OVERLAP)))
    if count == 1:
        return [Band(0, rows)]
    step = (rows - band) / (count - 1)
    return [Band(round(n * step), round(n * step) + band) for n in range(count)]


def _patches(
    pixels: Pixels, cut: Sequence[Band], columns_of: Callable[[Pixels], list[slice]]
) -> Iterator[Patch]:
    """Where two bands overlap, the one in which a piece lies deeper has seen it whole."""
    ends = [-math.inf, *((above.bottom + below.top) / 2 for above, below in pairwise(cut)), math.inf]
    for band, (begin, end) in zip(cut, pairwise(ends), strict=True):
        rows = slice(*band)
        for columns in columns_of(pixels[rows]):
            yield Patch(rows, columns, begin, end)


def _lower(patch: Patch, rows: int) -> Patch:
    moved = slice(patch.rows.start + rows, patch.rows.stop + rows)
    return Patch(moved, patch.columns, patch.begin + rows, patch.end + rows)


def _columns(pixels: Pixels) -> list[slice]:
    inked = np.logical_or.reduce([ink.any(axis=0) for ink in _ink(pixels)])
    return _runs(inked, pixels.shape[1])


def _rows(pixels: Pixels) -> list[slice]:
    inked = np.concatenate([ink.any(axis=1) for ink in _ink(pixels)])
    return _runs(inked, len(pixels))


def _ink(pixels: Pixels) -> Iterator[Mask]:
    """Where neighbours differ, so many rows at a time that it takes little memory."""
    for top in range(0, len(pixels), LEAST_SIDE):
        piece = pixels[top : top + LEAST_SIDE]
        edges = cv2.morphologyEx(piece, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
        yield cv2.inRange(edges, (0, 0, 0), (EDGE - 1,) * 3) == 0


def _runs(inked: Mask, length: int) -> list[slice]:
    """Where there is ink, with what is around it; none overlaps another or is needlessly small."""
    ink = np.flatnonzero(inked)
    if not ink.size:
        return []
    cuts = np.flatnonzero(np.diff(ink) > GAP)
    begins, ends = (ink[0], *ink[cuts + 1]), (*ink[cuts], ink[-1])
    runs: list[slice] = []
    for begin, end in zip(begins, ends, strict=True):
        run = _widened(int(begin), int(end) + 1, length)
        if runs and runs[-1].stop >= run.start:
            run = slice(runs.pop().start, run.stop)
        runs.append(run)
    return runs


def _widened(begin: int, end: int, length: int) -> slice:
    missing = max(0, LEAST_SIDE - (end - begin + 2 * MARGIN))
    left = max(0, begin - MARGIN - missing // 2)
    right = min(length, max(end + MARGIN, left + LEAST_SIDE))
    return slice(max(0, min(left, right - LEAST_SIDE)), right)
