"""Pieces of text into lines, rows and columns."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.images import Box
from desktop.worker.layout import reading_order


def piece(x: int, y: int, width: int = 100, height: int = 20) -> Box:
    return Box(x, y, x + width, y + height)


def test_rows_go_down_and_cells_go_right() -> None:
    cells = [piece(300, 12), piece(10, 40), piece(10, 10), piece(300, 41)]

    assert reading_order(cells) == [[cells[2], cells[0]], [cells[1], cells[3]]]


def test_pieces_of_one_line_are_joined() -> None:
    assert reading_order([piece(10, 10), piece(120, 12), piece(200, 10)]) == [[Box(10, 10, 300, 32)]]


def test_what_is_much_larger_is_not_the_same_line() -> None:
    headline, label = piece(10, 10, height=60), piece(115, 30, height=18)

    assert reading_order([headline, label]) == [[headline, label]]


def test_what_is_to_stay_whole_is_not_joined() -> None:
    left, right = piece(10, 10), piece(112, 10)

    assert reading_order([left, right], whole={right}) == [[left, right]]


def test_a_falling_line_stays_one_row() -> None:
    pieces = [piece(150 * n, 10 + 3 * n) for n in range(4)]

    assert reading_order(pieces) == [pieces]


def test_columns_of_prose_are_read_one_after_the_other() -> None:
    left = [piece(10, 30 * n, width=400) for n in range(5)]
    right = [piece(480, 30 * n, width=400) for n in range(5)]

    assert reading_order([*right, *left]) == [[box] for box in left + right]


def test_columns_of_a_table_are_not() -> None:
    cells = [[piece(10, 30 * n), piece(300, 30 * n), piece(700, 30 * n)] for n in range(5)]

    assert reading_order([cell for row in cells for cell in row]) == cells


places = st.integers(0, 3000)
boxes = st.builds(piece, places, places, st.integers(3, 900), st.integers(5, 90))


@given(st.lists(boxes, max_size=40))
def test_nothing_is_lost(pieces: list[Box]) -> None:
    lines = [line for row in reading_order(pieces) for line in row]

    def covered(box: Box) -> bool:
        return any(
            line.x0 <= box.x0 and line.y0 <= box.y0 and line.x1 >= box.x1 and line.y1 >= box.y1
            for line in lines
        )

    assert all(covered(box) for box in pieces)
    assert len(lines) <= len(pieces)


def test_no_text_has_no_rows() -> None:
    assert reading_order([]) == []
