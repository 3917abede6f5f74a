"""Rules into the cells of tables."""

import numpy as np
import pytest

from desktop.domain.images import Box
from desktop.worker.reading.array import Pixels
from desktop.worker.reading.lattice import Lattice, lattices
from desktop.worker.reading.layout import Scene, boxes, regions
from desktop.worker.reading.table import Table

XS, YS = (20, 140, 260, 400), (30, 60, 90, 120, 150)
LINE = 18.0


def page(paper: int = 255) -> Pixels:
    return np.full((220, 480), paper, np.uint8)


def ruled(xs: tuple[int, ...] = XS, ys: tuple[int, ...] = YS, *, paper: int = 255, rule: int = 200) -> Pixels:
    shades = page(paper)
    for x in xs:
        shades[ys[0] : ys[-1] + 1, x] = rule
    for y in ys:
        shades[y, xs[0] : xs[-1] + 1] = rule
    return shades


def one(shades: Pixels) -> Lattice:
    (found,) = lattices(shades, LINE)
    return found


def near(places: tuple[int, ...], expected: tuple[int, ...]) -> bool:
    return places == pytest.approx(expected, abs=2)


def at(x: int, y: int, width: int = 40) -> Box:
    return Box(x, y, x + width, y + 16)


@pytest.mark.parametrize(("paper", "rule"), [(255, 200), (255, 232), (20, 60), (200, 255)])
def test_rules_part_a_page_into_cells(paper: int, rule: int) -> None:
    found = one(ruled(paper=paper, rule=rule))

    assert near(found.xs, XS)
    assert near(found.ys, YS)
    assert found.walls.all()
    assert found.floors.all()


def test_a_table_may_be_open_at_its_sides() -> None:
    shades = ruled()
    shades[:, [XS[0], XS[-1]]] = 255

    assert near(one(shades).xs, XS)


@pytest.mark.parametrize(
    ("xs", "ys"),
    [((20, 400), (30, 150)), ((20, 400), YS), (XS, (30, 150))],
    ids=["frame", "lines", "tabs"],
)
def test_a_frame_is_no_table(xs: tuple[int, ...], ys: tuple[int, ...]) -> None:
    assert lattices(ruled(xs, ys), LINE) == []


def test_a_merged_cell_is_its_first() -> None:
    shades = ruled()
    shades[YS[3] + 1 : YS[4], XS[1]] = 255
    found = one(shades)

    assert found.cell(at(120, 125)) == (3, 0)
    assert found.cell(at(300, 125)) == (3, 2)
    assert found.cell(at(120, 5)) is None


def test_a_name_beside_the_corner_stays_over_its_column() -> None:
    shades = ruled((20, 44, 140, 260, 400))
    shades[YS[0] + 1 : YS[1], 44] = 255

    assert one(shades).cell(at(72, 37)) == (0, 1)


def table_of(shades: Pixels, text: list[Box]) -> Table | None:
    for box in text:
        shades[box.y0 + 4 : box.y1 - 4, box.x0 : box.x1] = 0
    found = regions(Scene(text, shades, lattices=lattices(shades, LINE)))
    return next((region for region in found if isinstance(region, Table)), None)


def test_cells_keep_their_places_and_their_alignment() -> None:
    rows = [[at(24, y + 8), at(200, y + 8), at(356, y + 8)] for y in YS[:-1]]
    text = [box for n, row in enumerate(rows) for m, box in enumerate(row) if (n, m) not in ((1, 1), (2, 0))]
    table = table_of(ruled(), text)

    assert table is not None
    assert table.alignments == ("left", "right", "right")
    assert [[len(cell) for cell in row] for row in table.rows] == [[1, 1, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]]


def test_a_piece_over_a_rule_is_cut_there() -> None:
    rows = [[at(24, y + 8), at(146, y + 8)] for y in YS[:-1]]
    shades = ruled()
    for row in rows:
        for box in row:
            shades[box.y0 + 4 : box.y1 - 4, box.x0 : box.x1] = 0
    text = [*(box for row in rows[1:] for box in row), Box(24, 38, 186, 54)]
    (table,) = regions(Scene(text, shades, lattices=lattices(shades, LINE)))

    assert isinstance(table, Table)
    (first,), (second,) = table.rows[0]
    assert first.x1 < XS[1] < second.x0


def test_a_dialog_with_much_in_one_of_its_parts_is_no_table() -> None:
    shades = ruled((20, 200, 400), (30, 60, 180, 210))
    inside = [at(40, 62 + 16 * n) for n in range(7)]

    assert table_of(shades, [at(40, 36), at(220, 36), *inside, at(40, 186), at(220, 186)]) is None


def test_text_around_is_read_before_and_after() -> None:
    rows = [[at(24, y + 8), at(200, y + 8)] for y in YS[:-1]]
    above, below = at(24, 6), at(24, 170)
    shades = ruled()
    text = [below, *(box for row in rows for box in row), above]
    for box in text:
        shades[box.y0 + 4 : box.y1 - 4, box.x0 : box.x1] = 0
    found = regions(Scene(text, shades, lattices=lattices(shades, LINE)))

    assert [boxes(region) for region in (found[0], found[-1])] == [[above], [below]]
    assert isinstance(found[1], Table)
