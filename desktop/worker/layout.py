"""How pieces of text stand to each other: pieces into lines, lines into rows, rows in reading order."""

from collections.abc import Container, Sequence
from itertools import pairwise
from statistics import median
from typing import TypeAlias

from desktop.domain.images import Box

Row: TypeAlias = list[Box]
"""Boxes beside each other, left to right."""

WORD_GAP = 1.0
"""Pieces closer than this are one line of text; in heights of the lower one. A double space is 0.9."""

LIKE_HEIGHTS = 1.8
"""Pieces of one line differ at most by this factor: capitals with descenders beside a lone dash."""

COLUMN_GAP = 1.5
"""The narrowest white strip between two columns of text, in line heights."""

PROSE = 12
"""A line this many times longer than high is prose, not the cell of a table."""


def reading_order(boxes: Sequence[Box], whole: Container[Box] = ()) -> list[Row]:
    """The rows of each column of text, columns from the left; boxes in `whole` are joined to no other."""
    if not boxes:
        return []
    if (split := _gutter(boxes)) is None:
        return [_joined(row, whole) for row in _rows(boxes)]
    left = [box for box in boxes if box.x1 <= split]
    right = [box for box in boxes if box.x1 > split]
    return reading_order(left, whole) + reading_order(right, whole)


def height(box: Box) -> int:
    return box.y1 - box.y0


def middle(box: Box) -> float:
    return (box.y0 + box.y1) / 2


def _rows(boxes: Sequence[Box]) -> list[Row]:
    """Boxes whose middle lies in the middle half of the row's first box stand in that row."""
    rows: list[Row] = []
    for box in sorted(boxes, key=middle):
        if rows and _beside(rows[-1], box):
            rows[-1].append(box)
        else:
            rows.append([box])
    return [sorted(row) for row in rows]


def _beside(row: Row, box: Box) -> bool:
    reach = min(height(other) for other in (*row, box)) / 2
    return abs(middle(box) - median(middle(other) for other in row)) < reach


def _joined(row: Row, whole: Container[Box]) -> Row:
    """Pieces of one line of text made one box; they may overlap."""
    lines = row[:1]
    for box in row[1:]:
        if box in whole or lines[-1] in whole or not _continues(lines[-1], box):
            lines.append(box)
        else:
            lines[-1] = union(lines[-1], box)
    return lines


def _continues(left: Box, right: Box) -> bool:
    lower, higher = sorted((height(left), height(right)))
    return right.x0 - left.x1 < WORD_GAP * lower and higher < LIKE_HEIGHTS * lower


def union(a: Box, b: Box) -> Box:
    return Box(min(a.x0, b.x0), min(a.y0, b.y0), max(a.x1, b.x1), max(a.y1, b.y1))


def _gutter(boxes: Sequence[Box]) -> int | None:
    """The right edge of the first column, if a white strip from top to bottom parts columns of prose."""
    line = median(height(box) for box in boxes)
    right = 0
    for box, following in pairwise(sorted(boxes)):
        right = max(right, box.x1)
        if following.x0 - right >= COLUMN_GAP * line and _are_columns(boxes, right):
            return right
    return None


def _are_columns(boxes: Sequence[Box], split: int) -> bool:
    """Whether both sides are prose, rather than columns of a table, whose rows want to stay together."""
    sides = [box for box in boxes if box.x1 <= split], [box for box in boxes if box.x1 > split]
    return all(len(side) > 2 and _is_prose(side) for side in sides)  # noqa: PLR2004 - three lines make a column


def _is_prose(boxes: Sequence[Box]) -> bool:
    return median((box.x1 - box.x0) / height(box) for box in boxes) > PROSE
