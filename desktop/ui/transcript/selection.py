"""What is selected in a conversation: from one place to another, across messages."""

from typing import NamedTuple

from desktop.ui.transcript.marks import Spot


class Place(NamedTuple):
    """A message, which of its texts, and a spot in that: places are in the order in which one reads."""

    message: int
    text: int
    block: int
    offset: int

    @property
    def spot(self) -> Spot:
        return self.block, self.offset


class Selection(NamedTuple):
    """It was begun at `anchor` and goes to `end`, which may lie before that."""

    anchor: Place
    end: Place

    @property
    def is_empty(self) -> bool:
        return self.anchor == self.end

    @property
    def first(self) -> Place:
        return min(self)

    @property
    def last(self) -> Place:
        return max(self)

    def shifted(self, count: int) -> "Selection":
        """The same, with so many messages before those that there were."""
        anchor, end = (place._replace(message=place.message + count) for place in self)
        return Selection(anchor, end)

    def within(self, message: int, text: int) -> tuple[Spot, Spot] | None:
        """What is selected of one text; None if nothing is."""
        first, last = self.first, self.last
        if self.is_empty or not first[:2] <= (message, text) <= last[:2]:
            return None
        begin = first.spot if first[:2] == (message, text) else (0, 0)
        end = last.spot if last[:2] == (message, text) else WHOLE
        return begin, end


WHOLE: Spot = (1 << 60, 0)
"""Behind the last block of any text."""
