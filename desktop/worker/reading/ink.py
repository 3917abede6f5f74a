"""Where there is ink along a line of text: white gaps between its words, and the pitch of its characters."""

from typing import NamedTuple, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from desktop.domain.images import Box
from desktop.worker.reading.array import Pixels

Profile: TypeAlias = NDArray[np.float32]
"""For each column of pixels how much darkness varies from top to bottom, 0…1: a rule or a shade is none."""

FAINT = 0.2
"""Up to here a column is white: what JPEG leaves beside letters, of the strongest one's contrast."""

NO_CONTRAST = 24.0
"""Differences of grey below this are no ink."""

TRIMMED = 0.12
"""Left out above and below, in heights: lines around cells and under words."""


RULED = 6.0
"""Differences of grey above this tell a rule from its paper."""

AROUND = 0.45
"""White around letters that belongs to their line, in heights of the letters."""

LOW = 0.3
"""What is lower, in heights of its box, is a dash, or one stroke of a character."""


DOT, DARK, COLON = 0.25, 0.4, 2
"""A dot is no larger, in heights of its box; its ink has so much of the strongest contrast; two make it."""


class Span(NamedTuple):
    """From column `x0` up to, but without, `x1`, in px of the image."""

    x0: int
    x1: int


def grey(pixels: Pixels) -> Pixels:
    """Height × width, one channel."""
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), np.uint8)


def tightened(shades: Pixels, box: Box) -> Box:
    """`box` without what is more than white around its letters: the detector's are loose in large images."""
    part = shades[max(0, box.y0) : box.y1, max(0, box.x0) : box.x1]
    if not part.size:
        return box
    part = part[:, ~_ruled(part)]
    contrast = (part.max(axis=1) - part.min(axis=1)).astype(np.float32)
    white = np.flatnonzero(contrast <= max(NO_CONTRAST, FAINT * float(np.quantile(contrast, 0.95))))
    middle = len(contrast) // 2
    top = int(white[white <= middle].max(initial=-1)) + 1
    bottom = int(white[white >= middle].min(initial=len(contrast)))
    around = AROUND * (bottom - top)
    if bottom - top < LOW * len(contrast):
        return box
    y0 = max(0, box.y0)
    return box._replace(y0=max(y0, round(y0 + top - around)), y1=min(box.y1, round(y0 + bottom + around)))


def _ruled(part: Pixels) -> NDArray[np.bool_]:
    """The columns that a rule or a frame fills from top to bottom; they have another shade than the paper."""
    even = part.max(axis=0) - part.min(axis=0) <= NO_CONTRAST
    shade = part[0].astype(np.float32)
    return np.asarray(even & (np.abs(shade - np.median(part)) > RULED))


def profile(shades: Pixels, box: Box) -> Profile:
    """One value for each column of `box`."""
    trim = round(TRIMMED * (box.y1 - box.y0))
    part = shades[max(0, box.y0 + trim) : box.y1 - trim, max(0, box.x0) : box.x1]
    if not part.size:
        return np.zeros(max(0, box.x1 - box.x0), np.float32)
    contrast = (part.max(axis=0) - part.min(axis=0)).astype(np.float32)
    strongest = max(NO_CONTRAST, float(np.quantile(contrast, 0.95)))
    return np.asarray(np.minimum(contrast / strongest, 1), np.float32)


def strokes(shades: Pixels, box: Box) -> Profile:
    """As `profile`, of text on one even shade: there bars and underscores are ink as well."""
    part = shades[max(0, box.y0) : box.y1, max(0, box.x0) : box.x1].astype(np.float32)
    if not part.size:
        return np.zeros(max(0, box.x1 - box.x0), np.float32)
    contrast = np.abs(part - np.median(part)).max(axis=0)
    strongest = max(NO_CONTRAST, float(np.quantile(contrast, 0.95)))
    return np.asarray(np.minimum(contrast / strongest, 1), np.float32)


def ends_with_colon(shades: Pixels, box: Box) -> bool:
    """Whether the last that stands in `box` are two dots, one above the other."""
    part = shades[max(0, box.y0) : box.y1, max(0, box.x0) : box.x1].astype(np.float32)
    dark = np.abs(part - np.median(part)) if part.size else part
    inked = dark > max(NO_CONTRAST, DARK * float(dark.max(initial=0)))
    columns, high = np.flatnonzero(inked.any(axis=0)), box.y1 - box.y0
    if not columns.size:
        return False
    breaks = np.flatnonzero(np.diff(columns) > 1)
    first = columns[breaks[-1] + 1] if breaks.size else columns[0]
    rows = inked[:, first : columns[-1] + 1].any(axis=1)
    starts = np.flatnonzero(np.diff(rows.astype(np.int8), prepend=0) == 1)
    ends = np.flatnonzero(np.diff(rows.astype(np.int8), append=0) == -1) + 1
    dots = ends - starts
    is_narrow = columns[-1] + 1 - first <= DOT * high
    return bool(is_narrow and len(dots) == COLON and dots.max() <= DOT * high and abs(dots[0] - dots[1]) <= 1)


def spans(line: Profile, box: Box, gap: float) -> list[Span]:
    """What stands in `box`, cut where more than `gap` px are white; all of it if nothing is seen there."""
    inked = np.flatnonzero(line > FAINT)
    if not inked.size:
        return [Span(box.x0, box.x1)]
    cuts = np.flatnonzero(np.diff(inked) > gap + 1)
    starts = [inked[0], *inked[cuts + 1]]
    ends = [*inked[cuts], inked[-1]]
    left = max(0, box.x0)
    return [Span(left + int(a), left + int(b) + 1) for a, b in zip(starts, ends, strict=True)]
