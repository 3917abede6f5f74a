"""The colours of code: of each line, as far as they are known."""

from collections.abc import Iterator

from PySide6.QtGui import QBrush, QTextCharFormat

from desktop.ui.theme import Colors
from desktop.ui.transcript.code_row import Colored
from desktop.ui.transcript.line_lexer import Spans


class CodeColors:
    """Lines count from 0. A line of which nothing is known yet has one colour."""

    def __init__(self, colors: Colors) -> None:
        self._colors = colors
        self._formats: dict[str, QTextCharFormat] = {}
        self._lines: list[Spans] = []

    def __len__(self) -> int:
        return len(self._lines)

    def __iter__(self) -> Iterator[Spans]:
        return iter(self._lines)

    def __getitem__(self, line: int) -> Spans:
        return self._lines[line] if line < len(self._lines) else ()

    def __setitem__(self, line: int, spans: Spans) -> None:
        self._lines.extend([()] * (line + 1 - len(self._lines)))
        self._lines[line] = spans

    def truncate(self, lines: int) -> None:
        """Forget all but the first `lines`."""
        del self._lines[lines:]

    def between(self, line: int, first: int, last: int) -> Iterator[Colored]:
        """What is coloured of the characters from `first` to before `last`, counted from `first`."""
        for begin, end, role in self[line]:
            if begin < last and end > first:
                yield Colored(begin - first, end - first, self._format(role))

    def _format(self, role: str) -> QTextCharFormat:
        if role not in self._formats:
            self._formats[role] = QTextCharFormat()
            self._formats[role].setForeground(QBrush(getattr(self._colors, role)))
        return self._formats[role]
