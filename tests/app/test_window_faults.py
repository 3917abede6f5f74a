"""Every kind of error once in the whole window, over real sockets: said, nothing lost, and on with it."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path
from typing import NamedTuple, get_args

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from desktop.connection import Connection
from desktop.domain.events import StreamEvent
from desktop.domain.images import ImageInput
from desktop.domain.messages import ChatRequest
from desktop.domain.provider_errors import ProviderError
from desktop.domain.refusals import ContextTooLong, ContextTooLongFor, QuestionTooLong, RequestTooLarge
from desktop.domain.settings import Settings
from desktop.providers.retry import RetryingSource
from desktop.ui.transcript.ending import AnswerEnding
from desktop.ui.wording import sentence, step_words
from tests.conftest import Run
from tests.support.drawer import Drawer
from tests.support.faults import FAULTS
from tests.support.faults.fault import MODEL, Fault, Group, Place, at, replies
from tests.support.faults.said import ANSWER, STREAM
from tests.support.pictures import image
from tests.support.scripted import ScriptedSource
from tests.support.server import ScriptedServer, events, in_turn, whole
from tests.support.terminal import KEY
from tests.support.windows import OpenWindow, open_window

IN_ENGLISH = Settings(model=MODEL, language="en", theme="light")
KEYS = tuple(f"{name}_API_KEY" for name in ("DASHSCOPE", "OPENAI", "OPENROUTER", "SILICONFLOW"))


class Case(NamedTuple):
    """A fault, and what must be asked to meet it."""

    fault: Fault
    images: int = 1
    has_history: bool = False


def too_long(kind: type[ProviderError], message: str, *, images: int = 0, status: int = 400) -> Fault:
    error = {"message": message, "type": "invalid_request_error", "code": None}
    return Fault("HTTP", kind.__name__, replies(whole({"error": error}, status=status)), kind)


OF_THE_CONVERSATION = (
    Case(too_long(QuestionTooLong, "prompt is too long"), images=0),
    Case(too_long(ContextTooLong, "prompt is too long"), images=0, has_history=True),
    Case(
        too_long(ContextTooLongFor, "This model's maximum context length is 4096 tokens."),
        images=0,
        has_history=True,
    ),
    Case(too_long(RequestTooLarge, "Payload Too Large", status=413), images=2),
)
"""Kinds that the length of what is asked decides about."""

BY_KIND = {fault.comes: Case(fault) for fault in reversed(FAULTS) if not isinstance(fault.comes, str)}
CASES = (*BY_KIND.values(), *OF_THE_CONVERSATION)


class OverSockets(ScriptedSource):
    """Asks the server of a place, as the app's own backend does."""

    def __init__(self, connection: Connection, settings: Settings) -> None:
        super().__init__([])
        self._connection = connection
        self._settings = settings

    async def stream(self, request: ChatRequest) -> AsyncGenerator[StreamEvent, None]:
        source = await self._connection.source(MODEL, self._settings)
        assert isinstance(source, RetryingSource)
        source._sleep = _at_once
        async with aclosing(source.stream(request)) as stream:
            async for event in stream:
                yield event


async def _at_once(seconds: float) -> None:
    await asyncio.sleep(0)


@pytest.mark.parametrize("group", get_args(Group))
def test_each_kind_of_error_is_told_in_the_window(
    group: Group, run: Run, undressed: QApplication, tmp_path: Path
) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, IN_ENGLISH) as window:
            for case in CASES:
                if case.fault.group == group:
                    with case.fault.scene() as place, ScriptedServer(in_turn(events(STREAM))) as good:
                        await is_borne(window, case, place, good)

    run(scenario())


async def is_borne(window: OpenWindow, case: Case, place: Place, good: ScriptedServer) -> None:
    environ = dict.fromkeys(KEYS, case.fault.key) if case.fault.key else {}
    connection = Connection(environ, environment_first=True, openai_variable=True, secrets=Drawer())
    try:
        window.action("new").trigger()
        if case.has_history:
            await is_answered(window, connection, good)
        await is_told(window, case, OverSockets(connection, place.settings))
        await is_answered(window, connection, good)
    finally:
        await connection.aclose()


async def is_told(window: OpenWindow, case: Case, source: OverSockets) -> None:
    pictures = [image(f"{number}.png") for number in range(case.images)]
    await ask(window, source, "What is this?", pictures)

    question, answer = (window.session.chat.transcript[index].node for index in (-2, -1))
    assert answer.answer is not None
    error = answer.answer.error
    assert type(error) is case.fault.comes, case.fault.name
    assert error is not None
    assert case.fault.text in (None, answer.answer.text)
    assert question.question is not None
    assert (question.question.text, list(question.question.images)) == ("What is this?", pictures)
    ending = window.window.findChildren(AnswerEnding)[-1]
    assert sentence(error) in ending.findChildren(QLabel)[0].text()
    assert KEY not in window.painted
    if error.next_step is not None:
        assert step_words(error.next_step) in buttons(ending)


def buttons(ending: AnswerEnding) -> list[str]:
    return [each.text() for each in ending.findChildren(QPushButton) if not each.isHidden()]


async def ask(window: OpenWindow, source: ScriptedSource, question: str, pictures: list[ImageInput]) -> None:
    window.backend.script = source
    window.session.composer.put(question, pictures)
    window.session.send("")
    await window.answered()


async def is_answered(window: OpenWindow, connection: Connection, good: ScriptedServer) -> None:
    await ask(window, OverSockets(connection, at(good.url).settings), "And now?", [])
    assert ANSWER in window.painted
