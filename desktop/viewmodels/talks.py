"""The conversations that are in memory: the shown one, those that stream behind it, and what is not kept."""

from collections.abc import Iterator

from PySide6.QtCore import QObject, Signal

from desktop.domain.conversation import Conversation
from desktop.domain.history import ConversationId, End, Summary, new_conversation_id
from desktop.runtime.tasks import TaskOwner
from desktop.viewmodels.keeping import Keeper
from desktop.viewmodels.outgoing import Outgoing
from desktop.viewmodels.talk import Talk


class Talks(QObject):
    """Makes talks, and lets go of those that the disk has and nobody looks at.

    `keeps_new`: new ones are kept, where nothing else is said.

    Signals:
        told: A `Talk` whose conversation grew, or that is busy now, or not any more.
        current_changed: The `Talk` that is shown now.
        answer_finished: The `Answer` that just ended, shown or not.
    """

    told = Signal(object)
    current_changed = Signal(object)
    answer_finished = Signal(object)

    def __init__(self, outgoing: Outgoing, keeper: Keeper, tasks: TaskOwner, parent: QObject) -> None:
        super().__init__(parent)
        self._outgoing = outgoing
        self._keeper = keeper
        self._tasks = tasks
        self._last_id: ConversationId | None = None
        self._talks: dict[ConversationId, Talk] = {}
        self.keeps_new = True
        self._current = self.new()
        keeper.written.connect(self._let_go)

    def __iter__(self) -> Iterator[Talk]:
        return iter(tuple(self._talks.values()))

    @property
    def current(self) -> Talk:
        return self._current

    def find(self, conversation_id: ConversationId) -> Talk | None:
        return self._talks.get(conversation_id)

    def new(self, *, is_kept: bool | None = None) -> Talk:
        """An empty conversation; `is_kept` None: as `keeps_new` says."""
        self._last_id = new_conversation_id(self._last_id)
        is_kept = self.keeps_new if is_kept is None else is_kept
        return self._made(self._last_id, Conversation(), is_kept=is_kept)

    def begun(self, summary: Summary, end: End) -> Talk:
        """One of which only the `end` was read from the disk, by now."""
        talk = self._made(summary.id, Conversation(), used=summary.used, end=end)
        talk.own_title, talk.is_pinned = summary.title, summary.is_pinned
        return talk

    def opened(self, summary: Summary, conversation: Conversation) -> Talk:
        """One that was read from the disk: that which had begun, if one had."""
        talk = self._talks.get(summary.id) or self.begun(summary, End((), ()))
        self._keeper.note_read(talk.id, conversation, talk.used)
        talk.complete(conversation)
        return talk

    def put(self, talk: Talk) -> None:
        """Take back one that was removed."""
        self._talks[talk.id] = talk

    def remove(self, conversation_id: ConversationId) -> Talk | None:
        """Stop and let go of it; if it is the current one, an empty one takes its place.

        Gives it, unless only its end was read.
        """
        talk = self._talks.pop(conversation_id, None)
        if talk is not None:
            talk.stop()
        if talk is self._current:
            self.show(self.new())
        return talk if talk is not None and talk.is_whole else None

    def show(self, talk: Talk) -> None:
        """Make `talk` the current one; the one before goes on behind it."""
        before, self._current = self._current, talk
        if before is not talk:
            self.current_changed.emit(talk)
            self._let_go(before.id)

    def _made(
        self,
        conversation_id: ConversationId,
        conversation: Conversation,
        *,
        used: float = 0.0,
        is_kept: bool = True,
        end: End | None = None,
    ) -> Talk:
        talk = Talk(
            conversation_id,
            conversation,
            self._outgoing,
            self._keeper,
            self._tasks,
            used=used,
            is_kept=is_kept,
            end=end,
        )
        talk.told.connect(self._on_talk_told)
        talk.answer_finished.connect(self.answer_finished)
        self._talks[talk.id] = talk
        return talk

    def _on_talk_told(self, talk: Talk) -> None:
        self.told.emit(talk)
        self._let_go(talk.id)

    def _let_go(self, conversation_id: ConversationId) -> None:
        """Keep it no longer in memory than it must be."""
        talk = self._talks.get(conversation_id)
        if talk is None or talk is self._current or talk.is_busy:
            return
        if talk.is_empty or (talk.is_kept and self._keeper.is_written(talk.id)):
            del self._talks[talk.id]
            self._keeper.forget([talk.id])
