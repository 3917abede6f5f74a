"""What was found in a conversation, in the order in which one reads; a hit takes 24 bytes."""

from array import array
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from desktop.ui.transcript.box import Mark, MarkKind
from desktop.ui.transcript.marks import Spot
from desktop.ui.transcript.selection import Place


class Hit(NamedTuple):
    """From a place to before `end`, an offset in the same block."""

    place: Place
    end: int


class Hits:
    """The hits in one text, added from its beginning to its end."""

    def __init__(self) -> None:
        self._blocks, self._begins, self._ends = array("Q"), array("Q"), array("Q")

    def __len__(self) -> int:
        return len(self._blocks)

    def __getitem__(self, index: int) -> tuple[int, int, int]:
        """Block, begin, end."""
        return self._blocks[index], self._begins[index], self._ends[index]

    def add(self, block: int, begin: int, end: int) -> None:
        self._blocks.append(block)
        self._begins.append(begin)
        self._ends.append(end)

    def truncate(self, block: int) -> None:
        """Forget those in `block` and after it."""
        length = bisect_left(self._blocks, block)
        del self._blocks[length:], self._begins[length:], self._ends[length:]

    def index_at(self, spot: Spot) -> int:
        """Of the first hit that begins at `spot` or after it."""
        return bisect_left(range(len(self)), spot, key=lambda i: (self._blocks[i], self._begins[i]))

    def between(self, block: int, begin: int, end: int) -> Iterator[tuple[int, int]]:
        """Begin and end of those that touch the characters of `block` between two offsets."""
        index = self.index_at((block, begin))
        if index and self._blocks[index - 1] == block and self._ends[index - 1] > begin:
            index -= 1
        while index < len(self) and self._blocks[index] == block and self._begins[index] < end:
            yield self._begins[index], self._ends[index]
            index += 1


class Found:
    """The hits in all texts of a conversation, each known by its message and its number there."""

    def __init__(self) -> None:
        self._hits: dict[tuple[int, int], Hits] = {}
        self._texts: list[tuple[int, int]] = []
        """In the order in which one reads."""

    def __len__(self) -> int:
        return sum(map(len, self._hits.values()))

    def hits_in(self, message: int, text: int) -> Hits:
        """They can be added to."""
        hits = self._hits.get((message, text))
        if hits is None:
            hits = self._hits[message, text] = Hits()
            insort(self._texts, (message, text))
        return hits

    def empty(self) -> None:
        """Forget all hits; what `hits_in` gave can still be added to."""
        for hits in self._hits.values():
            hits.truncate(0)

    def forget(self, message: int, text: int) -> None:
        if self._hits.pop((message, text), None) is not None:
            self._texts.remove((message, text))

    def clear(self) -> None:
        self._hits.clear()
        self._texts.clear()

    def number_of(self, hit: Hit) -> int:
        """Which one it is, the first being 1."""
        message, text = hit.place[:2]
        before = self._texts[: bisect_left(self._texts, (message, text))]
        return sum(len(self._hits[key]) for key in before) + self._index_at(hit.place) + 1

    def holds(self, hit: Hit) -> bool:
        return self.first_from(hit.place) == hit

    def first_from(self, place: Place) -> Hit | None:
        """The first that begins at `place` or after it."""
        for number in range(bisect_left(self._texts, place[:2]), len(self._texts)):
            key = self._texts[number]
            index = self._index_at(place) if key == place[:2] else 0
            if index < len(self._hits[key]):
                return _hit(*key, self._hits[key], index)
        return None

    def last_before(self, place: Place) -> Hit | None:
        """The last that begins before `place`."""
        for number in range(bisect_right(self._texts, place[:2]) - 1, -1, -1):
            key = self._texts[number]
            index = self._index_at(place) if key == place[:2] else len(self._hits[key])
            if index:
                return _hit(*key, self._hits[key], index - 1)
        return None

    def _index_at(self, place: Place) -> int:
        """In its text, of the first that begins at `place` or after it."""
        hits = self._hits.get(place[:2])
        return hits.index_at(place.spot) if hits is not None else 0


def _hit(message: int, text: int, hits: Hits, index: int) -> Hit:
    block, begin, end = hits[index]
    return Hit(Place(message, text, block, begin), end)


class MarksOf:
    """The marks of the hits in one text, made when they are painted; `current` is marked as such."""

    def __init__(self, hits: Hits, current: Hit | None) -> None:
        self._hits = hits
        self._current = current

    def between(self, block: int, begin: int, end: int) -> Sequence[Mark]:
        """Of the hits that touch the characters of `block` between two offsets, in order of their kind."""
        marks = [Mark(*hit, MarkKind.FOUND) for hit in self._hits.between(block, begin, end)]
        if self._current is not None and self._current.place.block == block:
            marks.append(Mark(self._current.place.offset, self._current.end, MarkKind.CURRENT))
        return marks
