"""Conversations of which rows were lost, made whole again: no message without its conversation and place.

What comes out of it is sound, as `soundness` has it.
"""

import sqlite3

from desktop.domain.history import ConversationId
from desktop.storage import index as search
from desktop.storage.loading import load
from desktop.storage.soundness import MEDIA_TYPES, MOST_SECONDS

_TIMES = {
    "conversation": ("used",),
    "message": ("made", "seconds", "thinking_seconds", "first_seconds"),
}

_STATEMENTS = (
    "DELETE FROM message WHERE number < 0",
    *[
        f"UPDATE {table} SET {column} = 0 WHERE NOT abs({column}) <= {MOST_SECONDS}"  # noqa: S608 - our own names
        for table, columns in _TIMES.items()
        for column in columns
    ],
    f"""
    DELETE FROM image WHERE length(digest) <> 64 OR digest GLOB '*[^0-9a-f]*'
    OR media_type NOT IN {MEDIA_TYPES} OR min(width, height) < 1 OR length < 0
    """,  # noqa: S608 - our own names
    """
    INSERT INTO conversation(id, title, used)
    SELECT conversation, '', max(made) FROM message
    WHERE conversation NOT IN (SELECT id FROM conversation) GROUP BY conversation
    """,
    "DELETE FROM conversation WHERE id NOT IN (SELECT conversation FROM message)",
    # An answer is nothing without a question: an empty one stands for that which was lost.
    """
    INSERT OR IGNORE INTO message(conversation, number, is_question, text)
    SELECT conversation, parent, 1, '' FROM message WHERE parent IS NOT NULL AND NOT is_question
    """,
    # A question before which others were lost begins anew.
    """
    UPDATE message SET parent = NULL WHERE parent >= number OR parent NOT IN (
      SELECT number FROM message AS other WHERE other.conversation = message.conversation
    )
    """,
    """
    UPDATE conversation SET leaf = (SELECT max(number) FROM message WHERE conversation = conversation.id)
    WHERE leaf IS NULL OR leaf NOT IN (SELECT number FROM message WHERE conversation = conversation.id)
    """,
    "DELETE FROM part WHERE message NOT IN (SELECT id FROM message)",
    *[
        statement.format(table=table)
        for table in ("part", "draft_part")
        for statement in (
            "DELETE FROM {table} WHERE image NOT IN (SELECT digest FROM image)",
            "UPDATE {table} SET name = '' WHERE image IS NOT NULL AND name IS NULL",
            "UPDATE {table} SET source_digest = '' WHERE image IS NOT NULL AND source_digest IS NULL",
        )
    ],
    "DELETE FROM part WHERE coalesce(length, url, image) IS NULL",
    "DELETE FROM draft_part WHERE coalesce(url, image) IS NULL",
    "DELETE FROM piece WHERE message NOT IN (SELECT id FROM message)",
    """
    DELETE FROM image WHERE digest NOT IN (
      SELECT image FROM part WHERE image IS NOT NULL
      UNION SELECT image FROM draft_part WHERE image IS NOT NULL
    )
    """,
)

_FOUND_BY_TEXT = "SELECT id, text, read FROM message WHERE is_question OR finish IS NOT NULL"
_TITLES = "SELECT id, coalesce(nullif(own_title, ''), title) FROM conversation"
_UNTITLED = "SELECT id FROM conversation WHERE title = '' AND deleted = 0"

_WITH_GAPS = "SELECT conversation FROM message GROUP BY conversation HAVING count(*) <= max(number)"


def mend(db: sqlite3.Connection) -> None:
    """Make the rows agree with each other; in the transaction that is open, foreign keys unchecked."""
    for statement in _STATEMENTS:
        db.execute(statement)
    for (conversation,) in db.execute(_WITH_GAPS).fetchall():
        _close_gaps(db, conversation)
    for (conversation,) in db.execute(_UNTITLED).fetchall():
        title = load(db, ConversationId(conversation)).title
        db.execute("UPDATE conversation SET title = ? WHERE id = ?", (title, conversation))


def index(db: sqlite3.Connection) -> None:
    """Let everything be found by the index, which is empty."""
    for message, text, read in db.execute(_FOUND_BY_TEXT):
        search.add(db, message, search.searchable(text, read))
    for conversation, title in db.execute(_TITLES):
        search.add_title(db, conversation, title)


def _close_gaps(db: sqlite3.Connection, conversation: int) -> None:
    """Number its messages from 0 on: their numbers are their places."""
    rows = db.execute("SELECT number FROM message WHERE conversation = ? ORDER BY number", (conversation,))
    for place, (number,) in enumerate(rows.fetchall()):
        if place != number:
            _renumber(db, conversation, number, place)


def _renumber(db: sqlite3.Connection, conversation: int, number: int, place: int) -> None:
    """`place` is free, as those before have gone down already."""
    values = (place, conversation, number)
    db.execute("UPDATE message SET number = ? WHERE conversation = ? AND number = ?", values)
    db.execute("UPDATE message SET parent = ? WHERE conversation = ? AND parent = ?", values)
    db.execute("UPDATE conversation SET leaf = ? WHERE id = ? AND leaf = ?", values)
