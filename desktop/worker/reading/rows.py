"""Pieces of text into rows, and pieces of one line in a row into one."""

from collections.abc import Container, Iterable
from statistics import median
from typing import TypeAlias

from desktop.domain.images import Box
from desktop.worker.reading.columns import height, middle, union

Row: TypeAlias = list[Box]
"""Boxes beside each other, left to right."""

WORD_GAP = 1.0
"""Pieces closer than this are one line of text; in heights of the lower one. A double space is 0.9."""

LIKE_HEIGHTS = 1.8
"""Pieces of one line differ at most by this factor: capitals with descenders beside a lone dash."""


def rows(boxes: Iterable[Box]) -> list[Row]:
    """Boxes whose middle lies in the middle half of the row's lowest box stand in that row."""
    found: list[Row] = []
    for box in sorted(boxes, key=middle):
        if found and _beside(found[-1], box):
            found[-1].append(box)
        else:
            found.append([box])
    return [sorted(row) for row in found]


def joined(row: Row, whole: Container[Box] = (), gap: float = WORD_GAP) -> Row:
    """Pieces of one line of text made one box: closer than `gap`, or overlapping. Those in `whole` stay."""
    lines = row[:1]
    for box in row[1:]:
        if box in whole or lines[-1] in whole or not _continues(lines[-1], box, gap):
            lines.append(box)
        else:
            lines[-1] = union((lines[-1], box))
    return lines


def _beside(row: Row, box: Box) -> bool:
    reach = min(height(other) for other in (*row, box)) / 2
    return abs(middle(box) - median(middle(other) for other in row)) < reach


def _continues(left: Box, right: Box, gap: float) -> bool:
    lower, higher = sorted((height(left), height(right)))
    return right.x0 - left.x1 < gap * lower and higher < LIKE_HEIGHTS * lower
