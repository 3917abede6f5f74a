"""The history on a real disk: what was written is there at the next start."""

import asyncio
from pathlib import Path

from desktop.domain.conversation import Answer, Conversation
from desktop.domain.history import ConversationId, Piece, change_between
from desktop.domain.messages import user_message
from desktop.storage.history import SqliteHistory

ID = ConversationId(1)


def test_what_was_written_is_there_at_the_next_start(tmp_path: Path) -> None:
    asked = Conversation().ask(user_message("这是什么错误？")).begin_answer(0, "qwen")
    answered = asked.set_answer(1, Answer("qwen", text="磁盘已满", finish="stop"))

    async def first() -> None:
        store = SqliteHistory(tmp_path)
        await store.open()
        await store.write(change_between(ID, Conversation(), asked, 1.5))
        await store.grow([Piece(ID, 1, "磁盘")])
        await store.write(change_between(ID, asked, answered, 2.5))
        await store.aclose()

    async def second() -> None:
        store = SqliteHistory(tmp_path)
        await store.open()
        assert await store.load(ID) == answered
        (summary,) = await store.page(None, 100)
        assert summary.used == 2.5
        assert [hit.message for hit in await store.search("磁盘", 50)] == [1]
        await store.delete([ID])
        assert await store.page(None, 100) == ()
        await store.aclose()
        assert "磁盘".encode() not in (tmp_path / "history.db").read_bytes()

    asyncio.run(first())
    asyncio.run(second())
