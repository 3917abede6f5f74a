"""A table as a spreadsheet takes it."""

import re
from collections.abc import Sequence

from desktop.markdown.blocks import Block, Runs, Table
from desktop.markdown.formulas import without_formula
from desktop.markdown.plain import runs_text

_PARTING = re.compile(r"[\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
"""What would begin another cell or row."""


def to_tsv(blocks: Sequence[Block]) -> str | None:
    """The cells of the one table that `blocks` are, as tab-separated values; None if they are anything else.

    A tab between cells, "\\n" after each row; tabs and line ends inside of a cell are blanks, a header
    without words is left out. A formula becomes text: whoever pastes has seen its letters, not what it
    does (`without_formula`). Of a selection within one cell, which is no table, each character is kept.
    """
    if len(blocks) != 1 or not isinstance(blocks[0], Table):
        return None
    return "".join(f"{row}\n" for row in rows_of(blocks[0]))


def rows_of(table: Table) -> list[str]:
    """A line each."""
    header, *rows = table.rows
    shown = [header, *rows] if any(map(runs_text, header)) else rows
    return ["\t".join(map(_value, row)) for row in shown]


def _value(cell: Runs) -> str:
    return without_formula(_PARTING.sub(" ", runs_text(cell)))
