"""The conversation that is shown: one message below the other, followed while it grows."""

from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.theme import READING_WIDTH, SPACE
from desktop.ui.transcript.answer import AnswerView
from desktop.ui.transcript.following import NEAR, EndFollower
from desktop.ui.transcript.question import QuestionView
from desktop.ui.transcript.text import ReadingText
from desktop.viewmodels.transcript import Entry, TranscriptModel

_MARGIN = 4 * SPACE
_AT_ONCE = 2
"""Messages of another conversation that are made at once, its last ones; the others follow, one a turn."""

MessageView = QuestionView | AnswerView


class TranscriptView(QScrollArea):
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
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAcceptDrops(False)
        self._model = model
        self._entries: list[Entry] = []
        self._unmade = 0
        """So many entries, the first ones, have no view yet; `_messages` are those of the others."""
        self._messages: list[MessageView] = []
        self._older = QTimer(self, interval=0)
        self._older.timeout.connect(self._make_older)
        self._row = QHBoxLayout()
        self._column = self._new_column()
        self._end = EndFollower(self, self._messages)
        model.reset.connect(self._on_model_reset)
        model.inserted.connect(self._on_model_inserted)
        model.changed.connect(self._on_model_changed)
        model.text_appended.connect(self._on_model_text_appended)
        model.reasoning_appended.connect(self._on_model_reasoning_appended)
        self._on_model_reset()

    # ── what a user does ────────────────────────────────────────────────────────────────────────

    def go_to_previous(self) -> None:
        """To the message that begins above."""
        current = self._current()
        top = self._top(current) if self._messages else 0
        here = self.verticalScrollBar().value()
        self._go_to(current if top < here - NEAR else current - 1)

    def go_to_next(self) -> None:
        """To the message that begins below; past the last, to the end."""
        if self._current() + 1 < len(self._messages):
            self._go_to(self._current() + 1)
        else:
            self.go_to_end()

    def go_to_end(self) -> None:
        """To the end, and follow it from now on."""
        self._end.follow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let a scroll bar stand in the margin, so that the column stays where it is."""
        bar = self.width() - event.size().width()
        self._row.setContentsMargins(_MARGIN, _MARGIN, max(0, _MARGIN - bar), _MARGIN)
        super().resizeEvent(event)

    # ── the model's news ────────────────────────────────────────────────────────────────────────

    def _on_model_reset(self) -> None:
        entries = [self._model[index] for index in range(len(self._model))]
        pairs = zip(self._entries, entries, strict=False)
        same = next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(self._entries), len(entries)))
        self._remove_from(same)
        if not same:
            self._end.follow()
            self._postpone(entries[:-_AT_ONCE])
        for entry in entries[len(self._entries) :]:
            self._append(entry)

    def _on_model_inserted(self, index: int) -> None:
        entry = self._model[index]
        if entry.node.question is not None:
            self._end.follow()
        self._append(entry)

    def _on_model_changed(self, index: int) -> None:
        entry, message = self._model[index], self._message(index)
        is_same = entry.node.id == self._entries[index].node.id
        self._entries[index] = entry
        if is_same and isinstance(message, AnswerView):
            message.show_entry(entry)
            self._announce_end(entry)
            return
        self._remove_from(index)
        self._append(entry)

    def _on_model_text_appended(self, index: int, text: str) -> None:
        message = self._message(index)
        assert isinstance(message, AnswerView)
        message.append_text(text)

    def _on_model_reasoning_appended(self, index: int, text: str) -> None:
        message = self._message(index)
        assert isinstance(message, AnswerView)
        message.append_reasoning(text)

    def _announce_end(self, entry: Entry) -> None:
        if entry.node.answer is not None and not entry.node.answer.is_streaming:
            words = self.tr("The answer has ended.")
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    # ── messages ────────────────────────────────────────────────────────────────────────────────

    def _message(self, index: int) -> MessageView:
        """Of the entry at `index`, one of the last: earlier ones never change."""
        return self._messages[index - self._unmade]

    def _postpone(self, entries: list[Entry]) -> None:
        """Show `entries` while nobody waits; those behind them come first."""
        self._entries = entries
        self._unmade = len(entries)
        if entries:
            self._older.start()

    def _make_older(self) -> None:
        if self._unmade:
            self._unmade -= 1
            message = self._new_message(self._unmade, self._entries[self._unmade])
            self._column.insertWidget(0, message)
            self._messages.insert(0, message)
        else:
            self._older.stop()

    def _append(self, entry: Entry) -> None:
        message = self._new_message(len(self._entries), entry)
        self._column.insertWidget(len(self._messages), message)
        self._entries.append(entry)
        self._messages.append(message)

    def _new_message(self, index: int, entry: Entry) -> MessageView:
        message: MessageView
        if entry.node.question is not None:
            message = QuestionView(entry.node.question)
        else:
            message = AnswerView(entry)
            message.regenerate_requested.connect(partial(self.regenerate_requested.emit, index))
            message.sibling_requested.connect(partial(self.sibling_requested.emit, index))
            message.next_step_requested.connect(partial(self.next_step_requested.emit, index))
            message.link_activated.connect(self.link_activated)
            message.text_made.connect(self._watch)
        for text in message.findChildren(ReadingText):
            self._watch(text)
        return message

    def _remove_from(self, index: int) -> None:
        self._unmade = min(self._unmade, index)
        first = index - self._unmade
        for message in self._messages[first:]:
            self._column.removeWidget(message)
            message.hide()
            message.deleteLater()
        del self._messages[first:], self._entries[index:]

    def _watch(self, text: ReadingText) -> None:
        text.selection_begun.connect(partial(self._on_selection_begun, text))
        text.pointer_dragged.connect(partial(self._on_pointer_dragged, text))

    def _texts(self) -> list[ReadingText]:
        return [text for message in self._messages for text in message.findChildren(ReadingText)]

    def _on_selection_begun(self, selected: ReadingText) -> None:
        for text in self._texts():
            if text is not selected:
                text.clear_selection()

    def _on_pointer_dragged(self, text: ReadingText, place: QPoint) -> None:
        content = self.widget()
        assert content is not None
        seen = text.mapTo(content, place)
        self.ensureVisible(seen.x(), seen.y(), 0, NEAR)

    # ── where the reader is ─────────────────────────────────────────────────────────────────────

    def _current(self) -> int:
        """The message with the keyboard's focus, else the one at the top of what is seen."""
        focused = QApplication.focusWidget()
        for index, message in enumerate(self._messages):
            if focused is not None and message.isAncestorOf(focused):
                return index
        here = self.verticalScrollBar().value() + NEAR
        begun = [index for index in range(len(self._messages)) if self._top(index) <= here]
        return begun[-1] if begun else 0

    def _top(self, index: int) -> int:
        content = self.widget()
        assert content is not None
        return self._messages[index].mapTo(content, self._messages[index].rect().topLeft()).y()

    def _go_to(self, index: int) -> None:
        if 0 <= index < len(self._messages):
            self.verticalScrollBar().setValue(self._top(index) - _MARGIN)
            self._messages[index].text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # ── parts ───────────────────────────────────────────────────────────────────────────────────

    def _new_column(self) -> QVBoxLayout:
        content, column_widget = QWidget(), QWidget()
        content.setLayout(self._row)
        column_widget.setMaximumWidth(READING_WIDTH)
        column = QVBoxLayout(column_widget)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5 * SPACE)
        column.addStretch()
        self._row.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        self._row.addStretch(1)
        self._row.addWidget(column_widget, 1000)
        self._row.addStretch(1)
        self.setWidget(content)
        return column
