"""Text as Qt lays it out, and how it counts: in units of UTF-16."""

import re
from array import array
from bisect import bisect_left, bisect_right
from typing import Self

LINE_BREAK = "\u2028"
"""Breaks a line within a text block."""

# Qt ends a text block at U+2029 and takes U+FDD0 and U+FDD1 for the edges of a frame.
# At the beginning it drops U+FEFF, which is as wide as U+2060.
_WITHIN_A_BLOCK = {
    **dict.fromkeys((0x0A, 0x0D, 0x2029), LINE_BREAK),
    **dict.fromkeys((0xFDD0, 0xFDD1), "\ufffd"),
    0xFEFF: "\u2060",
}
_HARMLESS = re.compile("[^\\u2029\ufdd0\ufdd1\ufeff\\r\\n]*")


def within_a_block(text: str) -> str:
    """`text` so that it stays one text block."""
    return text if _HARMLESS.fullmatch(text) else text.translate(_WITHIN_A_BLOCK)


def length(text: str) -> int:
    """How many positions `text` takes in a QTextDocument, which counts in UTF-16."""
    return len(text) + sum(character > "\uffff" for character in text)


_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Positions:
    """Between offsets in `text` (characters) and positions in its layout (units of UTF-16).

    `before` are those of a text whose first `kept` characters are the same; they cannot be used any more. An
    answer grows often, and may be of emoji alone.
    """

    def __init__(self, text: str, before: Self | None = None, kept: int = 0) -> None:
        self.wide: array[int] = array("L") if before is None else before.wide
        """Where the characters stand that take two positions."""
        del self.wide[bisect_left(self.wide, kept) :]
        if not text.isascii():
            self.wide.extend(match.start() for match in _ASTRAL.finditer(text, kept))
        self.end = len(text) + len(self.wide)
        """The position behind the last character."""

    def of(self, offset: int) -> int:
        """The position of the character at `offset`."""
        return offset + bisect_left(self.wide, offset) if self.wide else offset

    def offset(self, position: int) -> int:
        """The offset of the character at `position`; within a character, its own."""
        if not self.wide:
            return position
        before = bisect_right(self.wide, position, key=self._begin)
        return max(position - before, self.wide[before - 1]) if before else position

    def _begin(self, offset: int) -> int:
        return self.of(offset) + 1
