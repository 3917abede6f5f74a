"""Plain text that arrives in pieces: each line a block, nothing in it means anything."""

from desktop.markdown.blocks import Paragraph, Run
from desktop.markdown.stream import Update
from desktop.markdown.text import Normaliser


class LineStream:
    """The plain text's part of `MarkdownStream`: the same two verbs, the same updates."""

    def __init__(self) -> None:
        self._normaliser = Normaliser()
        self._open = ""
        self._is_empty = True

    def feed(self, text: str) -> Update:
        return self._advance(self._normaliser.feed(text), at_end=False)

    def finish(self) -> Update:
        """No more text will come: commit everything."""
        return self._advance(self._normaliser.finish(), at_end=True)

    def _advance(self, text: str, *, at_end: bool) -> Update:
        kept = len(self._open)
        *lines, self._open = (self._open + text).split("\n")
        self._is_empty = self._is_empty and not text
        committed = [_line(line) for line in lines]
        tail = [] if self._is_empty else [_line(self._open)]
        if at_end:
            return Update(tuple(committed + tail), kept=kept)
        return Update(tuple(committed), tuple(tail), kept=kept)


def _line(text: str) -> Paragraph:
    return Paragraph((Run(text),))
