"""All conversations: the one that is shown, those that go on behind it, and those in the history."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from desktop.domain.conversation import MessageId
from desktop.domain.errors import without_frames
from desktop.domain.history import END, PAGE, ConversationId, Opened, Summary
from desktop.domain.history_errors import ConversationGone, HistoryError
from desktop.domain.ports import HistoryStore
from desktop.runtime.tasks import TaskOwner
from desktop.viewmodels.conversations import ConversationList
from desktop.viewmodels.deletion import Deletion
from desktop.viewmodels.frames import FRAME_MS
from desktop.viewmodels.keeping import Keeper
from desktop.viewmodels.outgoing import Outgoing
from desktop.viewmodels.talk import Talk
from desktop.viewmodels.talks import Talks

_PAINTED_SECONDS = 2 * FRAME_MS / 1000
"""In so long a window paints what it was told to show."""

_Work = Callable[[], Awaitable[None]]
"""Not a coroutine yet: one that is cancelled before its first step would be left unawaited."""


class LibraryViewModel(QObject):
    """Opens, names and pins conversations; `rows` list them, `deletion` deletes them.

    Signals:
        current_changed: The `Talk` that is shown now.
        current_told: The same, whose conversation, name or place in the list is another now.
        answer_finished: The `Answer` that just ended, in what is shown or behind it.
        message_found: A message that was looked for is in what is shown: its index, and the words that were
            searched for.
        changed: The history finds other conversations, or other titles, than before.
        problem_raised: A `HistoryError` of something that was asked for.
    """

    current_changed = Signal(object)
    current_told = Signal(object)
    answer_finished = Signal(object)
    message_found = Signal(int, str)
    changed = Signal()
    problem_raised = Signal(object)

    def __init__(self, store: HistoryStore, keeper: Keeper, outgoing: Outgoing, tasks: TaskOwner) -> None:
        super().__init__()
        self.rows = ConversationList(self)
        self._talks = Talks(outgoing, keeper, tasks, self)
        self.deletion = Deletion(self.rows, self._talks, store, keeper, tasks)
        self._store = store
        self._keeper = keeper
        self._tasks = tasks
        self._last: Summary | None = None
        self._wish: object = None
        self._talks.current_changed.connect(self.current_changed)
        self._talks.answer_finished.connect(self.answer_finished)
        self._talks.told.connect(self._on_talks_told)
        self.rows.more_wanted.connect(self._fetch_more)
        self.deletion.changed.connect(self.changed)
        self.deletion.problem_raised.connect(self.problem_raised)
        keeper.opened.connect(self._on_keeper_opened)
        keeper.marks.told.connect(self._on_marks_told)

    @property
    def current(self) -> Talk:
        """What is shown."""
        return self._talks.current

    def set_keeps_new(self, *, keeps_new: bool) -> None:
        """Whether conversations are kept that begin from now on; the shown one too, if it is empty."""
        if keeps_new != self._talks.keeps_new:
            self._talks.keeps_new = keeps_new
            if self.current.is_empty:
                self.begin()

    def begin(self, *, is_kept: bool | None = None) -> None:
        """Show an empty conversation; `is_kept` False: one that never touches the disk."""
        self._wish = None
        is_kept = self._talks.keeps_new if is_kept is None else is_kept
        if not self.current.is_empty or self.current.is_kept != is_kept:
            self._talks.show(self._talks.new(is_kept=is_kept))

    def show(
        self, conversation_id: ConversationId, message: MessageId | None = None, needle: str = ""
    ) -> None:
        """Show a conversation as soon as it is read, and in it `message`, which holds `needle`.

        Without that, the end of a long one is shown first.
        """
        self._wish = wish = object()
        talk = self._talks.find(conversation_id)
        if talk is not None and talk.is_whole:
            self._show(talk, message, needle)
        else:
            self._start(lambda: self._load(conversation_id, wish, message, needle), "open conversation")

    def rename(self, conversation_id: ConversationId, title: str) -> None:
        """Give it a title of the user's own; an empty one brings the first question's words back."""
        title = " ".join(title.split())
        talk = self._talks.find(conversation_id)
        if talk is not None:
            talk.own_title = title
            self._list(talk)
        elif title and (known := self.rows.summary(conversation_id)) is not None:
            self.rows.put(replace(known, title=title))
        if talk is None or talk.is_kept:
            self._keeper.marks.rename(conversation_id, title)

    def pin(self, conversations: Sequence[ConversationId], *, is_pinned: bool) -> None:
        """Let them stand above the others, or not any more."""
        for each in conversations:
            talk = self._talks.find(each)
            if talk is not None:
                talk.is_pinned = is_pinned
                self._list(talk)
            elif (known := self.rows.summary(each)) is not None:
                self.rows.put(replace(known, is_pinned=is_pinned))
        unkept = {talk.id for talk in self._talks if not talk.is_kept}
        kept = [each for each in conversations if each not in unkept]
        self._keeper.marks.pin(kept, is_pinned=is_pinned)

    def quit(self) -> None:
        """The app ends: what streams is cut off, and kept as that."""
        for talk in self._talks:
            talk.cut_off()

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _on_keeper_opened(self, opened: Opened) -> None:
        self._fetch_more()
        is_untouched = self.current.is_empty and self._wish is None
        if opened.cut_off and is_untouched:
            self.show(opened.cut_off[0])

    def _on_marks_told(self, conversations: Sequence[ConversationId]) -> None:
        self.changed.emit()
        self._start(lambda: self._renew(conversations), "list conversations again")

    def _on_talks_told(self, talk: Talk) -> None:
        if not talk.is_empty:
            self._list(talk)

    def _list(self, talk: Talk) -> None:
        self.rows.put(talk.summary(), is_busy=talk.is_busy)
        if talk is self.current:
            self.current_told.emit(talk)

    def _show(self, talk: Talk, message: MessageId | None, needle: str) -> None:
        if message is not None and message not in _path(talk):
            talk.show(message)
        self._talks.show(talk)
        if message is not None and message in (path := _path(talk)):
            self.message_found.emit(path.index(message), needle)

    def _fetch_more(self) -> None:
        after = self._last
        self._start(lambda: self._fetch(after), "list conversations")

    async def _fetch(self, after: Summary | None) -> None:
        try:
            page = await self._store.page(after, PAGE)
        except HistoryError:
            self.rows.extend((), is_all=False)  # so that it is asked for again
            raise
        self._last = page[-1] if page else after
        # What is in memory is newer than what was read.
        read = [each for each in page if self._talks.find(each.id) is None and not self.deletion.has(each.id)]
        self.rows.extend(read, is_all=len(page) < PAGE)

    async def _load(
        self, conversation_id: ConversationId, wish: object, message: MessageId | None, needle: str
    ) -> None:
        summary = self.rows.summary(conversation_id) or await self._store.summary(conversation_id)
        if message is None:
            await self._show_end(summary, wish)
        try:
            conversation = await self._store.load(conversation_id)
        except HistoryError:
            if self._is_wanted(conversation_id, wish):
                self._talks.remove(conversation_id)
                raise
            return
        talk = self._talks.find(conversation_id)
        is_wanted = self._is_wanted(conversation_id, wish)
        if talk is None and not is_wanted:
            return
        if talk is None or not talk.is_whole:
            # It may have been named meanwhile.
            talk = self._talks.opened(self.rows.summary(conversation_id) or summary, conversation)
            self._list(talk)
        if is_wanted:
            self._show(talk, message, needle)

    async def _show_end(self, summary: Summary, wish: object) -> None:
        """Show what stands last in a long conversation, as that is soon read."""
        end = await self._store.load_end(summary.id, END)
        is_wanted = self._is_wanted(summary.id, wish) and self._talks.find(summary.id) is None
        if end.has_more and is_wanted:
            self._talks.show(self._talks.begun(summary, end))
            # What is read meanwhile would keep the window from painting it.
            await asyncio.sleep(_PAINTED_SECONDS)

    def _is_wanted(self, conversation_id: ConversationId, wish: object) -> bool:
        """Whether nobody chose another one, or deleted this one, while it was read."""
        return self._wish is wish and not self.deletion.has(conversation_id)

    async def _renew(self, conversations: Sequence[ConversationId]) -> None:
        """List those that are not in memory as the disk has them now."""
        for each in [each for each in conversations if not self.deletion.has(each)]:
            with suppress(ConversationGone):
                summary = await self._store.summary(each)
                if self._talks.find(each) is None and not self.deletion.has(each):
                    self.rows.put(summary)

    def _start(self, work: _Work, name: str) -> None:
        self._tasks.start(self._told(work), name)

    async def _told(self, work: _Work) -> None:
        try:
            await work()
        except HistoryError as error:
            self.problem_raised.emit(without_frames(error))


def _path(talk: Talk) -> list[MessageId]:
    """The messages that are shown of it."""
    return [node.id for node in talk.conversation.path()]
