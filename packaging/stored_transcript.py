"""The app's transcript in a window of its own, which opens conversations out of a history."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject

from desktop.domain.history import ConversationId
from desktop.domain.models import Catalog
from desktop.domain.settings import Settings
from desktop.runtime.tasks import TaskOwner
from desktop.storage.history import SqliteHistory
from desktop.ui.transcript.view import TranscriptView
from desktop.viewmodels.chat import ChatViewModel
from desktop.viewmodels.keeping import Keeper
from desktop.viewmodels.library import LibraryViewModel
from desktop.viewmodels.outgoing import Outgoing
from tests.support.pictures import ScriptedLinks, ScriptedLoader
from tests.support.scripted import ScriptedBackend

_WIDTH, _HEIGHT = 900, 700


async def cost_of_opening(folder: Path, conversation: ConversationId) -> float:
    """Seconds of CPU, of all threads, until the end of a conversation in the history is painted."""
    transcript = _StoredTranscript(folder)
    try:
        await transcript.begin()
        return await transcript.open(conversation)
    finally:
        await transcript.aclose()


class _StoredTranscript(QObject):
    """A session's library, and a window that shows what is chosen in it."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._store, self._tasks = SqliteHistory(folder), TaskOwner()
        self._keeper = Keeper(self._store, self._tasks)
        outgoing = Outgoing(ScriptedBackend(), self._keeper, ScriptedLoader(), ScriptedLinks())
        self._library = LibraryViewModel(self._store, self._keeper, outgoing, self._tasks)
        self._chat = ChatViewModel(Settings(), Catalog(()), self._library.current)
        self._library.current_changed.connect(self._chat.open)
        self._view = TranscriptView(self._chat.transcript)
        self._view.resize(_WIDTH, _HEIGHT)
        self._view.installEventFilter(self)
        self._painted = asyncio.Event()

    async def begin(self) -> None:
        """Show the empty window, and open the history."""
        listed = asyncio.Event()
        self._library.rows.rowsInserted.connect(lambda *_: listed.set())
        self._view.show()
        self._keeper.open()
        await listed.wait()

    async def open(self, conversation: ConversationId) -> float:
        """Seconds of CPU until its end is painted."""
        began = time.process_time()
        self._library.show(conversation)
        while not len(self._chat.transcript):
            self._painted.clear()
            await self._painted.wait()
        spent = time.process_time() - began
        bar = self._view.verticalScrollBar()
        assert bar.value() == bar.maximum() > 0, "the end is not what was painted first"
        return spent

    async def aclose(self) -> None:
        """Let go of all."""
        self._library.quit()
        await self._tasks.aclose()
        await self._keeper.aclose()
        self._view.close()
        self._view.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.UpdateRequest:
            asyncio.get_running_loop().call_soon(self._painted.set)
        return False
