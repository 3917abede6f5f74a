"""Which lines of running text go on in the next, and which stand for themselves."""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Literal, NamedTuple

from desktop.domain.images import Box
from desktop.worker.reading.columns import height, middle, union
from desktop.worker.reading.rows import Row
from desktop.worker.reading.width import characters, is_wide

Joint = Literal["blank", "tab", "wrap", "line", "paragraph"]
"""How a line is joined to the one before: in its row by a blank or a tab, going on from the row above,
as a line of its own, or after more white than between other lines."""

APART = 1.35
"""More than so many times the usual distance of rows parts paragraphs."""

FEW = 3
"""From so many distances on the median is the usual one; of fewer the least is."""

FARTHEST = 2.0
"""In line heights; where there are few, no larger one is usual."""

LARGER = 1.6
"""Heights of lines of one paragraph differ by less: with and without capitals and tails 1.4."""

STRAIGHT, INDENTED, HANGING = 0.8, 2.0, 3.0
"""How far apart lines of a paragraph begin: any two, below its first, below an item; in line heights."""

LONG_WORD = 9
"""A full line leaves at most the room of such a word, in characters."""

WRAPPED = 0.75
"""The share of full lines from which on a block is running text."""

SURELY_WRAPPED = 0.9
"""The share from which on even a sentence that ends with its line is followed by one of the same text."""

NARROW = 20
"""In fewer characters there is no running text: a list, a menu."""

LONG_LINE = 40
"""Two lines without other lines are running text if the first is so many characters long."""

_ENDS = ".!?:;。！？：；…"
_GOES_ON = ",，、-‐–—(（[/"
_MARKERS = set("•◦▪●○■□☐☑☒✓✔·*-–—>»©®") | set("0123456789")


class Line(NamedTuple):
    """What was read in row number `row`."""

    row: int
    box: Box
    text: str


class Block(NamedTuple):
    """Rows of one height without white between, from number `first` on. `right`: where they end, in px."""

    first: int
    rows: tuple[Row, ...]
    right: int


class Prose:
    """Rows of text, parted into blocks by where they stand; judged line by line as they are read."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = [list(row) for row in rows]
        self._block_of = [block for block in _blocks(rows) for _ in block.rows]

    def joint(self, above: Line | None, line: Line) -> Joint:
        """How `line`, the first of its row, follows `above`, the first that was read of a row before."""
        if above is None or self._block_of[above.row] is not self._block_of[line.row]:
            return "paragraph"
        alone = len(self.rows[above.row]) == len(self.rows[line.row]) == 1
        follows = alone and line.row == above.row + 1
        return "wrap" if follows and _goes_on(above, line, self._block_of[line.row]) else "line"


def joint_in_row(before: str) -> Joint:
    """How a line follows the text `before` it in its row: a label's value and a list's item by a blank."""
    is_marker = len(before) <= 3 and set(before.strip(".)")) <= _MARKERS  # noqa: PLR2004 - "12."
    return "blank" if is_marker or before.endswith((":", "：")) else "tab"


def _blocks(rows: Sequence[Row]) -> list[Block]:
    if not rows:
        return []
    heads = [0, *_heads(rows), len(rows)]
    groups = [(a, tuple(rows[a:b])) for a, b in pairwise(heads)]
    return [Block(first, group, max(box.x1 for row in group for box in row)) for first, group in groups]


def _heads(rows: Sequence[Row]) -> Iterator[int]:
    """The numbers of the rows, but the first, with which a block begins."""
    steps = [_at(below) - _at(above) for above, below in pairwise(rows)]
    line = median(height(box) for row in rows for box in row)
    usual = median(steps) if len(steps) >= FEW else min([*steps, FARTHEST * line])
    for number, (step, (above, below)) in enumerate(zip(steps, pairwise(rows), strict=True), start=1):
        low, high = sorted((_height(above), _height(below)))
        if step > APART * usual or high > LARGER * low:
            yield number


def _at(row: Row) -> float:
    return median(middle(box) for box in row)


def _height(row: Row) -> float:
    return median(height(box) for box in row)


def _goes_on(above: Line, line: Line, block: Block) -> bool:
    """Whether the first word of `line` had no room above, and both read like one text."""
    width = (line.box.x1 - line.box.x0) / max(1, characters(line.text))
    free = block.right - above.box.x1
    is_narrow = block.right - above.box.x0 < NARROW * width
    if (
        is_narrow
        or free > width * (characters(_first_word(line.text)) + 1)
        or not _is_below(above, line, block)
    ):
        return False
    ends = above.text[-1:] in _ENDS
    if above.text[-1:] in _GOES_ON or (line.text[:1].islower() and not ends):
        return True
    if len(block.rows) <= 2:  # noqa: PLR2004 - no other line tells
        return not ends and characters(above.text) >= LONG_LINE
    share = _full(block, width * _allowance(above.text[-1:]))
    return share >= (SURELY_WRAPPED if ends else WRAPPED)


def _is_below(above: Line, line: Line, block: Block) -> bool:
    """Whether both begin at the same place, but for a first line's indentation, or an item's mark."""
    offset = (above.box.x0 - line.box.x0) / height(line.box)
    may_be_indented = above.row == block.first
    has_mark = above.text[:1] in _MARKERS
    return -(HANGING if has_mark else STRAIGHT) < offset < (INDENTED if may_be_indented else STRAIGHT)


def _first_word(text: str) -> str:
    """What is not broken before: one Chinese character, with the marks behind it."""
    if is_wide(text[:1]):
        end = next((n for n, c in enumerate(text[1:], 1) if unicodedata.category(c)[0] != "P"), len(text))
        return text[:end]
    return text.split(" ", 1)[0]


def _allowance(last: str) -> int:
    return 3 if is_wide(last) else LONG_WORD


def _full(block: Block, allowance: float) -> float:
    """The share of full lines among those that have one below them."""
    ends = [union(row).x1 for row in block.rows[:-1]]
    return sum(block.right - end < allowance for end in ends) / max(1, len(ends))
