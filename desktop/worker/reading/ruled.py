"""Text in the cells of ruled tables."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from statistics import median, mode
from typing import NamedTuple

import numpy as np

from desktop.domain.images import Box
from desktop.worker.reading.array import Pixels
from desktop.worker.reading.columns import height, middle, union
from desktop.worker.reading.ink import FAINT, profile
from desktop.worker.reading.lattice import Lattice
from desktop.worker.reading.rows import joined, rows
from desktop.worker.reading.table import Alignment, Cell, Table

RULE = 2
"""Px on either side of where a rule was found that may be its own."""

WHITE = 0.15
"""White kept on both sides of a piece that was cut, in its heights."""

LEAST_FILLED = 0.5
"""So many of the rows with text have it in two cells."""

MOST_LINES = 6
"""Where most cells have more lines, or one has more than all others, they are parts of a window."""

FREE = 0.8
"""A cell with less white beside its text tells nothing of its column's alignment, in line heights."""

LOPSIDED = 0.4
"""Text is in the middle of its cell if there is more white at one side, of that at the other."""

Place = tuple[int, int]
"""Row and column."""


class Ruled(NamedTuple):
    """A table, and one box for each of its rows that has text, as wide as the table."""

    table: Table
    stripes: list[Box]


def ruled(text: Sequence[Box], shades: Pixels, found: Iterable[Lattice]) -> tuple[list[Ruled], list[Box]]:
    """The tables in the lattices that were `found`, and the text outside of them.

    A piece is cut where it goes over a rule.
    """
    tables, rest = [], list(text)
    for lattice in found:
        cells, outside = _in_cells(rest, lattice, shades)
        if _is_table(cells):
            tables.append(_ruled(cells, lattice))
            rest = outside
    return tables, rest


def _in_cells(text: Sequence[Box], lattice: Lattice, shades: Pixels) -> tuple[dict[Place, Cell], list[Box]]:
    """The lines of each cell that has some, and what stands outside of all cells."""
    found: dict[Place, list[Box]] = defaultdict(list)
    outside = []
    for box in text:
        for part in _parts(box, lattice, shades):
            place = lattice.cell(part)
            if place is None:
                outside.append(part)
            else:
                found[place].append(part)
    cells: dict[Place, Cell] = defaultdict(list)
    for (row, column), boxes in found.items():
        lines = [joined(line) for line in rows(boxes)]
        columns = [lattice.column(box) for box in lines[0]]
        # Pieces apart in columns of their own are no merged cell: its rules were not seen.
        is_split = len(lines) == 1 and len(set(columns)) == len(columns) > 1
        for box in (box for line in lines for box in line):
            cells[row, lattice.column(box) if is_split else column].append(box)
    return cells, outside


def _parts(box: Box, lattice: Lattice, shades: Pixels) -> list[Box]:
    """`box` cut at the rules that it goes over; parts without ink are left out."""
    if not lattice.ys[0] <= middle(box) <= lattice.ys[-1]:
        return [box]
    sides = lattice.sides(middle(box))
    if not any(box.x0 < x < box.x1 for x in sides):
        return [box]
    line, left = profile(shades, box), max(0, box.x0)
    white = round(WHITE * height(box))
    parts = []
    for before, after in pairwise((left - RULE, *(x for x in sides if left < x < box.x1), box.x1 + RULE)):
        begin, end = before + RULE, after - RULE
        inked = np.flatnonzero(line[max(0, begin - left) : max(0, end - left)] > FAINT)
        if inked.size:
            x0, x1 = begin + int(inked[0]), begin + int(inked[-1]) + 1
            parts.append(box._replace(x0=max(begin, x0 - white), x1=min(end, x1 + white)))
    return parts or [box]


def _is_table(cells: Mapping[Place, Cell]) -> bool:
    """Whether most rows have text in two columns, and cells are no parts of a window."""
    if not cells:
        return False
    places = [row for row, _ in cells]
    shared = sum(places.count(row) > 1 for row in set(places))
    lines = [len(rows(cell)) for cell in cells.values()]
    is_window = median(lines) > MOST_LINES or max(lines) > max(MOST_LINES, sum(lines) / 2)
    return shared >= max(2, LEAST_FILLED * len(set(places))) and not is_window


def _ruled(cells: Mapping[Place, Cell], lattice: Lattice) -> Ruled:
    """Without empty rows and columns around it."""
    down, across = sorted({row for row, _ in cells}), sorted({column for _, column in cells})
    columns = range(across[0], across[-1] + 1)
    table = [[cells.get((row, column), []) for column in columns] for row in range(down[0], down[-1] + 1)]
    alignments = tuple(_alignment(n, cells, lattice) for n in columns)
    stripes = [
        _stripe([box for place, cell in cells.items() if place[0] == row for box in cell]) for row in down
    ]
    left, right = lattice.xs[columns[0]], lattice.xs[columns[-1] + 1]
    return Ruled(Table(alignments, table), [stripe._replace(x0=left, x1=right) for stripe in stripes])


def _stripe(boxes: Sequence[Box]) -> Box:
    """As high as one line, so that columns of text beside it are judged by it as by a line."""
    first = rows(boxes)[0]
    return union(first)


def _alignment(column: int, cells: Mapping[Place, Cell], lattice: Lattice) -> Alignment:
    """That of most cells in which text could stand elsewhere; the first row's is that of a heading."""
    begin, end = lattice.xs[column], lattice.xs[column + 1]
    first = min(row for row, _ in cells)
    found = [
        side
        for (row, place), cell in cells.items()
        if place == column and row > first and (side := _side(union(cell), begin, end))
    ]
    return mode(found) if found else "left"


def _side(text: Box, begin: int, end: int) -> Alignment | None:
    """At which side of its cell, between `begin` and `end`, text stands."""
    left, right = text.x0 - begin, end - text.x1
    if right < -RULE or left + right < FREE * height(text):
        return None
    if min(left, right) > LOPSIDED * max(left, right):
        return "center"
    return "left" if left < right else "right"
