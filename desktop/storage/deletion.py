"""True deletion: what was deleted is in no file any more.

SQLite overwrites what it deletes (`secure_delete`), but not the copies that stay where it moves rows from one
page to another: https://sqlite.org/lang_vacuum.html gets rid of them. The index overwrites once it is merged,
the log once it is taken over. Files of images go when no row names them.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from desktop.domain.history_errors import HistoryBusy
from desktop.storage import asides, index, titles
from desktop.storage.database import transaction
from desktop.storage.image_files import ImageFiles
from desktop.storage.marking import GOING, HIDDEN
from desktop.storage.pictures import forget_unnamed
from desktop.storage.thread import Slices

_MESSAGES = 20
"""So many messages a slice removes."""

_FILES = 100
"""So many files a slice looks at."""

_NEXT = (
    "SELECT id, is_question = 0 AND finish IS NULL, text, read FROM message WHERE conversation = ? LIMIT ?"
)

Database = Callable[[], sqlite3.Connection]
"""Gives the open database: another one after damage."""


def purge(database: Database, path: Path, files: ImageFiles) -> Slices:
    """Make an end of the hidden conversations; cut short and begun again, it goes on."""
    conversations = going(database())
    if not conversations:
        return
    for conversation in conversations:
        while _remove_messages(database(), files, conversation):
            yield
    # They may hold what is deleted here, and be the only ones to name its images.
    asides.drop_all(path)
    yield
    yield from sweep(database, files)
    while index.merge_step(database()):
        yield
    _overwrite(database())
    yield
    _forget(database(), conversations)


def sweep(database: Database, files: ImageFiles) -> Slices:
    """Remove the files of images that no row names."""
    for count, path in enumerate(files.all()):
        if not _is_named(database(), path):
            path.unlink(missing_ok=True)
        if count % _FILES == 0:
            yield


def going(db: sqlite3.Connection) -> list[int]:
    """What is to be removed; from now on it cannot be restored."""
    if db.execute("SELECT 1 FROM conversation WHERE deleted > 0").fetchone() is None:
        return []
    with transaction(db):
        db.execute("UPDATE conversation SET deleted = ? WHERE deleted = ?", (GOING, HIDDEN))
    return [row[0] for row in db.execute("SELECT id FROM conversation WHERE deleted = ?", (GOING,))]


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _remove_messages(db: sqlite3.Connection, files: ImageFiles, conversation: int) -> bool:
    """Remove some messages of it, or the title; whether there may be more."""
    with transaction(db):
        rows = db.execute(_NEXT, (conversation, _MESSAGES)).fetchall()
        if not rows:
            _empty(db, conversation)
        gone = [digest for row in rows for digest in _remove_message(db, *row)]
    for digest in gone:
        files.remove(digest)
    return bool(rows)


def _remove_message(
    db: sqlite3.Connection, message: int, is_streaming: int, text: str, read: str
) -> list[str]:
    """Remove it; the digests of images that no row names any more."""
    if not is_streaming:
        index.remove(db, message, index.searchable(text, read))
    images = db.execute(
        "SELECT image FROM part WHERE message = ? AND image IS NOT NULL", (message,)
    ).fetchall()
    db.execute("DELETE FROM message WHERE id = ?", (message,))
    return forget_unnamed(db, [row[0] for row in images])


def _empty(db: sqlite3.Connection, conversation: int) -> None:
    """Its row stays until all is done, so that what is cut short is begun again."""
    with titles.indexed(db, conversation):
        db.execute("UPDATE conversation SET title = '', own_title = '' WHERE id = ?", (conversation,))


def _is_named(db: sqlite3.Connection, path: Path) -> bool:
    return db.execute("SELECT 1 FROM image WHERE digest = ?", (path.stem,)).fetchone() is not None


def _overwrite(db: sqlite3.Connection) -> None:
    """Leave nothing but what is there. Raises `HistoryBusy` while another program reads what was there."""
    db.execute("VACUUM")
    (is_busy, *_) = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if is_busy:
        raise HistoryBusy


def _forget(db: sqlite3.Connection, conversations: list[int]) -> None:
    with transaction(db):
        for each in conversations:
            with titles.indexed(db, each):
                db.execute("DELETE FROM conversation WHERE id = ?", (each,))
