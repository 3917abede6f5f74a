"""Texts as they are searched: block after block, each folded once, a millisecond's work at a time."""

from collections.abc import Iterator, Sequence

from desktop.markdown.blocks import Block
from desktop.markdown.lines import LineStream
from desktop.markdown.plain import block_text
from desktop.markdown.search import FoldedText
from desktop.markdown.stream import MarkdownStream, Update
from desktop.ui.transcript.found import Hits
from desktop.viewmodels.transcript import Entry

_MARKDOWN, _PLAIN = 1_000, 8_000
"""Characters that are read in a step of 1 ms."""


class SearchedText:
    """One text of a message; what it finds goes into `hits`."""

    def __init__(self, hits: Hits) -> None:
        self._hits = hits
        self._blocks: list[Block] = []
        self._folded: list[FoldedText] = []
        self._needle = ""
        self._searched = 0
        """So many blocks were searched for the needle."""

    def read(self, blocks: Sequence[Block]) -> Iterator[None]:
        """Take `blocks` for the text's, step by step. Those that are the same objects as before stay."""
        for index, block in enumerate(blocks):
            if index < len(self._blocks):
                if self._blocks[index] is block:
                    continue
                self._truncate(index)
            self._folded.append(FoldedText(block_text(block)))
            self._blocks.append(block)
            yield
        self._truncate(len(blocks))

    def find(self, needle: str) -> Iterator[None]:
        """Search for `needle`, step by step: what was searched for it before is not again."""
        if needle != self._needle:
            self._needle, self._searched = needle, 0
        self._hits.truncate(self._searched)
        while self._searched < len(self._folded):
            for found in self._folded[self._searched].steps(needle):
                if found is not None:
                    self._hits.add(self._searched, *found)
                yield
            self._searched += 1
            yield

    def _truncate(self, length: int) -> None:
        del self._blocks[length:], self._folded[length:]
        self._hits.truncate(length)
        self._searched = min(self._searched, length)


def read_blocks(entry: Entry, blocks: list[Block]) -> Iterator[None]:
    """Add to `blocks`, step by step, those of a message's own text, which is whole."""
    question, answer = entry.node.question, entry.node.answer
    if question is not None:
        yield from _read(LineStream(), question.text, _PLAIN, blocks)
    elif answer is not None:
        yield from _read(MarkdownStream(), answer.text, _MARKDOWN, blocks)


def _read(stream: LineStream | MarkdownStream, text: str, piece: int, blocks: list[Block]) -> Iterator[None]:
    for begin in range(0, len(text), piece):
        _apply(stream.feed(text[begin : begin + piece]), blocks)
        yield
    _apply(stream.finish(), blocks)


def _apply(update: Update, blocks: list[Block]) -> None:
    for index, block in update.changed:
        blocks[index] = block
    blocks.extend(update.committed)
