"""The rows of GitHub's tables, as text."""

import re

from desktop.markdown.blocks import Alignment

_BELOW_HEADINGS = re.compile(r"\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*\|?[ \t]*+$")
_BAR = re.compile(r"(?<!\\)\|")
_BLANKS = " \t"

LONGEST_ROW = 0x8000
"""Characters; a longer line is none."""


def alignments_of(line: str) -> tuple[Alignment, ...]:
    """What the row below the headings says of their columns; empty if `line` is no such row."""
    if len(line) > LONGEST_ROW or not _BELOW_HEADINGS.match(line):
        return ()
    return tuple(_alignment(cell.strip(_BLANKS)) for cell in line.strip(_BLANKS).strip("|").split("|"))


def cells_of(line: str) -> list[str]:
    """The text of each cell of a row."""
    cells = _BAR.split(line.strip(_BLANKS))
    if not cells[0]:
        del cells[0]
    if cells and not cells[-1]:
        del cells[-1]
    return [cell.strip(_BLANKS).replace("\\|", "|") for cell in cells]


def _alignment(cell: str) -> Alignment:
    if cell.endswith(":"):
        return "center" if cell.startswith(":") else "right"
    return "left" if cell.startswith(":") else ""
