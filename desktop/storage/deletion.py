"""True deletion: what was deleted is in no file any more.

SQLite overwrites what it deletes (`secure_delete`), the index once it is merged, the log once it is taken
over; files of images go when no row names them.
"""

import sqlite3
from collections.abc import Callable, Iterator

from desktop.storage import index, titles
from desktop.storage.database import transaction
from desktop.storage.image_files import ImageFiles
from desktop.storage.marking import GOING, HIDDEN
from desktop.storage.pictures import forget_unnamed
from desktop.storage.thread import Slices

_MESSAGES = 50
"""So many messages a slice removes."""

_PAGES = 200
"""So many pages a slice gives back to the disk."""

_NEXT = (
    "SELECT id, is_question = 0 AND finish IS NULL, text, read FROM message WHERE conversation = ? LIMIT ?"
)

Database = Callable[[], sqlite3.Connection]
"""The open database; another one after damage."""


def purge(database: Database, files: ImageFiles) -> Slices:
    """Make an end of the hidden conversations; begun again, it goes on where it was left."""
    going = _going(database())
    if not going:
        return
    for conversation in going:
        while _remove_messages(database(), files, conversation):
            yield
    yield from _scrub(database)
    _forget(database(), going)
    yield
    database().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _going(db: sqlite3.Connection) -> list[int]:
    """From now on they cannot be restored."""
    with transaction(db):
        db.execute("UPDATE conversation SET deleted = ? WHERE deleted = ?", (GOING, HIDDEN))
    return [row[0] for row in db.execute("SELECT id FROM conversation WHERE deleted = ?", (GOING,))]


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


def _scrub(database: Database) -> Iterator[None]:
    while index.merge_step(database()):
        yield
    while _free_pages(database()):
        database().execute(f"PRAGMA incremental_vacuum({_PAGES})").fetchall()
        yield


def _free_pages(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA freelist_count").fetchone()[0])


def _forget(db: sqlite3.Connection, conversations: list[int]) -> None:
    with transaction(db):
        for each in conversations:
            with titles.indexed(db, each):
                db.execute("DELETE FROM conversation WHERE id = ?", (each,))
