"""A table as a spreadsheet takes it."""

import re
from collections.abc import Sequence

from desktop.markdown.blocks import Block, Runs, Table
from desktop.markdown.plain import runs_text

_PARTING = re.compile(r"[\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
"""What would begin another cell or row."""


def to_tsv(blocks: Sequence[Block]) -> str | None:
    """The cells of the one table that `blocks` are, as tab-separated values; None if they are anything else.

    A tab between cells, "\\n" after each row; tabs and line ends inside of a cell are blanks, a header
    without words is left out. Cells that begin like a formula ("=", "+", "-", "@") stay as they are: most
    of them are numbers, an apostrophe before them would be part of the text in most programs, and whoever
    pastes has seen and selected what is pasted. Nothing is pasted that was not shown.
    """
    if len(blocks) != 1 or not isinstance(blocks[0], Table):
        return None
    header, *rows = blocks[0].rows
    shown = [header, *rows] if any(map(runs_text, header)) else rows
    return "".join("\t".join(map(_value, row)) + "\n" for row in shown)


def _value(cell: Runs) -> str:
    return _PARTING.sub(" ", runs_text(cell))
