"""Where each of many things stands that lie below one another, of which a few change their height."""

from bisect import bisect_right
from collections.abc import Iterable


class Heights:
    """Heights in device-independent px and the tops that follow from them.

    A change costs what stands below it, and only when that is asked for: what grows is the last one.
    """

    def __init__(self, heights: Iterable[float] = ()) -> None:
        self._heights = list(heights)
        self._tops = [0.0]
        """Of the first things, and one more: those behind are out of date."""

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, index: int) -> float:
        return self._heights[index]

    def __setitem__(self, index: int, height: float) -> None:
        if self._heights[index] != height:
            self._heights[index] = height
            del self._tops[index + 1 :]

    def append(self, height: float) -> None:
        self._heights.append(height)

    def extend(self, heights: Iterable[float]) -> None:
        self._heights.extend(heights)

    def prepend(self, heights: Iterable[float]) -> None:
        self._heights[:0] = heights
        del self._tops[1:]

    def truncate(self, length: int) -> None:
        """Keep the first `length`."""
        del self._heights[length:], self._tops[length + 1 :]

    def top(self, index: int) -> float:
        """Of the thing at `index`; behind the last one, the lower end of all."""
        tops = self._tops
        if len(tops) <= index:
            here = tops[-1]
            for height in self._heights[len(tops) - 1 : index]:
                here += height
                tops.append(here)
        return tops[index]

    @property
    def total(self) -> float:
        return self.top(len(self._heights))

    def at(self, y: float) -> int:
        """The index of what stands at `y`: the first above all, the last below all."""
        last = len(self._heights) - 1
        self.top(last + 1)
        return min(max(0, bisect_right(self._tops, y) - 1), max(0, last))
