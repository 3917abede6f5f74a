"""How pieces of text stand to each other: regions in reading order, decided before anything is read."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from desktop.domain.images import Box
from desktop.worker.reading.array import Pixels
from desktop.worker.reading.columns import columns, height, middle
from desktop.worker.reading.ink import ends_with_colon, profile, spans
from desktop.worker.reading.lattice import Lattice
from desktop.worker.reading.listing import Listing, Measured, find_listings, listing_of, measured
from desktop.worker.reading.paragraph import Prose
from desktop.worker.reading.rows import Row, joined, rows
from desktop.worker.reading.ruled import ruled
from desktop.worker.reading.table import STRIP, Table, find_tables, table_of


@dataclass(frozen=True, slots=True)
class Symbol:
    """A QR code or barcode."""

    box: Box


Region: TypeAlias = Prose | Table | Listing | Symbol

EVEN_STRIP = 2.3
"""Two blanks between characters of one width, in characters: no strip between columns."""


EVEN_SHARE = 0.5
"""Where fewer rows have characters of one width, it is by chance, or they are digits alone."""

LABELLED = 0.5
"""Where so many of the rows begin with a label and its colon, they are a form."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What was found in an image. Boxes in `whole` are joined to no other and not cut."""

    text: Sequence[Box]
    shades: Pixels
    whole: Collection[Box] = ()
    symbols: Collection[Box] = ()
    lattices: Collection[Lattice] = ()


def regions(scene: Scene) -> list[Region]:
    """All that was found, in reading order. A piece may be cut where it spans cells."""
    tables, rest = ruled(scene.text, scene.shades, scene.lattices)
    solid: dict[Box, Region] = {box: Symbol(box) for box in scene.symbols}
    solid |= {found.stripes[0]: found.table for found in tables}
    further = [stripe for found in tables for stripe in found.stripes[1:]]
    groups = columns([*rest, *solid, *further])
    outside = ([box for box in group if box not in further] for group in groups)
    return [region for group in outside for region in _of_column(group, scene, solid)]


def boxes(region: Region) -> list[Box]:
    """What is read in `region`, in order."""
    match region:
        case Symbol():
            return []
        case Table():
            return [box for row in region.rows for cell in row for box in cell]
        case _:
            return [box for row in region.rows for box in row]


def _of_column(group: Sequence[Box], scene: Scene, solid: Mapping[Box, Region]) -> Iterator[Region]:
    """A code or a ruled table stands before the rows beside it."""
    found = rows(box for box in group if box not in solid)
    for box in sorted((box for box in group if box in solid), key=lambda box: box.y0):
        above = [row for row in found if middle(row[0]) < box.y0]
        yield from _of_rows(above, scene)
        yield solid[box]
        found = found[len(above) :]
    yield from _of_rows(found, scene)


def _of_rows(found: Sequence[Row], scene: Scene) -> Iterator[Region]:
    """Code first: its columns are no table's."""
    done, lines = 0, [measured(row, scene.shades) for row in found]
    for run in find_listings(lines):
        yield from _tables_and_prose(lines[done : run.start], scene)
        yield listing_of(lines[run.start : run.end], run.grid, scene.shades)
        done = run.end
    yield from _tables_and_prose(lines[done:], scene)


def _tables_and_prose(lines: Sequence[Measured], scene: Scene) -> Iterator[Region]:
    done, strips = 0, _strips(lines)
    parted = [_parted(line, strip, scene) for line, strip in zip(lines, strips, strict=True)]
    for run in find_tables(parted):
        if _is_form(parted[run.start : run.end], scene.shades):
            continue
        yield from _prose(lines[done : run.start], scene)
        cells = [_in_cells(lines[n], strips[n], run.cuts, scene) for n in range(run.start, run.end)]
        yield table_of(cells, run.cuts)
        done = run.end
    yield from _prose(lines[done:], scene)


def _is_form(found: Sequence[Row], shades: Pixels) -> bool:
    """Whether most of the rows that have several pieces are labels with their values."""
    labelled = [ends_with_colon(shades, row[0]) for row in found if len(row) > 1]
    return sum(labelled) >= LABELLED * len(labelled)


def _prose(lines: Sequence[Measured], scene: Scene) -> Iterator[Region]:
    if lines:
        yield Prose([joined(line.row, scene.whole) for line in lines])


def _in_cells(line: Measured, strip: float, cuts: Sequence[float], scene: Scene) -> Row:
    """The row's pieces as they were found, but for those that span columns."""
    return [
        part
        for box in line.row
        for part in (_cut(box, strip, scene) if any(box.x0 < x < box.x1 for x in cuts) else [box])
    ]


def _parted(line: Measured, strip: float, scene: Scene) -> Row:
    """The row so that between two boxes there is white as between columns."""
    parts = [part for box in line.row for part in _cut(box, strip, scene)]
    return joined(sorted(parts), scene.whole, strip)


def _strips(lines: Sequence[Measured]) -> list[float]:
    """The narrowest white between two cells of each row, in line heights.

    A row of digits alone has characters of one width in any font: most rows must have them.
    """
    told = [line.pitch.is_even for line in lines if line.pitch is not None]
    if sum(told) < EVEN_SHARE * len(told):
        return [STRIP] * len(lines)
    return [_even_strip(line) for line in lines]


def _even_strip(line: Measured) -> float:
    if line.pitch is None or not line.pitch.is_even:
        return STRIP
    return max(STRIP, EVEN_STRIP * line.pitch.width / height(line.box))


def _cut(box: Box, gap: float, scene: Scene) -> Row:
    if box in scene.whole:
        return [box]
    found = spans(profile(scene.shades, box), box, gap * height(box))
    return [Box(span.x0, box.y0, span.x1, box.y1) for span in found]
