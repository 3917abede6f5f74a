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


def _lengths(folder: Path) -> Iterator[int]:
    for place, _, names in os.walk(folder):
        for name in names:
            with suppress(FileNotFoundError):  # removed meanwhile
                yield Path(place, name).lstat().st_size
