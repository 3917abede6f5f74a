"""A conversation grows by one request at a time, and shows exactly what it has announced."""

import asyncio
from dataclasses import replace

import pytest

from desktop.domain.events import (
    Finished,
    Notice,
    NoticeRaised,
    ReasoningDelta,
    TextDelta,
    Usage,
    UsageReported,
)
from desktop.domain.messages import Parameters, Thinking, user_message
from desktop.domain.models import Catalog, Model
from desktop.domain.provider_errors import ConnectionLost
from desktop.domain.settings import Endpoint, Settings
from tests.conftest import Run
from tests.support.chatting import ChatBench, Follower
from tests.support.pictures import image
from tests.support.qt import first

QUESTION = user_message("What is this?", (image("a.png"),))


def test_an_answer_is_asked_for_streamed_and_kept(run: Run) -> None:
    async def scenario() -> None:
        bench = ChatBench()
        usage = Usage(prompt_tokens=12, completion_tokens=3)
        script = bench.backend.answer_with(
            ReasoningDelta("Hm."), TextDelta("A "), TextDelta("dog"), UsageReported(usage), Finished("stop")
        )
        bench.chat.send(QUESTION)
        assert bench.chat.is_busy
        await bench.idle()

        question, answer = bench.chat.conversation.path()
        assert question.question is QUESTION
        assert answer.answer is not None
        assert (answer.answer.text, answer.answer.reasoning) == ("A dog", "Hm.")
        assert (answer.answer.finish, answer.answer.usage) == ("stop", usage)
        assert answer.answer.seconds >= answer.answer.thinking_seconds >= answer.answer.first_seconds > 0
        assert bench.ended == [answer.answer]
        assert bench.busy == [True, False]
        assert script.requests[0].messages == (QUESTION,)

    run(scenario())


def test_words_of_one_frame_are_announced_at_once(run: Run) -> None:
    async def scenario() -> None:
        bench = ChatBench()
        words = [TextDelta(f"{number} ") for number in range(100)]
        bench.backend.answer_with(*words[:50], ReasoningDelta("hm"), *words[50:], Finished("stop"))
        bench.chat.send(QUESTION)
        await bench.idle()

        whole = "".join(word.text for word in words)
        assert "".join(text for _, text in bench.appended) == whole
        assert len(bench.appended) < 20, "far fewer than there were words"
        assert bench.reasoned == [(1, "hm")]

    run(scenario())


def test_many_words_in_one_turn_of_the_loop_are_one_piece(run: Run) -> None:
    async def scenario() -> None:
        bench, last = ChatBench(), asyncio.Event()
        bench.backend.answer_with(last)
        bench.chat.send(QUESTION)
        for number in range(1000):
            bench.worker.event_received.emit(TextDelta(f"{number},"))
        assert not bench.appended, "nothing is shown in the middle of a turn"
        await first(bench.chat.transcript.text_appended)

        assert bench.appended == [(1, "".join(f"{number}," for number in range(1000)))]
        bench.chat.stop()
        await bench.tasks.aclose()

    run(scenario())


def test_an_entry_shows_what_was_announced_and_no_more(run: Run) -> None:
    async def scenario() -> None:
        bench, gate = ChatBench(), asyncio.Event()
        bench.backend.answer_with(TextDelta("Hello"), gate, TextDelta(" world"), Finished("stop"))
        bench.chat.send(QUESTION)
        bench.worker.event_received.emit(TextDelta("early "))
        assert bench.shown() == "", "received, but not announced"
        await bench.announced("early Hello")
        assert bench.shown() == "early Hello"
        gate.set()
        await bench.idle()
        assert bench.shown() == "early Hello world"

    run(scenario())


def test_a_view_that_is_made_in_the_middle_shows_nothing_twice(run: Run) -> None:
    async def scenario() -> None:
        bench, gate = ChatBench(), asyncio.Event()
        script = [TextDelta(f"{number} ") for number in range(200)]
        bench.backend.answer_with(*script[:100], gate, *script[100:], Finished("stop"))
        early = Follower(bench.chat.transcript)
        bench.chat.send(QUESTION)
        bench.worker.event_received.emit(TextDelta("first "))
        late = Follower(bench.chat.transcript)
        await first(bench.chat.transcript.text_appended)
        latest = Follower(bench.chat.transcript)
        gate.set()
        await bench.idle()

        whole = "first " + "".join(word.text for word in script)
        assert early.texts == late.texts == latest.texts == ["", whole]

    run(scenario())


def test_a_notice_is_an_entry_s_change(run: Run) -> None:
    async def scenario() -> None:
        bench, gate = ChatBench(), asyncio.Event()
        follower = Follower(bench.chat.transcript)
        said = NoticeRaised(Notice.READER_CANNOT_ANSWER)
        bench.backend.answer_with(said, TextDelta("Total 12"), gate, TextDelta(".50"), Finished("stop"))
        bench.chat.send(QUESTION)
        await first(bench.chat.transcript.changed)
        answer = bench.chat.transcript[1].node.answer
        assert answer is not None
        assert answer.notices == (said,)
        gate.set()
        await bench.idle()

        assert follower.texts == ["", "Total 12.50"]

    run(scenario())


def test_stop_keeps_what_came(run: Run) -> None:
    async def scenario() -> None:
        bench = ChatBench()
        bench.backend.answer_with(TextDelta("Half an"), asyncio.Event(), TextDelta(" answer"))
        bench.chat.send(QUESTION)
        await bench.announced("Half an")
        bench.worker.event_received.emit(TextDelta(" unshown"))
        bench.chat.stop()

        assert not bench.chat.is_busy, "at once"
        answer = bench.ended[0]
        assert (answer.text, answer.finish) == ("Half an unshown", "cancelled")
        assert bench.shown() == "Half an unshown"
        await bench.tasks.aclose()
        assert len(bench.ended) == 1

    run(scenario())


def test_an_error_keeps_what_came(run: Run) -> None:
    async def scenario() -> None:
        bench, error = ChatBench(), ConnectionLost(host="example.com")
        bench.backend.answer_with(TextDelta("Half an"), error)
        bench.chat.send(QUESTION)
        await bench.idle()

        answer = bench.ended[0]
        assert (answer.text, answer.finish, answer.error) == ("Half an", "interrupted", error)

    run(scenario())


def test_a_follow_up_carries_the_conversation_and_its_images(run: Run) -> None:
    async def scenario() -> None:
        bench = ChatBench()
        await bench.ask(QUESTION, "A dog.")
        second = user_message("And this?", (image("b.png"),))
        request = (await bench.ask(second, "A cat.")).requests[0]

        assert [message.role for message in request.messages] == ["user", "assistant", "user"]
        assert request.messages[0].images == QUESTION.images
        assert request.messages[1].text == "A dog."
        assert request.question is second

    run(scenario())


def test_a_question_while_an_answer_comes_is_not_asked(run: Run) -> None:
    async def scenario() -> None:
        bench = ChatBench()
        script = bench.backend.answer_with(asyncio.Event())
        bench.chat.send(QUESTION)
        bench.chat.send(user_message("Another"))
        await asyncio.sleep(0)

        assert len(bench.chat.conversation.nodes) == 2
        assert len(script.requests) <= 1
        bench.chat.stop()
        await bench.tasks.aclose()

    run(scenario())


def test_asking_again_keeps_the_old_answer_beside_the_new(run: Run) -> None:
    async def scenario() -> None:
        bench = ChatBench()
        await bench.ask(QUESTION, "A dog.")
        script = await bench.regenerate(1, "A wolf.")

        assert script.requests[0].messages == (QUESTION,), "the old answer is not part of it"
        assert bench.shown() == "A wolf."
        entry = bench.chat.transcript[1]
        assert (entry.place, entry.siblings) == (1, 2)
        bench.chat.show_sibling(1, -1)
        assert bench.shown() == "A dog."
        assert bench.chat.transcript[1].place == 0
        bench.chat.show_sibling(1, -1)
        assert bench.shown() == "A dog.", "there is none before the first"

    run(scenario())


def test_another_answer_in_the_middle_begins_another_branch(run: Run) -> None:
    async def scenario() -> None:
        bench = ChatBench()
        await bench.ask(QUESTION, "A dog.")
        await bench.ask(user_message("Which?"), "A terrier.")
        await bench.regenerate(1, "A wolf.")
        assert len(bench.chat.transcript) == 2
        bench.chat.show_sibling(1, -1)

        assert len(bench.chat.transcript) == 4
        assert bench.shown() == "A terrier."

    run(scenario())


def test_a_question_is_no_answer_to_ask_again_for(run: Run) -> None:
    async def scenario() -> None:
        bench = ChatBench()
        await bench.ask(QUESTION, "A dog.")
        bench.chat.regenerate(0)

        assert not bench.chat.is_busy

    run(scenario())


HYBRID = Model("hybrid", thinking="hybrid")
ALWAYS = Model("always", thinking="always")
ONLY_STREAMS = Model("only-streams", stream_only=True)
PLAIN = Model("plain")
MODELS = Catalog((HYBRID, ALWAYS, ONLY_STREAMS, PLAIN))
OTHER = Endpoint("custom", base_url="https://llm.example.org/v1")


@pytest.mark.parametrize(
    ("settings", "model", "thinking", "streams"),
    [
        (Settings(), HYBRID, Thinking(False), True),
        (Settings(thinking=True), HYBRID, Thinking(True), True),
        (Settings(thinking=True, thinking_budget=500), HYBRID, Thinking(True, 500), True),
        (Settings(thinking_budget=500), HYBRID, Thinking(False), True),
        (Settings(thinking=True), PLAIN, None, True),
        (Settings(thinking=True, endpoint=OTHER), HYBRID, None, True),
        (Settings(stream=False), PLAIN, None, False),
        (Settings(stream=False), HYBRID, Thinking(False), False),
        # The service refuses to think without a stream.
        (Settings(stream=False, thinking=True), HYBRID, Thinking(True), True),
        (Settings(stream=False), ALWAYS, None, True),
        (Settings(stream=False, endpoint=OTHER), ALWAYS, None, False),
        (Settings(stream=False, endpoint=OTHER), ONLY_STREAMS, None, True),
        # A switch that this model does not have changes nothing.
        (Settings(stream=False, thinking=True), PLAIN, None, False),
        (Settings(stream=False, thinking=True, endpoint=OTHER), HYBRID, None, False),
    ],
)
def test_a_request_says_what_its_model_understands(
    run: Run, settings: Settings, model: Model, thinking: Thinking | None, streams: bool
) -> None:
    async def scenario() -> None:
        bench = ChatBench()
        bench.chat.configure(settings, MODELS, model.id)
        request = (await bench.ask(QUESTION, "Yes.")).requests[0]

        assert (request.model, request.thinking, request.stream) == (model.id, thinking, streams)

    run(scenario())


@pytest.mark.parametrize(
    ("endpoint", "model", "full_detail"),
    [
        (Endpoint(), "qwen3-vl-plus", True),
        (Endpoint(), "qwen-vl-ocr", None),
        (Endpoint(), "plain", None),
        (OTHER, "qwen3-vl-plus", None),
    ],
)
def test_full_detail_is_asked_of_models_that_have_it(
    run: Run, endpoint: Endpoint, model: str, full_detail: bool | None
) -> None:
    async def scenario() -> None:
        bench = ChatBench()
        bench.chat.configure(Settings(endpoint=endpoint, full_detail=True), MODELS, model)
        request = (await bench.ask(QUESTION, "Yes.")).requests[0]

        assert request.full_detail is full_detail

    run(scenario())


def test_settings_hold_for_the_next_request(run: Run) -> None:
    async def scenario() -> None:
        bench = ChatBench()
        parameters = Parameters(temperature=0.5, instructions="Be brief.")
        await bench.ask(QUESTION, "A dog.")
        bench.chat.configure(replace(Settings(), parameters=parameters), MODELS, "plain")
        request = (await bench.ask(user_message("And?"), "A cat.")).requests[0]

        assert (request.parameters, request.model) == (parameters, "plain")

    run(scenario())
