"""The search index of the history: which messages and titles hold a needle.

What is found is what a plain search would find: a message is a hit if and only if
`needle.casefold() in searchable.casefold()`, where `searchable` is its text and, if something was read from
its images, a line feed and that. White space around the needle does not count, as it comes and goes while one
types; a needle of nothing else finds nothing. An answer is found once it has ended.

Functions take a connection, are part of its transaction, and never commit.
"""

import sqlite3
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from desktop.domain.conversation import MessageId
from desktop.domain.history import ConversationId, Hit
from desktop.storage import loading, soundness
from desktop.storage.excerpt import excerpt
from desktop.storage.gram_table import GramTable
from desktop.storage.grams import query

_MESSAGES = GramTable(
    "message_grams",
    r"""
    SELECT id, CASE read WHEN '' THEN text ELSE text || char(10) || read END
    FROM message WHERE id < :below AND (is_question OR finish IS NOT NULL) ORDER BY id DESC LIMIT :count
    """,
)
_TITLES = GramTable(
    "title_grams",
    """
    SELECT id, coalesce(nullif(own_title, ''), title)
    FROM conversation WHERE id < :below ORDER BY id DESC LIMIT :count
    """,
)


def create(db: sqlite3.Connection) -> None:
    """Make the index of the messages and titles that are there."""
    for table in (_MESSAGES, _TITLES):
        table.create(db)


def searchable(text: str, read: str) -> str:
    """The text of a message that is searched, and indexed. Raises `Damaged`."""
    soundness.check_text(text)
    soundness.check_text(read)
    return f"{text}\n{read}" if read else text


def add(db: sqlite3.Connection, message_id: int, text: str) -> None:
    """Let the message, which is not in the index, be found by its `searchable` text."""
    _MESSAGES.add(db, message_id, text)


def remove(db: sqlite3.Connection, message_id: int, text: str) -> None:
    """Let the message, which an earlier transaction added with this very `text`, be found no more."""
    _MESSAGES.remove(db, message_id, text)


def add_title(db: sqlite3.Connection, conversation_id: int, title: str) -> None:
    """Let the conversation, whose title is not in the index, be found by it."""
    soundness.check_text(title)
    _TITLES.add(db, conversation_id, title)


def remove_title(db: sqlite3.Connection, conversation_id: int, title: str) -> None:
    """Let the conversation, whose title an earlier transaction added as `title`, be found by it no more."""
    soundness.check_text(title)
    _TITLES.remove(db, conversation_id, title)


def merge_step(db: sqlite3.Connection) -> bool:
    """Go on for some 10 ms until nothing that was removed is in the index; whether there may be more to do.

    What is overwritten is gone from the file if `secure_delete` is on, and from the log once it is truncated.
    """
    return _MESSAGES.step(db) or _TITLES.step(db)


# ── searching ───────────────────────────────────────────────────────────────────────────────────

_FIND_TITLES = """
SELECT conversation.id FROM title_grams CROSS JOIN conversation ON conversation.id = title_grams.rowid
WHERE title_grams MATCH ? AND (own_title <> '') = ? AND deleted = 0 ORDER BY title_grams.rowid DESC
"""

_FIND_MESSAGES = """
SELECT conversation, number, is_question, text, read
FROM message_grams CROSS JOIN message ON message.id = message_grams.rowid
CROSS JOIN conversation ON conversation.id = message.conversation
WHERE message_grams MATCH ? AND deleted = 0 ORDER BY message_grams.rowid DESC
"""

_TEXTS = """
SELECT text, read FROM message WHERE conversation = ? AND (is_question OR finish IS NOT NULL) ORDER BY number
"""


class Match(NamedTuple):
    """A message that holds a needle, and its searchable text."""

    conversation: ConversationId
    message: MessageId
    is_question: bool
    text: str


def search(db: sqlite3.Connection, needle: str, count: int) -> tuple[Hit, ...]:
    """The first `count` hits: titles that users gave, then messages, each the newest first.

    A title that the app made of the first question is a hit only if no message of its conversation is one,
    and comes last: the same words twice would tell nothing. What is deleted is not found.
    """
    needle = needle.strip()
    return tuple(islice(_hits(db, needle), count)) if needle else ()


def matching(db: sqlite3.Connection, needle: str) -> Iterator[Match]:
    """The messages that hold `needle`, which is not empty; newest first, each read when it is its turn."""
    folded = needle.casefold()
    for conversation, number, is_question, text, read in db.execute(_FIND_MESSAGES, (query(needle),)):
        whole = searchable(text, read)
        if folded in whole.casefold():
            yield Match(conversation, number, bool(is_question), whole)


def _hits(db: sqlite3.Connection, needle: str) -> Iterator[Hit]:
    """All hits, each made when it is its turn."""
    yield from _title_hits(db, needle, is_own=True)
    for match in matching(db, needle):
        summary = loading.summary(db, match.conversation)
        yield Hit(summary, match.message, *excerpt(match.text, needle), match.is_question)
    for hit in _title_hits(db, needle, is_own=False):
        if not _is_in_messages(db, needle, hit.summary.id):
            yield hit


def _title_hits(db: sqlite3.Connection, needle: str, *, is_own: bool) -> Iterator[Hit]:
    folded = needle.casefold()
    for (conversation,) in db.execute(_FIND_TITLES, (query(needle), is_own)):
        summary = loading.summary(db, conversation)
        if folded in summary.title.casefold():
            yield Hit(summary, None, *excerpt(summary.title, needle))


def _is_in_messages(db: sqlite3.Connection, needle: str, conversation: ConversationId) -> bool:
    folded = needle.casefold()
    return any(folded in searchable(*row).casefold() for row in db.execute(_TEXTS, (conversation,)))
