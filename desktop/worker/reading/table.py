"""Tables: runs of rows that white strips part into the same columns."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median, pstdev
from typing import Literal, NamedTuple, TypeAlias

from desktop.domain.images import Box
from desktop.worker.reading.columns import height, middle, union
from desktop.worker.reading.rows import Row

Alignment = Literal["left", "center", "right"]
Cell: TypeAlias = list[Box]
"""The lines of one cell, from the top; none: it is empty."""

STRIP = 0.5
"""The narrowest white between two cells of a row, in line heights. Between words it is 0.3."""

NARROWEST = 0.1
"""The narrowest white strip between two columns: numbers at the right stand close to names at the left."""

LEAST_ROWS = 3
"""Fewer rows are lines whose words happen to stand below each other."""

FAR = 1.0
"""More white than this between two rows ends a table, in line heights, if its other rows are closer."""

TAIL = 1.2
"""More than so many times the usual white stands before a line that follows a table."""

SETTLED = 3
"""A column that so many rows have in common is not given up for a row that spans it: the table ends."""

WRAPPED = 0.75
"""Lines closer than this are of one row, in distances of rows."""

MARKER = 1.5
"""What is narrower, in line heights, and stands alone before the text, is a bullet or a box to tick."""

STRAIGHT = 0.2
"""Edges that line up differ by less, in line heights."""

EQUAL = 0.1
"""Edges that differ by less line up equally well, in line heights: all cells are equally wide."""

_EVERYWHERE = float("-inf"), float("inf")

Strip: TypeAlias = tuple[float, float]


class Run(NamedTuple):
    """Rows number `start` up to, but without, `end`, and the middles of the strips between their columns."""

    start: int
    end: int
    cuts: tuple[float, ...]


class Table(NamedTuple):
    """Rows of as many cells each as there are `alignments`."""

    alignments: tuple[Alignment, ...]
    rows: list[list[Cell]]


def find_tables(rows: Sequence[Row]) -> list[Run]:
    """The tables among `rows`, whose boxes are parted wherever `STRIP` is white; none share a row."""
    found: list[Run] = []
    start = 0
    while start < len(rows):
        run = _longest(rows, start)
        if run is not None:
            found.append(run)
        start = run.end if run else start + 1
    return found


def table_of(rows: Sequence[Row], cuts: Sequence[float]) -> Table:
    """The rows' boxes in their cells. Lines of one cell that wraps are brought together."""
    line = median(height(box) for row in rows for box in row)
    groups = _groups([_in_columns(row, cuts) for row in rows])
    cells = [[[box for part in group for box in part[n]] for n in range(len(cuts) + 1)] for group in groups]
    return Table(tuple(_alignment(column, line) for column in zip(*cells, strict=True)), cells)


def _longest(rows: Sequence[Row], start: int) -> Run | None:
    if len(rows[start]) < 2:  # noqa: PLR2004 - a table begins with two cells
        return None
    line = median(height(box) for row in rows[start:] for box in row)
    strips, end = _without([_EVERYWHERE], rows[start], line), start + 1
    while end < len(rows) and not _is_apart(rows, start, end, line):
        narrowed = _without(strips, rows[end], line)
        if _gives_up(strips, narrowed, rows[start:end]) or not _cuts(narrowed, rows[start : end + 1]):
            break
        strips, end = narrowed, end + 1
    cuts = _headed(_cuts(strips, rows[start:end]), rows[start:end])
    cuts = _supported(cuts, rows[start:end])
    end = _without_tail(rows, start, end, cuts)
    return Run(start, end, cuts) if _is_table(rows[start:end], cuts, line) else None


def _without_tail(rows: Sequence[Row], start: int, end: int, cuts: Sequence[float]) -> int:
    """The end without a line of text below: alone, wider than its column, and a little apart."""
    if end - start <= LEAST_ROWS:
        return end
    *above, (first, *others) = (_in_columns(row, cuts) for row in rows[start:end])
    white = [_white(upper, lower) for upper, lower in pairwise(rows[start:end])]
    widest = max((box.x1 - box.x0 for line in above for box in line[0]), default=0)
    is_wide = bool(first) and first[0].x1 - first[0].x0 > widest
    is_tail = is_wide and not any(others) and white[-1] > TAIL * median(white[:-1])
    return end - 1 if is_tail else end


def _without(strips: Sequence[Strip], row: Row, line: float) -> list[Strip]:
    """What the row leaves white of `strips`."""
    for box in row:
        cut = [((a, min(b, box.x0)), (max(a, box.x1), b)) for a, b in strips]
        strips = [part for parts in cut for part in parts if part[1] - part[0] >= NARROWEST * line]
    return list(strips)


def _cuts(strips: Sequence[Strip], rows: Sequence[Row]) -> tuple[float, ...]:
    """The middles of the strips that have something on either side."""
    content = union([box for row in rows for box in row])
    return tuple((a + b) / 2 for a, b in strips if a >= content.x0 and b <= content.x1)


def _gives_up(strips: Sequence[Strip], narrowed: Sequence[Strip], rows: Sequence[Row]) -> bool:
    """Whether a strip between settled columns would be lost: one with a cell on either side in some row."""
    lost = [(a, b) for a, b in strips if not any(a <= c and d <= b for c, d in narrowed)]
    settled = [(a, b) for a, b in lost if sum(row[0].x0 < a and b < row[-1].x1 for row in rows) >= SETTLED]
    cuts = _cuts(strips, rows) if settled else ()
    lines = [_in_columns(row, cuts) for row in rows] if settled else []
    places = [cuts.index((a + b) / 2) for a, b in settled]
    return any(line[place] and line[place + 1] for place in places for line in lines)


def _supported(cuts: tuple[float, ...], rows: Sequence[Row]) -> tuple[float, ...]:
    """Without those around the only cell of a column if it is a word close to its neighbour."""
    lines = [_in_columns(row, cuts) for row in rows]
    for number, column in enumerate(zip(*lines, strict=True)):
        only = [line for line, cell in zip(lines, column, strict=True) if cell]
        if len(only) == 1 and (needless := _close(only[0], number)) is not None:
            return _supported((*cuts[:needless], *cuts[needless + 1 :]), rows)
    return cuts


def _headed(cuts: tuple[float, ...], rows: Sequence[Row]) -> tuple[float, ...]:
    """Without the cut between a heading and its own column: words at the left, numbers at the right of it."""
    columns = list(zip(*(_in_columns(row, cuts) for row in rows), strict=True))
    for number, pair in enumerate(pairwise(columns)):
        heading_alone = [bool(column[0]) and not any(column[1:]) for column in pair]
        unheaded = [not column[0] for column in pair]
        if sorted(zip(heading_alone, unheaded, strict=True)) == [(False, True), (True, False)]:
            return _headed((*cuts[:number], *cuts[number + 1 :]), rows)
    return cuts


def _close(line: Sequence[Cell], number: int) -> int | None:
    """The cut on that side of cell `number` of the line on which another cell is as close as a word."""
    (box,) = line[number]
    for cut, neighbour in ((number, number + 1), (number - 1, number - 1)):
        if 0 <= neighbour < len(line) and (beside := line[neighbour]):
            left, right = sorted((box, beside[0]))
            if right.x0 - left.x1 < height(box):
                return cut
    return None


def _is_apart(rows: Sequence[Row], start: int, end: int, line: float) -> bool:
    """Whether row `end` stands further below than those around it stand from each other."""
    white = [_white(rows[n - 1], rows[n]) for n in range(start + 1, min(len(rows), end + 3))]
    return white[end - start - 1] > max(FAR * line, 2 * median(white))


def _white(upper: Row, lower: Row) -> int:
    return min(box.y0 for box in lower) - max(box.y1 for box in upper)


def _is_table(rows: Sequence[Row], cuts: Sequence[float], line: float) -> bool:
    lines = [_in_columns(row, cuts) for row in rows]
    shared = sum(sum(map(bool, cells)) > 1 for cells in lines)
    if len(rows) < LEAST_ROWS or not cuts or shared < max(2, 0.4 * len(rows)):
        return False
    first = [box for row in lines for box in row[0]]
    return len(cuts) > 1 or median(box.x1 - box.x0 for box in first) > MARKER * line


def _in_columns(row: Row, cuts: Sequence[float]) -> list[Cell]:
    """The row's boxes in its columns, those of one column made one."""
    cells: list[Cell] = [[] for _ in range(len(cuts) + 1)]
    for box in row:
        place = sum(cut < (box.x0 + box.x1) / 2 for cut in cuts)
        cells[place] = [union((*cells[place], box))]
    return cells


def _groups(lines: Sequence[list[Cell]]) -> list[list[list[Cell]]]:
    """The lines of each row: those of one row stand closer than rows do."""
    heights = [median(middle(box) for cell in line for box in cell) for line in lines]
    steps = [below - above for above, below in pairwise(heights)]
    usual = sorted(steps)[len(steps) * 3 // 4]
    groups = [[lines[0]]]
    for line, step in zip(lines[1:], steps, strict=True):
        if step < WRAPPED * usual:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _alignment(column: Sequence[Cell], line: float) -> Alignment:
    """By which edges the cells line up: all of them, or else those below the first."""
    for cells in (column, column[1:]):
        boxes = [union(cell) for cell in cells if cell]
        if len(boxes) > 1 and (found := _lined_up(boxes, line)):
            return found
    return "left"


def _lined_up(boxes: Sequence[Box], line: float) -> Alignment | None:
    spread: dict[Alignment, float] = {
        "left": pstdev(box.x0 for box in boxes),
        "center": pstdev((box.x0 + box.x1) / 2 for box in boxes),
        "right": pstdev(box.x1 for box in boxes),
    }
    best = min(spread, key=lambda name: spread[name])
    if spread[best] >= STRAIGHT * line:
        return None
    return "left" if spread["left"] < spread[best] + EQUAL * line else best
