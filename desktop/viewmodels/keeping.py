"""Conversations on their way to the disk: written behind what is shown, and again until it works."""

import asyncio
import logging
from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from desktop.domain.conversation import Conversation
from desktop.domain.errors import AppError, without_frames
from desktop.domain.history import ConversationId, Draft, Piece
from desktop.domain.history_errors import (
    ConversationGone,
    HistoryError,
    HistoryLost,
    HistoryRecovered,
    HistoryTooNew,
)
from desktop.domain.messages import Message
from desktop.domain.ports import HistoryStore
from desktop.runtime.tasks import TaskOwner
from desktop.viewmodels.filling import filled
from desktop.viewmodels.frames import Frames
from desktop.viewmodels.marks import Marks
from desktop.viewmodels.unwritten import Unwritten

_log = logging.getLogger(__name__)

CHECKPOINT_MS = 250
"""A streaming answer and an unsent question are written at most once in this time."""

RETRY_SECONDS = 2.0
"""After a failure so long nothing is tried."""


class Keeper(QObject):
    """Sees to it that the disk has what memory has: conversations, the answer that streams, the draft.

    `marks`: what is wished of conversations beside what is said in them, written in the same way.
    What is asked for is written at once, growth and drafts every `CHECKPOINT_MS`. Values replace each other
    until they are written, so that whatever fails is simply tried again, with what holds then.

    Signals:
        opened: An `Opened`; the history can be read from now on.
        problem_raised: A `HistoryError`: what is said now is in memory only, or the history had been damaged.
        problem_solved: Everything is written again.
        written: A conversation of this id is on the disk as it is now.
    """

    opened = Signal(object)
    problem_raised = Signal(object)
    problem_solved = Signal()
    written = Signal(object)

    def __init__(self, store: HistoryStore, tasks: TaskOwner, retry_seconds: float = RETRY_SECONDS) -> None:
        super().__init__()
        self.marks = Marks(self)
        self._store = store
        self._tasks = tasks
        self._retry_seconds = retry_seconds
        self._is_open = False
        self._is_closed = False
        self._problem: HistoryError | None = None
        self._unwritten = Unwritten()
        self._checkpoint = Frames(self, CHECKPOINT_MS)
        self._checkpoint.due.connect(self._wake)
        self.marks.wished.connect(self._wake)
        self.marks.told.connect(self._tell_written)
        self._writing: asyncio.Task[None] | None = None
        self._tried: asyncio.Future[None] | None = None

    # ── what is asked of it ─────────────────────────────────────────────────────────────────────

    def open(self) -> None:
        """Begin; `opened` or `problem_raised` follows."""
        self._wake()

    def note_read(self, conversation_id: ConversationId, conversation: Conversation, used: float) -> None:
        """Take note that `conversation` came from the disk."""
        self._unwritten.note_read(conversation_id, conversation, used)

    def keep(self, conversation_id: ConversationId, conversation: Conversation, used: float) -> None:
        """Write `conversation`, last used at `used` (seconds since the epoch), as soon as may be."""
        self._unwritten.keep(conversation_id, conversation, used)
        self._wake()

    def grow(self, piece: Piece) -> None:
        """Write by what the streaming answer grew, at the next checkpoint."""
        if piece.text or piece.reasoning:
            self._unwritten.grow(piece)
            self._checkpoint.ask()

    def keep_draft(self, draft: Draft) -> None:
        """Write the question that is not sent yet, at the next checkpoint."""
        self._unwritten.draft = draft
        self._checkpoint.ask()

    def hear(self, error: AppError) -> None:
        """Take note of what others were told: if the history was damaged, it may lack what is here."""
        if isinstance(error, HistoryRecovered | HistoryLost):
            self._unwritten.distrust()
            self._wake()

    def forget(self, conversations: Iterable[ConversationId]) -> None:
        """Write no more of these."""
        self._unwritten.forget(conversations)

    def forget_all(self) -> None:
        """Write nothing of what there was."""
        self._unwritten.forget_all()
        self.marks.clear()

    def is_written(self, conversation_id: ConversationId) -> bool:
        """Whether the disk has all of it that is to be there."""
        return self._unwritten.has(conversation_id) and conversation_id not in self.marks

    @property
    def is_failing(self) -> bool:
        """Whether there is something that the disk does not take."""
        has_work = self._unwritten or self._unwritten.has_grown or self.marks
        return self._problem is not None and bool(has_work)

    async def settled(self, conversation_id: ConversationId) -> None:
        """Until it is on the disk, or that was tried in vain."""
        while self._problem is None and not self.is_written(conversation_id):
            if self._tried is None:
                self._tried = asyncio.get_running_loop().create_future()
            await asyncio.shield(self._tried)

    async def filled(self, messages: tuple[Message, ...]) -> tuple[Message, ...]:
        """`messages` with the bytes of all their images. Raises `HistoryError`."""
        return await filled(messages, self._store)

    async def aclose(self) -> None:
        """Write what is left, now; then let go of the history. The tasks have ended by now."""
        self._is_closed = True
        self._checkpoint.stop()
        # Whoever hears of it would begin something more.
        self.marks.blockSignals(True)
        # Twice: if it turns out to be damaged, what was recovered may lack what is in memory.
        for _ in range(2):
            try:
                await self._write_what_is_left()
            except HistoryError as error:
                self._tell(error)
        if self.is_failing:
            _log.warning("the app ended before everything could be saved")
        await self._store.aclose()

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _wake(self) -> None:
        if self._writing is None and not self._is_closed:
            self._writing = self._tasks.start(self._work(), "write history")
            self._writing.add_done_callback(self._on_writing_done)

    def _on_writing_done(self, task: asyncio.Task[None]) -> None:
        self._writing = None
        if task.cancelled() or task.exception() is not None or not self._is_open:
            return
        # What came after its last look.
        if self._unwritten or self.marks:
            self._wake()
        elif self._unwritten.has_grown:
            self._checkpoint.ask()

    async def _work(self) -> None:
        while True:
            try:
                await self._open_once()
                await self._write_all()
            except HistoryTooNew as error:
                self._tell(error)
                return
            except HistoryError as error:
                self._tell(error)
                await asyncio.sleep(self._retry_seconds)
            except Exception:
                # A bug of ours must not keep the question waiting for ever; it is tried again with the next.
                self._tell(HistoryError(folder=str(self._store.folder)))
                raise
            else:
                return

    async def _open_once(self) -> None:
        if not self._is_open:
            opened = await self._store.open()
            self._is_open = True
            self.opened.emit(opened)
            if opened.problem is not None:
                self.problem_raised.emit(opened.problem)

    async def _write_what_is_left(self) -> None:
        if not self._is_open and (self._unwritten or self.marks):
            # It was being opened, or could not be. Nobody is to begin anything with it: nobody is told.
            await self._store.open()
            self._is_open = True
        if self._is_open:
            await self._write_all()

    async def _write_all(self) -> None:
        """Everything that is not on the disk: first that which what grew belongs to."""
        # None that comes later: what was sent may be missing in it only once the question is written.
        draft = self._unwritten.draft
        await self.marks.write_restored(self._store)
        await self._write_changes()
        await self.marks.write(self._store)
        await self._write_grown()
        if draft is not None and self._unwritten.draft is draft:
            await self._store.keep_draft(draft)
            if self._unwritten.draft is draft:
                self._unwritten.draft = None
        if self._problem is not None:
            self._problem = None
            self.problem_solved.emit()
        self._tell_tried()

    async def _write_changes(self) -> None:
        for change, conversation in self._unwritten.changes():
            try:
                await self._store.write(change)
            except ConversationGone:  # deleted for good meanwhile
                self._unwritten.forget([change.id])
                continue
            self._unwritten.note_written(change.id, conversation)
            self._tell_written((change.id,))

    async def _write_grown(self) -> None:
        pieces = self._unwritten.take_grown()
        if not pieces:
            return
        try:
            await self._store.grow(pieces)
        except BaseException:
            self._unwritten.give_back(pieces)
            raise

    def _tell_written(self, conversations: Iterable[ConversationId]) -> None:
        for each in filter(self.is_written, conversations):
            self._tell_tried()
            if not self._is_closed:
                self.written.emit(each)

    def _tell(self, error: HistoryError) -> None:
        if isinstance(error, HistoryRecovered | HistoryLost):
            self._unwritten.distrust()
            self.problem_raised.emit(without_frames(error))
        elif self._problem is None or type(self._problem) is not type(error):
            self._problem = error
            self.problem_raised.emit(without_frames(error))
        self._tell_tried()

    def _tell_tried(self) -> None:
        tried, self._tried = self._tried, None
        if tried is not None and not tried.done():
            tried.set_result(None)
