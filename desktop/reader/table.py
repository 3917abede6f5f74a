"""Cells of a table as Markdown, row by row."""

from collections.abc import Sequence

from desktop.reader.prose import Prose

_RULES = {"left": "---", "center": ":-:", "right": "--:"}


class Table:
    """The first row is the header. A row is said once a line of a later one is there."""

    def __init__(self, alignments: Sequence[str]) -> None:
        self._alignments = alignments
        self._row = 0
        self._cells = self._empty()
        self._texts = [""] * len(alignments)

    def line(self, text: str, row: int, column: int, *, marked: bool = False) -> str:
        """A line of a cell, in its order; further lines of the same cell go on in it."""
        said = ""
        while self._row < row:
            said += self._finished() + "\n"
        cell = self._cells[column]
        self._texts[column] += cell.line(text, "wrap" if self._texts[column] else "blank", marked=marked)
        return said

    def end(self) -> str:
        return self._finished()

    def _finished(self) -> str:
        cells = [text + cell.end() for text, cell in zip(self._texts, self._cells, strict=True)]
        said = _row([cell.replace("|", "\\|") for cell in cells])
        if not self._row:
            said += "\n" + _row([_RULES[alignment] for alignment in self._alignments])
        self._row += 1
        self._cells, self._texts = self._empty(), [""] * len(self._alignments)
        return said

    def _empty(self) -> list[Prose]:
        return [Prose() for _ in self._alignments]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
