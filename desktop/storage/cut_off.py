"""Answers that the last run of the app did not bring to their end."""

import sqlite3

from desktop.domain.history import ConversationId
from desktop.storage import index, soundness
from desktop.storage.database import transaction
from desktop.storage.rows import Row

_STREAMING = """
SELECT id, conversation, text, read, reasoning FROM message WHERE is_question = 0 AND finish IS NULL
"""

_PIECES = "SELECT text, reasoning FROM piece WHERE message = ? ORDER BY id"

_SHOWN = "SELECT id FROM conversation WHERE deleted = 0 ORDER BY used DESC, id DESC"


def end_answers(db: sqlite3.Connection) -> tuple[ConversationId, ...]:
    """Give each the pieces by which it grew, and end it; their conversations, newest first."""
    streaming = db.execute(_STREAMING).fetchall()
    if not streaming:
        return ()
    with transaction(db):
        for message, _, *texts in streaming:
            _end(db, message, *texts)
    found = {row[1] for row in streaming}
    return tuple(ConversationId(row[0]) for row in db.execute(_SHOWN) if row[0] in found)


def _end(db: sqlite3.Connection, message: int, text: str, read: str, reasoning: str) -> None:
    pieces: list[Row] = db.execute(_PIECES, (message,)).fetchall()
    for each in (text, reasoning, *[piece for row in pieces for piece in row]):
        soundness.check_text(each)
    text = "".join([text, *[row[0] for row in pieces]])
    reasoning = "".join([reasoning, *[row[1] for row in pieces]])
    change = "UPDATE message SET text = ?, reasoning = ?, finish = 'interrupted' WHERE id = ?"
    db.execute(change, (text, reasoning, message))
    db.execute("DELETE FROM piece WHERE message = ?", (message,))
    index.add(db, message, index.searchable(text, read))
