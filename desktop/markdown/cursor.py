"""Reading a line from its left end, where tabs count as columns."""

_TAB = 4


class Cursor:
    """A place in a line; a tab leads to the next column that is a multiple of four, and can be used in parts.

    `first` is the position of the next character that is not blank, `indent` the columns up to it.
    """

    __slots__ = ("_at", "_column", "_spare", "first", "indent", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._at = 0
        self._column = 0
        self._spare = 0  # columns left of a tab that was used in part; `_at` is behind it
        self._look()

    @property
    def blank(self) -> bool:
        return self.first == len(self.text)

    @property
    def character(self) -> str:
        """The next one that is not blank; "" at the end."""
        return self.text[self.first : self.first + 1]

    @property
    def content(self) -> str:
        """The rest without the blanks before it."""
        return self.text[self.first :]

    @property
    def rest(self) -> str:
        """All that is left, with the blanks before it."""
        return " " * self._spare + self.text[self._at :]

    def skip(self, columns: int) -> None:
        """Go over blanks, at most `columns` wide."""
        target = self._column + min(columns, self.indent)
        while self._column < target:
            if not self._spare:
                self._spare = _width(self.text[self._at], self._column)
                self._at += 1
            step = min(self._spare, target - self._column)
            self._column += step
            self._spare -= step
        self.indent -= min(columns, self.indent)

    def jump(self, characters: int) -> None:
        """Go over the blanks and `characters` behind them, none of which is a tab."""
        self._at = self.first + characters
        self._column += self.indent + characters
        self._spare = 0
        self._look()

    def _look(self) -> None:
        first, column, text = self._at, self._column, self.text
        while text[first : first + 1] in (" ", "\t"):
            column += _width(text[first], column)
            first += 1
        self.first = first
        self.indent = column - self._column


def _width(blank: str, column: int) -> int:
    return _TAB - column % _TAB if blank == "\t" else 1
