"""The end of a conversation is read as the whole of it would show it."""

import asyncio
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.conversation import Conversation, MessageId
from desktop.domain.history import End, Piece
from desktop.domain.history_errors import ConversationGone
from desktop.domain.messages import user_message
from desktop.storage.history import SqliteHistory
from tests.support import histories
from tests.support.histories import ID, OTHER, as_kept, in_history, opened, told, whole


@given(histories.trees(), st.data())
def test_it_is_the_end_of_what_is_shown_of_the_whole(tree: Conversation, data: st.DataObject) -> None:
    folder = Path(tempfile.mkdtemp())
    tree = tree.show(data.draw(st.sampled_from(tree.nodes)).id)
    path, places = as_kept(tree).path(), tree.places()

    async def check(store: SqliteHistory) -> None:
        for count in range(1, len(path) + 2):
            end = await store.load_end(ID, count)
            assert told(Conversation(end.nodes)) == told(Conversation(path[-count:]))
            assert end.places == tuple(places[node.id] for node in end.nodes)
            assert end.has_more == (count < len(path))

    try:
        in_history(
            folder,
            lambda store: store.write(whole(OTHER, tree)),
            lambda store: store.write(whole(ID, tree)),
            check,
        )
    finally:
        shutil.rmtree(folder)


def test_it_has_the_words_of_an_answer_that_streams(tmp_path: Path) -> None:
    streaming = Conversation().ask(user_message("Why?")).begin_answer(MessageId(0), "qwen3-vl-plus")

    async def scenario() -> None:
        async with opened(tmp_path) as store:
            await store.write(whole(ID, streaming))
            await store.grow([Piece(ID, MessageId(1), "Be", "Hm"), Piece(ID, MessageId(1), "cause")])
            (node,) = (await store.load_end(ID, 1)).nodes
            assert node == (await store.load(ID)).nodes[1]
            assert node.answer is not None
            assert (node.answer.text, node.answer.reasoning) == ("Because", "Hm")

    asyncio.run(scenario())


def test_it_is_gone_with_its_conversation(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with opened(tmp_path) as store:
            with pytest.raises(ConversationGone):
                await store.load_end(ID, 3)
            await store.write(whole(ID, Conversation()))
            assert await store.load_end(ID, 3) == End((), ())
            await store.delete([ID])
            with pytest.raises(ConversationGone):
                await store.load_end(ID, 3)

    asyncio.run(scenario())
