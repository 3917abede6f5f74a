"""The runs of a text in the layouts of its parts."""

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtGui import QTextCharFormat, QTextLayout

from desktop.markdown.blocks import Run, Runs, Style
from desktop.ui.transcript.characters import Positions

_CODE = Style.CODE.value
"""Flags themselves are slow."""


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


def styled(runs: Runs, positions: Positions, begin: int, end: int) -> Iterator[Styled]:
    """The runs that are not plain in the layout of what stands between two positions of their text."""
    if len(runs) == 1 and runs[0].style is Style.PLAIN and not runs[0].href:
        return
    first, last = positions.offset(begin), positions.offset(end)
    here = 0
    for run in runs:
        start, here = here, here + len(run.text)
        if start >= last:
            break
        if here > first and (run.style is not Style.PLAIN or run.href):
            yield Styled(run, positions.of(max(start, first)) - begin, positions.of(min(here, last)) - begin)


def run_at(runs: Runs, offset: int) -> Run:
    """The run that the character at `offset` is of; an empty one behind the last."""
    for run in runs:
        if offset < len(run.text):
            return run
        offset -= len(run.text)
    return Run("")
