"""The search index of the history: which messages and titles hold a needle.

What is found is what a plain search would find: a message is a hit if and only if
`needle.casefold() in searchable.casefold()`, where `searchable` is its text and, if something was read from
its images, a line feed and that. White space around the needle does not count, as it comes and goes while one
types; a needle of nothing else finds nothing.

Functions take a connection, are part of its transaction, and never commit.
"""

import sqlite3
from collections.abc import Iterator
from itertools import islice

from desktop.domain.conversation import MessageId
from desktop.domain.history import ConversationId, Hit, Summary
from desktop.storage.excerpt import excerpt
from desktop.storage.grams import TOKENIZER, query, tokens

_TABLES = ("message_grams", "title_grams")


def searchable(text: str, read: str) -> str:
    """The text of a message that is searched, and indexed."""
    return f"{text}\n{read}" if read else text


def create(db: sqlite3.Connection) -> None:
    """Make the index of the messages and titles that are there."""
    tokenizer = TOKENIZER.replace('"', '""')
    for table in _TABLES:
        db.execute(
            f"CREATE VIRTUAL TABLE {table} USING fts5("
            f"grams, content='', columnsize=0, detail=none, tokenize=\"{tokenizer}\")"
        )
    for message, text, read in db.execute("SELECT id, text, read FROM message"):
        add(db, message, searchable(text, read))
    for conversation, title in db.execute(f"SELECT id, {_TITLE} FROM conversation"):  # noqa: S608 - names of our own
        add_title(db, conversation, title)


def add(db: sqlite3.Connection, message_id: int, text: str) -> None:
    """Let the message, which is not in the index, be found by its `searchable` text."""
    db.execute("INSERT INTO message_grams (rowid, grams) VALUES (?, ?)", (message_id, tokens(text)))


def remove(db: sqlite3.Connection, message_id: int, text: str) -> None:
    """Let the message, which was added with this very `text`, be found no more."""
    _remove(db, "message_grams", message_id, text)


def add_title(db: sqlite3.Connection, conversation_id: int, title: str) -> None:
    """Let the conversation, whose title is not in the index, be found by it."""
    db.execute("INSERT INTO title_grams (rowid, grams) VALUES (?, ?)", (conversation_id, tokens(title)))


def remove_title(db: sqlite3.Connection, conversation_id: int, title: str) -> None:
    """Let the conversation, whose title was added as `title`, be found by it no more."""
    _remove(db, "title_grams", conversation_id, title)


def _remove(db: sqlite3.Connection, table: str, row: int, text: str) -> None:
    command = f"INSERT INTO {table} ({table}, rowid, grams) VALUES ('delete', ?, ?)"  # noqa: S608 - names of our own
    db.execute(command, (row, tokens(text)))


# ── searching ───────────────────────────────────────────────────────────────────────────────────

_TITLE = "coalesce(nullif(own_title, ''), title)"

_SUMMARY = f"""
    conversation.id, {_TITLE}, used, pinned, EXISTS (
        SELECT 1 FROM message AS last
        WHERE last.conversation = conversation.id AND last.number = leaf AND last.finish = 'interrupted'
    )
"""  # noqa: S608 - names of our own

_TITLES = f"""
    SELECT {_SUMMARY} FROM title_grams CROSS JOIN conversation ON conversation.id = title_grams.rowid
    WHERE title_grams MATCH ? AND NOT deleted AND (own_title <> '') = ?
    ORDER BY title_grams.rowid DESC
"""  # noqa: S608 - names of our own

_MESSAGES = f"""
    SELECT {_SUMMARY}, number, is_question, text, read
    FROM message_grams CROSS JOIN message ON message.id = message_grams.rowid
    CROSS JOIN conversation ON conversation.id = message.conversation
    WHERE message_grams MATCH ? AND NOT deleted
    ORDER BY message_grams.rowid DESC
"""  # noqa: S608 - names of our own


def search(db: sqlite3.Connection, needle: str, count: int) -> tuple[Hit, ...]:
    """The first `count` hits: titles that users gave, then messages, each the newest first.

    A title that the app made of the first question is a hit only if no message of its conversation is
    one, and comes last: the same words twice would tell nothing. What is deleted is not found.
    """
    needle = needle.strip()
    return tuple(islice(_hits(db, needle), count)) if needle else ()


def _hits(db: sqlite3.Connection, needle: str) -> Iterator[Hit]:
    """All hits; a text is read only when it is asked for."""
    yield from _title_hits(db, needle, is_own=True)
    yield from _message_hits(db, needle)
    for hit in _title_hits(db, needle, is_own=False):
        if not _is_in_messages(db, hit.summary.id, needle):
            yield hit


def _title_hits(db: sqlite3.Connection, needle: str, *, is_own: bool) -> Iterator[Hit]:
    folded = needle.casefold()
    for (*columns,) in db.execute(_TITLES, (query(needle), is_own)):
        summary = _summary(*columns)
        if folded in summary.title.casefold():
            yield Hit(summary, None, *excerpt(summary.title, needle))


def _message_hits(db: sqlite3.Connection, needle: str) -> Iterator[Hit]:
    folded = needle.casefold()
    for *columns, number, is_question, text, read in db.execute(_MESSAGES, (query(needle),)):
        whole = searchable(text, read)
        if folded in whole.casefold():
            yield Hit(_summary(*columns), MessageId(number), *excerpt(whole, needle), bool(is_question))


def _is_in_messages(db: sqlite3.Connection, conversation: ConversationId, needle: str) -> bool:
    folded = needle.casefold()
    rows = db.execute("SELECT text, read FROM message WHERE conversation = ?", (conversation,))
    return any(folded in searchable(*row).casefold() for row in rows)


def _summary(conversation: int, title: str, used: float, pinned: int, cut_off: int) -> Summary:
    return Summary(
        ConversationId(conversation), title, used, is_pinned=bool(pinned), is_cut_off=bool(cut_off)
    )


# ── what is removed, truly ──────────────────────────────────────────────────────────────────────

_PAGES = 64
"""Index pages a slice of merging writes at most: about 10 ms."""


def merge_step(db: sqlite3.Connection) -> bool:
    """Go on merging until nothing of a removed text is in the index; whether there is more to do.

    Removing only notes what is gone. Once all parts of the index are merged into one, both the text and the
    note are overwritten.
    """
    return any(_merged_some(db, table) for table in _TABLES)


def _merged_some(db: sqlite3.Connection, table: str) -> bool:
    before = db.total_changes
    db.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('merge', ?)", (-_PAGES,))  # noqa: S608 - names of our own
    return db.total_changes - before > 1  # the command itself counts as one
