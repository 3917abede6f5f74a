"""The library over a real history, without a window."""

from pathlib import Path

from desktop.runtime.tasks import TaskOwner
from desktop.storage.history import SqliteHistory
from desktop.viewmodels.history_settings import HistorySettings
from desktop.viewmodels.keeping import Keeper
from desktop.viewmodels.library import LibraryViewModel
from tests.support.scripted import ScriptedBackend


class Library:
    """The view models of conversations over a history in `folder`; answers are written by the test."""

    def __init__(self, folder: Path, tasks: TaskOwner | None = None) -> None:
        self.tasks = tasks or TaskOwner()
        self.store = SqliteHistory(folder)
        self.backend = ScriptedBackend()
        self.keeper = Keeper(self.store, self.tasks)
        self.model = LibraryViewModel(self.store, self.keeper, self.backend, self.tasks)
        self.settings = HistorySettings(self.store, self.model.deletion, self.tasks)

    async def aclose(self) -> None:
        await self.tasks.aclose()
        await self.keeper.aclose()
