"""Where characters stand in a line that is laid out, left and right writing mixed or not."""

import re
from collections.abc import Iterator
from typing import NamedTuple, cast

from PySide6.QtGui import QTextLine

_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


class Stretch(NamedTuple):
    """Part of a line: its left and its right edge, in device-independent px."""

    left: float
    right: float


def is_mixed(text: str) -> bool:
    """Whether anything in `text` may be written from right to left."""
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None


def x_of(line: QTextLine, position: int, edge: QTextLine.Edge = QTextLine.Edge.Leading) -> float:
    """Of the caret at `position` (UTF-16)."""
    # The stubs know one result, there are two: the place and the position that it was moved to.
    found: object = line.cursorToX(position, edge)
    return float(found[0] if isinstance(found, tuple) else cast("float", found))


def stretches(line: QTextLine, begin: int, end: int, *, mixed: bool) -> Iterator[Stretch]:
    """What the positions from `begin` to before `end`, as far as they are in `line`, take of it."""
    begin = max(begin, line.textStart())
    end = min(end, line.textStart() + line.textLength())
    if begin >= end:
        return
    if not mixed:
        yield Stretch(x_of(line, begin), x_of(line, end))
    elif end - begin == line.textLength():
        words = line.naturalTextRect()
        yield Stretch(words.left(), words.right())
    else:
        yield from _joined([_of_character(line, position) for position in range(begin, end)])


def _of_character(line: QTextLine, position: int) -> Stretch:
    edges = x_of(line, position), x_of(line, position, QTextLine.Edge.Trailing)
    return Stretch(min(edges), max(edges))


def _joined(parts: list[Stretch]) -> Iterator[Stretch]:
    left, right = parts[0]
    for part in parts[1:]:
        if part.left > right + 0.5 or part.right < left - 0.5:
            yield Stretch(left, right)
            left, right = part
        left, right = min(left, part.left), max(right, part.right)
    yield Stretch(left, right)
