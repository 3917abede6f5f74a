"""How much is kept: conversations that are not deleted, and every byte in the folder."""

import asyncio
from pathlib import Path

from desktop.domain.conversation import Conversation
from desktop.domain.history import ConversationId, HistorySize, change_between
from desktop.domain.messages import user_message
from desktop.storage.history import SqliteHistory
from tests.support.pictures import image


def test_a_new_history_holds_no_conversation(tmp_path: Path) -> None:
    async def scenario() -> None:
        store = SqliteHistory(tmp_path / "history")
        await store.open()
        size = await store.size()
        assert size == HistorySize(0, bytes_in(store.folder))
        await store.aclose()

    asyncio.run(scenario())


def test_deleted_conversations_are_not_counted_and_images_are(tmp_path: Path) -> None:
    picture = image("a.png")

    async def scenario() -> None:
        store = SqliteHistory(tmp_path)
        for number in (1, 2, 3):
            asked = Conversation().ask(user_message("What is this?", [picture]))
            await store.write(change_between(ConversationId(number), Conversation(), asked, 1.0))
        await store.delete([ConversationId(2)])
        size = await store.size()
        assert size == HistorySize(2, bytes_in(tmp_path))
        assert size.bytes > len(picture.data)
        await store.aclose()

    asyncio.run(scenario())


def bytes_in(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
