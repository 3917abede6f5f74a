"""Conversations out of the database: a page of a list, or all of one."""

import sqlite3
from collections.abc import Iterable, Mapping
from itertools import groupby, islice
from operator import itemgetter

from desktop.domain.conversation import Conversation, Node
from desktop.domain.history import ConversationId, Summary
from desktop.domain.history_errors import ConversationGone
from desktop.storage import soundness
from desktop.storage.failures import Damaged
from desktop.storage.rows import IMAGE, MESSAGE, PART, Growth, Row, node_of

# Of the answer that is shown last, so that asking again takes the mark away.
_SUMMARY = """
SELECT id, coalesce(nullif(own_title, ''), title), used, pinned, EXISTS (
  SELECT 1 FROM message WHERE conversation = conversation.id AND number = leaf AND finish = 'interrupted'
) FROM conversation WHERE deleted = 0 AND """

MOST_ROWS = 1_000_000
"""Of one conversation: a thousand times as many as the longest has."""

_FIRST = "TRUE"
_AFTER = "(pinned, used, id) < (?, ?, ?)"
_IN_ORDER = " ORDER BY pinned DESC, used DESC, id DESC LIMIT ?"

# The names are those of columns.
_MESSAGES = f"SELECT {', '.join(MESSAGE)} FROM message WHERE conversation = ? ORDER BY number"  # noqa: S608

PART_COLUMNS = ", ".join([f"part.{name}" for name in PART[1:]] + [f"image.{name}" for name in IMAGE[1:]])
"""Of `part` and `image`, in the order of `rows.part_of`."""

_PARTS = f"""
SELECT number, {PART_COLUMNS}
FROM message JOIN part ON part.message = message.id LEFT JOIN image ON image.digest = part.image
WHERE conversation = ? ORDER BY number, place
"""  # noqa: S608 - names of columns

# By the index of what streams: few messages do, and for their order alone all would be looked at.
_PIECES = """
SELECT number, piece.text, piece.reasoning
FROM message INDEXED BY message_streaming JOIN piece ON piece.message = message.id
WHERE conversation = ? AND is_question = 0 AND finish IS NULL ORDER BY number, piece.id
"""


def page(db: sqlite3.Connection, after: Summary | None, count: int) -> tuple[Summary, ...]:
    """See `HistoryStore.page`."""
    if after is None:
        rows = db.execute(_SUMMARY + _FIRST + _IN_ORDER, (count,))
    else:
        rows = db.execute(_SUMMARY + _AFTER + _IN_ORDER, (after.is_pinned, after.used, after.id, count))
    return tuple(_summary(row) for row in rows)


def summary(db: sqlite3.Connection, conversation: ConversationId) -> Summary:
    """Raises `ConversationGone`."""
    row = db.execute(_SUMMARY + "id = ?", (conversation,)).fetchone()
    if row is None:
        raise ConversationGone
    return _summary(row)


def load(db: sqlite3.Connection, conversation: ConversationId) -> Conversation:
    """The whole tree, with what streaming answers have grown by. Raises `ConversationGone`."""
    found = db.execute(
        "SELECT leaf FROM conversation WHERE id = ? AND deleted = 0", (conversation,)
    ).fetchone()
    if found is None:
        raise ConversationGone
    rows, parts = db.execute(_MESSAGES, (conversation,)), db.execute(_PARTS, (conversation,))
    nodes = nodes_of(db, conversation, rows, parts)
    soundness.check_tree(nodes, found[0])
    return Conversation(nodes, found[0])


def try_out(db: sqlite3.Connection) -> None:
    """Look for nothing, in all ways: raises `sqlite3.Error` if the tables are not what they should be."""
    page(db, None, 0)
    nobody = (0,)
    nodes_of(db, ConversationId(0), db.execute(_MESSAGES, nobody), db.execute(_PARTS, nobody))


def nodes_of(
    db: sqlite3.Connection, conversation: ConversationId, rows: Iterable[Row], parts: Iterable[Row]
) -> tuple[Node, ...]:
    """Messages with their `parts`, and with what streaming answers have grown by.

    `rows` in the order of `rows.MESSAGE`; each of the `parts`, grouped, begins with its message's number.
    """
    rows = _bounded(rows)
    soundness.check_messages(rows)
    try:
        known, growth = _by_number(parts), _growth(db, conversation)
        return tuple([node_of(row, known.get(row[0], ()), growth.get(row[0], _NONE)) for row in rows])
    except TypeError as error:
        # A bit tells a text from bytes, and SQLite does not check it.
        raise Damaged("a value of another kind") from error


_NONE = Growth()


def _growth(db: sqlite3.Connection, conversation: ConversationId) -> Mapping[int, Growth]:
    return {
        number: Growth("".join([row[0] for row in rows]), "".join([row[1] for row in rows]))
        for number, rows in _by_number(db.execute(_PIECES, (conversation,))).items()
    }


def _summary(row: Row) -> Summary:
    soundness.check_summary(row)
    conversation, title, used, is_pinned, is_cut_off = row
    return Summary(conversation, title, used, is_pinned=bool(is_pinned), is_cut_off=bool(is_cut_off))


def _by_number(rows: Iterable[Row]) -> dict[int, list[Row]]:
    """Rows by their first value, without it."""
    grouped = groupby(_bounded(rows), itemgetter(0))
    return {number: [row[1:] for row in group] for number, group in grouped}


def _bounded(rows: Iterable[Row]) -> list[Row]:
    """All of `rows`: pages of a tampered file may lead in circles, and give rows without end."""
    found = list(islice(rows, MOST_ROWS + 1))
    if len(found) > MOST_ROWS:
        raise Damaged("more rows than any conversation has")
    return found
