"""What is done while the disk is slow, or cannot be written, is not lost and not turned round."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

from desktop.domain.conversation import MessageId
from desktop.domain.events import Finished, TextDelta
from desktop.domain.history import ConversationId, Draft, Piece
from desktop.domain.history_errors import HistoryLost
from desktop.domain.messages import ImagePart, user_message
from desktop.viewmodels.conversations import ConversationRole
from desktop.viewmodels.drafts import Drafts
from tests.conftest import Run
from tests.support.keeping import ONE, asked, keeper_in, reopened
from tests.support.libraries import ASKING, LibraryBench, library_in
from tests.support.pictures import composer, image
from tests.support.qt import first


def locked(folder: Path) -> sqlite3.Connection:
    """Another program that writes."""
    other = sqlite3.connect(folder / "history.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    return other


# ── deleting, naming ────────────────────────────────────────────────────────────────────────────


def test_what_was_brought_back_while_the_disk_was_busy_is_there_for_good(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with library_in(tmp_path) as bench:
            asked_for = await bench.ask("Which invoice?", "The third.")
            bench.library.deletion.delete([asked_for])
            await bench.done()
            with closing(locked(tmp_path)):
                raised = first(bench.keeper.problem_raised)
                bench.library.deletion.undo()
                await raised
        async with library_in(tmp_path) as bench:
            await bench.open(asked_for)
            assert bench.shown == ["Which invoice?", "The third."]

    run(scenario())


def test_undo_is_not_overtaken_by_the_deletion(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with library_in(tmp_path) as bench:
            bench.talk.send(user_message("Which invoice?"), ASKING)
            asked_for = bench.talk.id
            # Nothing of it is on the disk yet.
            bench.library.deletion.delete([asked_for])
            await asyncio.sleep(0)
            bench.library.deletion.undo()
            await bench.done()
        async with library_in(tmp_path) as bench:
            assert bench.titles == ["Which invoice?"]

    run(scenario())


def test_what_was_deleted_while_the_disk_was_busy_does_not_come_back(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with library_in(tmp_path) as bench:
            asked_for = await bench.ask("Which invoice?", "The third.")
            with closing(locked(tmp_path)):
                raised = first(bench.keeper.problem_raised)
                bench.library.deletion.delete([asked_for])
                await raised
        async with library_in(tmp_path) as bench:
            assert bench.titles == []

    run(scenario())


def test_a_name_and_a_pin_wait_for_the_conversation_to_be_written(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with library_in(tmp_path) as bench:
            with closing(locked(tmp_path)):
                await bench.ask("Which invoice?")
                bench.library.rename(bench.talk.id, "Invoices")
                bench.library.pin([bench.talk.id], is_pinned=True)
                await bench.keeper.settled(bench.talk.id)
        async with library_in(tmp_path) as bench:
            row = bench.library.rows.summary(bench.library.rows.index(1).data(ConversationRole.SUMMARY).id)
            assert row is not None
            assert (row.title, row.is_pinned) == ("Invoices", True)

    run(scenario())


# ── asking ──────────────────────────────────────────────────────────────────────────────────────


def test_what_was_asked_before_the_history_was_open_is_kept(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench = LibraryBench(tmp_path)
        bench.backend.answer_with(TextDelta("Well."), Finished("stop"))
        bench.keeper.open()
        bench.talk.send(user_message("Which invoice?"), ASKING)
        await asyncio.sleep(0)
        await bench.aclose()
        async with library_in(tmp_path) as bench:
            assert bench.titles == ["Which invoice?"]

    run(scenario())


def test_the_question_is_written_before_the_draft_that_it_was_goes(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with keeper_in(tmp_path) as bench:
            bench.keeper.keep(ONE, asked(), 1.0)
            bench.keeper.keep_draft(Draft("And why?"))
            await bench.written()
            await bench.idle()
            order: list[str] = []
            grow, write, keep_draft = bench.store.grow, bench.store.write, bench.store.keep_draft

            async def grown(pieces: object) -> None:
                await grow(pieces)  # type: ignore[arg-type]
                # Sent just now, while what grew before is being written.
                bench.keeper.keep_draft(Draft())
                bench.keeper.keep(ONE, asked("And why?"), 2.0)

            async def written(change: object) -> None:
                order.append("question")
                await write(change)  # type: ignore[arg-type]

            async def kept(draft: object) -> None:
                order.append("draft")
                await keep_draft(draft)  # type: ignore[arg-type]

            bench.store.grow, bench.store.write, bench.store.keep_draft = grown, written, kept  # type: ignore[method-assign]
            bench.keeper.grow(Piece(ONE, MessageId(1), "Hello"))
            await first(bench.keeper.written)
            await bench.idle()
            assert order == ["question", "draft"]

    run(scenario())


# ── drafts ──────────────────────────────────────────────────────────────────────────────────────


async def left_a_draft(folder: Path) -> None:
    """A run of the app that ends with a question unsent."""
    async with keeper_in(folder) as bench:
        bench.keeper.keep_draft(Draft("Half a quest", (ImagePart(image("a.png")),)))


def test_what_is_typed_before_the_draft_is_back_does_not_cost_its_images(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        await left_a_draft(tmp_path)
        bench, writing = LibraryBench(tmp_path), composer()
        Drafts(writing, bench.keeper, bench.store, bench.tasks)
        writing.set_text("Fast")
        bench.keeper.open()
        await bench.done()
        assert writing.text == "Fast"
        assert writing.images == (image("a.png"),)
        await bench.aclose()
        async with keeper_in(tmp_path) as again:
            assert again.opened[0].draft.text == "Fast"
            assert len(again.opened[0].draft.parts) == 1

    run(scenario())


def test_a_draft_that_came_back_where_nothing_is_kept_comes_back_once(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        await left_a_draft(tmp_path)
        bench, writing = LibraryBench(tmp_path), composer()
        Drafts(writing, bench.keeper, bench.store, bench.tasks).set_kept(is_kept=False)
        bench.keeper.open()
        await bench.done()
        assert writing.text == "Half a quest"
        writing.take("")
        await bench.aclose()
        async with keeper_in(tmp_path) as again:
            assert again.opened[0].draft == Draft()

    run(scenario())


# ── damage ──────────────────────────────────────────────────────────────────────────────────────


def test_what_is_in_memory_is_written_again_whoever_met_the_damage(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with library_in(tmp_path) as bench:
            asked_for = await bench.ask("Which invoice?", "The third.")
            spoil(tmp_path)
            bench.library.problem_raised.connect(bench.keeper.hear)
            bench.library.show(ConversationId(1))
            await bench.done()
            assert [type(each) for each in bench.problems] == [HistoryLost]
        async with library_in(tmp_path) as bench:
            await bench.open(asked_for)
            assert bench.shown == ["Which invoice?", "The third."]

    run(scenario())


def test_an_answer_that_streams_is_whole_again_after_damage(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with keeper_in(tmp_path) as bench:
            bench.keeper.keep(ONE, asked(), 1.0)
            bench.keeper.grow(Piece(ONE, MessageId(1), "Hel"))
            await bench.written()
            await bench.idle()
            spoil(tmp_path)
            solved = first(bench.keeper.written)
            bench.keeper.grow(Piece(ONE, MessageId(1), "lo"))
            await solved
            await bench.idle()
        answer = (await reopened(tmp_path)).nodes[1].answer
        assert answer is not None
        assert answer.text == "Hello"

    run(scenario())


def spoil(folder: Path) -> None:
    """Let the tables be other ones than they should be."""
    with closing(sqlite3.connect(folder / "history.db")) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = (folder / "history.db").read_bytes()
    (folder / "history.db").write_bytes(b"\xff" * len(data))
