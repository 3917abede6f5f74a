"""The runs of a text in the layouts of its parts."""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate, takewhile
from operator import attrgetter
from typing import NamedTuple

from PySide6.QtGui import QTextCharFormat, QTextLayout

from desktop.markdown.blocks import Run, Runs, Style
from desktop.ui.transcript.characters import Positions

_CODE = Style.CODE.value
"""Flags themselves are slow."""


_text_of = attrgetter("text")
"""Much faster than a comprehension: a long paragraph has thousands of runs, and grows often."""


class Link(NamedTuple):
    """Where a link leads as its text says it, and all words that it stands under."""

    href: str
    words: str


class Styled(NamedTuple):
    """What a run is in a layout: from position `begin` (UTF-16) to before `end`."""

    run: Run
    begin: int
    end: int

    @property
    def is_code(self) -> bool:
        return bool(self.run.style.value & _CODE)

    def format_range(self, characters: QTextCharFormat) -> QTextLayout.FormatRange:
        found = QTextLayout.FormatRange()
        found.start, found.length, found.format = self.begin, self.end - self.begin, characters
        return found


class StyledRuns:
    """The runs of a text, of which those of its parts are found at once, however many there are.

    `positions`: those of a text before, of which the first `kept` characters are the same.
    """

    def __init__(self, runs: Runs, positions: Positions | None = None, kept: int = 0) -> None:
        self._runs = runs
        texts = [*map(_text_of, runs)]
        self.text = "".join(texts)
        self.positions = Positions(self.text, positions, kept)
        self._ends = [*accumulate(map(len, texts))]

    def between(self, begin: int, end: int) -> Iterator[Styled]:
        """Those that are not plain, in the layout of what stands between two positions of the text."""
        first, last = self.positions.offset(begin), self.positions.offset(end)
        for index in range(bisect_right(self._ends, first), len(self._runs)):
            run, behind = self._runs[index], self._ends[index]
            start = behind - len(run.text)
            if start >= last:
                break
            if run.style is not Style.PLAIN or run.href:
                start, behind = self.positions.of(max(start, first)), self.positions.of(min(behind, last))
                yield Styled(run, start - begin, behind - begin)

    def link_at(self, offset: int) -> Link | None:
        """The one that the character at `offset` is of, with all of its words."""
        index = bisect_right(self._ends, offset)
        href = self._runs[index].href if index < len(self._runs) else ""
        if not href:
            return None
        before = takewhile(lambda run: run.href == href, reversed(self._runs[:index]))
        behind = takewhile(lambda run: run.href == href, self._runs[index:])
        return Link(href, "".join(map(_text_of, [*reversed([*before]), *behind])))
