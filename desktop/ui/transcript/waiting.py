"""Text that has come and is not shown yet."""

from desktop.ui.transcript.look import extent


class WaitingText:
    """More is put at its end; what is taken from its beginning costs no more than its own length.

    `extent`: of all that waits, as `look.extent` has it.
    """

    def __init__(self) -> None:
        self.extent = (0.0, 0)
        self._text = ""
        self._taken = 0

    def __len__(self) -> int:
        return len(self._text) - self._taken

    def put(self, text: str) -> None:
        self._text = self._text[self._taken :] + text
        self._taken = 0
        self._count(text, 1)

    def take(self, length: int) -> str:
        """At most `length` characters."""
        taken = self._text[self._taken : self._taken + length]
        self._taken += len(taken)
        if not self:
            self._text, self._taken = "", 0
        self._count(taken, -1)
        return taken

    def _count(self, text: str, sign: int) -> None:
        columns, line_ends = extent(text)
        self.extent = self.extent[0] + sign * columns, self.extent[1] + sign * line_ends
