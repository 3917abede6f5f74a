"""What users do with conversations in a list: rename, pin, delete, restore."""

import sqlite3
from collections.abc import Iterable

from desktop.domain.history import ConversationId
from desktop.domain.history_errors import ConversationGone
from desktop.storage import titles
from desktop.storage.database import transaction
from desktop.storage.texts import clean

SHOWN, HIDDEN, GOING = range(3)
"""Values of `conversation.deleted`: hidden can be restored, what is going cannot."""


def set_title(db: sqlite3.Connection, conversation: ConversationId, title: str) -> None:
    """Raises `ConversationGone`."""
    change = "UPDATE conversation SET own_title = ? WHERE id = ? AND deleted = 0"
    with transaction(db), titles.indexed(db, conversation):
        if db.execute(change, (clean(title), conversation)).rowcount == 0:
            raise ConversationGone


def set_pinned(db: sqlite3.Connection, conversations: Iterable[ConversationId], *, is_pinned: bool) -> None:
    _set(db, "UPDATE conversation SET pinned = ? WHERE id = ?", is_pinned, conversations)


def delete(db: sqlite3.Connection, conversations: Iterable[ConversationId]) -> None:
    _set(db, "UPDATE conversation SET deleted = ? WHERE id = ? AND deleted = 0", HIDDEN, conversations)


def restore(db: sqlite3.Connection, conversations: Iterable[ConversationId]) -> None:
    _set(db, "UPDATE conversation SET deleted = ? WHERE id = ? AND deleted = 1", SHOWN, conversations)


def _set(db: sqlite3.Connection, change: str, value: int, conversations: Iterable[ConversationId]) -> None:
    with transaction(db):
        db.executemany(change, [(value, each) for each in conversations])
