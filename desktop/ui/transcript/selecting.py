"""The selection: which text of which messages, how it is shown, and what of it is copied."""

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import QObject, QPointF, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop.markdown.blocks import Block, Paragraph, Run
from desktop.markdown.lines import LineStream
from desktop.markdown.plain import block_text
from desktop.markdown.slices import sliced
from desktop.markdown.stream import parse
from desktop.ui.transcript.column import MessageColumn
from desktop.ui.transcript.copying import mime_of
from desktop.ui.transcript.message import MessageView, place_in, text_at
from desktop.ui.transcript.selection import WHOLE, Place, Selection
from desktop.ui.transcript.stack import Spot
from desktop.viewmodels.transcript import Entry

_FIRST = -1
"""Below the number of any text."""


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

    def copy(self, *, as_markdown: bool = False) -> None:
        """Put what is selected into the clipboard."""
        if self.selection is not None:
            QGuiApplication.clipboard().setMimeData(mime_of(self.selected(), as_markdown=as_markdown))

    def selected(self) -> Sequence[Sequence[Block]]:
        """The blocks that are selected, by message; of those at its ends only what is selected."""
        return [blocks for blocks in self._selected() if blocks]

    def _selected(self) -> Iterator[Sequence[Block]]:
        selection = self.selection
        if selection is None:
            return
        for index in range(selection.first.message, selection.last.message + 1):
            for number, blocks in self._texts_of(index).items():
                if blocks and (part := selection.within(index, number)):
                    found = sliced(blocks, part[0], min(part[1], _end_of(blocks)))
                    yield found if self._is_markdown(index, number) else _joined(found)

    def _texts_of(self, index: int) -> Mapping[int, Sequence[Block]]:
        message = self._column.find(index)
        if message is not None:
            return {number: text.blocks for number, text in message.texts().items()}
        return {0: blocks_of(self._column[index])}

    def _is_markdown(self, index: int, number: int) -> bool:
        return number == 0 and self._column[index].node.answer is not None


def blocks_of(entry: Entry) -> Sequence[Block]:
    """Of a message that has no widgets."""
    if entry.node.question is not None:
        stream = LineStream()
        return [*stream.feed(entry.node.question.text).committed, *stream.finish().committed]
    return parse(entry.node.answer.text) if entry.node.answer is not None else ()


def _end_of(blocks: Sequence[Block]) -> Spot:
    return len(blocks) - 1, len(block_text(blocks[-1]))


def _joined(lines: Sequence[Block]) -> Sequence[Block]:
    """Lines of plain text as one paragraph."""
    text = "\n".join(block_text(line) for line in lines)
    return [Paragraph((Run(text),))] if text else []
