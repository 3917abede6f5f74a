"""Titles of conversations, kept together with what finds them."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from desktop.storage import index

_SHOWN = "SELECT coalesce(nullif(own_title, ''), title) FROM conversation WHERE id = ?"


@contextmanager
def indexed(db: sqlite3.Connection, conversation: int) -> Iterator[None]:
    """Whatever becomes of the title inside, or of the conversation, it is found by what is shown of it."""
    before = db.execute(_SHOWN, (conversation,)).fetchone()
    yield
    after = db.execute(_SHOWN, (conversation,)).fetchone()
    if before == after:
        return
    if before is not None:
        index.remove_title(db, conversation, before[0])
    if after is not None:
        index.add_title(db, conversation, after[0])
