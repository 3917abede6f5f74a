"""What changed of conversations, into the database."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace

from desktop.domain.conversation import Node
from desktop.domain.history import Change, Piece
from desktop.domain.history_errors import ConversationGone
from desktop.domain.messages import Part
from desktop.storage import index, titles
from desktop.storage.database import transaction
from desktop.storage.image_files import ImageFiles
from desktop.storage.pictures import Pictures, name_images
from desktop.storage.rows import MESSAGE, Row, message_row, part_rows
from desktop.storage.texts import clean

_CONVERSATION = """
INSERT INTO conversation(id, title, used, leaf) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT(id) DO UPDATE SET title = ?2, used = ?3, leaf = ?4
"""

_MESSAGE = f"""
INSERT INTO message(conversation, {", ".join(MESSAGE)}) VALUES (?, {", ".join("?" for _ in MESSAGE)})
ON CONFLICT(conversation, number) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in MESSAGE)}
"""  # noqa: S608 - names of columns

_FOUND_BY = """
SELECT id, is_question = 0 AND finish IS NULL, text, read FROM message WHERE conversation = ? AND number = ?
"""

_PIECE = """
INSERT INTO piece(message, text, reasoning)
SELECT id, ?, ? FROM message WHERE conversation = ? AND number = ? AND is_question = 0 AND finish IS NULL
"""


def write(db: sqlite3.Connection, files: ImageFiles, change: Change) -> None:
    """See `HistoryStore.write`. Raises `ConversationGone` where nodes before the new ones are missing."""
    pictures = Pictures(files)
    with pictures.in_vain_if_it_fails():
        nodes = [_with_kept_images(node, pictures) for node in change.nodes]
        with transaction(db):
            _refuse_gaps(db, change)
            with titles.indexed(db, change.id):
                db.execute(_CONVERSATION, (change.id, clean(change.title), change.used, change.leaf))
            for node in nodes:
                _write_node(db, change.id, node)


def grow(db: sqlite3.Connection, pieces: Iterable[Piece]) -> None:
    """See `HistoryStore.grow`. What would grow answers that are not streaming, or gone, is dropped."""
    with transaction(db):
        db.executemany(_PIECE, [_piece_row(piece) for piece in pieces])


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _with_kept_images(node: Node, pictures: Pictures) -> Node:
    if node.question is None:
        return node
    return replace(node, question=replace(node.question, parts=pictures.keep(node.question.parts)))


def _refuse_gaps(db: sqlite3.Connection, change: Change) -> None:
    """A late answer of a conversation that was deleted must not come back without its question."""
    count = "SELECT (SELECT count(*) FROM message WHERE conversation = ?1), "
    gone = "EXISTS(SELECT 1 FROM conversation WHERE id = ?1 AND deleted > 1)"
    there, is_gone = db.execute(count + gone, (change.id,)).fetchone()
    new = sorted(node.id for node in change.nodes if node.id >= there)
    if is_gone or new != list(range(there, there + len(new))):
        raise ConversationGone


def _write_node(db: sqlite3.Connection, conversation: int, node: Node) -> None:
    place = (conversation, node.id)
    before = db.execute(_FOUND_BY, place).fetchone()
    db.execute(_MESSAGE, (conversation, *message_row(node)))
    after = db.execute(_FOUND_BY, place).fetchone()
    _index(db, before, after)
    db.execute("DELETE FROM piece WHERE message = ?", after[:1])
    if node.question is not None:
        _write_parts(db, after[0], node.question.parts)


def _index(db: sqlite3.Connection, before: Row | None, after: Row) -> None:
    if before == after:
        return
    for found_by, change in ((before, index.remove), (after, index.add)):
        # A streaming answer is found once it has ended.
        if found_by is not None and not found_by[1]:
            message, _, text, read = found_by
            change(db, message, index.searchable(text, read))


def _write_parts(db: sqlite3.Connection, message: int, parts: Sequence[Part]) -> None:
    name_images(db, parts)
    db.execute("DELETE FROM part WHERE message = ?", (message,))
    rows = [(message, *row) for row in part_rows(parts)]
    db.executemany("INSERT INTO part VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)


def _piece_row(piece: Piece) -> Row:
    return (clean(piece.text), clean(piece.reasoning), piece.conversation, piece.message)
