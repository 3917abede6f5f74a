"""Code, logs, terminals: rows of text whose characters all stand on one grid."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from desktop.domain.images import Box
from desktop.worker.reading.array import Pixels
from desktop.worker.reading.columns import height, middle, union
from desktop.worker.reading.ink import FAINT, Profile, Span, profile, spans, strokes
from desktop.worker.reading.monospace import Grid, Pitch, are_alike, grid_of, pitch_of, stands_on
from desktop.worker.reading.rows import Row
from desktop.worker.reading.width import characters

LEAST_ROWS = 3
"""Fewer rows on one grid are a heading or a label in such a font."""

FAR = 4.5
"""More than this between two rows ends the code, in line heights."""

CLOSE = 1.3
"""A row above code belongs to it if it is no further away than its rows, in their least distance."""

GUTTER = 0.5
"""So many rows, at least, begin with the number of the line where there are such numbers."""

DIGITS = 6.5
"""No number of a line is wider, in characters."""

OTHER = 0.3
"""The share of rows between those on the grid that may not stand on it, or be too short to tell."""

WHITE = 1.9
"""More white than this between two words is more than one blank, in characters."""

APART = 3.2
"""Words with more white than this between them are read one by one, in characters."""

REACH = 2.2
"""How far beyond what the detector found a line may go on, in characters."""

REACH_BELOW = 0.62
"""How far from its middle a line may have ink, in heights of its box: underscores lie below letters."""

MARGIN = 0.4
"""White kept on both sides of what is read, in characters."""

BEARING = 0.2
"""White on both sides of a word that belongs to its characters, in characters."""

SLACK = 1
"""So many characters may be read too much or too little before a blank."""


class Listing(NamedTuple):
    """Rows with the numbers of their lines, from 0, on `grid`; lines without a row are blank.

    Lines are `step` px apart.
    """

    rows: list[Row]
    lines: list[int]
    grid: Grid
    step: float


class Measured(NamedTuple):
    """A row with what its pixels say. `pitch` is None where it is too short to say anything."""

    row: Row
    box: Box
    profile: Profile
    pitch: Pitch | None


class Run(NamedTuple):
    """Rows number `start` up to, but without, `end`."""

    start: int
    end: int
    grid: Grid


def measured(row: Row, shades: Pixels) -> Measured:
    box = union(row)
    line = profile(shades, box)
    return Measured(row, box, line, pitch_of(line, median(height(piece) for piece in row)))


def find_listings(rows: Sequence[Measured]) -> list[Run]:
    """Where rows stand on a grid; the runs share no row."""
    found: list[Run] = []
    start = 0
    while start < len(rows):
        run = _longest(rows, start)
        if run is not None:
            found.append(_begun(rows, run, found[-1].end if found else 0))
        start = run.end if run else start + 1
    return found


def listing_of(rows: Sequence[Measured], grid: Grid, shades: Pixels) -> Listing:
    """The rows, each cut anew where much is white, with the numbers of their lines at equal distances."""
    steps = [middle(below.box) - middle(above.box) for above, below in pairwise(rows)]
    usual = median(sorted(steps)[: max(1, len(steps) * 3 // 4)])
    lines = [0]
    for step in steps:
        lines.append(lines[-1] + max(1, round(step / usual)))
    gutter = _gutter(rows, grid.pitch)
    boxes = [_by_ink(row, grid.pitch, _Lines(shades, usual), gutter) for row in rows]
    first = min(grid.column(_Lines(shades, usual).begin(row[0])) for row in boxes)
    return Listing(boxes, lines, grid._replace(left=grid.left + first * grid.pitch), usual)


def column(box: Box, listing: Listing, shades: Pixels) -> int:
    """The number of the character with which the text in `box` begins."""
    return max(0, listing.grid.column(_Lines(shades, listing.step).begin(box)))


class _Lines(NamedTuple):
    """Lines so close below each other that boxes may reach into the next."""

    shades: Pixels
    step: float

    def words(self, box: Box, gap: float) -> list[Span]:
        """What stands in the line, cut where more than `gap` px are white."""
        reach = min(self.step / 2, REACH_BELOW * height(box))
        core = box._replace(y0=max(0, round(middle(box) - reach)), y1=round(middle(box) + reach))
        return spans(strokes(self.shades, core), core, gap)

    def inked(self, box: Box, gap: float) -> list[Span]:
        """The same, and nothing if all is white."""
        return self.words(box, gap) if (strokes(self.shades, box) > FAINT).any() else []

    def begin(self, box: Box) -> int:
        return self.words(box, box.x1)[0].x0


def _by_ink(row: Measured, pitch: float, lines: _Lines, gutter: Span | None) -> Row:
    """The detector leaves out underscores at either end of a word, and parts words that are one line.

    It also leaves out a thin digit in the `gutter`, if nothing stands close to it.
    """
    box, reach, margin = row.box, round(REACH * pitch), round(MARGIN * pitch)
    words = lines.words(box._replace(x0=max(0, box.x0 - reach), x1=box.x1 + reach), pitch)
    own = [word for word in words if word.x0 < box.x1 and box.x0 < word.x1]
    if own and gutter and gutter.x1 < own[0].x0:
        own = [*lines.inked(box._replace(x0=gutter.x0, x1=gutter.x1), pitch), *own]
    far = [n for n in range(1, len(own)) if own[n].x0 - own[n - 1].x1 > APART * pitch]
    parts = [own[a:b] for a, b in pairwise((0, *far, len(own)))] if own else []
    return [Box(max(0, p[0].x0 - margin), box.y0, p[-1].x1 + margin, box.y1) for p in parts] or [box]


def _gutter(rows: Sequence[Measured], pitch: float) -> Span | None:
    """Where numbers of lines stand: most rows begin with something narrow that ends at the same place."""
    narrow = [box for row in rows if (box := row.row[0]).x1 - box.x0 < DIGITS * pitch]
    if not narrow:
        return None
    end = median(box.x1 for box in narrow)
    numbers = [box for box in narrow if abs(box.x1 - end) < pitch / 2]
    if len(numbers) < GUTTER * len(rows):
        return None
    return Span(min(box.x0 for box in numbers), round(end))


def _longest(rows: Sequence[Measured], start: int) -> Run | None:
    """From row `start` on as many as stand on its grid; a short one belongs to them, one alone may differ."""
    first = rows[start].pitch
    if first is None or not first.is_even:
        return None
    even, end = [start], start + 1
    while end < len(rows) and not _is_far(rows[end - 1], rows[end]):
        if _is_like(rows[end], first):
            even.append(end)
        elif rows[end].pitch is not None and end - start - len(even) >= OTHER * len(even):
            break
        end += 1
    end = _last(rows, even, end)
    grid = grid_of([(rows[n].box, rows[n].profile) for n in even], median(_width(rows[n]) for n in even))
    return Run(start, end, grid) if len(even) >= LEAST_ROWS and grid is not None else None


def _begun(rows: Sequence[Measured], run: Run, least: int) -> Run:
    """From where on rows stand on the run's grid: its first ones may be too short to tell by themselves."""
    steps = [middle(below.box) - middle(above.box) for above, below in pairwise(rows[run.start : run.end])]
    start = run.start
    while start > least and stands_on(run.grid, rows[start - 1].box, rows[start - 1].profile):
        if middle(rows[start].box) - middle(rows[start - 1].box) > CLOSE * min(steps):
            break
        start -= 1
    return run._replace(start=start)


def _last(rows: Sequence[Measured], even: Sequence[int], end: int) -> int:
    """The end without rows that only might have belonged to it."""
    last = even[-1] + 1
    while last < end and rows[last].pitch is None:
        last += 1
    return last


def _width(row: Measured) -> float:
    return row.pitch.width if row.pitch else 0.0


def _is_like(row: Measured, first: Pitch) -> bool:
    return row.pitch is not None and row.pitch.is_even and are_alike(row.pitch, first)


def _is_far(above: Measured, below: Measured) -> bool:
    return middle(below.box) - middle(above.box) > FAR * height(below.box)


def spaced(text: str, box: Box, listing: Listing, shades: Pixels) -> str:
    """`text`, read in `box`, with as many blanks between its words as fit into the white between them."""
    grid = listing.grid
    *stretches, last = _Lines(shades, listing.step).words(box, WHITE * grid.pitch)
    left, line, rest = grid.column((stretches or [last])[0].x0), "", text
    for stretch, following in pairwise((*stretches, last)):
        blank = _blank(rest, round((stretch.x1 - stretch.x0) / grid.pitch + BEARING))
        if blank is None:
            break
        line = (line + rest[:blank]).ljust(grid.column(following.x0) - left)
        rest = rest[blank:].lstrip()
    return line + rest


def _blank(text: str, length: int) -> int | None:
    """Where the blank is that stands after `length` characters, or close to it."""
    blanks = [n for n, character in enumerate(text) if character == " "]
    nearest = min(blanks, key=lambda n: abs(characters(text[:n]) - length), default=None)
    return nearest if nearest is not None and abs(characters(text[:nearest]) - length) <= SLACK else None
