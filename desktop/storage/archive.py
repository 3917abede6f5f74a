"""The folder of the history and its open database: made ready, mended, tidied up and let go."""

import logging
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from desktop.domain.history import Opened
from desktop.domain.history_errors import HistoryError, HistoryLost, HistoryRecovered
from desktop.storage import asides, deletion, drafts, loading
from desktop.storage.cut_off import end_answers
from desktop.storage.database import NAME
from desktop.storage.failures import history_error, is_damage, is_damage_at_start
from desktop.storage.header import version_in
from desktop.storage.image_files import ImageFiles
from desktop.storage.opening import open_database, recover
from desktop.storage.thread import Slices

T = TypeVar("T")

_log = logging.getLogger(__name__)


class Archive:
    """What lies in `folder`; used on the database thread only. Methods raise `HistoryError`."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._db: sqlite3.Connection | None = None
        self._opened: Opened | None = None
        self._problem: HistoryError | None = None
        self._untold: HistoryError | None = None
        self._may_have_strays = False
        self.files = ImageFiles(folder)

    def open(self) -> Opened:
        """Make ready, unless it is; what was found when it was made ready first."""
        self.do(lambda _: None)
        assert self._opened is not None
        return self._opened

    def close(self) -> None:
        """Let go of the database; whatever is done next opens it again. Raises nothing."""
        if self._db is not None:
            with suppress(sqlite3.Error):
                self._db.close()
            self._db = None

    def do(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """What `work` returns; it may raise errors of SQLite and of the disk."""
        if self._untold is not None:
            untold, self._untold = self._untold, None
            raise untold
        try:
            return work(self._ready())
        except (sqlite3.Error, OSError) as error:
            raise self._told(error) from error

    # ── long work ───────────────────────────────────────────────────────────────────────────────

    def tidy(self) -> Slices:
        """Do what the last run left undone: sweep up files, delete truly what is deleted.

        Nobody waits for it: damage that it meets is told by whatever is done next.
        """
        try:
            yield from self._slices(self._tidy())
        except (HistoryRecovered, HistoryLost) as problem:
            self._untold = problem
        except HistoryError:
            _log.warning("the history could not be tidied up", exc_info=True)

    def purge(self) -> Slices:
        """See `HistoryStore.purge`."""
        return self._slices(deletion.purge(self._ready, self._path, self.files))

    def delete_everything(self) -> Slices:
        """See `HistoryStore.delete_everything`."""
        return self._slices(self._delete_everything())

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _ready(self) -> sqlite3.Connection:
        if self._db is None:
            self._may_have_strays |= asides.was_left_open(self._path) or version_in(self._path) == 0
            self._db = self._connected()
        return self._db

    def _connected(self) -> sqlite3.Connection:
        try:
            return self._looked_at(open_database(self._path))
        except sqlite3.Error as error:
            if not is_damage_at_start(error):
                raise
            self._problem = self._recovered()
            return self._looked_at(open_database(self._path))

    def _looked_at(self, db: sqlite3.Connection) -> sqlite3.Connection:
        try:
            loading.try_out(db)
            # Not again after damage in use: there, answers may be streaming.
            if self._opened is None:
                self._opened = Opened(self._problem, end_answers(db), drafts.load(db))
        except BaseException:
            db.close()
            raise
        return db

    def _recovered(self) -> HistoryError:
        problem = recover(self._path)
        # What was set aside may name files that no row names any more.
        self._may_have_strays = False
        return problem

    def _told(self, error: sqlite3.Error | OSError) -> HistoryError:
        if self._db is None or not is_damage(error):
            return history_error(error, self._path.parent)
        self.close()
        try:
            return self._recovered()
        except (sqlite3.Error, OSError) as failure:
            return history_error(failure, self._path.parent)

    def _slices(self, slices: Slices) -> Slices:
        try:
            yield from slices
        except (sqlite3.Error, OSError) as error:
            raise self._told(error) from error

    def _tidy(self) -> Slices:
        if self._may_have_strays:
            yield from deletion.sweep(self._ready, self.files)
            self._may_have_strays = False
        yield from deletion.purge(self._ready, self._path, self.files)

    def _delete_everything(self) -> Slices:
        self.close()
        asides.remove(self._path)
        asides.drop_all(self._path)
        yield
        yield from deletion.sweep(self._ready, self.files)
