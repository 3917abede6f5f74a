"""What is kept on this machine, where, and an end of all of it: the history as the settings show it."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.domain.errors import without_frames
from desktop.domain.history_errors import HistoryError
from desktop.domain.ports import HistoryStore
from desktop.runtime.tasks import TaskOwner
from desktop.viewmodels.deletion import Deletion


class HistorySettings(QObject):
    """Measures the history, and empties it.

    Signals:
        measured: The `HistorySize` of now.
        measuring_failed: The `HistoryError` why it is not known.
        emptied: Nothing is kept any more.
        deleting_failed: The `HistoryError` why something is still kept that was to be deleted.
    """

    measured = Signal(object)
    measuring_failed = Signal(object)
    emptied = Signal()
    deleting_failed = Signal(object)

    def __init__(self, store: HistoryStore, deletion: Deletion, tasks: TaskOwner) -> None:
        super().__init__()
        self._store = store
        self._deletion = deletion
        self._tasks = tasks
        deletion.emptied.connect(self.emptied)
        deletion.problem_raised.connect(self.deleting_failed)

    @property
    def folder(self) -> Path:
        """Where everything lies that is kept; it may not be there yet."""
        return self._store.folder

    def measure(self) -> None:
        """Find out how much there is; `measured` or `measuring_failed` follows."""
        self._tasks.start(self._measure(), "measure history")

    def delete_everything(self) -> None:
        """Begin to; `emptied` or `deleting_failed` follows."""
        self._deletion.delete_everything()

    async def _measure(self) -> None:
        try:
            self.measured.emit(await self._store.size())
        except HistoryError as error:
            self.measuring_failed.emit(without_frames(error))
