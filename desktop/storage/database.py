"""The file `history.db`: how it is opened, and how something is done in it wholly or not at all."""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from desktop import private
from desktop.storage.failures import Damaged

NAME = "history.db"

_PATIENCE = 1.0
"""Seconds that are waited for another program's lock."""

LARGEST_VALUE = 256 << 20
"""Bytes of one text, at most: SQLite would make four times as many of a few letters in a tampered schema."""

_SETTINGS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA temp_store = MEMORY",
)

_CAUTIONS = (
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA mmap_size = 0",
)
"""For files that anyone may have made (https://sqlite.org/security.html)."""


def connect(path: Path) -> sqlite3.Connection:
    """Open or make the database at `path`, 0600 with all that SQLite puts beside it.

    It commits by itself: see `transaction`. Raises `sqlite3.Error` and `OSError`.
    """
    # SQLite gives the files beside it the mode of this one.
    private.make_file(path)
    db = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    try:
        be_careful(db)
        if sys.version_info >= (3, 12):
            db.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE)
        for setting in _SETTINGS:
            db.execute(setting)
    except UnicodeDecodeError as error:
        # What SQLite says of a damaged schema quotes it.
        db.close()
        raise Damaged("a schema that is no text") from error
    except BaseException:
        db.close()
        raise
    return db


def be_careful(db: sqlite3.Connection) -> None:
    """Let what is in the file do as little as it can. Raises `sqlite3.Error`."""
    db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_VALUE)
    for caution in _CAUTIONS:
        db.execute(caution)


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
