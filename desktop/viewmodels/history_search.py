"""Searching all conversations: what is typed is asked of the history, one search at a time."""

from typing import Protocol

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop.domain.errors import AppError, without_frames
from desktop.domain.history import HITS, Hit
from desktop.domain.history_errors import HistoryError
from desktop.runtime.tasks import TaskOwner

Index = QModelIndex | QPersistentModelIndex


class SearchStore(Protocol):
    """What is needed here of a `HistoryStore`."""

    async def search(self, needle: str, count: int) -> tuple[Hit, ...]:
        """At most `count` hits, newest first. Raises `HistoryError`."""
        ...


HIT_ROLE = Qt.ItemDataRole.UserRole + 1
"""Of each row, its `Hit`; what is displayed is the title of its conversation."""


class HitList(QAbstractListModel):
    """The hits of one search, a row each."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hits: tuple[Hit, ...] = ()

    def put(self, hits: tuple[Hit, ...]) -> None:
        """List `hits` and no others; nothing happens if they are the same."""
        if hits != self._hits:
            self.beginResetModel()
            self._hits = hits
            self.endResetModel()

    def row_of(self, hit: Hit) -> int:
        """Where the same message, or title, stands now; -1 if it does not."""
        wanted = hit.summary.id, hit.message
        rows = (row for row, each in enumerate(self._hits) if (each.summary.id, each.message) == wanted)
        return next(rows, -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not 0 <= index.row() < len(self._hits):
            return None
        hit = self._hits[index.row()]
        if role == HIT_ROLE:
            return hit
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.summary.title or self.tr("New conversation")
        return None


class HistorySearch(QObject):
    """Finds what is typed in everything that is kept; `hits` lists what was found.

    Signals:
        found: The hits, a tuple of at most `HITS`, and the needle that they hold.
        problem_raised: A `HistoryError`: the history cannot be searched now. There are no hits then.
        busy_changed: Whether an answer is waited for.
    """

    found = Signal(object, str)
    problem_raised = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, store: SearchStore, tasks: TaskOwner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.hits = HitList(self)
        self._store = store
        self._tasks = tasks
        self._needle = ""
        self._answered = ""
        self._problem: AppError | None = None
        self._is_busy = False
        self._is_due = False
        """Whether something is to be asked, at the latest when the search that is under way has ended."""

    @property
    def needle(self) -> str:
        """What is searched for: neither begins nor ends with white space."""
        return self._needle

    @property
    def is_answered(self) -> bool:
        """Whether the hits, or the problem, are those of `needle`."""
        return self._answered == self._needle

    @property
    def problem(self) -> AppError | None:
        """Why there are no hits, unless that is because nothing was found."""
        return self._problem

    def set_needle(self, needle: str) -> None:
        """Search for `needle`; for nothing, if it is white space."""
        needle = needle.strip()
        if needle == self._needle:
            return
        self._needle = needle
        if needle:
            self._ask()
        else:
            self._is_due = False
            self._take((), needle)

    def refresh(self) -> None:
        """What is kept has changed: search again, if anything is searched for."""
        if self._needle:
            self._ask()

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _ask(self) -> None:
        self._is_due = True
        if not self._is_busy:
            self._set_busy(is_busy=True)
            self._tasks.start(self._search(), "search history")

    async def _search(self) -> None:
        try:
            while self._is_due:
                self._is_due = False
                await self._search_once(self._needle)
        finally:
            self._set_busy(is_busy=False)

    async def _search_once(self, needle: str) -> None:
        try:
            hits = await self._store.search(needle, HITS)
        except HistoryError as error:
            self._fail(without_frames(error), needle)
        else:
            self._take(hits, needle)

    def _take(self, hits: tuple[Hit, ...], needle: str) -> None:
        if needle == self._needle:
            self._answered, self._problem = needle, None
            self.hits.put(hits)
            self.found.emit(hits, needle)

    def _fail(self, error: AppError, needle: str) -> None:
        if needle == self._needle:
            self._answered, self._problem = needle, error
            self.hits.put(())
            self.problem_raised.emit(error)

    def _set_busy(self, *, is_busy: bool) -> None:
        self._is_busy = is_busy
        self.busy_changed.emit(is_busy)
