"""Deleting conversations: taken away at once, gone for good when Undo's seconds are over."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.errors import without_frames
from desktop.domain.history import ConversationId, Summary, new_conversation_id
from desktop.domain.history_errors import HistoryError
from desktop.domain.ports import HistoryStore
from desktop.runtime.tasks import TaskOwner
from desktop.viewmodels.conversations import ConversationList
from desktop.viewmodels.keeping import Keeper
from desktop.viewmodels.talk import Talk
from desktop.viewmodels.talks import Talks

UNDO_MS = 10_000
"""So long a deletion can be taken back."""


class Deletion(QObject):
    """Takes conversations away, and brings them back if that is wanted in time.

    Signals:
        count_changed: So many conversations can be brought back by `undo`.
        emptied: What `delete_everything` was to delete is gone from the disk.
        changed: The history has heard of it: it finds other conversations than before.
        problem_raised: A `HistoryError`; what is deleted is gone at the latest when the app starts next.
    """

    count_changed = Signal(int)
    emptied = Signal()
    changed = Signal()
    problem_raised = Signal(object)

    def __init__(
        self, rows: ConversationList, talks: Talks, store: HistoryStore, keeper: Keeper, tasks: TaskOwner
    ) -> None:
        super().__init__(talks)
        self._rows = rows
        self._talks = talks
        self._store = store
        self._keeper = keeper
        self._tasks = tasks
        self._deleted: dict[ConversationId, tuple[Summary | None, Talk | None]] = {}
        self._gone: set[ConversationId] = set()
        self._shown: ConversationId | None = None
        self._emptied = ConversationId(0)
        self._undo = QTimer(self, singleShot=True, interval=UNDO_MS)
        self._undo.timeout.connect(self.conclude)

    @property
    def count(self) -> int:
        """So many conversations can be brought back."""
        return len(self._deleted)

    def has(self, conversation_id: ConversationId) -> bool:
        """Whether it is deleted, though what was read a moment ago may still tell of it."""
        is_gone = conversation_id in self._gone or conversation_id < self._emptied
        return is_gone or conversation_id in self._deleted

    def delete(self, conversations: Sequence[ConversationId]) -> None:
        """Take them away; what was deleted before is gone for good now."""
        self.conclude()
        self._shown = self._talks.current.id
        for each in conversations:
            self._deleted[each] = (self._rows.summary(each), self._talks.remove(each))
        self._rows.remove(conversations)
        self._keeper.marks.delete(conversations)
        self._undo.start()
        self.count_changed.emit(self.count)

    def undo(self) -> None:
        """Bring back what was deleted last, and show what was shown, unless another one has begun."""
        self._undo.stop()
        deleted, self._deleted = self._deleted, {}
        for summary, talk in deleted.values():
            if talk is not None:
                self._talks.put(talk)
            if summary is not None:
                self._rows.put(summary)
            if talk is not None and talk.id == self._shown and self._talks.current.is_empty:
                self._talks.show(talk)
        self._keeper.marks.restore(deleted)
        self.count_changed.emit(0)

    def conclude(self) -> None:
        """Wait no longer: what is deleted is gone for good."""
        self._undo.stop()
        if self._deleted:
            deleted, self._deleted = tuple(self._deleted), {}
            self._gone.update(deleted)
            self._keeper.forget(deleted)
            self._tasks.start(self._purge(deleted), "purge history")
            self.count_changed.emit(0)

    def delete_everything(self) -> None:
        """Make an end of every conversation, in memory and on the disk, at once."""
        self._undo.stop()
        self._deleted.clear()
        self._emptied = new_conversation_id()
        for talk in self._talks:
            talk.is_kept = False
            self._talks.remove(talk.id)
        self._keeper.forget_all()
        self._rows.clear()
        self._tasks.start(self._empty(), "delete everything")
        self.count_changed.emit(0)

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    async def _purge(self, conversations: Sequence[ConversationId]) -> None:
        try:
            # Again: a history that failed a moment ago may not have heard of it.
            await self._store.delete(conversations)
            await self._store.purge()
            self.changed.emit()
        except HistoryError as error:
            self._tell(error)

    async def _empty(self) -> None:
        try:
            await self._store.delete_everything()
            self.changed.emit()
        except HistoryError as error:
            self._tell(error)
        else:
            self.emptied.emit()

    def _tell(self, error: HistoryError) -> None:
        self.problem_raised.emit(without_frames(error))
