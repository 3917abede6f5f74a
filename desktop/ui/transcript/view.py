"""The conversation that is shown, followed while it grows."""

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from desktop.ui.theme import READING_WIDTH, SPACE
from desktop.ui.transcript.answer import AnswerView
from desktop.ui.transcript.column import MARGIN, Anchor, MessageColumn, is_growing
from desktop.ui.transcript.following import NEAR, EndFollower
from desktop.ui.transcript.hearing import tell_reached
from desktop.ui.transcript.keys import scroll_by_key
from desktop.ui.transcript.message import MessageView
from desktop.ui.transcript.pointer import Pointer
from desktop.ui.transcript.selecting import Selecting
from desktop.viewmodels.transcript import Entry, TranscriptModel

_ROUNDS = 4
"""So often what is seen is looked at again when it turned out to have another height than was thought."""

_STEP = 6 * SPACE
"""A notch of the wheel moves three of these, an arrow key one, in device-independent px."""


class TranscriptView(QAbstractScrollArea):
    """Follows a `TranscriptModel`, and its end while the reader is there.

    Signals:
        link_activated: The address of a link that was clicked: http, https or mailto.
        regenerate_requested: Another answer is wanted for the one at this index.
        sibling_requested: Index of an answer, and −1 or +1: the one before or after it is wanted.
        next_step_requested: Index of a failed answer, and the `NextStep` whose button was pressed.
    """

    link_activated = Signal(str)
    regenerate_requested = Signal(int)
    sibling_requested = Signal(int, int)
    next_step_requested = Signal(int, object)

    def __init__(self, model: TranscriptModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Transcript")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)
        self.verticalScrollBar().setSingleStep(_STEP)
        self._model = model
        self._anchor = Anchor()
        """What the reader sees at the upper edge: it stays there."""
        self._reached: int | None = None
        """The message to which keys have led, as long as the reader goes nowhere else."""
        self._is_settling = False
        self.column = MessageColumn(self.viewport())
        self._end = EndFollower(self)
        self.selecting = Selecting(self.column, self)
        self._pointer = Pointer(self, self.column, self.selecting)
        self._pointer.link_activated.connect(self.link_activated)
        self.column.message_made.connect(self._on_column_message_made)
        self.column.resized.connect(self._settle)
        model.reset.connect(self._on_model_reset)
        model.inserted.connect(self._on_model_inserted)
        model.changed.connect(self._on_model_changed)
        model.text_appended.connect(self._on_model_text_appended)
        model.reasoning_appended.connect(self._on_model_reasoning_appended)
        self._on_model_reset()

    # ── what a user does ────────────────────────────────────────────────────────────────────────

    def go_to_previous(self) -> None:
        """To the message that begins above."""
        is_inside = self.column.top_of(self.current) < self.scrolled + MARGIN - NEAR
        self._reach(self.current if is_inside else self.current - 1)

    def go_to_next(self) -> None:
        """To the message that begins below; past the last, to the end."""
        if self.current + 1 < len(self.column):
            self._reach(self.current + 1)
        else:
            self.go_to_end()
            tell_reached(self, self.current)

    def go_to_end(self) -> None:
        """To the end, and follow it from now on."""
        self._end.is_following = True
        self._settle()
        self._end.look()

    def go_to(self, anchor: Anchor) -> None:
        """Let the reader see `anchor` at the upper edge."""
        if 0 <= anchor.message < len(self.column):
            self._end.is_following = False
            self._reached = None
            self._anchor = anchor
            self._settle()
            self._end.look()

    @property
    def model(self) -> TranscriptModel:
        return self._model

    @property
    def current(self) -> int:
        """The message from which keys lead on: that at the top of what is seen.

        Who hears them goes through all, also through those that are seen together, from the end on.
        """
        if QAccessible.isActive() and (self._reached is not None or self._end.is_following):
            return len(self.column) - 1 if self._reached is None else self._reached
        return self.column.at(self.scrolled + MARGIN + NEAR)

    @property
    def scrolled(self) -> int:
        """How much of the column lies above what is seen, in device-independent px."""
        return self.verticalScrollBar().value()

    # ── the model's news ────────────────────────────────────────────────────────────────────────

    def _on_model_reset(self) -> None:
        entries = [self._model[index] for index in range(len(self._model))]
        pairs = enumerate(zip(self.column, entries, strict=False))
        same = next((i for i, (a, b) in pairs if a != b), min(len(self.column), len(entries)))
        self.column.remove_from(same)
        self._reached = None
        self.selecting.forget_from(same)
        for entry in entries[same:]:
            self.column.append(entry)
        self._end.is_following |= not same
        self._settle()

    def _on_model_inserted(self, index: int) -> None:
        entry = self._model[index]
        self._end.is_following |= entry.node.question is not None
        self.column.append(entry)
        self._reached = None
        self._settle()

    def _on_model_changed(self, index: int) -> None:
        entry, message = self._model[index], self.column.find(index)
        if entry.node.id == self.column[index].node.id and isinstance(message, AnswerView):
            self.column.update(index, entry)
            message.show_entry(entry)
            self._announce_end(entry)
        else:
            self.column.replace(index, entry)
            self.selecting.forget_from(index)
        self._settle()

    def _on_model_text_appended(self, index: int, text: str) -> None:
        self._answer(index).append_text(text)

    def _on_model_reasoning_appended(self, index: int, text: str) -> None:
        self._answer(index).append_reasoning(text)

    def _answer(self, index: int) -> AnswerView:
        message = self.column.make(index)
        assert isinstance(message, AnswerView)
        return message

    def _announce_end(self, entry: Entry) -> None:
        if not is_growing(entry):
            words = self.tr("The answer has ended.")
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def _on_column_message_made(self, index: int, message: MessageView) -> None:
        self.selecting.show_in(index, message)
        if isinstance(message, AnswerView):
            message.regenerate_requested.connect(partial(self.regenerate_requested.emit, index))
            message.sibling_requested.connect(partial(self.sibling_requested.emit, index))
            message.next_step_requested.connect(partial(self.next_step_requested.emit, index))

    # ── where the reader is ─────────────────────────────────────────────────────────────────────

    def _settle(self) -> None:
        """Make, lay out and place what is seen; what the reader sees stays, or the end is followed."""
        if self._is_settling:
            return
        self._is_settling = True
        if len(self.column) and is_growing(self.column[len(self.column) - 1]):
            self.column.make(len(self.column) - 1)
        top, height = self._wanted(), self.viewport().height()
        for _ in range(_ROUNDS if self.isVisible() and len(self.column) else 0):
            is_changed = self.column.see(top, top + height)
            before, top = top, self._wanted()
            if not is_changed and top == before:
                break
        self._scroll_to(top)
        self.column.place(self._left, self.scrolled)
        self._is_settling = False

    def _wanted(self) -> int:
        """How far to scroll so that the reader sees what they saw, or the end."""
        most = max(0, self.column.height - self.viewport().height())
        return most if self._end.is_following else min(most, max(0, round(self.column.y_of(self._anchor))))

    def _scroll_to(self, top: int) -> None:
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setPageStep(height)
        bar.setRange(0, max(0, self.column.height - height))
        bar.setValue(top)

    @property
    def _width(self) -> int:
        return max(1, min(READING_WIDTH, self.width() - 2 * MARGIN))

    @property
    def _left(self) -> int:
        # The scroll bar stands in the margin, so that the column stays where it is when it comes.
        return max(MARGIN, (self.width() - self._width) // 2)

    def _reach(self, index: int) -> None:
        if 0 <= index < len(self.column):
            self.go_to(Anchor(index, dy=-MARGIN))
            self._reached = index
            tell_reached(self, index)

    # ── Qt ──────────────────────────────────────────────────────────────────────────────────────

    def scrollContentsBy(self, _dx: int, dy: int) -> None:
        self.viewport().scroll(0, dy)
        if not self._is_settling:
            self._reached = None
            self._anchor = self.column.anchor_at(self.scrolled)
            self._end.look()
            self._settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._end.place_button()
        self._is_settling = True
        self.column.set_width(self._width)
        self._is_settling = False
        self._settle()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._settle()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_end"):
            self._end.show_icon()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.setAccepted(self._pointer.press(event))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.setAccepted(self._pointer.press_twice(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        event.setAccepted(self._pointer.move(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.setAccepted(self._pointer.release(event))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self._pointer.turn(event):
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.selecting.take_key(event) and not scroll_by_key(self.verticalScrollBar(), event):
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._pointer.open_menu(self.viewport().mapFromGlobal(event.globalPos()).toPointF())
