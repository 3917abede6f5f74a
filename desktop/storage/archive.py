"""The folder of the history and its open database: made ready, mended, and let go."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from desktop.domain.history import ConversationId, Opened
from desktop.storage import deletion, drafts, index, private
from desktop.storage.database import NAME, connect, transaction
from desktop.storage.failures import history_error
from desktop.storage.image_files import ImageFiles
from desktop.storage.migrations import migrate
from desktop.storage.thread import Slices

T = TypeVar("T")


class Archive:
    """What lies in `folder`; used on the database thread only. Methods raise `HistoryError`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._db: sqlite3.Connection | None = None
        self._opened = Opened()
        self.files = ImageFiles(folder)

    def open(self) -> Opened:
        """Make ready, unless it is; what was found when it was made ready."""
        self.do(lambda _: None)
        return self._opened

    def do(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """What `work` returns; it may raise errors of SQLite and of the disk."""
        try:
            return work(self._ready())
        except (sqlite3.Error, OSError) as error:
            raise history_error(error, self._folder) from error

    def do_slices(self, slices: Slices) -> Slices:
        """`slices`, which may raise errors of SQLite and of the disk."""
        while True:
            try:
                next(slices)
            except StopIteration:
                return
            except (sqlite3.Error, OSError) as error:
                raise history_error(error, self._folder) from error
            yield

    def purge(self) -> Slices:
        """See `HistoryStore.purge`."""
        return self.do_slices(deletion.purge(self._ready, self.files))

    def delete_everything(self) -> Slices:
        """See `HistoryStore.delete_everything`."""
        return self.do_slices(self._delete_everything())

    def _delete_everything(self) -> Slices:
        self.close()
        for path in self._folder.glob(f"{NAME}*"):
            path.unlink(missing_ok=True)
        self._ready()
        yield
        for path in self.files.all():
            path.unlink(missing_ok=True)
            yield

    def close(self) -> None:
        if self._db is not None:
            self._db.close()
            self._db = None

    def _ready(self) -> sqlite3.Connection:
        if self._db is None:
            self._db = self._connected()
        return self._db

    def _connected(self) -> sqlite3.Connection:
        private.make_folder(self._folder)
        db = connect(self._folder / NAME)
        try:
            migrate(db)
            self._opened = Opened(cut_off=end_answers(db), draft=drafts.load(db))
        except BaseException:
            db.close()
            raise
        return db


_STREAMING = """
SELECT id, conversation, text, read, reasoning FROM message WHERE is_question = 0 AND finish IS NULL
"""


def end_answers(db: sqlite3.Connection) -> tuple[ConversationId, ...]:
    """Give answers that were cut off the pieces they grew by; their conversations, newest first."""
    with transaction(db):
        streaming = db.execute(_STREAMING).fetchall()
        for message, _, text, read, reasoning in streaming:
            _end(db, message, text, read, reasoning)
    found = {row[1] for row in streaming}
    order = "SELECT id FROM conversation WHERE deleted = 0 ORDER BY used DESC, id DESC"
    return tuple(ConversationId(row[0]) for row in db.execute(order) if row[0] in found) if found else ()


def _end(db: sqlite3.Connection, message: int, text: str, read: str, reasoning: str) -> None:
    pieces = "SELECT text, reasoning FROM piece WHERE message = ? ORDER BY id"
    rows = db.execute(pieces, (message,)).fetchall()
    text = "".join([text, *(row[0] for row in rows)])
    reasoning = "".join([reasoning, *(row[1] for row in rows)])
    change = "UPDATE message SET text = ?, reasoning = ?, finish = 'interrupted' WHERE id = ?"
    db.execute(change, (text, reasoning, message))
    db.execute("DELETE FROM piece WHERE message = ?", (message,))
    index.add(db, message, index.searchable(text, read))
