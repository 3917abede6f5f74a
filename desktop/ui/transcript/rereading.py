"""A text that is shown as ended, read again from its beginning so that it can go on."""

from collections.abc import Sequence
from typing import Protocol

from desktop.markdown.blocks import Block
from desktop.markdown.stream import Update

_PIECE = 2_000
"""Characters that are read at a time, in 2 ms."""


class Source(Protocol):
    """Makes blocks of a text that comes in pieces."""

    def feed(self, text: str) -> Update: ...

    def finish(self) -> Update: ...


class Rereading:
    """Feeds `text` to `source`, a new one, piece by piece.

    What ended with the text may not end where it goes on: the blocks at its end become others. Those that
    are as `shown` stay the same objects, so that nobody has to compare them at once.
    """

    def __init__(self, source: Source, text: str, shown: Sequence[Block]) -> None:
        self._source = source
        self._rest = text
        self._shown = shown
        self._blocks: list[Block] = []
        self._tail: tuple[Block, ...] = ()

    @property
    def is_done(self) -> bool:
        """Whether all was read."""
        return not self._rest

    def read(self) -> None:
        """Read the next piece."""
        piece, self._rest = self._rest[:_PIECE], self._rest[_PIECE:]
        update = self._source.feed(piece)
        for index, block in update.changed:
            self._blocks[index] = self._as_shown(index, block)
        for block in update.committed:
            self._blocks.append(self._as_shown(len(self._blocks), block))
        self._tail = update.tail

    def update(self) -> Update:
        """All that was read, told at once."""
        return Update(tuple(self._blocks), self._tail)

    def _as_shown(self, index: int, block: Block) -> Block:
        is_same = index < len(self._shown) and self._shown[index] == block
        return self._shown[index] if is_same else block
