"""What can be read of a damaged database, row by row, as a new one."""

import heapq
import sqlite3
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path

from desktop.storage import mending
from desktop.storage.database import connect, transaction
from desktop.storage.migrations import migrate
from desktop.storage.rows import Row

# Below, names of tables and columns stand in statements: they are our own.

TABLES = ("conversation", "message", "image", "part", "piece", "draft", "draft_part")
"""Each after those that it refers to."""

_LOWEST, _HIGHEST = -(1 << 63), (1 << 63) - 1

_PROBES = 2000
"""Ranges of one table that are tried at most."""


def recover(damaged: Path, recovered: Path) -> int:
    """Make a database at `recovered` of what can be read at `damaged`; how many conversations that are.

    Raises `sqlite3.Error` and `OSError` if it cannot be made.
    """
    with closing(connect(recovered)) as new, closing(_reader(damaged)) as old:
        migrate(new)
        new.execute("PRAGMA foreign_keys = OFF")
        with transaction(new):
            for table in TABLES:
                _copy(old, new, table)
            mending.mend(new)
            mending.index(new)
        new.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return int(new.execute("SELECT count(*) FROM conversation").fetchone()[0])


def walk(db: sqlite3.Connection, table: str, columns: Sequence[str]) -> Iterator[Row]:
    """The rows of `table` that can be read, the rowid first, in no order.

    Each range of rowids is read from both ends as far as it goes; what lies between is tried by halves.
    """
    names = ", ".join(columns)
    select = f"SELECT rowid, {names} FROM {table} WHERE rowid BETWEEN ? AND ? ORDER BY rowid"  # noqa: S608
    ranges = [(0, _LOWEST, _HIGHEST)]
    for _ in range(_PROBES):
        if not ranges:
            return
        _, low, high = heapq.heappop(ranges)
        up = yield from _read(db, select, low, high)
        if up == _WHOLE:
            continue
        low = low if up is None else up + 1
        down = yield from _read(db, f"{select} DESC", low, high)
        high = high if down is None else down - 1
        if down != _WHOLE and low < high:
            middle = (low + high) // 2
            for half in ((low, middle), (middle + 1, high)):
                heapq.heappush(ranges, (half[0] - half[1], *half))


# ── inside ──────────────────────────────────────────────────────────────────────────────────────

_WHOLE = _HIGHEST + 1
"""Instead of a rowid: the range was read to its end."""


def _read(db: sqlite3.Connection, select: str, low: int, high: int) -> Generator[Row, None, int | None]:
    """Yield rows; return the rowid of the last one that could be read, None if there was none."""
    last = None
    with suppress(sqlite3.DatabaseError):
        for row in db.execute(select, (low, high)):
            yield row
            last = row[0]
        return _WHOLE
    return last


def _reader(path: Path) -> sqlite3.Connection:
    """It writes nothing, and takes texts and schemas for what they still are."""
    db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    db.text_factory = lambda stored: stored.decode("utf-8", "replace")
    with suppress(sqlite3.DatabaseError):
        db.execute("PRAGMA writable_schema = ON")
    return db


def _copy(old: sqlite3.Connection, new: sqlite3.Connection, table: str) -> None:
    columns = _columns(old, new, table)
    places = ", ".join("?" for _ in columns)
    insert = f"INSERT OR IGNORE INTO {table}({', '.join(columns)}) VALUES ({places})"  # noqa: S608
    for _, *row in walk(old, table, columns):
        new.execute(insert, row)


def _columns(old: sqlite3.Connection, new: sqlite3.Connection, table: str) -> list[str]:
    """Those that both have; all of them where that cannot be told."""
    wanted = [row[1] for row in new.execute(f"PRAGMA table_info({table})")]
    with suppress(sqlite3.DatabaseError):
        found = {row[1] for row in old.execute(f"PRAGMA table_info({table})")}
        return [name for name in wanted if name in found] or wanted
    return wanted
