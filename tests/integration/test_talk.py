"""A conversation goes on whether anybody looks or not, and after it was cut off."""

import asyncio
from dataclasses import replace

from desktop.domain.conversation import Answer, Conversation, MessageId
from desktop.domain.events import Finished, ReasoningDelta, TextDelta, Usage, UsageReported
from desktop.domain.messages import user_message
from desktop.domain.models import Catalog
from desktop.domain.provider_errors import ConnectionLost
from desktop.domain.request import GO_ON
from desktop.domain.settings import Settings
from tests.conftest import Run
from tests.support.chatting import ChatBench, Follower
from tests.support.pictures import image
from tests.support.qt import first
from tests.support.talking import unkept_talk

QUESTION = user_message("What is this?", (image("a.png"),))


def test_an_answer_goes_on_behind_another_conversation(run: Run) -> None:
    async def scenario() -> None:
        bench, gate = ChatBench(), asyncio.Event()
        bench.backend.answer_with(TextDelta("Half"), gate, TextDelta(" and half"), Finished("stop"))
        bench.chat.send(QUESTION)
        await bench.announced("Half")
        behind, other = bench.chat.talk, unkept_talk(bench.backend, bench.tasks)
        bench.chat.open(other)
        assert not bench.chat.is_busy
        assert behind.is_busy
        assert len(bench.chat.transcript) == 0
        assert bench.busy == [True, False]

        bench.appended.clear()
        ended = first(behind.answer_finished)
        gate.set()
        await ended
        assert not bench.appended, "what is not shown is not told"
        assert not bench.ended
        bench.chat.open(behind)
        assert bench.shown() == "Half and half"

    run(scenario())


def test_an_answer_that_streams_is_shown_as_far_as_it_came(run: Run) -> None:
    async def scenario() -> None:
        bench, gate = ChatBench(), asyncio.Event()
        bench.backend.answer_with(TextDelta("Half"), gate, TextDelta(" and half"), Finished("stop"))
        bench.chat.send(QUESTION)
        await bench.announced("Half")
        behind = bench.chat.talk
        bench.chat.open(unkept_talk(bench.backend, bench.tasks))
        follower = Follower(bench.chat.transcript)
        bench.chat.open(behind)
        assert bench.busy == [True, False, True]
        assert follower.texts == ["", "Half"]
        gate.set()
        await bench.idle()
        assert follower.texts == ["", "Half and half"]

    run(scenario())


def test_an_answer_that_streams_tells_for_how_long(run: Run) -> None:
    async def scenario() -> None:
        bench = ChatBench()
        bench.backend.answer_with(TextDelta("Half"), asyncio.Event())
        bench.chat.send(QUESTION)
        await bench.announced("Half")
        behind = bench.chat.talk
        bench.chat.open(unkept_talk(bench.backend, bench.tasks))
        bench.chat.open(behind)
        answer = bench.chat.transcript[1].node.answer
        assert answer is not None
        assert answer.seconds > 0
        bench.chat.stop()
        assert bench.ended[0].seconds > answer.seconds
        await bench.tasks.aclose()

    run(scenario())


def test_an_answer_that_was_cut_off_goes_on_from_its_last_word(run: Run) -> None:
    async def scenario() -> None:
        bench = ChatBench()
        usage = Usage(completion_tokens=2)
        bench.backend.answer_with(ReasoningDelta("Hm."), TextDelta("A d"), ConnectionLost(host="a.example"))
        bench.chat.send(QUESTION)
        await bench.idle()
        (cut,) = bench.ended
        assert (cut.text, cut.finish) == ("A d", "interrupted")

        follower = Follower(bench.chat.transcript)
        script = bench.backend.answer_with(TextDelta("og."), UsageReported(usage), Finished("stop"))
        cut_model = replace(cut, model="a-model")
        bench.chat.talk._conversation = bench.chat.conversation.set_answer(MessageId(1), cut_model)
        bench.chat.resume(1)
        assert bench.chat.is_busy
        assert bench.shown() == "A d"
        await bench.idle()

        answer = bench.ended[1]
        assert (answer.text, answer.reasoning, answer.finish, answer.error) == ("A dog.", "Hm.", "stop", None)
        assert answer.model == "a-model"
        assert answer.seconds > cut.seconds
        assert follower.texts == ["", "A dog."]
        assert len(bench.chat.conversation.nodes) == 2
        (request,) = script.requests
        said = [(message.role, message.text) for message in request.messages]
        assert said == [("user", "What is this?"), ("assistant", "A d"), ("user", GO_ON)]

    run(scenario())


def test_what_the_reader_read_cannot_go_on(run: Run) -> None:
    async def scenario() -> None:
        bench = ChatBench()
        bench.backend.answer_with(TextDelta("A d"))
        bench.chat.send(QUESTION)
        await bench.idle()
        bench.chat.resume(1)

        assert not bench.chat.is_busy

    run(scenario())


def test_what_was_said_after_an_answer_that_goes_on_is_still_to_be_found(run: Run) -> None:
    async def scenario() -> None:
        bench = ChatBench()
        bench.chat.configure(Settings(), Catalog(()), "a-model")
        bench.backend.answer_with(TextDelta("Half"), Finished("interrupted"))
        bench.chat.send(QUESTION)
        await bench.idle()
        await bench.ask(user_message("And why?"), "Because.")
        bench.backend.answer_with(TextDelta(" and half"), Finished("stop"))
        bench.chat.resume(1)
        await bench.idle()
        assert bench.shown() == "Half and half"
        bench.chat.show_sibling(1, -1)
        assert bench.shown() == "Because."
        answer = bench.chat.transcript[1].node.answer
        assert answer is not None
        assert answer.text == "Half", "as it was when it was answered"

    run(scenario())


def test_a_question_whose_answer_is_lost_is_asked_again(run: Run) -> None:
    async def scenario() -> None:
        lost = Conversation().ask(user_message("One")).begin_answer(MessageId(0), "a-model")
        lost = lost.set_answer(MessageId(1), Answer("a-model", text="1", finish="stop"))
        bench = ChatBench()
        bench.chat.open(unkept_talk(bench.backend, bench.tasks, lost.ask(user_message("Two"))))
        source = await bench.regenerate(2, "2")
        assert source.requests[0].question == user_message("Two")
        assert [len(bench.chat.transcript), bench.shown()] == [4, "2"]

    run(scenario())
