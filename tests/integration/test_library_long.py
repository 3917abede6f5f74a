"""Of a long conversation the end is shown first; nothing can be done with it until all of it is read."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

from desktop.domain.conversation import Conversation, MessageId
from desktop.domain.history import END, ConversationId, change_between
from desktop.domain.history_errors import ConversationGone
from desktop.domain.messages import user_message
from desktop.domain.models import Catalog
from desktop.domain.settings import Settings
from desktop.storage.database import NAME
from desktop.viewmodels.chat import ChatViewModel
from tests.conftest import Run
from tests.support.libraries import LibraryBench, library_in
from tests.support.qt import first, heard
from tests.support.transcripts import conversation_of

LONG = conversation_of(f"Text {number}" for number in range(2 * END))
ONE, OTHER = ConversationId(1), ConversationId(2)


@asynccontextmanager
async def long_ones(folder: Path, conversation: Conversation = LONG) -> AsyncIterator[LibraryBench]:
    """A start of the app that finds two of them, the second one last used."""
    async with library_in(folder) as bench:
        for each in (ONE, OTHER):
            await bench.store.write(change_between(each, Conversation(), conversation, float(each)))
    async with library_in(folder) as bench:
        yield bench


def follow(bench: LibraryBench) -> ChatViewModel:
    chat = ChatViewModel(Settings(), Catalog(()), bench.talk)
    bench.library.current_changed.connect(chat.open)
    return chat


async def begin(bench: LibraryBench, conversation: ConversationId = ONE) -> None:
    """Until the end of it is shown."""
    shown = first(bench.library.current_changed)
    bench.library.show(conversation)
    await shown
    assert bench.talk.id == conversation
    assert not bench.talk.is_whole


def test_the_end_is_shown_first_and_then_the_rest_above_it(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with long_ones(tmp_path) as bench:
            chat = follow(bench)
            said = heard(chat.transcript.reset), heard(chat.transcript.prepended)
            await begin(bench)
            assert [entry.node for entry in chat.talk.entries()] == list(LONG.nodes[-END:])
            assert (len(chat.transcript), said) == (END, ([()], []))
            assert bench.talk.summary() == await bench.store.summary(ONE)
            await bench.done()
            assert bench.talk.is_whole
            assert bench.talk.conversation == LONG
            assert (len(chat.transcript), said) == (2 * END, ([()], [END]))
            assert bench.talk.summary() == await bench.store.summary(ONE)

    run(scenario())


def test_places_among_branches_are_those_of_the_whole(run: Run, tmp_path: Path) -> None:
    branched = LONG.begin_answer(MessageId(2 * END - 2), "m").show(MessageId(2 * END - 1))
    answer = branched.nodes[1].answer
    assert answer is not None
    branched = branched.set_answer(MessageId(2 * END), answer)

    async def scenario() -> None:
        async with long_ones(tmp_path, branched) as bench:
            chat = follow(bench)
            prepended = heard(chat.transcript.prepended)
            await begin(bench)
            assert chat.transcript[END - 1][1:3] == (0, 2)
            await bench.done()
            assert prepended == [END]
            assert chat.transcript[2 * END - 1][1:3] == (0, 2)
            chat.show_sibling(2 * END - 1, 1)
            assert bench.talk.conversation.leaf == 2 * END

    run(scenario())


def test_until_all_is_read_nothing_is_done_to_any_conversation(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with long_ones(tmp_path) as bench:
            chat, before = follow(bench), bench.talk
            await begin(bench)
            assert not chat.is_ready
            chat.send(user_message("Lost?"))
            chat.regenerate(END - 1)
            chat.resume(END - 1)
            chat.show_sibling(END - 1, 1)
            chat.stop()
            await bench.done()
            assert before.is_empty
            assert bench.talk.conversation == LONG == await bench.store.load(ONE)
            assert chat.is_ready
            await bench.ask("And now?", "Now.")
            assert bench.shown[-2:] == ["And now?", "Now."]

    run(scenario())


def test_another_one_that_is_chosen_meanwhile_is_shown(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with long_ones(tmp_path) as bench:
            await begin(bench)
            bench.library.show(OTHER)
            await bench.done()
            assert (bench.talk.id, bench.talk.is_whole) == (OTHER, True)
            await begin(bench)
            bench.library.begin()
            await bench.done()
            assert bench.talk.is_empty
            assert bench.problems == []

    run(scenario())


def test_the_same_one_can_be_chosen_twice(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with long_ones(tmp_path) as bench:
            await begin(bench)
            talk = bench.talk
            bench.library.show(ONE, MessageId(3), "Text")
            await bench.done()
            assert bench.talk is talk
            assert talk.is_whole
            assert bench.found == [(3, "Text")]

    run(scenario())


def test_what_was_searched_for_is_shown_when_all_is_read(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with long_ones(tmp_path) as bench:
            shown = first(bench.library.current_changed)
            bench.library.show(ONE, MessageId(3), "Text")
            await shown
            assert bench.talk.is_whole
            assert bench.found == [(3, "Text")]

    run(scenario())


def test_it_can_be_named_and_pinned_meanwhile(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with long_ones(tmp_path) as bench:
            await begin(bench)
            bench.library.rename(ONE, "Mine")
            bench.library.pin([ONE], is_pinned=True)
            await bench.done()
            assert bench.titles == ["Mine", "Text 0"]
            assert bench.talk.summary() == await bench.store.summary(ONE)

    run(scenario())


def test_what_is_deleted_meanwhile_is_gone_until_undo(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with long_ones(tmp_path) as bench:
            await begin(bench)
            bench.library.deletion.delete([ONE])
            await bench.done()
            assert bench.talk.is_empty
            assert bench.problems == []
            bench.library.deletion.undo()
            await bench.done()
            await bench.open(ONE)
            await bench.done()
            assert bench.talk.conversation == LONG

    run(scenario())


def test_what_cannot_be_read_is_not_shown_any_more(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with long_ones(tmp_path) as bench:
            await begin(bench)
            with closing(sqlite3.connect(tmp_path / NAME)) as db:
                db.execute("DELETE FROM conversation WHERE id = ?", (ONE,))
                db.commit()
            await bench.done()
            assert bench.talk.is_empty
            (problem,) = bench.problems
            assert isinstance(problem, ConversationGone)

    run(scenario())


def test_one_that_is_shown_is_read_to_its_end_though_another_was_wished_for_in_vain(
    run: Run, tmp_path: Path
) -> None:
    async def scenario() -> None:
        async with long_ones(tmp_path) as bench:
            await begin(bench)
            bench.library.show(ConversationId(99))
            await bench.done()
            assert [type(problem) for problem in bench.problems] == [ConversationGone]
            assert bench.talk.id == ONE
            assert bench.talk.is_whole

    run(scenario())


def test_a_name_that_is_given_while_it_is_read_holds(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with long_ones(tmp_path) as bench:
            bench.library.show(ONE, MessageId(0))
            await asyncio.sleep(0)
            bench.library.rename(ONE, "Named")
            bench.library.pin([ONE], is_pinned=True)
            await bench.done()
            assert bench.titles[0] == "Named"
            assert bench.talk.summary() == await bench.store.summary(ONE)

    run(scenario())
