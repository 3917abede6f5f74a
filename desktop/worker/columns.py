"""Which pieces of text are read before which: columns of text, and what spans them.

A white strip parts two columns if both sides are running text, or if their lines do not stand at the same
heights. Columns of a table do: its rows want to stay together.
"""

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

LEVEL = 0.25
"""Lines whose middles differ by less stand beside each other, in line heights."""

ALIGNED = 0.7
"""From this share of one side's lines on that have one beside them, two sides are a table."""

ONE_CELL = 0.6
"""Lines closer than so many line heights may be lines of one cell."""


class Split(NamedTuple):
    """Four groups that are read one after the other."""

    above: list[Box]
    left: list[Box]
    right: list[Box]
    below: list[Box]


def columns(boxes: Sequence[Box]) -> list[list[Box]]:
    """The boxes in groups, in reading order; none is lost or doubled."""
    if not boxes:
        return []
    if (split := _best_split(boxes)) is None:
        return [list(boxes)]
    return [group for part in split for group in columns(part)]


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


def _best_split(boxes: Sequence[Box]) -> Split | None:
    """The one along the longest strip."""
    line = median(height(box) for box in boxes)
    found = [split for strip in _strips(boxes, line) for split in _splits(boxes, strip, line)]
    return max(found, key=lambda split: _shared(split.left, split.right), default=None)


def _strips(boxes: Sequence[Box], line: float) -> list[tuple[float, float]]:
    """Where gutters may run: to the right of some box; of those close to each other, the last."""
    step = max(1, round(line / 2))
    edges = {edge // step: edge for edge in sorted(box.x1 for box in boxes)}
    return [(edge, edge + GUTTER * line) for edge in sorted(edges.values())]


def _splits(boxes: Sequence[Box], strip: tuple[float, float], line: float) -> Iterator[Split]:
    """Wherever the strip is white between two boxes that cross it, whose rows are left alone."""
    begin, end = strip
    crossing = sorted(middle(box) for box in boxes if box.x0 < end and box.x1 > begin)
    for above, below in pairwise((float("-inf"), *crossing, float("inf"))):
        top, bottom = above + line / 2, below - line / 2
        inside = [box for box in boxes if top < middle(box) < bottom]
        left = [box for box in inside if box.x1 <= begin]
        right = [box for box in inside if box.x0 >= end]
        if _are_columns(left, right, line):
            before = [box for box in boxes if middle(box) <= top]
            yield Split(before, left, right, [box for box in boxes if middle(box) >= bottom])


def _shared(left: Sequence[Box], right: Sequence[Box]) -> int:
    """How far both sides stand beside each other, in px."""
    top = max(min(box.y0 for box in left), min(box.y0 for box in right))
    return min(max(box.y1 for box in left), max(box.y1 for box in right)) - top


def _are_columns(left: Sequence[Box], right: Sequence[Box], line: float) -> bool:
    if min(len(left), len(right)) < LEAST_LINES or _shared(left, right) < LEAST_LINES * line:
        return False
    return (_is_prose(left, line) and _is_prose(right, line)) or not _is_table(left, right, line)


def _is_prose(boxes: Sequence[Box], line: float) -> bool:
    """Long lines most of which end where the longest of their column does."""
    if median((box.x1 - box.x0) / height(box) for box in boxes) <= PROSE:
        return False
    full = sum(_reaches_far(box, [b for b in boxes if abs(b.x0 - box.x0) < line]) for box in boxes)
    return full >= 0.6 * len(boxes)


def _reaches_far(box: Box, column: Sequence[Box]) -> bool:
    return box.x1 - box.x0 >= FILLED * (max(other.x1 for other in column) - box.x0)


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
