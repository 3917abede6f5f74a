"""Ruled tables: where thin lines, or the edges of fills, part the page into cells."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median_high, median_low
from typing import Any, NamedTuple, Self

import cv2
import numpy as np
from numpy.typing import NDArray

from desktop.domain.images import Box
from desktop.worker.reading.array import Pixels
from desktop.worker.reading.rules import ACROSS, DOWN, Mask, grown, rules

Labels = NDArray[np.integer[Any]]
"""Height × width: to which rules that hang together a place belongs."""

JOINT = 0.25
"""Rules closer than this meet, in line heights: cells with a frame each stand 2 or 3 px apart."""

SAME = 0.4
"""Rules closer than this are one, in line heights. The narrowest column is wider."""

OPEN = 0.6
"""Rules that go on for more than this beyond the last that they cross have a cell there, in line heights."""

LEAST_SIDE = 2.4
"""Two rows, or two columns, are longer than this, in line heights."""

SOLID = 0.6
"""So much of a cell's side a rule fills."""

ROW_SHARE = 0.5
"""A rule between two rows fills so much of the width: cells that go over several rows have none."""

LEAST_SHARED = 2
"""So many rows a rule between two columns parts."""

PAIR, FILLED = 2, 0.6
"""Text that fills so much of one of two columns belongs there: a name beside the corner of row numbers."""

ASIDE = 0.2
"""Text that lines up with two things lines up with the nearer, if it is so much nearer, in its heights."""

TALL = 3.0
"""A row without columns at the top or bottom, so many times higher than others, is a frame."""


class Lattice(NamedTuple):
    """Rules down at `xs` and across at `ys`, in px, ascending, the outermost included.

    `walls`: rows × rules down, `floors`: rules across × columns: whether a rule stands there.
    """

    xs: tuple[int, ...]
    ys: tuple[int, ...]
    walls: NDArray[np.bool_]
    floors: NDArray[np.bool_]

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return len(self.ys) - 1, len(self.xs) - 1

    def cell(self, text: Box) -> tuple[int, int] | None:
        """Row and column of the cell around `text`: of one that spans several, the first."""
        row = int(np.searchsorted(self.ys, (text.y0 + text.y1) / 2)) - 1
        column = int(np.searchsorted(self.xs, (text.x0 + text.x1) / 2)) - 1
        if not (0 <= row < self.shape[0] and 0 <= column < self.shape[1]):
            return None
        ruled = np.flatnonzero(self.walls[row])
        first = int(ruled[ruled <= column].max(initial=0))
        end = int(ruled[ruled > column].min(initial=self.shape[1]))
        if first < column and not self._is_placed(text, column, column + 1, within=(first, end)):
            column = first
        while row and not self.floors[row, column]:
            row -= 1
        return row, column

    def column(self, text: Box) -> int:
        """The number of the column in which the middle of `text` lies, whether rules end it there or not."""
        column = int(np.searchsorted(self.xs, (text.x0 + text.x1) / 2)) - 1
        return min(max(column, 0), self.shape[1] - 1)

    def _is_placed(self, text: Box, first: int, end: int, *, within: tuple[int, int]) -> bool:
        """Whether `text` lines up with one column of a wider cell, in which only a rule is missing."""
        own, whole = (_offset(text, self.xs[a], self.xs[b]) for a, b in ((first, end), within))
        high = text.y1 - text.y0
        inside = self.xs[first] - SAME * high <= text.x0 and text.x1 <= self.xs[end] + SAME * high
        width = self.xs[end] - self.xs[first]
        fills = within[1] - within[0] == PAIR and text.x1 - text.x0 > FILLED * width
        return inside and (fills or own < whole - ASIDE * high)

    def sides(self, y: float) -> tuple[int, ...]:
        """Where the rules down stand at height `y`, the outermost included."""
        row = min(max(int(np.searchsorted(self.ys, y)) - 1, 0), self.shape[0] - 1)
        return tuple(x for x, stands in zip(self.xs, self.walls[row], strict=True) if stands)


class _Rules(NamedTuple):
    """Masks of the rules that hang together, whose top left corner stands at `x`, `y`."""

    x: int
    y: int
    down: Mask
    across: Mask
    line: float

    @classmethod
    def of(cls, labels: Labels, label: int, box: Sequence[int], masks: Sequence[Mask], line: float) -> Self:
        """Those under `label` within `box`: its left, top, width, height."""
        x, y, width, height = box
        place = np.s_[y : y + height, x : x + width]
        own = labels[place] == label
        down, across = (np.where(own, mask[place], 0).astype(np.uint8) for mask in masks)
        return cls(x, y, down, across, line)

    def lattice(self) -> Lattice | None:
        """What they form once all that is no row and no column is left out."""
        xs = _places(self.down, 0, DOWN * self.line, SAME * self.line)
        ys = _places(self.across, 1, ACROSS * self.line, SAME * self.line)
        xs, ys = self._with_ends(self.across, xs, ys, 1), self._with_ends(self.down, ys, xs, 0)
        while len(xs) > 2 and len(ys) > 2:  # noqa: PLR2004 - at least two columns and two rows
            walls, floors = self._walls(xs, ys), self._floors(xs, ys)
            columns, rows = _columns(xs, walls, floors), _rows(xs, ys, walls, floors)
            if len(columns) == len(xs) and len(rows) == len(ys):
                placed = tuple(self.x + x for x in xs), tuple(self.y + y for y in ys)
                return Lattice(*placed, walls, floors)
            xs, ys = columns, rows
        return None

    def _with_ends(self, mask: Mask, places: list[int], others: list[int], axis: int) -> list[int]:
        """`places` and where the other rules end beyond them: many tables are open at their sides."""
        if not places or not others:
            return places
        ends = [_ends(mask, at, round(SAME * self.line), axis) for at in others]
        least = OPEN * self.line
        first, last = median_low(begin for begin, _ in ends), median_high(end for _, end in ends)
        before = [first] if first < places[0] - least else []
        return [*before, *places, *([last] if last > places[-1] + least else [])]

    def _walls(self, xs: Sequence[int], ys: Sequence[int]) -> NDArray[np.bool_]:
        return np.array(
            [[self._is_ruled(self.down, x, top, end, 1) for x in xs] for top, end in pairwise(ys)]
        )

    def _floors(self, xs: Sequence[int], ys: Sequence[int]) -> NDArray[np.bool_]:
        return np.array(
            [[self._is_ruled(self.across, y, left, end, 0) for left, end in pairwise(xs)] for y in ys]
        )

    def _is_ruled(self, mask: Mask, at: int, begin: int, end: int, axis: int) -> bool:
        """Whether a rule at about `at` fills the side between `begin` and `end`."""
        around = slice(max(0, at - round(SAME * self.line)), at + round(SAME * self.line) + 1)
        inset = min(2, (end - begin) // 4)
        along = slice(begin + inset, end - inset)
        part = mask[along, around] if axis else mask[around, along]
        return bool(part.any(axis=axis).mean() >= SOLID)


def lattices(shades: Pixels, line: float) -> list[Lattice]:
    """The ruled tables of a page whose lines of text are `line` px high; frames alone are none."""
    down, across = rules(shades, line)
    reach = max(3, round(JOINT * line) | 1)
    met = grown(down | across, reach, reach)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(met, connectivity=4)
    boxes = {n: stats[n, :4].tolist() for n in range(1, count)}
    large = {n: box for n, box in boxes.items() if min(box[2], box[3]) > LEAST_SIDE * line}
    found = (_Rules.of(np.asarray(labels), n, box, (down, across), line) for n, box in large.items())
    return [formed for part in found if (formed := part.lattice()) is not None]


def _places(mask: Mask, axis: int, least: float, same: float) -> list[int]:
    """Where rules stand that are at least `least` px long; those closer than `same` are one."""
    found = np.flatnonzero(mask.sum(axis=axis, dtype=np.int64) >= least - 1)
    if not found.size:
        return []
    groups = np.split(found, np.flatnonzero(np.diff(found) > same) + 1)
    return [int(group[0] + group[-1]) // 2 for group in groups]


def _offset(text: Box, begin: int, end: int) -> float:
    """How far `text` is from the nearest of the places for it: the left, the right, the middle."""
    left, right = text.x0 - begin, end - text.x1
    return min(abs(left), abs(right), abs(left - right) / 2)


def _ends(mask: Mask, at: int, same: int, axis: int) -> tuple[int, int]:
    """Where the rule at about `at` begins and ends."""
    around = slice(max(0, at - same), at + same + 1)
    ruled = np.flatnonzero((mask[around] if axis else mask[:, around]).any(axis=1 - axis))
    return int(ruled[0]), int(ruled[-1])


def _columns(xs: list[int], walls: NDArray[np.bool_], floors: NDArray[np.bool_]) -> list[int]:
    """Without rules that part too few rows, and without outer columns that the rows do not go through."""
    kept = [x for n, x in enumerate(xs) if n in (0, len(xs) - 1) or walls[:, n].sum() >= LEAST_SHARED]
    if len(kept) < len(xs):
        return kept
    through = floors[1:-1].mean(axis=0) >= ROW_SHARE
    first, last = (0 if through[0] else 1), (None if through[-1] else -1)
    return xs[first:last]


def _rows(xs: list[int], ys: list[int], walls: NDArray[np.bool_], floors: NDArray[np.bool_]) -> list[int]:
    """Without rules that fill too little of the width, and without frames above and below the rows."""
    widths = np.diff(xs)
    share = (floors * widths).sum(axis=1) / widths.sum()
    kept = [y for n, y in enumerate(ys) if n in (0, len(ys) - 1) or share[n] >= ROW_SHARE]
    if len(kept) < len(ys):
        return kept
    heights, is_whole = np.diff(ys), ~walls[:, 1:-1].any(axis=1)
    is_frame = is_whole & (heights > TALL * np.median(heights[~is_whole] if (~is_whole).any() else heights))
    first, last = (1 if is_frame[0] else 0), (-1 if is_frame[-1] else None)
    return ys[first:last]
