"""A code block whose end has not come: its lines are taken as they are, never parsed again."""

import re
from typing import Self

from desktop.markdown.blocks import CodeBlock
from desktop.markdown.convert import language

_OPENING = re.compile(r"(?P<marker>`{3,}|~{3,})(?P<info>.*)")


class OpenFence:
    """The inside of a fence that began at the first column."""

    def __init__(self, marker: str, info: str) -> None:
        self._language = language(info)
        self._end = re.compile(rf" {{0,3}}{re.escape(marker[0])}{{{len(marker)},}}[ \t]*")
        self._begun_end = re.compile(rf" {{0,3}}{re.escape(marker[0])}*[ \t]*")
        self._lines: list[str] = []
        self._pending = ""

    @classmethod
    def begun_by(cls, line: str) -> Self | None:
        """The fence that `line` opens, if it opens one."""
        match = _OPENING.fullmatch(line)
        if match is None or (line[0] == "`" and "`" in match["info"]):
            return None
        return cls(match["marker"], match["info"])

    def feed(self, text: str) -> str | None:
        """Take `text` in; what follows the fence's end, or None while the fence is open."""
        *lines, self._pending = (self._pending + text).split("\n")
        for index, line in enumerate(lines):
            if self._end.fullmatch(line):
                return "\n".join([*lines[index + 1 :], self._pending])
            self._lines.append(line)
        return None

    def finish(self) -> bool:
        """Take the unfinished line as finished unless it is blank; whether it was the fence's end."""
        return bool(self._pending.strip(" \t")) and self.feed("\n") is not None

    def block(self, *, closed: bool) -> CodeBlock:
        return CodeBlock(self._language, "\n".join(self._lines), closed)

    def open_block(self) -> CodeBlock:
        """The block so far; a line that may become the fence's end waits unseen."""
        unseen = self._begun_end.fullmatch(self._pending)
        lines = self._lines if unseen else [*self._lines, self._pending]
        return CodeBlock(self._language, "\n".join(lines), closed=False)
