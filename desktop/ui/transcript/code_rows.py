"""The rows of code, without a font: where each begins and how many columns it takes."""

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from unicodedata import category, east_asian_width

TAB = 4
"""Columns between the places that a tab goes to."""
ROW = 4_000
"""Characters; a longer line is broken, or nobody could say how long it takes to paint."""
PIECE = 500
"""Characters of a row that are laid out together: of a long row only what is seen is."""

_FARTHEST = 16
"""So far a cut is moved back lest it part a character from its marks."""
_MARKS = ("Mn", "Me", "Cf")
_JOINER = "\u200d"
_WIDE_FROM = "\u0590"
"""From here on letters come out of other fonts, wider than a column; but for punctuation and symbols."""
_SYMBOLS = ("\u2000", "\u2bff")


class CodeRows:
    """Text in rows: its lines, long ones broken. Offsets are characters; lines and rows count from 0."""

    def __init__(self) -> None:
        self.text = ""
        self._starts = array("I", [0])
        """Of each row. The newline that ends a row belongs to it."""
        self._first_rows = array("I", [0])
        """Of each line."""
        self._widest = array("I", [0])
        """Columns of the widest among this row and those before."""

    def __len__(self) -> int:
        return len(self._starts)

    @property
    def lines(self) -> int:
        return len(self._first_rows)

    @property
    def columns(self) -> int:
        """Of the widest row, tabs at their stops. What may be wider than a column counts as two."""
        return self._widest[-1]

    def show(self, text: str, kept: int) -> int:
        """Take `text`, whose first `kept` lines are as before; the first row that is not, or their number."""
        line = min(kept, self.lines)
        row = self.first_row(line)
        start = self._starts[row] if row < len(self) else len(self.text) + 1
        if text[start:] == self.text[start:] and len(text) == len(self.text):
            return len(self)
        if line < self.lines:
            row = self._grown(line, text)
            start = self._starts[row]
        is_begun = line < self.lines and row > self.first_row(line)
        self._truncate(line + is_begun, row)
        self.text = text
        if start <= len(text):
            self._extend(start, text[start:].split("\n"), is_begun=is_begun)
        return row

    def first_row(self, line: int) -> int:
        """Of a line; behind the last one, the number of rows."""
        return self._first_rows[line] if line < self.lines else len(self)

    def lines_between(self, first: int, last: int) -> list[str]:
        """The text of lines, from `first` to before `last`."""
        if first >= last:
            return []
        end = self._starts[self.first_row(last)] - 1 if last < self.lines else len(self.text)
        return self.text[self._starts[self.first_row(first)] : end].split("\n")

    def line_of(self, row: int) -> int:
        """The line of a row; behind the last one, the number of lines."""
        return bisect_right(self._first_rows, row) - 1 if row < len(self) else self.lines

    def row_of(self, offset: int) -> int:
        return bisect_right(self._starts, offset) - 1

    def extent(self, row: int) -> tuple[int, int]:
        """The offsets where a row begins and where its text ends, before its newline if it has one."""
        begin = self._starts[row]
        if row + 1 == len(self):
            return begin, len(self.text)
        end = self._starts[row + 1]
        return begin, end - (self.text[end - 1] == "\n")

    def _grown(self, line: int, text: str) -> int:
        """The first row of `line` that is another in `text`: of a line that only grew, its last."""
        first, last = self.first_row(line), self.first_row(line + 1) - 1
        if first == last:
            return first
        begin, decisive = self._starts[first], self._starts[last - 1] + ROW + 1
        return last if text[begin:decisive] == self.text[begin:decisive] else first

    def _truncate(self, line: int, row: int) -> None:
        del self._first_rows[line:]
        del self._starts[row:]
        del self._widest[row:]

    def _extend(self, start: int, lines: Sequence[str], *, is_begun: bool) -> None:
        """Append `lines`, the first at the offset `start`; `is_begun`: of that line some rows are here."""
        first = len(self)
        rows = lines
        if max(map(len, lines)) <= ROW:
            self._starts.extend(accumulate((len(line) + 1 for line in lines[:-1]), initial=start))
            self._first_rows.extend(range(first + is_begun, len(self)))
        else:
            rows = []
            for index, line in enumerate(lines):
                if index or not is_begun:
                    self._first_rows.append(len(self))
                parts = [*cuts(line, ROW), len(line)]
                self._starts.extend(start + begin for begin in parts[:-1])
                rows += [line[begin:end] for begin, end in pairwise(parts)]
                start += len(line) + 1
        widest = self._widest[-1] if self._widest else 0
        is_plain = self.text.isascii() and "\t" not in self.text
        widths = map(len if is_plain else columns, rows)
        self._widest.extend([*accumulate(widths, max, initial=widest)][1:])


def cuts(text: str, size: int) -> Iterator[int]:
    """Where parts of about `size` characters begin. No part depends on what follows the next."""
    at = 0
    yield at
    while len(text) - at > size:
        at = _cut(text, at + size, min(_FARTHEST, size // 2))
        yield at


def columns(row: str) -> int:
    """How wide a row is at most."""
    if not row.isascii():
        return sum(map(_COLUMNS.__getitem__, row))
    if "\t" not in row:
        return len(row)
    return sum(len(row[at : at + PIECE].expandtabs(TAB)) for at in range(0, len(row), PIECE))


def _cut(text: str, at: int, farthest: int) -> int:
    for back in range(farthest):
        if not _is_joined(text[at - back - 1], text[at - back]):
            return at - back
    return at


def _is_joined(one: str, other: str) -> bool:
    if other.isascii():
        return False
    is_skin = "\U0001f3fb" <= other <= "\U0001f3ff"
    return one == _JOINER or is_skin or category(other) in _MARKS


class _Columns(dict[str, int]):
    """By character, found once."""

    def __missing__(self, character: str) -> int:
        self[character] = found = _columns_of(character)
        return found


def _columns_of(character: str) -> int:
    if character == "\t":
        return TAB
    if category(character) in _MARKS:
        return 0
    is_symbol = _SYMBOLS[0] <= character <= _SYMBOLS[1]
    is_wide = east_asian_width(character) in ("W", "F")
    return 2 if is_wide or (character >= _WIDE_FROM and not is_symbol) else 1


_COLUMNS = _Columns()
