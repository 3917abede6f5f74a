"""Twenty answers stream at once in one window, which shows one of them."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop.domain.events import Finished, StreamEvent, TextDelta
from desktop.domain.messages import ChatRequest
from desktop.domain.settings import Settings
from desktop.ui.transcript.answer import AnswerView
from desktop.viewmodels.talk import Talk
from tests.conftest import Run
from tests.support.qt import heard
from tests.support.windows import OpenWindow, open_window

STREAMS, DELTAS = 20, 200
SETTINGS = Settings(model="qwen3-vl-plus", language="en", theme="light")


class Chorus:
    """Answers every question with words of its own; nobody ends before all have begun."""

    def __init__(self) -> None:
        self.all_there = asyncio.Barrier(STREAMS)

    async def stream(self, request: ChatRequest) -> AsyncGenerator[StreamEvent, None]:
        yield TextDelta("So: ")
        await self.all_there.wait()
        for number in range(DELTAS):
            await asyncio.sleep(0)
            yield TextDelta(piece(request.question.text, number))
        yield Finished("stop")


def piece(question: str, number: int) -> str:
    return f"{question} {number}, "


def answer(question: str) -> str:
    return "So: " + "".join(piece(question, number) for number in range(DELTAS))


async def ask_all(window: OpenWindow) -> dict[str, Talk]:
    """Twenty conversations, each with its question; the last one is shown."""
    talks = {}
    for number in range(STREAMS):
        window.session.library.begin()
        window.session.composer.put(f"Question {number}", [])
        window.session.send("")
        talks[f"Question {number}"] = window.session.chat.talk
    return talks


def laid_out(window: OpenWindow) -> int:
    """How many answers have widgets that are shown."""
    return sum(not view.isHidden() for view in window.window.findChildren(AnswerView))


async def ended(talks: dict[str, Talk]) -> None:
    done = asyncio.Event()
    for talk in talks.values():
        talk.busy_changed.connect(lambda _: done.set())
    while any(talk.is_busy for talk in talks.values()):
        done.clear()
        await done.wait()


def test_each_gets_its_own_words_and_only_the_shown_one_is_painted(
    run: Run, undressed: QApplication, tmp_path: Path
) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, SETTINGS) as window:
            window.backend.script = Chorus()  # type: ignore[assignment]  # another source, no list of steps
            talks = await ask_all(window)
            shown = window.session.chat.talk
            appended = heard(window.session.chat.transcript.text_appended)
            grown = heard(shown.grown)
            views = set[int]()
            shown.grown.connect(lambda _: views.add(laid_out(window)))
            assert sum(talk.is_busy for talk in talks.values()) == STREAMS
            await ended(talks)

            for question, talk in talks.items():
                said = talk.conversation.nodes[-1].answer
                assert said is not None
                assert (said.text, said.finish, said.error) == (answer(question), "stop", None)
            assert "".join(text for _, text in appended) == answer("Question 19")
            assert len(appended) == len([each for each in grown if each.text]) < DELTAS, "by frames"
            assert views == {1}, "of the others nothing is laid out"
            assert answer("Question 19").strip() in window.painted
            for question in ("Question 0", "Question 7"):
                window.session.chat.open(talks[question])
                assert answer(question).strip() in window.painted

    run(scenario())


def test_stopping_the_shown_one_leaves_the_others_alone(
    run: Run, undressed: QApplication, tmp_path: Path
) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, SETTINGS) as window:
            window.backend.script = Chorus()  # type: ignore[assignment]  # another source, no list of steps
            talks = await ask_all(window)
            shown = window.session.chat.talk
            shown.grown.connect(shown.stop)
            await ended(talks)

            ends = {question: talk.conversation.nodes[-1].answer for question, talk in talks.items()}
            assert [each.finish for each in ends.values() if each] == ["stop"] * 19 + ["cancelled"]

    run(scenario())
