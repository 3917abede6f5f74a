"""What is asked of the keeper reaches the disk: at once, or as soon as it can be."""

import sqlite3
from pathlib import Path

import pytest

from desktop.domain.conversation import MessageId
from desktop.domain.history import ConversationId, Draft, Piece
from desktop.domain.history_errors import HistoryBusy, HistoryError, HistoryTooNew
from desktop.domain.images import KeptImage
from desktop.domain.messages import ImagePart, LinkPart, user_message
from tests.conftest import Run
from tests.support.keeping import ONE, KeeperBench, answered, asked, keeper_in, reopened
from tests.support.pictures import image
from tests.support.qt import first

ANSWER = MessageId(1)


def locked(folder: Path) -> sqlite3.Connection:
    """Another program that writes."""
    other = sqlite3.connect(folder / "history.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    return other


def test_a_conversation_is_written_as_soon_as_it_is_asked_for(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with keeper_in(tmp_path) as bench:
            bench.keeper.keep(ONE, asked(), 5.0)
            assert not bench.keeper.is_written(ONE)
            await bench.keeper.settled(ONE)
            assert bench.keeper.is_written(ONE)
            kept = await bench.store.load(ONE)
            (summary,) = await bench.store.page(None, 10)

        assert kept.nodes[0].question == user_message("What is this?")
        assert kept.nodes[1].answer is not None
        assert kept.nodes[1].answer.is_streaming
        assert (summary.title, summary.used) == ("What is this?", 5.0)

    run(scenario())


def test_only_the_last_of_many_values_need_be_written(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with keeper_in(tmp_path) as bench:
            conversation = asked()
            for number in range(50):
                bench.keeper.keep(ONE, conversation := answered(conversation, f"{number}"), 1.0)
            await bench.written()
        kept = await reopened(tmp_path)
        assert kept.nodes[1].answer is not None
        assert kept.nodes[1].answer.text == "49"

    run(scenario())


def test_growth_is_written_and_outlives_an_end_without_warning(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with keeper_in(tmp_path) as bench:
            bench.keeper.keep(ONE, asked(), 1.0)
            for piece in ("Hel", "lo", ", ", "world"):
                bench.keeper.grow(Piece(ONE, ANSWER, piece, piece.upper()))
            await first(bench.keeper.written)
            await bench.idle()
        async with keeper_in(tmp_path) as bench:
            assert bench.opened[0].cut_off == (ONE,)
            answer = (await bench.store.load(ONE)).nodes[1].answer

        assert answer is not None
        assert (answer.text, answer.reasoning, answer.finish) == (
            "Hello, world",
            "HELLO, WORLD",
            "interrupted",
        )

    run(scenario())


def test_growth_of_an_answer_that_has_ended_is_not_written_again(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with keeper_in(tmp_path) as bench:
            bench.keeper.keep(ONE, conversation := asked(), 1.0)
            bench.keeper.grow(Piece(ONE, ANSWER, "Hello"))
            bench.keeper.keep(ONE, answered(conversation, "Hello"), 1.0)
            await bench.written()
        kept = await reopened(tmp_path)
        assert kept.nodes[1].answer is not None
        assert kept.nodes[1].answer.text == "Hello"

    run(scenario())


def test_what_cannot_be_written_is_told_once_and_written_when_it_can(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with keeper_in(tmp_path) as bench:
            other = locked(tmp_path)
            bench.keeper.keep(ONE, conversation := asked(), 1.0)
            await bench.keeper.settled(ONE)
            assert not bench.keeper.is_written(ONE), "tried in vain: the question leaves all the same"
            bench.keeper.grow(Piece(ONE, ANSWER, "Hello"))
            bench.keeper.keep(ONE, answered(conversation, "Hello"), 1.0)
            solved = first(bench.keeper.problem_solved)
            other.rollback()
            other.close()
            await solved

            assert bench.keeper.is_written(ONE)
            assert [type(problem) for problem in bench.problems] == [HistoryBusy]
            assert len(bench.solved) == 1
        kept = await reopened(tmp_path)
        assert kept.nodes[1].answer is not None
        assert kept.nodes[1].answer.text == "Hello"

    run(scenario())


def test_what_is_left_is_written_at_the_end(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with keeper_in(tmp_path) as bench:
            bench.keeper.keep(ONE, answered(asked(), "Late"), 1.0)
            bench.keeper.keep_draft(Draft("half a quest"))
        async with keeper_in(tmp_path) as bench:
            assert bench.opened[0].draft == Draft("half a quest")
            assert bench.opened[0].cut_off == ()
            assert (await bench.store.load(ONE)).nodes[1].answer is not None

    run(scenario())


def test_a_draft_comes_back_with_what_is_attached(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        link = LinkPart("https://example.org/a.png")
        async with keeper_in(tmp_path) as bench:
            bench.keeper.keep_draft(Draft("What is", (ImagePart(image("屏幕.png")), link)))
        async with keeper_in(tmp_path) as bench:
            text, (picture, kept_link) = bench.opened[0].draft.text, bench.opened[0].draft.parts
            assert (text, kept_link) == ("What is", link)
            assert isinstance(picture, ImagePart)
            assert isinstance(picture.image, KeptImage)
            assert await bench.store.image(picture.image) == image("屏幕.png")
            assert picture.image.name == "屏幕.png"

    run(scenario())


def test_the_images_of_what_was_said_are_fetched_for_a_request(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        question = user_message("What?", (image("a.png"), LinkPart("https://example.org/")))
        async with keeper_in(tmp_path) as bench:
            bench.keeper.keep(ONE, asked().ask(question), 1.0)
            await bench.written()
            kept = (await bench.store.load(ONE)).nodes[2].question
            assert kept is not None
            assert kept != question
            assert await bench.keeper.filled((kept,)) == (question,)

    run(scenario())


def test_what_is_forgotten_is_written_no_more(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with keeper_in(tmp_path) as bench:
            bench.keeper.keep(ONE, asked(), 1.0)
            bench.keeper.keep(two := ConversationId(2), asked(), 1.0)
            bench.keeper.grow(Piece(two, ANSWER, "Hello"))
            bench.keeper.forget([two])
            await bench.written()
            await bench.idle()
            assert [summary.id for summary in await bench.store.page(None, 10)] == [ONE]

    run(scenario())


def test_a_bug_keeps_no_question_waiting(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def scenario() -> None:
        async with keeper_in(tmp_path) as bench:
            with monkeypatch.context() as patch:
                patch.setattr(bench.store, "write", lambda change: 1 // 0)
                bench.keeper.keep(ONE, conversation := asked(), 1.0)
                await bench.keeper.settled(ONE)
                assert [type(problem) for problem in bench.problems] == [HistoryError]
            caplog.clear()
            bench.keeper.keep(ONE, answered(conversation, "Hello"), 1.0)
            await bench.written()
            assert len(bench.solved) == 1

    run(scenario())


def test_the_history_of_a_newer_version_is_left_alone(
    run: Run, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def scenario() -> None:
        async with keeper_in(tmp_path):
            pass
        with sqlite3.connect(tmp_path / "history.db") as db:
            db.execute("PRAGMA user_version = 1000")
        db.close()
        before = (tmp_path / "history.db").read_bytes()
        bench = KeeperBench(tmp_path)
        raised = first(bench.keeper.problem_raised)
        bench.keeper.open()
        await raised
        bench.keeper.keep(ONE, asked(), 1.0)
        await bench.keeper.settled(ONE)
        await bench.tasks.aclose()
        await bench.keeper.aclose()

        assert [type(problem) for problem in bench.problems] == [HistoryTooNew]
        assert (tmp_path / "history.db").read_bytes() == before
        assert "could be saved" in caplog.text
        caplog.clear()

    run(scenario())
