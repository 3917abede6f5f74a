"""The selection: which text of which messages, how it is shown, and what of it is copied."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject, QPointF, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop.markdown.blocks import Block, Paragraph, Run
from desktop.markdown.plain import block_text
from desktop.markdown.slices import sliced
from desktop.ui.transcript.column import MessageColumn
from desktop.ui.transcript.copying import Copier, Form, Messages
from desktop.ui.transcript.marks import Spot
from desktop.ui.transcript.message import MessageView, place_in, text_at
from desktop.ui.transcript.selection import WHOLE, Place, Selection
from desktop.ui.transcript.words import blocks_of, text_of
from desktop.viewmodels.transcript import Entry

_FIRST = -1
"""Below the number of any text."""


class _Part(NamedTuple):
    """What is selected of one text. `blocks`: None if they must be read from the entry."""

    entry: Entry
    blocks: Sequence[Block] | None
    begin: Spot
    end: Spot
    is_markdown: bool


class Selecting(QObject):
    """Holds what is selected of the messages of a column.

    Signals:
        changed: Something else is selected now, or nothing.
    """

    changed = Signal()

    def __init__(self, column: MessageColumn, parent: QWidget) -> None:
        super().__init__(parent)
        self._column = column
        self._selection: Selection | None = None
        self._copier = Copier(self)

    @property
    def selection(self) -> Selection | None:
        """None if nothing is selected."""
        return None if self._selection is None or self._selection.is_empty else self._selection

    # ── choosing ────────────────────────────────────────────────────────────────────────────────

    def begin(self, place: Place) -> None:
        """Nothing is selected; what will be begins at `place`."""
        self.set(Selection(place, place))

    def extend(self, place: Place) -> None:
        """Select from where the selection began to `place`."""
        anchor = self._selection.anchor if self._selection is not None else place
        self.set(Selection(anchor, place))

    def set(self, selection: Selection | None) -> None:
        if selection != self._selection:
            self._selection = selection
            for index, message in self._column.made():
                self.show_in(index, message)
            self.changed.emit()

    def select_all(self) -> None:
        """From the first message to the last."""
        if len(self._column):
            self.set(Selection(Place(0, _FIRST, 0, 0), Place(len(self._column) - 1, 0, *WHOLE)))

    def forget_from(self, index: int) -> None:
        """The messages from `index` on are others: they are not selected."""
        if self._selection is not None and self._selection.last.message >= index:
            self.set(None)

    def shift(self, count: int) -> None:
        """So many messages stand before those that there were: what is selected of them stays selected."""
        if self._selection is not None:
            self._selection = self._selection.shifted(count)

    # ── showing ─────────────────────────────────────────────────────────────────────────────────

    def show_in(self, index: int, message: MessageView) -> None:
        """Mark what is selected of the message at `index`."""
        for number, text in message.texts().items():
            text.select(None if self._selection is None else self._selection.within(index, number))

    def place_at(self, point: QPointF) -> Place | None:
        """The place nearest to `point`, in px of the column's surface."""
        found = self._message_at(point)
        if found is None:
            return None
        index, message = found
        inside = point - message.pos().toPointF()
        nearest = text_at(message, inside)
        if nearest is None:
            return Place(index, 0, 0, 0)
        number, text = nearest
        spot = text.stack.spot_at(inside - place_in(message, text).topLeft().toPointF())
        return Place(index, number, *spot)

    def _message_at(self, point: QPointF) -> tuple[int, MessageView] | None:
        made = self._column.made()
        above = [one for one in made if one[1].y() <= point.y()]
        return above[-1] if above else made[0] if made else None

    # ── copying ─────────────────────────────────────────────────────────────────────────────────

    def take_key(self, event: QKeyEvent) -> bool:
        """Copy or select all, if that is what `event` asks for."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_all()
        else:
            return False
        return True

    def copy(self, form: Form = Form.RICH) -> None:
        """Put what is selected into the clipboard."""
        selection = self.selection
        if selection is not None:
            parts = list(self._parts(selection))
            length = sum(len(text_of(entry)) for entry in self._entries_in(selection))
            self._copier.copy(partial(_messages, parts), length, form)

    def selected(self) -> Messages:
        """The blocks that are selected, by message; of those at its ends only what is selected."""
        return () if self.selection is None else _messages(list(self._parts(self.selection)))

    def _entries_in(self, selection: Selection) -> Sequence[Entry]:
        return [self._column[index] for index in range(selection.first.message, selection.last.message + 1)]

    def _parts(self, selection: Selection) -> Iterator[_Part]:
        for index, entry in enumerate(self._entries_in(selection), start=selection.first.message):
            message = self._column.find(index)
            texts = message.texts() if message is not None else {0: None}
            for number, text in texts.items():
                if (part := selection.within(index, number)) is not None:
                    blocks = list(text.blocks) if text is not None and text.is_settled else None
                    is_markdown = number == 0 and entry.node.answer is not None
                    yield _Part(entry, blocks, *part, is_markdown)


def _messages(parts: Sequence[_Part]) -> Sequence[Sequence[Block]]:
    """What is selected of each text of which something is."""
    return [blocks for part in parts if (blocks := _selected(part))]


def _selected(part: _Part) -> Sequence[Block]:
    blocks = blocks_of(part.entry) if part.blocks is None else part.blocks
    if not blocks:
        return ()
    found = sliced(blocks, part.begin, min(part.end, _end_of(blocks)))
    return found if part.is_markdown else _joined(found)


def _end_of(blocks: Sequence[Block]) -> Spot:
    return len(blocks) - 1, len(block_text(blocks[-1]))


def _joined(lines: Sequence[Block]) -> Sequence[Block]:
    """Lines of plain text as one paragraph."""
    text = "\n".join(block_text(line) for line in lines)
    return [Paragraph((Run(text),))] if text else []
