"""A real history: made, written, searched in Chinese, and read again after it was closed."""

import asyncio
import sqlite3
from pathlib import Path

from desktop.domain.conversation import Answer, Conversation, MessageId
from desktop.domain.history import ConversationId, change_between
from desktop.domain.history_errors import HistoryError
from desktop.domain.messages import user_message
from desktop.selftest.finding import CheckFailed, Finding, ok
from desktop.storage.history import SqliteHistory

_ID = ConversationId(1)
_NEEDLE = "磁盘"
"""Two characters: SQLite's own trigrams find no such word."""


def check(folder: Path) -> Finding:
    return asyncio.run(_kept(folder / "history"))


async def _kept(folder: Path) -> Finding:
    try:
        await _write(folder)
        hits = await _search(folder)
    except HistoryError as error:
        raise CheckFailed(f"{error} {error.detail}".rstrip()) from error
    if hits != 1:
        raise CheckFailed(f"The search found {hits} messages where one was written.")
    return ok(f"SQLite {sqlite3.sqlite_version} with FTS5: a conversation kept, found and read again")


async def _write(folder: Path) -> None:
    store = SqliteHistory(folder)
    try:
        await store.open()
        await store.write(change_between(_ID, Conversation(), _conversation(), 1.0))
    finally:
        await store.aclose()


async def _search(folder: Path) -> int:
    store = SqliteHistory(folder)
    try:
        await store.open()
        if (await store.load(_ID)).nodes != _conversation().nodes:
            raise CheckFailed("A conversation came back from the history as another.")
        return len(await store.search(_NEEDLE, 10))
    finally:
        await store.aclose()


def _conversation() -> Conversation:
    tree = Conversation().ask(user_message("What does it say?", ()), made=1.0)
    tree = tree.begin_answer(MessageId(0), "model", made=2.0)
    return tree.set_answer(MessageId(1), Answer("model", text="系统磁盘已满", finish="stop"))
