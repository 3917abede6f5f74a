"""Lines of code as a fenced block, each at its indentation."""

import re

from desktop.worker.reading.width import characters

FENCE, OTHER_FENCE = "```", "~~~~"

_CLOSING = re.compile(r"`{3,}")


class Listing:
    """One block; `unsure` are the numbers of its lines, from 1, that were hard to read."""

    def __init__(self) -> None:
        self._fence = ""
        self._row = 0
        self._first = 0
        self._line = ""
        self.unsure: list[int] = []

    def line(self, text: str, row: int, column: int, *, marked: bool = False) -> str:
        """A piece of line `row` that begins at `column`, in characters; rows without a piece are blank."""
        said = self._opened(text, row)
        said += "\n" * (row - self._row)
        if row > self._row:
            self._row, self._line = row, ""
        blanks = column - characters(self._line)
        piece = " " * max(blanks, 1 if self._line else 0) + text
        self._line += piece
        if marked and row - self._first + 1 not in self.unsure:
            self.unsure.append(row - self._first + 1)
        return said + piece

    def end(self) -> str:
        return f"\n{self._fence}"

    def _opened(self, text: str, row: int) -> str:
        """The fence where the block begins; another one where a line would close it."""
        if not self._fence:
            self._fence, self._row, self._first = FENCE, row, row
            return f"{FENCE}\n"
        if self._fence == FENCE and _CLOSING.fullmatch(text):
            self._fence = OTHER_FENCE
            closed, self._row = f"\n{FENCE}\n\n{OTHER_FENCE}\n", row
            self._line = ""
            return closed
        return ""
