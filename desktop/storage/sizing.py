"""How much the history takes up on the disk."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from desktop.domain.history import HistorySize

_COUNT = "SELECT count(*) FROM conversation WHERE deleted = 0"


def measure(db: sqlite3.Connection, folder: Path) -> HistorySize:
    """See `HistoryStore.size`: what is set aside, copied and deleted but not purged counts too."""
    return HistorySize(db.execute(_COUNT).fetchone()[0], sum(_lengths(folder)))


def _lengths(folder: Path | str) -> Iterator[int]:
    # Not `Path.walk`: there may be tens of thousands of files, and the database waits meanwhile.
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _lengths(entry.path)
            else:
                with suppress(FileNotFoundError):  # removed meanwhile
                    yield entry.stat(follow_symlinks=False).st_size
