"""A table of SQLite's full-text search that tells which rows of another table hold which grams.

It keeps no text, nor where in a text a gram stands, which would make it several times as large. So whoever
removes a row must say what it was added with.
"""

import sqlite3
from typing import NamedTuple

from desktop.storage.failures import Damaged
from desktop.storage.grams import TOKENIZER, tokens

_STATES = """
CREATE TABLE IF NOT EXISTS gram_table(
  name TEXT PRIMARY KEY,
  stale INTEGER NOT NULL DEFAULT 0,
  missing INTEGER NOT NULL
) WITHOUT ROWID
"""
"""`stale`: something removed is still in the file. `missing`: rows below this id are not added yet."""

_PAGES = 32
"""So many pages of 4 kB are written by a step of merging, which takes some 10 ms."""

_ROWS = 25
"""So many rows are added by a step; of usual messages they take some 10 ms."""

_MOST_LEVELS = 1000
"""SQLite 3.40 adds a level each time that all is merged, and breaks the table when there are 2 000."""

_HEAD = 5
_STRUCTURE = 10
"""The row of FTS5's data in which, after four bytes, the number of levels stands, seven bits in a byte."""


class GramTable(NamedTuple):
    """`rows` selects id and text of the `:count` last rows below the id `:below`, the highest id first."""

    name: str
    rows: str

    def create(self, db: sqlite3.Connection) -> None:
        """Make it, of the rows that are there."""
        tokenizer = TOKENIZER.replace('"', '""')
        db.execute(
            f"CREATE VIRTUAL TABLE {self.name} USING fts5"
            f"(grams, content='', columnsize=0, detail=none, tokenize=\"{tokenizer}\")"
        )
        db.execute(_STATES)
        db.execute("INSERT INTO gram_table(name, missing) VALUES (?, ?)", (self.name, _ALL))
        while self.step(db):
            pass

    def add(self, db: sqlite3.Connection, row: int, text: str) -> None:
        """Add a row, which is not in the table."""
        if row >= self._missing(db):
            self._insert(db, row, text)

    def remove(self, db: sqlite3.Connection, row: int, text: str) -> None:
        """Remove a row, which an earlier transaction added with this very `text`."""
        if row >= self._missing(db):
            self._command(db, "rowid, grams", "'delete', ?, ?", row, tokens(text))
            db.execute("UPDATE gram_table SET stale = 1 WHERE name = ?", (self.name,))

    def step(self, db: sqlite3.Connection) -> bool:
        """Do a little of what makes the table whole and clean; whether there may be more to do."""
        stale, missing = self._state(db)
        if missing:
            self._add_some(db, missing)
        elif stale and self._levels(db) > _MOST_LEVELS:
            self._begin_anew(db)
        elif stale:
            self._merge_some(db)
        return bool(missing or stale)

    def _missing(self, db: sqlite3.Connection) -> int:
        return self._state(db)[1]

    def _state(self, db: sqlite3.Connection) -> tuple[int, int]:
        """Whether it is stale, and the id below which rows are missing. Raises `Damaged`."""
        query = "SELECT stale, missing FROM gram_table WHERE name = ?"
        match db.execute(query, (self.name,)).fetchone():
            case (int(stale), int(missing)):
                return stale, missing
            case _:
                raise Damaged("an index without its state")

    def _add_some(self, db: sqlite3.Connection, below: int) -> None:
        """The newest first, as they are looked for first; but in the order that FTS5 writes at once."""
        rows = db.execute(self.rows, {"below": below, "count": _ROWS}).fetchall()
        for row, text in reversed(rows):
            self._insert(db, row, text)
        below = rows[-1][0] if rows else 0
        db.execute("UPDATE gram_table SET missing = ? WHERE name = ?", (below, self.name))

    def _merge_some(self, db: sqlite3.Connection) -> None:
        """Removing only notes what is gone; once all is merged into one, it is overwritten, and the note."""
        before = db.total_changes
        self._command(db, "rank", "'merge', ?", -_PAGES)
        if db.total_changes - before <= 1:  # The command itself counts as one.
            db.execute("UPDATE gram_table SET stale = 0 WHERE name = ?", (self.name,))

    def _begin_anew(self, db: sqlite3.Connection) -> None:
        self._command(db, "rowid", "'delete-all', 0")
        db.execute("UPDATE gram_table SET stale = 0, missing = ? WHERE name = ?", (_ALL, self.name))

    def _levels(self, db: sqlite3.Connection) -> int:
        query = f"SELECT block FROM {self.name}_data WHERE id = ?"  # noqa: S608 - a name of our own
        match db.execute(query, (_STRUCTURE,)).fetchone():
            case (bytes(block),) if len(block) > _HEAD:
                pass
            case _:
                raise Damaged("an index without its structure")
        return (block[4] & 0x7F) << 7 | block[5] if block[4] & 0x80 else block[4]

    def _insert(self, db: sqlite3.Connection, row: int, text: str) -> None:
        db.execute(f"INSERT INTO {self.name}(rowid, grams) VALUES (?, ?)", (row, tokens(text)))  # noqa: S608 - a name of our own

    def _command(self, db: sqlite3.Connection, columns: str, values: str, *given: object) -> None:
        db.execute(f"INSERT INTO {self.name}({self.name}, {columns}) VALUES ({values})", given)  # noqa: S608 - a name of our own


_ALL = 2**63 - 1
"""Above every id there is."""
