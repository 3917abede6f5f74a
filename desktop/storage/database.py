"""The file `history.db`: how it is opened, and how something is done in it wholly or not at all."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from desktop.storage import private

NAME = "history.db"

_PATIENCE = 1.0
"""Seconds that are waited for another program's lock."""

_SETTINGS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
)


def connect(path: Path) -> sqlite3.Connection:
    """Open or make the database at `path`, 0600 with all that SQLite puts beside it.

    It commits by itself: see `transaction`. Raises `sqlite3.Error` and `OSError`.
    """
    # SQLite gives the files beside it the mode of this one.
    private.make_file(path)
    db = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    try:
        for setting in _SETTINGS:
            db.execute(setting)
    except BaseException:
        db.close()
        raise
    return db


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """What is done inside is on the disk at the end, or was never done."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        # Of some errors SQLite rolls back itself.
        with suppress(sqlite3.Error):
            if db.in_transaction:
                db.execute("ROLLBACK")
        raise
