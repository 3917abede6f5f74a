"""The blocks of one text as boxes below one another, made where somebody looks."""

from collections.abc import Sequence
from math import inf
from time import perf_counter
from typing import NamedTuple, Protocol

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from desktop.markdown.blocks import Block
from desktop.markdown.stream import Update
from desktop.ui.transcript.box import Box, Mark, MarkKind
from desktop.ui.transcript.boxes import can_go_on, estimate, new_box
from desktop.ui.transcript.growth import kept_of
from desktop.ui.transcript.heights import Heights
from desktop.ui.transcript.look import Look
from desktop.ui.transcript.margin import Standing, gap, indent, is_mirrored, left, paint_margin
from desktop.ui.transcript.prose import ProseBox

Spot = tuple[int, int]
"""The index of a block, and an offset in its text."""

_MOST_BOXES = 400
"""More are not kept: those far from what is seen are made again when they are needed."""


class Change(NamedTuple):
    """Pixels above `top`, and to the left of `left`, are as they were."""

    top: float
    left: float


NO_CHANGE = Change(inf, inf)


class BlockStack:
    """Keeps boxes of the blocks near what is seen; of the others it knows about how high they are.

    Lengths are device-independent px. `is_dense`: nothing stands between blocks, they are lines of a text.
    """

    def __init__(self, look: Look, *, is_dense: bool = False) -> None:
        self.blocks: list[Block] = []
        self._look = look
        self._is_dense = is_dense
        self._committed = 0
        self._width = 0.0
        self._heights = Heights()
        """Of the blocks, each with the gap above it."""
        self._boxes: dict[int, Box] = {}
        self._laid_out: set[int] = set()
        self._gaps: list[int] = []
        """Above each block; within its height."""
        self._lefts: list[int] = []

    @property
    def height(self) -> float:
        return self._heights.total

    @property
    def natural_width(self) -> float:
        """Of the widest line of text that is laid out."""
        boxes = [(index, box) for index, box in self._boxes.items() if isinstance(box, ProseBox)]
        return max(
            (indent(self.blocks[index].path, self._look) + box.natural_width for index, box in boxes),
            default=0.0,
        )

    # ── what is in it ───────────────────────────────────────────────────────────────────────────

    def apply(self, update: Update) -> Change:
        """Show what `update` says; where pixels may differ from before."""
        above = [self._replace(index, block) for index, block in update.changed]
        change = self._replace_tail((*update.committed, *update.tail), update.kept)
        self._committed += len(update.committed)
        for one in above:
            change = Change(min(change.top, one.top), min(change.left, one.left))
        return change

    def restyle(self, look: Look) -> None:
        """Take another look: everything is made again when it is seen."""
        is_as_large, self._look = look.em == self._look.em, look
        self._boxes = {}
        self._laid_out = set()
        for index in range(0 if is_as_large else len(self.blocks)):
            self._lefts[index] = left(self.blocks[index], look)
            self._set_gap(index, self._gap(index))

    def set_width(self, width: float) -> None:
        """Fit into `width`; heights are those of before, if there was one, until somebody looks."""
        if width != self._width:
            is_first, self._width = not self._width, width
            self._laid_out = set()
            for index, box in self._boxes.items():
                box.set_width(width - indent(self.blocks[index].path, self._look))
            for index, block in enumerate(self.blocks if is_first else ()):
                self._heights[index] = self._gaps[index] + self._estimate(block)

    def _replace_tail(self, new: Sequence[Block], kept: int) -> Change:
        old = self.blocks[self._committed :]
        both = min(len(old), len(new))
        same = next((i for i in range(both) if old[i] is not new[i] and old[i] != new[i]), both)
        change = NO_CHANGE
        if same < both and can_go_on(old[same], new[same]):
            kept = kept if same == 0 and kept else kept_of(old[same], new[same])
            change = self._grow(self._committed + same, new[same], kept)
            same += 1
        if same < len(old) or same < len(new):
            change = Change(min(change.top, self._heights.top(self._committed + same)), 0)
            self._truncate(self._committed + same)
            for block in new[same:]:
                self._append(block)
        return change

    def _replace(self, index: int, block: Block) -> Change:
        if can_go_on(self.blocks[index], block):
            height = self._heights[index]
            change = self._grow(index, block, kept_of(self.blocks[index], block))
            # What stands below has moved with its bullets.
            return change if self._heights[index] == height else Change(change.top, 0)
        self.blocks[index] = block
        self._forget(index)
        self._lefts[index] = left(block, self._look)
        for place in range(index, min(index + 2, len(self.blocks))):
            self._set_gap(place, self._gap(place))
        self._heights[index] = self._gaps[index] + self._estimate(block)
        return Change(self._heights.top(index), 0)

    def _set_gap(self, index: int, room: int) -> None:
        self._heights[index] += room - self._gaps[index]
        self._gaps[index] = room

    def _grow(self, index: int, block: Block, kept: int) -> Change:
        self.blocks[index] = block
        top, before = self._heights.top(index) + self._gaps[index], self._lefts[index]
        self._lefts[index] = left(block, self._look)
        if box := self._boxes.get(index):
            top += box.show(block, kept)
            if not box.lay_out():
                self._laid_out.discard(index)
            self._heights[index] = self._gaps[index] + box.height
        else:
            self._heights[index] = self._gaps[index] + self._estimate(block)
        return Change(top, before) if before == self._lefts[index] else Change(self._heights.top(index), 0)

    def _append(self, block: Block) -> None:
        self.blocks.append(block)
        self._lefts.append(left(block, self._look))
        self._gaps.append(self._gap(len(self.blocks) - 1))
        self._heights.append(self._gaps[-1] + self._estimate(block))

    def _truncate(self, length: int) -> None:
        for index in range(length, len(self.blocks)):
            self._forget(index)
        del self.blocks[length:], self._gaps[length:], self._lefts[length:]
        self._heights.truncate(length)

    def _forget(self, index: int) -> None:
        self._boxes.pop(index, None)
        self._laid_out.discard(index)

    # ── what is seen ────────────────────────────────────────────────────────────────────────────

    def lay_out(self, top: float, bottom: float, until: float = inf) -> bool:
        """Lay out what stands between; whether all of it is. `until`: by `perf_counter`, no longer."""
        index = self._heights.at(top)
        while index < len(self.blocks) and self._heights.top(index) < bottom:
            if index not in self._laid_out and not self._lay_out(index, until):
                return False
            index += 1
        if len(self._boxes) > _MOST_BOXES:
            self._keep_between(top - (bottom - top), bottom + (bottom - top))
        return True

    def _lay_out(self, index: int, until: float) -> bool:
        box = self._box(index)
        is_whole = box.lay_out()
        while not is_whole and perf_counter() < until:
            is_whole = box.lay_out()
        self._heights[index] = self._gaps[index] + box.height
        if is_whole:
            self._laid_out.add(index)
        return is_whole

    def _box(self, index: int) -> Box:
        if index not in self._boxes:
            box = self._boxes[index] = new_box(self.blocks[index], self._look)
            box.set_width(self._width - indent(self.blocks[index].path, self._look))
        return self._boxes[index]

    def _keep_between(self, top: float, bottom: float) -> None:
        first, last = self._heights.at(top), self._heights.at(bottom)
        for index in [index for index in self._boxes if not first <= index <= last]:
            self._forget(index)

    def paint(self, painter: QPainter, clip: QRectF, marks: "Marks") -> None:
        """Paint what `clip` touches, the painter's origin being the top left corner."""
        standing = []
        index = self._heights.at(clip.top())
        while index < len(self.blocks) and (top := self._heights.top(index)) < clip.bottom():
            if box := self._boxes.get(index):
                x, y = self._lefts[index], top + self._gaps[index]
                painter.translate(x, y)
                seen = clip.translated(-x, -y)
                box.paint(painter, seen, marks.of(index, box, seen))
                painter.translate(-x, -y)
                if clip.left() < x or is_mirrored(self.blocks[index]):
                    standing.append(Standing(self.blocks[index], y, y + box.height, y + box.baseline))
            index += 1
        if standing:
            paint_margin(painter, standing, self._width, self._look)

    # ── where is what ───────────────────────────────────────────────────────────────────────────

    def found_at(self, point: QPointF) -> tuple[int, Box, QPointF] | None:
        """The block at the height of `point`, or the nearest: its index, its box, and `point` within that."""
        if not self.blocks:
            return None
        index = self._heights.at(point.y())
        return index, self._box(index), point - self._origin(index)

    def spot_at(self, point: QPointF) -> Spot:
        """The spot nearest to `point`."""
        found = self.found_at(point)
        if found is None:
            return (0, 0)
        index, box, inside = found
        return index, box.offset_at(inside)

    def rectangle_of(self, spot: Spot) -> QRectF:
        """Of the caret at `spot`, which is laid out first."""
        index, offset = spot
        if not self.blocks:
            return QRectF()
        self._lay_out(index, inf)
        return self._box(index).rectangle_of(offset).translated(self._origin(index))

    def place_of(self, index: int) -> QRectF:
        """Of a block: where it stands, as far as that is known."""
        origin = self._origin(index)
        bottom = self._heights.top(index + 1)
        return QRectF(origin.x(), origin.y(), self._width - origin.x(), bottom - origin.y())

    def index_at(self, y: float) -> int:
        """Of the block at `y`, its gap included."""
        return self._heights.at(y)

    def top(self, index: int) -> float:
        """Of the block at `index`, its gap included."""
        return self._heights.top(min(index, len(self.blocks)))

    def text(self, index: int) -> str:
        """Of the block at `index`."""
        return self._box(index).text

    def _origin(self, index: int) -> QPointF:
        return QPointF(self._lefts[index], self._heights.top(index) + self._gaps[index])

    def _gap(self, index: int) -> int:
        if self._is_dense or index == 0:
            return 0
        return gap(self.blocks[index - 1], self.blocks[index], self._look)

    def _estimate(self, block: Block) -> float:
        return estimate(block, self._width - indent(block.path, self._look), self._look)


_ALL = 1 << 40
"""Characters: more than any text has."""

_AROUND = 500
"""Characters before and after those at two corners of what is seen: a line may be written leftwards."""


class FoundMarks(Protocol):
    """What was found in a text."""

    def between(self, block: int, begin: int, end: int) -> Sequence[Mark]:
        """Marks of what touches the characters of a block between two offsets, in order of their kind."""


class Marks:
    """What is marked in the blocks of a text: the selection between two spots, and what was found."""

    def __init__(self) -> None:
        self.selection: tuple[Spot, Spot] | None = None
        self.found: FoundMarks | None = None

    def of(self, index: int, box: Box, seen: QRectF) -> Sequence[Mark]:
        """The marks of a block, in order of their kind; one may reach beyond its text.

        Of what was found, which may be a million times, only what may be `seen` of its box.
        """
        found = self._found_in(index, box, seen)
        if self.selection is None or not self.selection[0][0] <= index <= self.selection[1][0]:
            return found
        begin, end = self.selection
        first = begin[1] if index == begin[0] else 0
        last = end[1] if index == end[0] else _ALL
        return [*found, Mark(first, last, MarkKind.SELECTED)]

    def _found_in(self, index: int, box: Box, seen: QRectF) -> Sequence[Mark]:
        if self.found is None:
            return ()
        begin = box.offset_at(seen.topLeft()) - _AROUND
        end = box.offset_at(seen.bottomRight()) + _AROUND
        return self.found.between(index, max(0, begin), end)
