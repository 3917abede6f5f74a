"""Where the blocks of a text stand: below one another, with gaps between them, indented by their path."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF

from desktop.markdown.blocks import Block
from desktop.ui.transcript.heights import Heights
from desktop.ui.transcript.look import Look
from desktop.ui.transcript.margin import gap, left


class BlockPlaces:
    """Lengths are device-independent px. `is_dense`: nothing stands between blocks."""

    def __init__(self, *, is_dense: bool = False) -> None:
        self._is_dense = is_dense
        self._heights = Heights()
        """Of the blocks, each with the gap above it."""
        self._gaps: list[int] = []
        self._lefts: list[int] = []

    @property
    def height(self) -> float:
        """Of all of them."""
        return self._heights.total

    def at(self, y: float) -> int:
        """The index of the block at `y`, its gap included, or of the nearest."""
        return self._heights.at(y)

    def top(self, index: int) -> float:
        """Of the block at `index`, its gap included; behind the last one, the lower end of all."""
        return self._heights.top(min(index, len(self._heights)))

    def origin(self, index: int) -> QPointF:
        """The top left corner of the block at `index`."""
        return QPointF(self._lefts[index], self._heights.top(index) + self._gaps[index])

    def append(self, blocks: Sequence[Block], look: Look, height: float) -> None:
        """Place the last of `blocks`."""
        index = len(blocks) - 1
        self._lefts.append(left(blocks[index], look))
        self._gaps.append(self._gap(blocks, look, index))
        self._heights.append(self._gaps[index] + height)

    def fit(self, blocks: Sequence[Block], look: Look, first: int = 0, end: int | None = None) -> None:
        """Some of `blocks` are others, or look otherwise: their gaps and indents follow."""
        for index in range(first, len(blocks) if end is None else min(end, len(blocks))):
            self._lefts[index] = left(blocks[index], look)
            room = self._gap(blocks, look, index)
            self._heights[index] += room - self._gaps[index]
            self._gaps[index] = room

    def set_height(self, index: int, height: float) -> None:
        """Of the block at `index`, without its gap."""
        self._heights[index] = self._gaps[index] + height

    def truncate(self, length: int) -> None:
        """Keep the first `length`."""
        del self._gaps[length:], self._lefts[length:]
        self._heights.truncate(length)

    def _gap(self, blocks: Sequence[Block], look: Look, index: int) -> int:
        return 0 if self._is_dense or index == 0 else gap(blocks[index - 1], blocks[index], look)
