"""Whether the tables are those that our migrations make, and nothing stands beside them.

Triggers, views, generated columns and checks in a file from elsewhere act by themselves; other tables are
another program's.
"""

import sqlite3
from contextlib import closing
from functools import cache

from desktop.storage.failures import Damaged
from desktop.storage.migrations import STEPS, migrate
from desktop.storage.rows import Row

_OBJECTS = "SELECT type, name, tbl_name, sql FROM sqlite_schema"
_IS_VIRTUAL = "CREATE VIRTUAL TABLE "


def check_schema(db: sqlite3.Connection, version: int) -> None:
    """Raises `Damaged` unless the schema of `db` is that of `version`; 0: nothing is there."""
    if _schema_of(db) != _ours(version):
        raise Damaged("a schema that is not ours")


@cache
def _ours(version: int) -> frozenset[Row]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        migrate(db, STEPS[:version])
        return _schema_of(db)


def _schema_of(db: sqlite3.Connection) -> frozenset[Row]:
    rows = db.execute(_OBJECTS).fetchall()
    virtual = [f"{name}_" for _, name, _, sql in rows if str(sql).startswith(_IS_VIRTUAL)]
    return frozenset(_without_sql(row) if str(row[1]).startswith(tuple(virtual)) else row for row in rows)


def _without_sql(row: Row) -> Row:
    """A table that SQLite itself made for a virtual one: each of its versions may make it in other words."""
    return (*row[:3], None)
