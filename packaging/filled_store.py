"""A database of invented conversations, written at once and not as a user would write it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from desktop.domain.conversation import TITLE_LENGTH
from desktop.storage import index
from desktop.storage.database import NAME, connect, transaction
from desktop.storage.migrations import migrate

_CONVERSATION = "INSERT INTO conversation(id, used, title) VALUES (?, ?, ?)"

_MESSAGE = """
INSERT INTO message(conversation, number, parent, is_question, finish, text) VALUES (?, ?, ?, ?, ?, ?)
"""


def filled(folder: Path, texts: Iterable[str], together: int = 20) -> sqlite3.Connection:
    """The history in `folder` with a message of each text, so many `together` in a conversation."""
    db = connect(folder / NAME)
    migrate(db)
    with transaction(db):
        for message, text in enumerate(texts, 1):
            conversation, number = divmod(message - 1, together)
            if number == 0:
                title = " ".join(text.split())[:TITLE_LENGTH]
                db.execute(_CONVERSATION, (conversation + 1, float(message), title))
                index.add_title(db, conversation + 1, title)
            row = _row(conversation + 1, number, text)
            index.add(db, db.execute(_MESSAGE, row).lastrowid or 0, text)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return db


def _row(conversation: int, number: int, text: str) -> tuple[object, ...]:
    is_question = number % 2 == 0
    return (
        conversation,
        number,
        number - 1 if number else None,
        is_question,
        None if is_question else "stop",
        text,
    )
