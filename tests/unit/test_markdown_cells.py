"""A table arrives in a spreadsheet cell by cell."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.markdown.blocks import Block, Run, Table
from desktop.markdown.cells import to_tsv
from desktop.markdown.plain import runs_text
from desktop.markdown.slices import sliced
from desktop.markdown.stream import parse

TABLE = "| a | **b** c |\n|---|---|\n| 1 | `x` |\n| =1+1 | |"


def test_a_table() -> None:
    assert to_tsv(parse(TABLE)) == "a\tb c\n1\tx\n'=1+1\t\n"


def test_rows_that_were_selected_without_the_header() -> None:
    assert to_tsv(sliced(parse(TABLE), (0, 6), (0, 9))) == "1\tx\n"


@pytest.mark.parametrize("text", ["", "a\tb", TABLE + "\n\nafter", TABLE + "\n\n" + TABLE, "# a"])
def test_anything_else_is_no_table(text: str) -> None:
    assert to_tsv(parse(text)) is None


cells = st.text(st.characters(codec="utf-8"), min_size=1)


@given(st.lists(st.tuples(cells, cells), min_size=1))
def test_every_cell_stays_where_it_is(rows: list[tuple[str, str]]) -> None:
    table: Block = Table(("", ""), tuple(tuple((Run(cell),) for cell in row) for row in rows))

    text = to_tsv([table])

    assert text is not None
    read = list(csv.reader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    assert [[cell.removeprefix("'").split() for cell in row] for row in read] == [
        [runs_text((Run(cell),)).removeprefix("'").split() for cell in row] for row in rows
    ]
