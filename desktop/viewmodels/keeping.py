"""Conversations on their way to the disk: written behind what is shown, and again until it works."""

import asyncio
from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from desktop.domain.conversation import Conversation, MessageId
from desktop.domain.errors import without_frames
from desktop.domain.history import ConversationId, Draft, Piece, change_between
from desktop.domain.history_errors import HistoryError, HistoryLost, HistoryRecovered, HistoryTooNew
from desktop.domain.images import KeptImage
from desktop.domain.messages import ImagePart, Message, Part
from desktop.domain.ports import HistoryStore
from desktop.runtime.tasks import TaskOwner
from desktop.viewmodels.frames import Frames

CHECKPOINT_MS = 250
"""A streaming answer and an unsent question are written at most once in this time."""

RETRY_SECONDS = 2.0
"""After a failure so long nothing is tried."""

_Growing = tuple[ConversationId, MessageId]


class Keeper(QObject):
    """Sees to it that the disk has what memory has: conversations, the answer that streams, the draft.

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
        self._retry_seconds = retry_seconds
        self._store = store
        self._tasks = tasks
        self._is_open = False
        self._problem: HistoryError | None = None
        self._wanted: dict[ConversationId, Conversation] = {}
        self._used: dict[ConversationId, float] = {}
        self._written: dict[ConversationId, Conversation] = {}
        self._grown: dict[_Growing, list[Piece]] = {}
        self._draft: Draft | None = None
        self._checkpoint = Frames(self, CHECKPOINT_MS)
        self._checkpoint.due.connect(self._wake)
        self._writing: asyncio.Task[None] | None = None
        self._tried: asyncio.Future[None] | None = None

    # ── what is asked of it ─────────────────────────────────────────────────────────────────────

    def open(self) -> None:
        """Begin; `opened` or `problem_raised` follows."""
        self._wake()

    def load(self, conversation_id: ConversationId, conversation: Conversation) -> None:
        """Take note that `conversation` came from the disk."""
        self._written[conversation_id] = self._wanted[conversation_id] = conversation

    def keep(self, conversation_id: ConversationId, conversation: Conversation, used: float) -> None:
        """Write `conversation`, last used at `used` (seconds since the epoch), as soon as may be."""
        self._wanted[conversation_id] = conversation
        self._used[conversation_id] = used
        self._drop_grown(conversation_id, conversation)
        self._wake()

    def grow(self, piece: Piece) -> None:
        """Write by what the streaming answer grew, at the next checkpoint."""
        if piece.text or piece.reasoning:
            self._grown.setdefault((piece.conversation, piece.message), []).append(piece)
            self._checkpoint.ask()

    def keep_draft(self, draft: Draft) -> None:
        self._draft = draft
        self._checkpoint.ask()

    def forget(self, conversations: Iterable[ConversationId]) -> None:
        """Write no more of these."""
        for each in conversations:
            for values in (self._wanted, self._used, self._written):
                values.pop(each, None)
            self._grown = {key: pieces for key, pieces in self._grown.items() if key[0] != each}

    def forget_all(self) -> None:
        """Write nothing of what there was."""
        for values in (self._wanted, self._used, self._written, self._grown):
            values.clear()
        self._draft = None

    def is_written(self, conversation_id: ConversationId) -> bool:
        """Whether all of it is on the disk."""
        return self._written.get(conversation_id) is self._wanted.get(conversation_id)

    async def settled(self, conversation_id: ConversationId) -> None:
        """Until it is on the disk, or that was tried in vain."""
        while self._problem is None and not self.is_written(conversation_id):
            if self._tried is None:
                self._tried = asyncio.get_running_loop().create_future()
            await asyncio.shield(self._tried)

    async def filled(self, messages: tuple[Message, ...]) -> tuple[Message, ...]:
        """`messages` with the bytes of all their images. Raises `HistoryError`."""
        return tuple([await self._filled(message) for message in messages])

    async def aclose(self) -> None:
        """Write what is left, now; then let go of the history. The tasks have ended by now."""
        self._checkpoint.stop()
        if self._is_open:
            try:
                await self._write_all()
            except HistoryError as error:
                self._tell(error)
        await self._store.aclose()

    # ── writing ─────────────────────────────────────────────────────────────────────────────────

    def _wake(self) -> None:
        if self._writing is None:
            self._writing = self._tasks.start(self._work(), "write history")
            self._writing.add_done_callback(self._on_writing_done)

    def _on_writing_done(self, task: asyncio.Task[None]) -> None:
        self._writing = None
        if not task.cancelled() and task.exception() is None and self._has_work():
            self._wake()

    def _has_work(self) -> bool:
        return self._draft is not None or any(not self.is_written(each) for each in self._wanted)

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
            else:
                return

    async def _open_once(self) -> None:
        if not self._is_open:
            opened = await self._store.open()
            self._is_open = True
            self.opened.emit(opened)
            if opened.problem is not None:
                self.problem_raised.emit(opened.problem)

    async def _write_all(self) -> None:
        """Everything that is not on the disk. What comes meanwhile is written too."""
        for each in list(self._wanted):
            await self._write(each)
        while self._grown:
            await self._write_grown()
        if self._draft is not None:
            await self._write_draft(self._draft)
        if self._problem is not None:
            self._problem = None
            self.problem_solved.emit()
        self._announce_try()

    async def _write(self, conversation_id: ConversationId) -> None:
        wanted = self._wanted.get(conversation_id)
        if wanted is None or self.is_written(conversation_id):
            return
        old = self._written.get(conversation_id, Conversation())
        await self._store.write(change_between(conversation_id, old, wanted, self._used[conversation_id]))
        if conversation_id in self._wanted:  # it may have been deleted meanwhile
            self._written[conversation_id] = wanted
            if self.is_written(conversation_id):
                self._announce_try()
                self.written.emit(conversation_id)

    async def _write_grown(self) -> None:
        taken, self._grown = self._grown, {}
        try:
            await self._store.grow([_joined(pieces) for pieces in taken.values()])
        except BaseException:
            for key, pieces in taken.items():
                self._grown[key] = pieces + self._grown.get(key, [])
            raise

    async def _write_draft(self, draft: Draft) -> None:
        await self._store.keep_draft(draft)
        if self._draft is draft:
            self._draft = None

    def _drop_grown(self, conversation_id: ConversationId, conversation: Conversation) -> None:
        """The whole answer is written when it has ended: its pieces are not needed any more."""
        for key in [key for key in self._grown if key[0] == conversation_id]:
            answer = conversation[key[1]].answer
            if answer is not None and not answer.is_streaming:
                del self._grown[key]

    # ── telling ─────────────────────────────────────────────────────────────────────────────────

    def _tell(self, error: HistoryError) -> None:
        if isinstance(error, HistoryRecovered | HistoryLost):
            # What was written may not be there any more: all that is open is written again, whole.
            self._written.clear()
            self.problem_raised.emit(without_frames(error))
        elif self._problem is None or type(self._problem) is not type(error):
            self._problem = error
            self.problem_raised.emit(without_frames(error))
        self._announce_try()

    def _announce_try(self) -> None:
        tried, self._tried = self._tried, None
        if tried is not None and not tried.done():
            tried.set_result(None)

    # ── reading ─────────────────────────────────────────────────────────────────────────────────

    async def _filled(self, message: Message) -> Message:
        if not any(isinstance(image, KeptImage) for image in message.images):
            return message
        return replace(message, parts=tuple([await self._part(part) for part in message.parts]))

    async def _part(self, part: Part) -> Part:
        if isinstance(part, ImagePart) and isinstance(part.image, KeptImage):
            return ImagePart(await self._store.image(part.image))
        return part


def _joined(pieces: list[Piece]) -> Piece:
    text = "".join([piece.text for piece in pieces])
    return replace(pieces[0], text=text, reasoning="".join([piece.reasoning for piece in pieces]))
