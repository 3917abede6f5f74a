"""From any earlier schema to the present one, a numbered step at a time under `PRAGMA user_version`."""

import sqlite3
from collections.abc import Callable, Sequence

from desktop.storage import index, schema
from desktop.storage.database import transaction

Step = Callable[[sqlite3.Connection], None]


def _conversations(db: sqlite3.Connection) -> None:
    run(db, schema.CONVERSATIONS)


def _drafts(db: sqlite3.Connection) -> None:
    run(db, schema.DRAFTS)


STEPS: tuple[Step, ...] = (_conversations, index.create, _drafts)
"""Step n leads to version n, from 1 on."""

VERSION = len(STEPS)
"""The version of the present schema."""


def version(db: sqlite3.Connection) -> int:
    """0: nothing is in there."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def migrate(db: sqlite3.Connection, steps: Sequence[Step] = STEPS) -> None:
    """Take the steps that are missing, each wholly or not at all. Raises `sqlite3.Error`."""
    for number in range(version(db) + 1, len(steps) + 1):
        with transaction(db):
            steps[number - 1](db)
            db.execute(f"PRAGMA user_version = {number}")


def run(db: sqlite3.Connection, script: str) -> None:
    """Execute the statements of `script` in the transaction that is open."""
    # `executescript` would commit it.
    for statement in script.split(";\n"):
        db.execute(statement)
