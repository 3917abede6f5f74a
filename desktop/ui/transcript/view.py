"""The conversation that is shown, followed while it grows."""

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal, SignalInstance
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from desktop.runtime.tasks import TaskOwner
from desktop.ui.transcript.anchor import Anchor
from desktop.ui.transcript.answer import AnswerView
from desktop.ui.transcript.column import MARGIN
from desktop.ui.transcript.following import NEAR
from desktop.ui.transcript.hearing import tell_reached
from desktop.ui.transcript.message import MessageView
from desktop.ui.transcript.reading import ReadingArea
from desktop.ui.wording import sentence
from desktop.viewmodels.pictures import Pictures
from desktop.viewmodels.transcript import Entry, TranscriptModel

_TAB = Qt.FocusPolicy.TabFocus


class TranscriptView(ReadingArea):
    """Follows a `TranscriptModel`, and its end while the reader is there.

    Signals:
        regenerate_requested: Another answer is wanted for the one at this index.
        sibling_requested: Index of an answer, and −1 or +1: the one before or after it is wanted.
        next_step_requested: Index of a failed answer, and the `NextStep` whose button was pressed.
        continue_requested: Index of an answer that is to go on where it was cut short.
    """

    regenerate_requested = Signal(int)
    sibling_requested = Signal(int, int)
    next_step_requested = Signal(int, object)
    continue_requested = Signal(int)

    def __init__(
        self, model: TranscriptModel, pictures: Pictures | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(pictures or Pictures(None, TaskOwner()), parent)
        self.setAccessibleName("Transcript")
        self._model = model
        self._reached: int | None = None
        """The message to which keys have led, as long as the reader goes nowhere else."""
        self.scrolled_by_hand.connect(self._on_scrolled_by_hand)
        self.column.message_made.connect(self._on_answer_made)
        model.reset.connect(self._on_model_reset)
        model.inserted.connect(self._on_model_inserted)
        model.prepended.connect(self._on_model_prepended)
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

    def show_message(self, index: int) -> None:
        """To the beginning of the message at `index`; out of sight too, or before anybody has seen one."""
        self._reach(index)

    def order_stops(self) -> None:
        """Let Tab lead from here through the buttons of the messages, from the top to the bottom.

        They were made when they were seen, which is after all else in the window.
        """
        before: QWidget = self
        for _, message in self.column.made():
            for stop in _stops(message):
                QWidget.setTabOrder(before, stop)
                before = stop

    def go_to(self, anchor: Anchor) -> None:
        self._reached = None
        super().go_to(anchor)

    def shift(self, count: int) -> None:
        super().shift(count)
        if self._reached is not None:
            self._reached += count

    @property
    def model(self) -> TranscriptModel:
        return self._model

    @property
    def current(self) -> int:
        """The message from which keys lead on: that at the top of what is seen.

        Who hears them goes through all, also through those that are seen together, from the end on.
        """
        if QAccessible.isActive() and (self._reached is not None or self.is_following):
            return len(self.column) - 1 if self._reached is None else self._reached
        return self.column.at(self.scrolled + MARGIN + NEAR)

    # ── the model's news ────────────────────────────────────────────────────────────────────────

    def _on_model_reset(self) -> None:
        entries = [self._model[index] for index in range(len(self._model))]
        pairs = enumerate(zip(self.column, entries, strict=False))
        same = next((i for i, (a, b) in pairs if a != b), min(len(self.column), len(entries)))
        if same < min(len(self.column), len(entries)) and _goes_on(self.column[same], entries[same]):
            same += self._catch_up(same, entries[same])
        self.column.remove_from(same)
        self._reached = None
        self.selecting.forget_from(same)
        self.column.append(*entries[same:])
        if not same:
            self.follow()
        self.settle()

    def _on_model_inserted(self, index: int) -> None:
        entry = self._model[index]
        if entry.node.question is not None:
            self.follow()
        self.column.append(entry)
        self._reached = None
        self.settle()

    def _on_model_prepended(self, count: int) -> None:
        entries = [self._model[index] for index in range(len(self._model))]
        self.column.prepend(*entries[:count])
        for index in range(count, len(entries)):
            self.column.update(index, entries[index])
        self.shift(count)
        self.settle()

    def _on_model_changed(self, index: int) -> None:
        entry = self._model[index]
        if entry.node.id == self.column[index].node.id and self._catch_up(index, entry):
            self._announce_end(entry)
        else:
            self.column.replace(index, entry)
            self.selecting.forget_from(index)
        self.settle()

    def _catch_up(self, index: int, entry: Entry) -> bool:
        """Let the answer at `index` show `entry`, another value of it; False if it has no widgets."""
        message = self.column.find(index)
        if not isinstance(message, AnswerView):
            return False
        self.column.update(index, entry)
        message.show_entry(entry)
        return True

    def _on_model_text_appended(self, index: int, text: str) -> None:
        self._answer(index).append_text(text)

    def _on_model_reasoning_appended(self, index: int, text: str) -> None:
        self._answer(index).append_reasoning(text)

    def _answer(self, index: int) -> AnswerView:
        message = self.column.make(index)
        assert isinstance(message, AnswerView)
        return message

    def _announce_end(self, entry: Entry) -> None:
        answer = entry.node.answer
        if answer is not None and not answer.is_streaming:
            words = self.tr("The answer has ended.") if answer.error is None else sentence(answer.error)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def _on_scrolled_by_hand(self) -> None:
        self._reached = None

    def _on_answer_made(self, _index: int, message: MessageView) -> None:
        if isinstance(message, AnswerView):
            for asked, told in (
                (message.regenerate_requested, self.regenerate_requested),
                (message.sibling_requested, self.sibling_requested),
                (message.next_step_requested, self.next_step_requested),
                (message.continue_requested, self.continue_requested),
            ):
                asked.connect(partial(self._tell, told, message))

    def _tell(self, signal: SignalInstance, message: MessageView, *facts: object) -> None:
        """Something is wanted for `message`, whatever its index is by now."""
        signal.emit(self.column.index_of(message), *facts)

    def _reach(self, index: int) -> None:
        if 0 <= index < len(self.column):
            self.go_to(Anchor(index, dy=-MARGIN))
            self._reached = index
            tell_reached(self, index)


def _stops(message: MessageView) -> list[QWidget]:
    """What can have the focus in `message`, from the top to the bottom, as one reads."""
    stops = [each for each in message.findChildren(QWidget) if each.focusPolicy() & _TAB]
    places = {each: each.mapTo(message, QPoint()) for each in stops}
    return sorted(stops, key=lambda each: (places[each].y(), places[each].x()))


def _goes_on(old: Entry, new: Entry) -> bool:
    """Whether `new` is the answer `old`, which was cut short and now streams on."""
    before, after = old.node.answer, new.node.answer
    if before is None or after is None or old.node.id != new.node.id:
        return False
    return after.is_streaming and after.text.startswith(before.text)
