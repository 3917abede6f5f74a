"""A library over a real history, whose answers a test writes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from desktop.domain.events import Finished, TextDelta
from desktop.domain.history import ConversationId
from desktop.domain.messages import Message, user_message
from desktop.domain.models import Catalog
from desktop.domain.settings import Settings
from desktop.runtime.tasks import TaskOwner
from desktop.storage.history import SqliteHistory
from desktop.viewmodels.asking import Asking
from desktop.viewmodels.conversations import ConversationRole
from desktop.viewmodels.history_settings import HistorySettings
from desktop.viewmodels.keeping import Keeper
from desktop.viewmodels.library import LibraryViewModel
from desktop.viewmodels.outgoing import Outgoing
from desktop.viewmodels.talk import Talk
from tests.support.pictures import ScriptedLinks, ScriptedLoader
from tests.support.qt import first, heard
from tests.support.scripted import ScriptedBackend

ASKING = Asking(Settings(), Catalog(()), "a-model")


class LibraryBench:
    """One run of an app that has no window."""

    def __init__(self, folder: Path) -> None:
        self.backend = ScriptedBackend()
        self.tasks = TaskOwner()
        self.store = SqliteHistory(folder)
        self.keeper = Keeper(self.store, self.tasks)
        self.loader, self.links = ScriptedLoader(), ScriptedLinks()
        outgoing = Outgoing(self.backend, self.keeper, self.loader, self.links)
        self.library = LibraryViewModel(self.store, self.keeper, outgoing, self.tasks)
        self.history = HistorySettings(self.store, self.library.deletion, self.tasks)
        self.found = heard(self.library.message_found)
        self.problems = heard(self.library.problem_raised)

    @property
    def talk(self) -> Talk:
        return self.library.current

    @property
    def shown(self) -> list[str]:
        """The texts of the messages that are shown."""
        path = self.talk.conversation.path()
        return [
            node.question.text if node.question else node.answer.text if node.answer else "" for node in path
        ]

    @property
    def titles(self) -> list[str]:
        """Of the list, without its headings."""
        rows = self.library.rows
        indexes = [rows.index(row) for row in range(rows.rowCount())]
        return [index.data() for index in indexes if index.data(ConversationRole.SUMMARY) is not None]

    @property
    def busy(self) -> list[str]:
        """The titles that are marked as streaming."""
        rows = self.library.rows
        indexes = [rows.index(row) for row in range(rows.rowCount())]
        return [index.data() for index in indexes if index.data(ConversationRole.IS_BUSY)]

    async def ask(self, question: str | Message, answer: str = "Well.") -> ConversationId:
        """Ask what is shown, and wait for the answer and for the disk."""
        self.backend.answer_with(TextDelta(answer), Finished("stop"))
        message = user_message(question) if isinstance(question, str) else question
        ended = first(self.talk.answer_finished)
        self.talk.send(message, ASKING)
        await ended
        if self.talk.is_kept:
            await self.keeper.settled(self.talk.id)
        return self.talk.id

    async def open(self, conversation_id: ConversationId) -> None:
        """Show a conversation of the history."""
        self.library.show(conversation_id)
        await self.done()

    async def done(self) -> None:
        """Until nothing is under way any more."""
        while live := list(self.tasks._live):
            await asyncio.wait(live)
            await asyncio.sleep(0)

    async def aclose(self) -> None:
        """As the app ends."""
        self.library.quit()
        await self.tasks.aclose()
        await self.keeper.aclose()


@asynccontextmanager
async def library_in(folder: Path) -> AsyncIterator[LibraryBench]:
    """Open a library in `folder`, as a start of the app does."""
    bench = LibraryBench(folder)
    opened = first(bench.keeper.opened)
    bench.keeper.open()
    await opened
    await bench.done()
    try:
        yield bench
    finally:
        await bench.aclose()
