"""What a message is painted from: boxes, one a block, without widgets or documents."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from enum import Enum, auto
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from desktop.markdown.blocks import Block
from desktop.ui.transcript.styled import Link


class MarkKind(Enum):
    """Why some text is marked. Of two marks on one character the later kind is seen."""

    FOUND = auto()
    CURRENT = auto()
    SELECTED = auto()


class Mark(NamedTuple):
    """Marked characters of a box's text, from `begin` to before `end`."""

    begin: int
    end: int
    kind: MarkKind


def touching(marks: Sequence[Mark], begin: int, end: int) -> Sequence[Mark]:
    """Those that reach into the characters from `begin` to `end`, that included: there may be many more."""
    return [mark for mark in marks if mark.end > begin and mark.begin <= end]


class Box(ABC):
    """One block, laid out at a width and painted where the painter's origin is.

    Lengths are device-independent px from the box's top left corner; offsets count characters of `text`.
    It paints no ground of its own beyond what belongs to it (the ground of code), and nothing of what
    stands before it: bars of quotes and bullets are its owner's.
    """

    @property
    @abstractmethod
    def text(self) -> str:
        """What it says, as offsets count it: cells are parted by a tab, rows and lines by a newline."""

    @property
    @abstractmethod
    def height(self) -> float:
        """At the width set last; an estimate until it is laid out."""

    @property
    @abstractmethod
    def baseline(self) -> float:
        """Of its first line of text, from the top."""

    @abstractmethod
    def show(self, block: Block, kept: int) -> float:
        """Show `block`, of the same kind as before, in place of the one shown.

        Its first `kept` characters (of a text), lines (of code) or rows (of a table) are as they were.
        Returns the y from which on pixels may differ.
        """

    @abstractmethod
    def set_width(self, width: float) -> None:
        """Fit into `width`: what was laid out for another is not any more. Cheap."""

    @abstractmethod
    def lay_out(self) -> bool:
        """Do some of what there is left to lay out, in 2 ms at most; whether all of it is done."""

    @abstractmethod
    def paint(self, painter: QPainter, clip: QRectF, marks: Sequence[Mark]) -> None:
        """Paint what `clip` touches. `marks` are in order of their kind."""

    @abstractmethod
    def offset_at(self, point: QPointF) -> int:
        """The offset whose caret is nearest to `point`, which may lie outside."""

    @abstractmethod
    def rectangle_of(self, offset: int) -> QRectF:
        """Of the caret at `offset`: where a reader is led to."""

    def link_at(self, point: QPointF) -> Link | None:
        """The link under `point`."""
        del point
        return None

    def copies_at(self, point: QPointF) -> str | None:
        """What a click at `point` copies, if a button to copy is painted there."""
        del point
        return None


class WideBox(Box):
    """A box whose content may be wider than it: it is pushed sideways, by a bar at its lower edge."""

    @property
    @abstractmethod
    def content_width(self) -> float:
        """Of everything in it, as far as it is known."""

    @property
    @abstractmethod
    def pushed(self) -> float:
        """So far the content is pushed to the left, in px."""

    @abstractmethod
    def push(self, pushed: float) -> bool:
        """Push the content, at most to its end; whether that changed anything."""

    @abstractmethod
    def bar(self) -> QRectF:
        """Where the bar's handle is; empty if everything can be seen."""

    @abstractmethod
    def pushed_at(self, x: float) -> float:
        """What `pushed` is when the left edge of the handle is at `x`."""
