"""Pieces of text into regions, in reading order."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.images import Box
from desktop.worker.reading.columns import PROSE
from desktop.worker.reading.layout import Scene, Symbol, boxes, regions
from desktop.worker.reading.listing import Listing
from desktop.worker.reading.paragraph import Prose
from desktop.worker.reading.table import Table
from tests.support.boxes import arranged, lines_of, monospaced, piece, shades


def in_order(found: list[Box], **scene: object) -> list[Box]:
    return [box for region in arranged(found, **scene) for box in boxes(region)]


# ── rows and columns ────────────────────────────────────────────────────────────────────────────


def test_no_text_has_no_regions() -> None:
    assert arranged([]) == []


def test_pieces_of_one_line_are_joined() -> None:
    assert in_order([piece(10, 10), piece(120, 12), piece(200, 10)]) == [Box(10, 10, 300, 32)]


def test_what_is_much_larger_is_not_the_same_line() -> None:
    headline, label = piece(10, 10, height=60), piece(115, 30, height=18)

    assert in_order([headline, label]) == [headline, label]


def test_what_is_to_stay_whole_is_not_joined() -> None:
    left, right = piece(10, 10), piece(112, 10)

    assert in_order([left, right], whole={right}) == [left, right]


def test_a_falling_line_stays_one_row() -> None:
    pieces = [piece(150 * n, 10 + 3 * n) for n in range(4)]
    (prose,) = arranged(pieces)

    assert isinstance(prose, Prose)
    assert prose.rows == [pieces]


def column(x: int, y: int, lines: int, *, pitch: int = 30, width: int = 400) -> list[Box]:
    return [piece(x, y + pitch * n, width) for n in range(lines)]


def test_columns_of_text_are_read_one_after_the_other() -> None:
    left, right = column(10, 10, 5), column(480, 10, 5)

    assert in_order([*right, *left]) == left + right


def test_three_columns_are() -> None:
    columns = [column(10 + 460 * n, 10, 6) for n in range(3)]

    assert in_order([box for n in (2, 0, 1) for box in columns[n]]) == [box for col in columns for box in col]


def test_a_headline_across_columns_comes_first_and_a_footer_last() -> None:
    headline, footer = piece(10, 10, 870, 40), piece(10, 300, 870)
    left, right = column(10, 80, 5), column(480, 80, 5)

    assert in_order([footer, *right, headline, *left]) == [headline, *left, *right, footer]


def test_a_sidebar_is_read_before_what_stands_beside_it() -> None:
    sidebar, text = column(10, 20, 6, pitch=41, width=90), column(240, 20, 9, pitch=26, width=600)

    assert in_order([*text, *sidebar]) == sidebar + text


# ── tables ──────────────────────────────────────────────────────────────────────────────────────


def cells_of(found: list[Box]) -> list[list[list[Box]]]:
    (table,) = arranged(found)
    assert isinstance(table, Table)
    return table.rows


def test_a_table_has_its_cells_in_rows_and_columns() -> None:
    rows = [[piece(10, 34 * n, 80), piece(300, 34 * n), piece(700, 34 * n)] for n in range(5)]

    assert cells_of([cell for row in reversed(rows) for cell in row]) == [
        [[cell] for cell in row] for row in rows
    ]


def test_empty_cells_keep_the_others_in_their_places() -> None:
    rows = [[piece(x, 34 * n) for x in (10, 300, 700)] for n in range(5)]
    del rows[1][1], rows[2][2], rows[3][0]
    found = cells_of([cell for row in rows for cell in row])

    assert [[bool(cell) for cell in row] for row in found] == [
        [True, True, True],
        [True, False, True],
        [True, True, False],
        [False, True, True],
        [True, True, True],
    ]


def test_numbers_at_the_right_edge_are_one_column() -> None:
    rows = [[piece(10, 34 * n, 80), piece(500 - 30 * n, 34 * n, 30 * n + 20)] for n in range(5)]
    (table,) = arranged([cell for row in rows for cell in row])

    assert isinstance(table, Table)
    assert table.alignments == ("left", "right")
    assert table.rows == [[[cell] for cell in row] for row in rows]


def test_a_heading_at_the_left_belongs_to_the_numbers_at_the_right() -> None:
    head = [piece(10, 0, 80), piece(300, 0, 110), piece(600, 0, 90)]
    below = [[piece(10, 34 * n, 90), piece(480, 34 * n, 40), piece(760, 34 * n, 40)] for n in range(1, 5)]
    (table,) = arranged([*head, *(cell for row in below for cell in row)])

    assert isinstance(table, Table)
    assert table.rows == [[[cell] for cell in row] for row in (head, *below)]


def test_cells_in_the_middle_are_one_column() -> None:
    rows = [[piece(10, 34 * n, 80), piece(500 - 20 * n, 34 * n, 40 * n + 20)] for n in range(5)]
    (table,) = arranged([cell for row in rows for cell in row])

    assert isinstance(table, Table)
    assert table.alignments == ("left", "center")


def test_lines_of_a_cell_that_wraps_are_one_cell() -> None:
    tops = (10, 60, 132, 182)
    names = [piece(10, top) for top in tops]
    texts = [piece(300, top, 300) for top in tops]
    second = piece(300, 60 + 22, 200)
    found = cells_of([*names, *texts, second])

    assert found == [
        [[names[0]], [texts[0]]],
        [[names[1]], [texts[1], second]],
        [[names[2]], [texts[2]]],
        [[names[3]], [texts[3]]],
    ]


def test_a_piece_that_spans_two_columns_is_cut_at_the_white_between_them() -> None:
    rows = [[piece(10, 34 * n), piece(150, 34 * n), piece(400, 34 * n)] for n in range(5)]
    ink = shades(cell for row in rows for cell in row)
    spanning = Box(8, 68, 252, 88)
    found = [cell for row in rows for cell in row if cell not in rows[2][:2]]
    (table,) = regions(Scene([*found, spanning], ink))

    assert isinstance(table, Table)
    assert table.rows[2] == [[cell] for cell in rows[2]]


def test_a_word_apart_from_its_neighbour_makes_no_column() -> None:
    rows = [[piece(10, 34 * n), piece(500, 34 * n, 60)] for n in range(4)]
    lone = piece(470, 102, 18)
    found = cells_of([*(cell for row in rows for cell in row), lone])

    assert [len(row) for row in found] == [2, 2, 2, 2]
    assert found[3][1] == [Box(470, 102, 560, 122)]


def test_bullets_are_no_column() -> None:
    found = [box for n in range(5) for box in (piece(10, 30 * n, 9), piece(34, 30 * n, 300 + 40 * n))]

    assert all(isinstance(region, Prose) for region in arranged(found))


def test_two_rows_are_no_table() -> None:
    assert isinstance(arranged([piece(x, y) for x in (10, 400) for y in (10, 40)])[0], Prose)


def test_what_stands_apart_is_not_of_the_table() -> None:
    rows = [[piece(10, 30 * n), piece(400, 30 * n)] for n in range(4)]
    buttons = [piece(10, 220), piece(400, 220)]
    table, rest = arranged([*(cell for row in rows for cell in row), *buttons])

    assert boxes(table) == [cell for row in rows for cell in row]
    assert boxes(rest) == buttons


@st.composite
def sheets(draw: st.DrawFn) -> list[list[Box | None]]:
    """Cells of 2 to 5 columns, each at one edge or in the middle of its column.

    From the third row on one cell of a row may be empty, if another is left beside the first: rows with
    nothing there may as well be lines of text. No cell is as long as a line of running text: two columns of
    such may as well be just that.
    """
    count = draw(st.integers(2, 5))
    edges = [draw(st.sampled_from((0.0, 0.5, 1.0))) for _ in range(count)]
    pitch = draw(st.integers(28, 60))
    rows: list[list[Box | None]] = []
    for number in range(draw(st.integers(4, 8))):
        empty = draw(st.none() | st.integers(1, count - 1)) if number > 1 and count > 2 else None
        row: list[Box | None] = []
        for column, edge in enumerate(edges):
            width = draw(st.integers(40, PROSE * 20))
            x = 20 + 220 * column + round(edge * (PROSE * 20 - width))
            row.append(None if column == empty else piece(x, 20 + pitch * number, width))
        rows.append(row)
    return rows


@given(sheets())
def test_any_cells_are_found_in_their_places(sheet: list[list[Box | None]]) -> None:
    found = cells_of([cell for row in sheet for cell in row if cell])

    assert found == [[[cell] if cell else [] for cell in row] for row in sheet]


# ── code ────────────────────────────────────────────────────────────────────────────────────────

CODE = [
    "class Queue:",
    "    def put(self, job):",
    "        self.jobs.append(job)",
    "",
    "    limit = 1024",
    "x",
]


def test_characters_of_one_width_are_code() -> None:
    (listing,) = regions(Scene(lines_of(CODE), monospaced(CODE)))

    assert isinstance(listing, Listing)
    assert listing.lines == [0, 1, 2, 4, 5]
    assert abs(listing.grid.pitch - 9.6) < 0.1
    assert [listing.grid.column(row[0].x0 + 4) for row in listing.rows] == [0, 4, 8, 4, 0]


def test_code_between_text_is_told_from_it() -> None:
    above, below = column(40, 10, 3, width=900), column(40, 300, 3, width=900)
    ink, code = shades([*above, *below], (1400, 400)), monospaced(CODE, top=130)
    ink[: len(code)] &= code
    kinds = [type(region) for region in regions(Scene([*above, *lines_of(CODE, top=130), *below], ink))]

    assert kinds == [Prose, Listing, Prose]


# ── codes, and everything ───────────────────────────────────────────────────────────────────────


def test_a_code_stands_before_the_rows_beside_it() -> None:
    code = Box(10, 100, 130, 220)
    above, beside = piece(10, 50, 300), [piece(160, 110 + 30 * n, 200) for n in range(2)]
    found = arranged([above, *beside], symbols={code})

    assert [boxes(region) or region for region in found] == [[above], Symbol(code), beside]


places = st.integers(0, 3000)
pieces = st.builds(piece, places, places, st.integers(3, 900), st.integers(5, 90))


@given(st.lists(pieces, max_size=40))
def test_no_ink_is_lost_and_none_read_twice(found: list[Box]) -> None:
    read = in_order(found)

    assert all(any(_inside(box, other) for other in read) for box in found)
    assert len(read) <= len(set(found))


def _inside(box: Box, outer: Box) -> bool:
    return outer.x0 <= box.x0 and outer.y0 <= box.y0 and outer.x1 >= box.x1 and outer.y1 >= box.y1


@given(st.lists(pieces, max_size=40))
def test_rows_go_from_left_to_right(found: list[Box]) -> None:
    for region in arranged(found):
        if isinstance(region, Prose | Listing):
            assert all(row == sorted(row) for row in region.rows)
