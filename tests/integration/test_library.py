"""Conversations that are shown, that go on behind, and that come back from the disk."""

import asyncio
import json
from pathlib import Path

from desktop.domain.conversation import MessageId
from desktop.domain.events import Finished, TextDelta
from desktop.domain.history import Draft
from desktop.domain.images import ImageInput, KeptImage
from desktop.domain.messages import user_message
from desktop.viewmodels.composer import ComposerViewModel
from desktop.viewmodels.drafts import Drafts
from tests.conftest import Run
from tests.support.libraries import ASKING, LibraryBench, library_in
from tests.support.pictures import composer, image
from tests.support.qt import first


def test_what_was_asked_is_there_after_the_next_start(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with library_in(tmp_path) as bench:
            asked = await bench.ask("Which invoice?", "The third.")
            bench.library.begin()
            await bench.ask("登录页报错", "密码错了。")
            assert bench.titles == ["登录页报错", "Which invoice?"]
        async with library_in(tmp_path) as bench:
            assert bench.titles == ["登录页报错", "Which invoice?"]
            assert bench.shown == [], "a start shows an empty conversation"
            await bench.open(asked)
            assert bench.shown == ["Which invoice?", "The third."]
            await bench.ask("And its sum?", "12 €")
        async with library_in(tmp_path) as bench:
            await bench.open(asked)
            assert bench.shown == ["Which invoice?", "The third.", "And its sum?", "12 €"]

    run(scenario())


def test_a_question_is_on_the_disk_before_it_leaves(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with library_in(tmp_path) as bench:
            kept = []

            async def source(model: str, settings: object) -> object:
                kept.append(await bench.store.load(bench.talk.id))
                return bench.backend.script

            bench.backend.source = source  # type: ignore[method-assign, assignment]
            await bench.ask("Which invoice?")
            assert kept[0].nodes[0].question == user_message("Which invoice?")

    run(scenario())


def test_an_image_is_asked_about_again_with_the_bytes_of_the_disk(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with library_in(tmp_path) as bench:
            asked = await bench.ask(user_message("What?", (image("a.png"),)))
        async with library_in(tmp_path) as bench:
            await bench.open(asked)
            (kept,) = bench.talk.conversation.nodes[0].question.images  # type: ignore[union-attr]
            assert isinstance(kept, KeptImage)
            await bench.ask("And what else?")
            (request,) = bench.backend.script.requests
            (sent,) = request.messages[0].images
            assert isinstance(sent, ImageInput)
            assert sent.data == image("a.png").data

    run(scenario())


def test_an_answer_goes_on_behind_and_is_marked_until_its_end(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with library_in(tmp_path) as bench:
            gate = asyncio.Event()
            bench.backend.answer_with(TextDelta("Half"), gate, TextDelta(" and half"), Finished("stop"))
            bench.talk.send(user_message("Long"), ASKING)
            behind = bench.talk
            await first(behind.grown)
            bench.library.begin()
            assert bench.busy == ["Long"]
            await bench.ask("Short", "Yes.")
            assert bench.busy == ["Long"]
            ended = first(behind.answer_finished)
            gate.set()
            await ended
            await bench.done()
            assert bench.busy == []
            await bench.open(behind.id)
            assert bench.talk is not behind, "the disk had it, so memory let go of it"
            assert bench.shown == ["Long", "Half and half"]

    run(scenario())


def test_what_streams_when_the_app_is_quit_is_cut_off(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with library_in(tmp_path) as bench:
            bench.backend.answer_with(TextDelta("Half"), asyncio.Event())
            bench.talk.send(user_message("Long"), ASKING)
            await first(bench.talk.grown)
            asked = bench.talk.id
        async with library_in(tmp_path) as bench:
            await bench.open(asked)
            answer = bench.talk.conversation.nodes[1].answer
            assert answer is not None
            assert (answer.text, answer.finish) == ("Half", "interrupted")

    run(scenario())


def test_after_a_crash_the_conversation_that_was_cut_off_is_shown(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        crashed = LibraryBench(tmp_path)
        crashed.keeper.open()
        await crashed.done()
        crashed.backend.answer_with(TextDelta("Half"), asyncio.Event())
        crashed.talk.send(user_message("Long"), ASKING)
        await first(crashed.talk.grown)
        await crashed.keeper.settled(crashed.talk.id)
        crashed.keeper._checkpoint.stop()
        await crashed.keeper._write_all()
        folder = _copied(tmp_path)
        async with library_in(folder) as bench:
            assert bench.shown == ["Long", "Half"]
            assert bench.talk.summary().is_cut_off
        await crashed.aclose()

    run(scenario())


def test_a_conversation_that_is_not_kept_never_touches_the_disk(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with library_in(tmp_path) as bench:
            bench.library.begin(is_kept=False)
            asked = await bench.ask(user_message("Secret-Q", (image("secret-name.png"),)), "Secret-A")
            bench.library.begin()
            assert bench.titles == ["Secret-Q"]
            await bench.open(asked)
            assert bench.shown == ["Secret-Q", "Secret-A"], "it is in memory as long as the app runs"
            bench.library.rename(asked, "Secret-T")
            bench.library.pin([asked], is_pinned=True)
            await bench.done()
            assert bench.titles == ["Secret-T"]
        assert b"ecret-" not in _bytes(tmp_path)
        async with library_in(tmp_path) as bench:
            assert bench.titles == []

    run(scenario())


def test_a_name_and_a_pin_are_kept(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with library_in(tmp_path) as bench:
            old = await bench.ask("Old")
            bench.library.begin()
            await bench.ask("New")
            bench.library.rename(old, "  Of\nold ")
            bench.library.pin([old], is_pinned=True)
            await bench.done()
            assert bench.titles == ["Of old", "New"]
        async with library_in(tmp_path) as bench:
            assert bench.titles == ["Of old", "New"]
            await bench.open(old)
            await bench.ask("More")
            assert bench.titles == ["Of old", "New"]
            bench.library.rename(old, "")
            bench.library.pin([old], is_pinned=False)
            await bench.done()
            assert bench.titles == ["Old", "New"]

    run(scenario())


def test_what_is_deleted_comes_back_by_undo_and_is_gone_without(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with library_in(tmp_path) as bench:
            first_id = await bench.ask("Marker-one")
            bench.library.begin()
            second_id = await bench.ask("Marker-two")
            bench.library.deletion.delete([first_id, second_id])
            await bench.done()
            assert bench.titles == []
            assert bench.shown == []
            bench.library.deletion.undo()
            await bench.done()
            assert bench.titles == ["Marker-two", "Marker-one"]
            bench.library.deletion.delete([first_id])
            bench.library.deletion.conclude()
            await bench.done()
            assert bench.titles == ["Marker-two"]
            assert b"arker-one" not in _bytes(tmp_path)
            assert b"arker-two" in _bytes(tmp_path)
        async with library_in(tmp_path) as bench:
            assert bench.titles == ["Marker-two"]

    run(scenario())


def test_what_was_deleted_just_before_the_end_is_gone(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with library_in(tmp_path) as bench:
            bench.library.deletion.delete([await bench.ask("Marker-one")])
            await bench.done()
        assert b"arker-one" not in _bytes(tmp_path)

    run(scenario())


def test_an_answer_that_streams_can_be_deleted(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with library_in(tmp_path) as bench:
            bench.backend.answer_with(TextDelta("Marker-half"), asyncio.Event())
            bench.talk.send(user_message("Long"), ASKING)
            await first(bench.talk.grown)
            bench.library.deletion.delete([bench.talk.id])
            await bench.done()
            bench.library.deletion.conclude()
            await bench.done()
        assert b"arker-half" not in _bytes(tmp_path)

    run(scenario())


def test_everything_can_be_deleted_at_once(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with library_in(tmp_path) as bench:
            await bench.ask(user_message("Marker-one", (image("a.png"),)))
            bench.library.begin()
            bench.backend.answer_with(TextDelta("Marker-two"), asyncio.Event())
            bench.talk.send(user_message("Long"), ASKING)
            await first(bench.talk.grown)
            bench.keeper.keep_draft(Draft("Marker-three"))
            bench.library.deletion.delete_everything()
            await bench.done()
            assert bench.titles == []
            assert bench.shown == []
            assert b"arker-" not in _bytes(tmp_path)
            await bench.ask("After", "Yes.")
            assert bench.titles == ["After"]
        assert b"arker-" not in _bytes(tmp_path)
        async with library_in(tmp_path) as bench:
            assert bench.titles == ["After"]

    run(scenario())


def test_a_message_is_shown_in_its_branch(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with library_in(tmp_path) as bench:
            asked = await bench.ask("Which?", "The first.")
            bench.backend.answer_with(TextDelta("The second."), Finished("stop"))
            ended = first(bench.talk.answer_finished)
            bench.talk.regenerate(MessageId(1), ASKING)
            await ended
        async with library_in(tmp_path) as bench:
            bench.library.show(asked, MessageId(1), "first")
            await bench.done()
            assert bench.shown == ["Which?", "The first."]
            assert bench.found == [(1, "first")]

    run(scenario())


def test_who_chose_another_one_meanwhile_gets_that_one(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with library_in(tmp_path) as bench:
            one = await bench.ask("One")
            bench.library.begin()
            two = await bench.ask("Two")
        async with library_in(tmp_path) as bench:
            bench.library.show(one)
            bench.library.show(two)
            await bench.done()
            assert bench.shown[0] == "Two"
            bench.library.show(one)
            bench.library.begin()
            await bench.done()
            assert bench.shown == []

    run(scenario())


def test_an_unsent_question_comes_back(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench, writing, _ = await _writing_in(tmp_path)
        writing.put("Half a quest", (image("a.png"),))
        await bench.aclose()
        bench, writing, _ = await _writing_in(tmp_path)
        assert writing.text == "Half a quest"
        assert writing.images == (image("a.png"),)
        writing.take("")
        await bench.aclose()
        async with library_in(tmp_path) as again:
            assert (await _draft_in(again)) == Draft()

    run(scenario())


def test_what_is_written_for_a_conversation_that_is_not_kept_is_not_kept(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench, writing, drafts = await _writing_in(tmp_path)
        drafts.set_kept(is_kept=False)
        writing.put("Secret-1", ())
        drafts.set_kept(is_kept=True)
        writing.set_text("Secret-12")
        await bench.done()
        assert b"ecret-1" not in _bytes(tmp_path)
        writing.take("")
        writing.set_text("Open")
        await bench.aclose()
        assert b"Open" in _bytes(tmp_path)

    run(scenario())


async def _writing_in(folder: Path) -> tuple[LibraryBench, ComposerViewModel, Drafts]:
    """A start of an app in which questions are written."""
    bench, writing = LibraryBench(folder), composer()
    drafts = Drafts(writing, bench.keeper, bench.store, bench.tasks)
    bench.keeper.open()
    await bench.done()
    return bench, writing, drafts


async def _draft_in(bench: LibraryBench) -> Draft:
    return (await bench.store.open()).draft


def _bytes(folder: Path) -> bytes:
    """All that the disk has, names of files included."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    names = json.dumps([path.name for path in files]).encode()
    return names + b"".join(path.read_bytes() for path in files)


def _copied(folder: Path) -> Path:
    """What a crash would have left."""
    target = folder.with_name(f"{folder.name}-crashed")
    target.mkdir()
    for path in folder.rglob("*"):
        if path.is_file():
            (target / path.relative_to(folder)).parent.mkdir(parents=True, exist_ok=True)
            (target / path.relative_to(folder)).write_bytes(path.read_bytes())
    return target
