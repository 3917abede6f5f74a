"""The conversation that is shown: what a window does with it, and its transcript."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, SignalInstance

from desktop.domain.conversation import Conversation, MessageId
from desktop.domain.errors import NextStep
from desktop.domain.messages import Message
from desktop.domain.models import Catalog
from desktop.domain.settings import Settings
from desktop.viewmodels.asking import Asking
from desktop.viewmodels.talk import Talk
from desktop.viewmodels.transcript import Growth, TranscriptModel

Slot = Callable[..., None] | SignalInstance


class ChatViewModel(QObject):
    """Shows one `Talk` at a time; messages are named by their index in what is shown.

    Signals:
        busy_changed: Whether an answer of what is shown is on its way.
        conversation_changed: The `Conversation` is another value now, or another one is shown.
        answer_finished: The shown `Answer` that just ended, whole or not.
    """

    busy_changed = Signal(bool)
    conversation_changed = Signal(object)
    answer_finished = Signal(object)

    def __init__(self, settings: Settings, catalog: Catalog, talk: Talk) -> None:
        super().__init__()
        self.transcript = TranscriptModel(self)
        self._asking = Asking(settings, catalog)
        self._talk = talk
        self._follow(talk)

    # ── what a pane shows ───────────────────────────────────────────────────────────────────────

    @property
    def talk(self) -> Talk:
        return self._talk

    @property
    def conversation(self) -> Conversation:
        return self._talk.conversation

    @property
    def is_busy(self) -> bool:
        return self._talk.is_busy

    @property
    def is_ready(self) -> bool:
        """Whether something can be asked in what is shown."""
        return self._talk.is_ready

    # ── what a user does ────────────────────────────────────────────────────────────────────────

    def configure(self, settings: Settings, catalog: Catalog, model: str) -> None:
        """Use these for the next request; one that runs goes on as it was asked."""
        self._asking = Asking(settings, catalog, model)

    def send(self, question: Message) -> None:
        """Ask `question` under what is shown."""
        self._talk.send(question, self._asking)

    def stop(self) -> None:
        """Hang up at once; what came stays."""
        self._talk.stop()

    def regenerate(self, index: int) -> None:
        """Ask again for the answer at `index`; the old one stays beside the new."""
        self._talk.regenerate(self._message(index), self._asking)

    def take_step(self, index: int, step: NextStep) -> None:
        """Ask again for the answer at `index`, which failed, and do it as `step` says."""
        self._talk.take_step(self._message(index), step, self._asking)

    def resume(self, index: int) -> None:
        """Let the answer at `index`, which was cut off, go on."""
        self._talk.resume(self._message(index), self._asking)

    def show_sibling(self, index: int, step: int) -> None:
        """Show the answer before (−1) or after (+1) the one at `index`."""
        if not self.is_ready:
            return
        entry = self.transcript[index]
        place = entry.place + step
        if 0 <= place < entry.siblings:
            self._talk.show(self.conversation.siblings(entry.node.id)[place].id)

    def open(self, talk: Talk) -> None:
        """Show another conversation. An answer that streams in this one goes on behind."""
        old, self._talk = self._talk, talk
        if old is talk:
            return
        for signal, slot in self._slots(old):
            signal.disconnect(slot)
        self._follow(talk)
        self._show(talk.conversation)
        if old.is_busy != talk.is_busy:
            self.busy_changed.emit(talk.is_busy)

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _follow(self, talk: Talk) -> None:
        for signal, slot in self._slots(talk):
            signal.connect(slot)

    def _slots(self, talk: Talk) -> tuple[tuple[SignalInstance, Slot], ...]:
        return (
            (talk.changed, self._show),
            (talk.grown, self._on_talk_grown),
            (talk.busy_changed, self.busy_changed),
            (talk.answer_finished, self.answer_finished),
        )

    def _on_talk_grown(self, growth: Growth) -> None:
        self.transcript.announce(growth)

    def _message(self, index: int) -> MessageId:
        return self.transcript[index].node.id

    def _show(self, conversation: Conversation) -> None:
        self.transcript.set_entries(self._talk.entries(), self._talk.draft, self._talk.retry)
        self.conversation_changed.emit(conversation)
