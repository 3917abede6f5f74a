"""What is marked in a text: the selection, and what was found."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QRectF

from desktop.ui.transcript.box import Box, Mark, MarkKind

Spot = tuple[int, int]
"""The index of a block, and an offset in its text."""

_ALL = 1 << 40
"""Characters: more than any text has."""

_AROUND = 500
"""Characters before and after those at two corners of what is seen: a line may be written leftwards."""


class FoundMarks(Protocol):
    """What was found in a text."""

    def between(self, block: int, begin: int, end: int) -> Sequence[Mark]:
        """Marks of what touches the characters of a block between two offsets, in order of their kind."""


class Marks:
    """What is marked in the blocks of a text: the selection between two spots, and what was found."""

    def __init__(self) -> None:
        self.selection: tuple[Spot, Spot] | None = None
        self.found: FoundMarks | None = None

    def of(self, index: int, box: Box, seen: QRectF) -> Sequence[Mark]:
        """The marks of a block, in order of their kind; one may reach beyond its text.

        Of what was found, which may be a million times, only what may be `seen` of its box.
        """
        found = self._found_in(index, box, seen)
        if self.selection is None or not self.selection[0][0] <= index <= self.selection[1][0]:
            return found
        begin, end = self.selection
        first = begin[1] if index == begin[0] else 0
        last = end[1] if index == end[0] else _ALL
        return [*found, Mark(first, last, MarkKind.SELECTED)]

    def _found_in(self, index: int, box: Box, seen: QRectF) -> Sequence[Mark]:
        if self.found is None:
            return ()
        begin = box.offset_at(seen.topLeft()) - _AROUND
        end = box.offset_at(seen.bottomRight()) + _AROUND
        return self.found.between(index, max(0, begin), end)
