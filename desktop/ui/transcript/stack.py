"""The blocks of one text as boxes below one another, made where somebody looks."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice
from math import inf
from time import perf_counter
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from desktop.markdown.blocks import Block, Container
from desktop.markdown.stream import Update
from desktop.ui.transcript.box import Box
from desktop.ui.transcript.boxes import can_go_on, estimate, new_box
from desktop.ui.transcript.code_box import CodeBox
from desktop.ui.transcript.growth import kept_of
from desktop.ui.transcript.highlighting import Highlighter
from desktop.ui.transcript.look import DECISIVE, Look
from desktop.ui.transcript.margin import BAR_END, Standing, indent, is_mirrored, paint_margin
from desktop.ui.transcript.marks import Marks, Spot
from desktop.ui.transcript.places import BlockPlaces
from desktop.ui.transcript.prose import ProseBox

_MOST_BOXES = 120
"""More are not kept: those far from what is seen are made again when they are needed."""

_LET_GO = 30
"""So many are let go at a time: 1 ms."""

_BEARING = 2.0
"""Px by which letters such as `_` and `j` reach out before the place where their line begins."""


Colored = Callable[[float, float], None]
"""Is told from which y to which pixels differ."""


class Change(NamedTuple):
    """Pixels above `top`, and to the left of `left`, are as they were."""

    top: float
    left: float


NO_CHANGE = Change(inf, inf)


class BlockStack:
    """Keeps boxes of the blocks near what is seen; of the others it knows about how high they are.

    Lengths are device-independent px. `is_dense`: nothing stands between blocks, they are lines of a text.
    """

    def __init__(self, look: Look, highlighter: Highlighter | None = None, *, is_dense: bool = False) -> None:
        self.on_colored: Colored | None = None
        """Told that code has other colours now."""
        self._highlighter = highlighter
        self._is_whole = False
        self.blocks: list[Block] = []
        self._look = look
        self.places = BlockPlaces(is_dense=is_dense)
        self._committed = 0
        self._width = 0.0
        self._boxes: dict[int, Box] = {}
        self._laid_out: set[int] = set()

    @property
    def height(self) -> float:
        """Of all blocks, of those that nobody has seen about."""
        return self.places.height

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

    def show_again(self, update: Update) -> Change:
        """Blocks may grow again: `update` says all that there is by now, whatever is shown."""
        self._is_whole = False
        self._committed = 0
        return self.apply(update)

    def finish(self) -> None:
        """No block will grow: code that has no end has come to its end."""
        self._is_whole = True
        for box in self._boxes.values():
            if isinstance(box, CodeBox):
                box.finish()

    def restyle(self, look: Look) -> None:
        """Take another look: everything is made again when it is seen."""
        is_as_large, self._look = look.em == self._look.em, look
        self._boxes = {}
        self._laid_out = set()
        if not is_as_large:
            self.places.fit(self.blocks, look)

    def set_width(self, width: float) -> None:
        """Fit into `width`; heights are those of before, if there was one, until somebody looks."""
        if width != self._width:
            is_first, self._width = not self._width, width
            self._laid_out = set()
            for index, box in self._boxes.items():
                box.set_width(width - indent(self.blocks[index].path, self._look))
            for index, block in enumerate(self.blocks if is_first else ()):
                self.places.set_height(index, self._estimate(block))

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
            change = Change(min(change.top, self.places.top(self._committed + same) - BAR_END), 0)
            self._truncate(self._committed + same)
            for block in new[same:]:
                self._append(block)
        return change

    def _replace(self, index: int, block: Block) -> Change:
        if can_go_on(self.blocks[index], block):
            below = self.places.top(index + 1)
            change = self._grow(index, block, kept_of(self.blocks[index], block))
            # What stands below has moved with its bullets.
            return change if self.places.top(index + 1) == below else Change(change.top, 0)
        self.blocks[index] = block
        self._forget(index)
        self.places.fit(self.blocks, self._look, index, index + 2)
        self.places.set_height(index, self._estimate(block))
        return Change(self.places.top(index), 0)

    def _grow(self, index: int, block: Block, kept: int) -> Change:
        self.blocks[index] = block
        before, below = self.places.origin(index), self.places.top(index + 1)
        if kept < DECISIVE:
            self.places.fit(self.blocks, self._look, index, index + 1)
            if self.places.origin(index) != before:
                before = QPointF(0, self.places.top(index))
        if (box := self._boxes.get(index)) is None:
            self.places.set_height(index, self._estimate(block))
            return Change(before.y(), before.x() - _BEARING)
        change = Change(before.y() + box.show(block, kept), before.x() - _BEARING)
        if not box.lay_out():
            self._laid_out.discard(index)
        self.places.set_height(index, box.height)
        if Container.QUOTE in block.path and self.places.top(index + 1) != below:
            change = Change(min(change.top, below - BAR_END, self.places.top(index + 1) - BAR_END), 0)
        return change

    def _append(self, block: Block) -> None:
        self.blocks.append(block)
        self.places.append(self.blocks, self._look, self._estimate(block))

    def _truncate(self, length: int) -> None:
        for index in range(length, len(self.blocks)):
            self._forget(index)
        del self.blocks[length:]
        self.places.truncate(length)

    def _forget(self, index: int) -> None:
        self._boxes.pop(index, None)
        self._laid_out.discard(index)

    # ── what is seen ────────────────────────────────────────────────────────────────────────────

    def lay_out(self, top: float, bottom: float, until: float = inf) -> bool:
        """Lay out what stands between; whether all of it is. `until`: by `perf_counter`, no longer."""
        index = self.places.at(top)
        while index < len(self.blocks) and self.places.top(index) < bottom:
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
        self.places.set_height(index, box.height)
        if is_whole:
            self._laid_out.add(index)
        return is_whole

    def _box(self, index: int) -> Box:
        if index not in self._boxes:
            box = self._boxes[index] = new_box(self.blocks[index], self._look)
            box.set_width(self._width - indent(self.blocks[index].path, self._look))
            if isinstance(box, CodeBox) and self._is_whole:
                box.finish()
            if isinstance(box, CodeBox) and self._highlighter is not None:
                self._highlighter.follow(box, partial(self._tell_colored, index))
        return self._boxes[index]

    def _tell_colored(self, index: int, top: float, bottom: float) -> None:
        if self.on_colored is not None and index < len(self.blocks):
            y = self.places.origin(index).y()
            self.on_colored(y + top, y + bottom)

    def _keep_between(self, top: float, bottom: float) -> None:
        first, last = self.places.at(top), self.places.at(bottom)
        far = (index for index in self._boxes if not first <= index <= last)
        for index in list(islice(far, _LET_GO)):
            self._forget(index)

    def paint(self, painter: QPainter, clip: QRectF, marks: Marks) -> None:
        """Paint what `clip` touches, the painter's origin being the top left corner."""
        standing = []
        index = _with_bars(self.blocks, self.places.at(clip.top()))
        while index < len(self.blocks) and self.places.top(_with_bars(self.blocks, index)) < clip.bottom():
            if box := self._boxes.get(index):
                origin = self.places.origin(index)
                painter.translate(origin)
                seen = clip.translated(-origin)
                box.paint(painter, seen, marks.of(index, box, seen))
                painter.translate(-origin)
                # One that stands in nothing ends the bars of the one above it.
                block = self.blocks[index]
                if clip.left() < origin.x() or not block.path or is_mirrored(block):
                    y = origin.y()
                    standing.append(Standing(block, y, y + box.height, y + box.baseline))
            index += 1
        if standing:
            paint_margin(painter, standing, self._width, self._look)

    # ── where is what ───────────────────────────────────────────────────────────────────────────

    def found_at(self, point: QPointF) -> tuple[int, Box, QPointF] | None:
        """The block at the height of `point`, or the nearest: its index, its box, and `point` within that."""
        if not self.blocks:
            return None
        index = self.places.at(point.y())
        return index, self._box(index), point - self.places.origin(index)

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
        return self._box(index).rectangle_of(offset).translated(self.places.origin(index))

    def place_of(self, index: int) -> QRectF:
        """Of a block: where it stands, as far as that is known."""
        origin = self.places.origin(index)
        bottom = self.places.top(index + 1)
        return QRectF(origin.x(), origin.y(), self._width - origin.x(), bottom - origin.y())

    def _estimate(self, block: Block) -> float:
        return estimate(block, self._width - indent(block.path, self._look), self._look)


def _with_bars(blocks: Sequence[Block], index: int) -> int:
    """The first of the blocks whose bars go on beside the one at `index`: that, or the one above it."""
    return index - 1 if 0 < index < len(blocks) and blocks[index].path else index
