"""What can be read of a damaged database, row by row, as a new one."""

import sqlite3
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from desktop.storage import asides, mending
from desktop.storage.database import be_careful, connect, transaction
from desktop.storage.failures import Damaged
from desktop.storage.header import copy_with_header
from desktop.storage.migrations import migrate
from desktop.storage.rows import Row

# Below, names of tables and columns stand in statements: they are our own.

_TABLES = {
    "conversation": "SELECT id FROM conversation WHERE deleted = 0 ORDER BY pinned DESC, used DESC, id DESC",
    "message": "SELECT id FROM message ORDER BY conversation, number",
    "image": "SELECT rowid FROM image ORDER BY digest",
    "part": "SELECT rowid FROM part ORDER BY message, place",
    "piece": "SELECT id FROM piece ORDER BY message, id",
    "draft": "SELECT id FROM draft",
    "draft_part": "SELECT place FROM draft_part",
}
"""What is recovered, each after what it refers to; and how its rowids are read from an index of its own."""

_KIND = "SELECT type, rootpage > 0 FROM sqlite_schema WHERE name = ?"

_LOWEST, _HIGHEST = -(1 << 63), (1 << 63) - 1


def recover(damaged: Path, recovered: Path) -> int:
    """Make a database at `recovered` of what can be read at `damaged`; how many conversations that are.

    Raises `sqlite3.Error` and `OSError` if it cannot be made.
    """
    with closing(connect(recovered)) as new:
        migrate(new)
        _take_over_log(new)
        with _readable(damaged, recovered) as old:
            _fill(new, old)
        _take_over_log(new)
        return int(new.execute("SELECT count(*) FROM conversation").fetchone()[0])


def walk(db: sqlite3.Connection, table: str, columns: Sequence[str], rowids: str) -> Iterator[Row]:
    """The rows of `table` that can be read, the rowid first, in no order.

    It is read from both ends as far as that goes; what lies between, by the `rowids` that an index has.
    """
    names = ", ".join(columns)
    select = f"SELECT rowid, {names} FROM {table} WHERE rowid BETWEEN ? AND ? ORDER BY rowid"  # noqa: S608
    low = yield from _read_up(db, select)
    if low is None:
        return
    high = yield from _read_down(db, select, low)
    with suppress(sqlite3.DatabaseError):
        for (rowid,) in db.execute(rowids):
            if low <= rowid <= high:
                yield from _read_one(db, select, rowid)


# ── inside ──────────────────────────────────────────────────────────────────────────────────────

# At damage one more row is asked for: `sqlite3` reads ahead, and loses the last one before it.


def _read_up(db: sqlite3.Connection, select: str) -> Generator[Row, None, int | None]:
    """Yield rows; return the rowid from which on they are missing, None if none is."""
    low = _LOWEST
    with suppress(sqlite3.DatabaseError):
        for row in _onward(db.execute(select, (_LOWEST, _HIGHEST)), 1):
            yield row
            low = min(row[0] + 1, _HIGHEST)
        return None
    with suppress(sqlite3.DatabaseError):
        for row in db.execute(f"{select} LIMIT 1", (low, _HIGHEST)):
            yield row
            low = min(row[0] + 1, _HIGHEST)
    return low


def _read_down(db: sqlite3.Connection, select: str, low: int) -> Generator[Row, None, int]:
    """Yield rows from the last on; return the rowid up to which they are missing."""
    high = _HIGHEST
    with suppress(sqlite3.DatabaseError):
        for row in _onward(db.execute(f"{select} DESC", (low, _HIGHEST)), -1):
            yield row
            high = row[0] - 1
    with suppress(sqlite3.DatabaseError):
        for row in db.execute(f"{select} DESC LIMIT 1", (low, high)):
            yield row
            high = row[0] - 1
    return high


def _onward(rows: Iterator[Row], way: int) -> Iterator[Row]:
    """`rows` while their rowids go one `way`, up or down: pages that lead back give rows without end."""
    last: int | None = None
    for row in rows:
        if last is not None and (row[0] - last) * way <= 0:
            raise Damaged("pages that lead back")
        last = row[0]
        yield row


def _read_one(db: sqlite3.Connection, select: str, rowid: int) -> Iterator[Row]:
    with suppress(sqlite3.DatabaseError):
        yield from db.execute(f"{select} LIMIT 1", (rowid, rowid))


@contextmanager
def _readable(damaged: Path, sound: Path) -> Iterator[sqlite3.Connection]:
    """The database at `damaged`, with the header of `sound` if its own is none."""
    with closing(_reader(damaged)) as db:
        if _is_database(db):
            yield db
            return
    copy = damaged.with_name(f"{sound.name}.source")
    try:
        copy_with_header(damaged, sound, copy)
        with closing(_reader(copy)) as db:
            yield db
    finally:
        asides.remove(copy)


def _reader(path: Path) -> sqlite3.Connection:
    """It writes nothing, and takes texts and schemas for what they still are."""
    db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    be_careful(db)
    db.text_factory = lambda stored: stored.decode("utf-8", "replace")
    with suppress(sqlite3.DatabaseError):
        db.execute("PRAGMA writable_schema = ON")
    return db


def _is_database(db: sqlite3.Connection) -> bool:
    try:
        db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return False
    return True


def _fill(new: sqlite3.Connection, old: sqlite3.Connection) -> None:
    new.execute("PRAGMA foreign_keys = OFF")
    with transaction(new):
        for table, rowids in _TABLES.items():
            _copy(old, new, table, rowids)
        mending.mend(new)
        mending.index(new)


def _take_over_log(db: sqlite3.Connection) -> None:
    """Let all that was written be in the file itself."""
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _copy(old: sqlite3.Connection, new: sqlite3.Connection, table: str, rowids: str) -> None:
    if not _may_be_table(old, table):
        return
    columns = _columns(old, new, table)
    places = ", ".join("?" for _ in columns)
    insert = f"INSERT OR IGNORE INTO {table}({', '.join(columns)}) VALUES ({places})"  # noqa: S608
    for _, *row in walk(old, table, list(columns), rowids):
        kinds = zip(row, columns.values(), strict=True)
        new.execute(insert, [_of_kind(value, *kind) for value, kind in kinds])


def _may_be_table(old: sqlite3.Connection, table: str) -> bool:
    """False where a view or a virtual table has the name: such a one may give rows without end."""
    with suppress(sqlite3.DatabaseError):
        found = old.execute(_KIND, (table,)).fetchone()
        return found is None or found == ("table", 1)
    return True


def _of_kind(value: object, kind: str, is_needed: int) -> object:
    """`value` as a column takes it: another program, or a bit, may have made something else of it."""
    if kind == "TEXT":
        # A text that is taken for bytes: we keep none.
        return value.decode("utf-8", "replace") if isinstance(value, bytes) else value
    if value is None or isinstance(value, int) or (kind == "REAL" and isinstance(value, float)):
        return value
    return 0 if is_needed else None


def _columns(old: sqlite3.Connection, new: sqlite3.Connection, table: str) -> dict[str, tuple[str, int]]:
    """Those that both have, all of them where that cannot be told: the kind, and whether it is needed."""
    wanted = {row[1]: (row[2], row[3]) for row in new.execute(f"PRAGMA table_info({table})")}
    with suppress(sqlite3.DatabaseError):
        found = {row[1] for row in old.execute(f"PRAGMA table_info({table})")}
        return {name: told for name, told in wanted.items() if name in found} or wanted
    return wanted
