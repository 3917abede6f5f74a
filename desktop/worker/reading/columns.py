"""Which pieces of text are read before which: columns of text, and what spans them.

A white strip parts two columns if both sides are running text, or if their lines do not stand at the same
heights. Columns of a table do: its rows want to stay together.
"""

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from desktop.domain.images import Box

GUTTER = 1.0
"""The narrowest white strip between two columns of text, in line heights."""

LEAST_LINES = 3
"""Fewer make no column."""

PROSE = 8
"""A line of running text is more than so many times longer than high."""

FILLED = 0.82
"""A line of running text that reaches so far into its column is full; most are."""

MOSTLY = 0.6
"""From this share of full lines on text runs."""

LEVEL = 0.25
"""Lines whose middles differ by less stand beside each other, in line heights."""

ALIGNED = 0.7
"""From this share of one side's lines on that have one beside them, two sides are a table."""

ONE_CELL = 0.6
"""Lines closer than so many line heights may be lines of one cell."""


class Sides(NamedTuple):
    """What stands on either side of a white strip, and between which heights, in px."""

    left: list[Box]
    right: list[Box]
    top: float
    bottom: float


def columns(boxes: Sequence[Box]) -> list[list[Box]]:
    """The boxes in groups, in reading order; none is lost or doubled."""
    if not boxes:
        return []
    if (sides := _best_sides(boxes)) is None:
        return [list(boxes)]
    above = [box for box in boxes if middle(box) <= sides.top]
    below = [box for box in boxes if middle(box) >= sides.bottom]
    return [group for part in (above, sides.left, sides.right, below) for group in columns(part)]


def union(boxes: Sequence[Box]) -> Box:
    """The rectangle around all of them."""
    return Box(
        min(box.x0 for box in boxes),
        min(box.y0 for box in boxes),
        max(box.x1 for box in boxes),
        max(box.y1 for box in boxes),
    )


def middle(box: Box) -> float:
    return (box.y0 + box.y1) / 2


def height(box: Box) -> int:
    return box.y1 - box.y0


def _best_sides(boxes: Sequence[Box]) -> Sides | None:
    """Those of the longest strip."""
    line = median(height(box) for box in boxes)
    ordered = sorted(boxes, key=middle)
    found = [sides for strip in _strips(boxes, line) for sides in _sides(ordered, strip, line)]
    by_length = sorted(found, key=lambda sides: -_shared(sides.left, sides.right))
    return next((sides for sides in by_length if _are_columns(sides.left, sides.right, line)), None)


def _strips(boxes: Sequence[Box], line: float) -> list[tuple[float, float]]:
    """Where gutters may run: to the right of some box; of those close to each other, the last."""
    step = max(1, round(line / 2))
    edges = {edge // step: edge for edge in sorted(box.x1 for box in boxes)}
    return [(edge, edge + GUTTER * line) for edge in sorted(edges.values())]


def _sides(ordered: Sequence[Box], strip: tuple[float, float], line: float) -> Iterator[Sides]:
    """Wherever the strip is white between two boxes that cross it, whose own rows are left out."""
    begin, end = strip
    crossing = [middle(box) for box in ordered if box.x0 < end and box.x1 > begin]
    heights = [middle(box) for box in ordered]
    for above, below in pairwise((float("-inf"), *crossing, float("inf"))):
        top, bottom = above + line / 2, below - line / 2
        inside = ordered[bisect_right(heights, top) : bisect_left(heights, bottom)]
        if len(inside) >= 2 * LEAST_LINES:
            left = [box for box in inside if box.x1 <= begin]
            right = [box for box in inside if box.x0 >= end]
            if min(len(left), len(right)) >= LEAST_LINES and _shared(left, right) >= LEAST_LINES * line:
                yield Sides(left, right, top, bottom)


def _shared(left: Sequence[Box], right: Sequence[Box]) -> int:
    """How far both sides stand beside each other, in px."""
    top = max(min(box.y0 for box in left), min(box.y0 for box in right))
    return min(max(box.y1 for box in left), max(box.y1 for box in right)) - top


def _are_columns(left: Sequence[Box], right: Sequence[Box], line: float) -> bool:
    return (_is_prose(left, line) and _is_prose(right, line)) or not _is_table(left, right, line)


def _is_prose(boxes: Sequence[Box], line: float) -> bool:
    """Long lines most of which end where the longest of their column does."""
    if median((box.x1 - box.x0) / height(box) for box in boxes) <= PROSE:
        return False
    furthest: list[tuple[int, int]] = []
    for box in sorted(boxes):
        if not furthest or box.x0 - furthest[-1][0] >= line:
            furthest.append((box.x0, box.x1))
        else:
            furthest[-1] = (furthest[-1][0], max(furthest[-1][1], box.x1))
    full = sum(_reaches_far(box, furthest) for box in boxes)
    return full >= MOSTLY * len(boxes)


def _reaches_far(box: Box, furthest: Sequence[tuple[int, int]]) -> bool:
    """Whether it ends close to the furthest end of the lines that begin where it does."""
    _, end = furthest[bisect_right(furthest, (box.x0, sys.maxsize)) - 1]
    return box.x1 - box.x0 >= FILLED * (end - box.x0)


def _is_table(left: Sequence[Box], right: Sequence[Box], line: float) -> bool:
    """Whether lines, or cells of several lines, stand beside each other."""
    heights = [middle(box) for box in left], [middle(box) for box in right]
    cells = _cells(left, line), _cells(right, line)
    return _aligned(*heights, line) >= ALIGNED or (
        min(map(len, cells)) >= LEAST_LINES and _aligned(*cells, line) >= ALIGNED
    )


def _aligned(left: Sequence[float], right: Sequence[float], line: float) -> float:
    """The share of the heights on the side with fewer that are matched on the other."""
    few, many = sorted((left, right), key=len)
    return sum(any(abs(a - b) < LEVEL * line for b in many) for a in few) / len(few)


def _cells(boxes: Sequence[Box], line: float) -> list[float]:
    """The middles of what may be cells: lines close below each other are one."""
    cells: list[Box] = []
    for box in sorted(boxes, key=lambda box: box.y0):
        if cells and box.y0 - cells[-1].y1 < ONE_CELL * line:
            cells[-1] = union((cells[-1], box))
        else:
            cells.append(box)
    return [middle(box) for box in cells]
