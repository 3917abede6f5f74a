"""Text in characters of one width: told by its pixels, before it is read.

Between characters of one width the ink is thin at equal distances, all along the line; in other text it is
as thick there as anywhere. Measured on screens of 15 to 32 px text: 0.0…0.15 of the mean against 0.4…0.9.
"""

import functools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from desktop.domain.images import Box
from desktop.worker.reading.ink import FAINT, Profile

NARROWEST, WIDEST = 0.34, 0.74
"""Of characters, in heights of the detector's boxes. A Chinese character is wider."""

STEP = 1.012
"""From one width that is tried to the next: an eighth of a character after twenty, either way."""

CHARACTERS = 24
"""So many characters of a line are looked at."""

BEGINS = 10
"""So many places within a character are tried for where a line begins."""

LEAST_CHARACTERS = 8
"""In fewer, any text may have equal distances by chance."""

THIN = 0.3
"""Ink between characters of one width, of the mean."""

THIN_ON_GRID, THIN_ON_LONG_GRID = 0.1, 0.2
"""The same for several lines on one grid, of few characters and of many.

Where there is a grid 0.03…0.06, in 11 px text 0.12…0.18; by chance from 0.14 on for fifty characters, and
from 0.4 on for hundreds.
"""

MANY_CHARACTERS = 100

LIKE = 0.02
"""Lines of one font differ by less in what is measured of their characters' width."""

WHITE = 1.2
"""Wider white is left out, in line heights."""


class Pitch(NamedTuple):
    """The width of a character in px, and how much ink stands between characters, of the mean."""

    width: float
    thickness: float

    @property
    def is_even(self) -> bool:
        """Whether all characters are equally wide."""
        return self.thickness < THIN


class Grid(NamedTuple):
    """Characters `pitch` px wide, the first of which begins at `left` px."""

    left: float
    pitch: float

    def column(self, x: float) -> int:
        """The number of the character that begins at `x`: ink begins some way into its own."""
        return int(np.floor((x - self.left) / self.pitch + 0.15))


def pitch_of(profile: Profile, height: float) -> Pitch | None:
    """What fits the line best; None for one too short to tell."""
    inked = _without_gaps(profile, WHITE * height)
    widths, places = _trials(round(height))
    widths = widths[: np.searchsorted(widths, inked.size / LEAST_CHARACTERS)]
    if not widths.size:
        return None
    places = places[: widths.size]
    stands = places < inked.size
    between = (inked[np.where(stands, places, 0)] * stands).sum(axis=2) / stands.sum(axis=2)
    reach = np.minimum(inked.size, np.rint(CHARACTERS * widths)).astype(int)
    thickness = between.min(axis=1) * reach / np.maximum(np.cumsum(inked)[reach - 1], 1)
    best = int(thickness.argmin())
    return Pitch(float(widths[best]), float(thickness[best]))


@functools.cache
def _trials(height: int) -> tuple[NDArray[np.float64], NDArray[np.int_]]:
    """Widths in px, and for each the places between characters, for every place where a line may begin."""
    widths = NARROWEST * height * STEP ** np.arange(np.log(WIDEST / NARROWEST) / np.log(STEP))
    begins = np.arange(0, 1, 1 / BEGINS)[None, :, None]
    places = widths[:, None, None] * (begins + np.arange(CHARACTERS)[None, None, :])
    return widths, np.rint(places).astype(int)


def are_alike(one: Pitch, other: Pitch) -> bool:
    return abs(one.width - other.width) < LIKE * one.width


def grid_of(lines: Sequence[tuple[Box, Profile]], width: float) -> Grid | None:
    """The grid on which all `lines` stand, whose characters are about `width` wide; None: they do not."""
    tried = [_best_grid(lines, fine) for fine in width * np.linspace(1 - LIKE / 2, 1 + LIKE / 2, 41)]
    thickness, grid = min(tried, key=lambda one: float(one[0].mean()))
    is_long = sum(profile.size for _, profile in lines) >= MANY_CHARACTERS * width
    limit = THIN_ON_LONG_GRID if is_long else THIN_ON_GRID
    return grid if thickness.mean() < limit and thickness.max() < THIN else None


def stands_on(grid: Grid, box: Box, profile: Profile) -> bool:
    """Whether a line, be it short, has its characters on `grid`."""
    thickness = _between(box, profile, np.array([grid.left]), grid.pitch)
    return bool(profile.size > grid.pitch and thickness[0] < THIN)


def _best_grid(lines: Sequence[tuple[Box, Profile]], width: float) -> tuple[NDArray[np.float64], Grid]:
    """How much ink stands between characters of `width` in each line, for the best left edge."""
    lefts = np.arange(0, width, 0.5)
    between = np.array([_between(box, profile, lefts, width) for box, profile in lines])
    best = int(between.sum(axis=0).argmin())
    return between[:, best], Grid(float(lefts[best]), float(width))


def _between(box: Box, profile: Profile, lefts: NDArray[np.float64], width: float) -> NDArray[np.float64]:
    """The ink between characters, of the mean, for each left edge of a grid."""
    first = (lefts - box.x0) % width
    places = np.rint(first[:, None] + width * np.arange(int(profile.size / width))).astype(int)
    stands = places < profile.size
    ink = (profile[np.where(stands, places, 0)] * stands).sum(axis=1)
    return np.asarray(ink / max(1.0, float(profile.sum()) / width), np.float64)


def _without_gaps(profile: Profile, gap: float) -> Profile:
    """The longest stretch: white is even at any distance."""
    inked = np.flatnonzero(profile > FAINT)
    if not inked.size:
        return profile[:0]
    longest = max(
        np.split(inked, np.flatnonzero(np.diff(inked) > gap) + 1), key=lambda part: int(part[-1] - part[0])
    )
    return profile[longest[0] : longest[-1] + 1]
