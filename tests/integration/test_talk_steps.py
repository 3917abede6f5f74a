"""The next steps after an answer that failed: asked again smaller, alone, or just again."""

import asyncio
from dataclasses import replace
from pathlib import Path

from desktop.domain.conversation import Answer, Conversation
from desktop.domain.errors import NextStep
from desktop.domain.events import Finished, Notice, TextDelta
from desktop.domain.image_errors import BrokenImage, ImagesSmallEnough
from desktop.domain.images import ImageChange, ImageInput, Size
from desktop.domain.limits import ImageLimits
from desktop.domain.messages import ChatRequest, user_message
from desktop.domain.models import Catalog
from desktop.domain.provider_errors import ConnectionLost
from desktop.domain.refusals import ContextTooLong, RequestTooLarge
from desktop.domain.request import GO_ON
from desktop.domain.settings import Endpoint, Settings
from desktop.runtime.tasks import TaskOwner
from desktop.viewmodels.chat import ChatViewModel
from tests.conftest import Run
from tests.support.libraries import ASKING, library_in
from tests.support.pictures import ScriptedLoader, image
from tests.support.qt import first
from tests.support.scripted import ScriptedBackend, Step
from tests.support.talking import unkept_talk

TOO_LARGE = RequestTooLarge(host="llm.example.org", status=413)
TOO_LONG = ContextTooLong(host="llm.example.org", status=400)
LOST = ConnectionLost(host="llm.example.org")
SETTINGS = Settings(endpoint=Endpoint("custom", base_url="https://llm.example.org/v1"))
PICTURE = image("a.png", (1920, 1080))
DONE = (TextDelta("Well."), Finished("stop"))


class Shrinker(ScriptedLoader):
    """Makes images as large as is allowed, in name."""

    async def load(self, source: object, limits: ImageLimits, page: int = 0) -> ImageInput:
        await super().load(source, limits, page)  # type: ignore[arg-type]  # whatever it is, it has a name
        assert limits.max_px is not None
        change = ImageChange("image/png", from_size=PICTURE.size, limit="pixels")
        return replace(PICTURE, size=Size(limits.max_px, 1), change=change)


class Bench:
    """A chat with a server, and what was asked of it."""

    def __init__(self, conversation: Conversation | None = None) -> None:
        self.backend, self.loader = ScriptedBackend(), Shrinker()
        talk = unkept_talk(self.backend, TaskOwner(), conversation, loader=self.loader)
        self.chat = ChatViewModel(SETTINGS, Catalog(()), talk)
        self.chat.configure(SETTINGS, Catalog(()), "a-model")

    @property
    def answer(self) -> Answer:
        answer = self.chat.transcript[len(self.chat.transcript) - 1].node.answer
        assert answer is not None
        return answer

    async def ask(self, text: str, *steps: Step, images: tuple[ImageInput, ...] = ()) -> ChatRequest | None:
        source = self.backend.answer_with(*steps)
        self.chat.send(user_message(text, images))
        await self._idle()
        return source.requests[0] if source.requests else None

    async def step(self, step: NextStep, *steps: Step) -> ChatRequest | None:
        source = self.backend.answer_with(*steps)
        self.chat.take_step(len(self.chat.transcript) - 1, step)
        await self._idle()
        return source.requests[0] if source.requests else None

    async def _idle(self) -> None:
        while self.chat.is_busy:
            await first(self.chat.answer_finished)


def areas(request: ChatRequest | None) -> list[int]:
    assert request is not None
    return [each.size.width * each.size.height for message in request.messages for each in message.images]


def texts(request: ChatRequest | None) -> list[str]:
    assert request is not None
    return [message.text for message in request.messages]


def notices(answer: Answer) -> list[Notice]:
    return [said.notice for said in answer.notices]


def test_images_are_halved_each_time_and_it_is_said(run: Run) -> None:
    async def scenario() -> None:
        bench, full = Bench(), 1920 * 1080
        assert areas(await bench.ask("What?", TOO_LARGE, images=(PICTURE,))) == [full]
        assert areas(await bench.step(NextStep.SHRINK_IMAGES, TOO_LARGE)) == [full // 2]
        assert notices(bench.answer) == [Notice.SENT_SMALLER]
        assert areas(await bench.step(NextStep.SHRINK_IMAGES, LOST)) == [full // 4]
        assert areas(await bench.step(NextStep.RETRY, *DONE)) == [full // 4], "tried again as it was"
        assert bench.answer.text == "Well."
        assert notices(bench.answer) == [Notice.SENT_SMALLER]
        assert len(bench.chat.conversation.siblings(bench.chat.transcript[1].node.id)) == 4
        assert bench.chat.conversation.nodes[0].question == user_message("What?", [PICTURE])

    run(scenario())


def test_the_next_turn_sends_them_no_larger(run: Run) -> None:
    async def scenario() -> None:
        bench, half = Bench(), 1920 * 1080 // 2
        await bench.ask("What?", TOO_LARGE, images=(PICTURE,))
        await bench.step(NextStep.SHRINK_IMAGES, *DONE)
        assert areas(await bench.ask("And?", *DONE)) == [half]
        assert areas(await bench.ask("And?", *DONE)) == [half]
        other = replace(SETTINGS, endpoint=Endpoint("openai"))
        bench.chat.configure(other, Catalog(()), "a-model")
        assert areas(await bench.ask("And there?", *DONE)) == [1920 * 1080], "another server may take them"

    run(scenario())


def test_images_that_cannot_be_smaller_are_not_sent(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        await bench.ask("What?", TOO_LARGE, images=(image("a.png", (400, 300)),))
        assert await bench.step(NextStep.SHRINK_IMAGES, *DONE) is None
        assert isinstance(bench.answer.error, ImagesSmallEnough)

    run(scenario())


def test_a_question_is_asked_alone(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        await bench.ask("One?", *DONE)
        assert texts(await bench.ask("Two?", TOO_LONG)) == ["One?", "Well.", "Two?"]
        assert texts(await bench.step(NextStep.ASK_ALONE, TextDelta("Half"), LOST)) == ["Two?"]
        assert notices(bench.answer) == [Notice.ASKED_ALONE]
        assert len(bench.chat.transcript) == 4, "what was said before is still there"

        source = bench.backend.answer_with(*DONE)
        bench.chat.resume(3)
        await first(bench.chat.answer_finished)
        assert texts(source.requests[0]) == ["Two?", "Half", GO_ON]
        assert bench.answer.text == "HalfWell."
        assert notices(bench.answer) == [Notice.ASKED_ALONE], "said once"

    run(scenario())


def test_a_fresh_answer_is_asked_for_as_ever(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        await bench.ask("One?", *DONE)
        await bench.ask("Two?", TOO_LONG)
        await bench.step(NextStep.ASK_ALONE, *DONE)
        source = bench.backend.answer_with(*DONE)
        bench.chat.regenerate(3)
        await first(bench.chat.answer_finished)
        assert texts(source.requests[0]) == ["One?", "Well.", "Two?"]
        assert texts(await bench.ask("Three?", *DONE)) == ["One?", "Well.", "Two?", "Well.", "Three?"]

    run(scenario())


def test_an_image_of_an_earlier_turn_that_fails_costs_nothing(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        await bench.ask("What?", *DONE, images=(replace(PICTURE, media_type="image/webp"),))
        near = Settings(endpoint=Endpoint("lmstudio"))
        bench.chat.configure(near, Catalog(()), "a-model")
        bench.loader.refuse("a.png", BrokenImage)
        assert await bench.ask("And?", *DONE) is None
        assert isinstance(bench.answer.error, BrokenImage)
        assert len(bench.chat.transcript) == 4

    run(scenario())


def test_the_steps_work_after_a_restart(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with library_in(tmp_path) as bench:
            bench.backend.answer_with(TOO_LARGE)
            ended = first(bench.talk.answer_finished)
            bench.talk.send(user_message("What?", [PICTURE]), ASKING)
            await ended
            await bench.keeper.settled(bench.talk.id)
            kept = bench.talk.id
        async with library_in(tmp_path) as bench:
            await bench.open(kept)
            failed = bench.talk.conversation.nodes[1]
            assert failed.answer is not None
            assert isinstance(failed.answer.error, RequestTooLarge)
            assert failed.answer.error.next_step is NextStep.SHRINK_IMAGES
            source = bench.backend.answer_with(*DONE)
            ended = first(bench.talk.answer_finished)
            bench.talk.take_step(failed.id, NextStep.SHRINK_IMAGES, ASKING)
            await ended
            (limits,) = bench.loader.limits
            assert limits.max_px == 1920 * 1080 // 2
            assert len(source.requests) == 1

    run(scenario())


def test_nothing_is_asked_twice_at_once(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        await bench.ask("What?", LOST)
        source = bench.backend.answer_with(asyncio.Event())
        bench.chat.take_step(1, NextStep.RETRY)
        bench.chat.take_step(1, NextStep.RETRY)
        assert len(bench.chat.conversation.nodes) == 3
        bench.chat.stop()
        await asyncio.sleep(0)
        assert not source.requests

    run(scenario())
