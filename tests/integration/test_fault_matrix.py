"""Every fault over one connection, as the window holds it: it is told, and the next question is answered."""

import asyncio
import sys
import threading
from collections.abc import Iterator
from contextlib import aclosing
from pathlib import Path

import pytest

from desktop.connection import Connection
from desktop.domain.errors import AppError
from desktop.domain.events import AnswerDraft, RetryScheduled
from desktop.domain.messages import ChatRequest, user_message
from desktop.domain.settings import Settings
from desktop.providers.retry import RetryingSource
from desktop.runtime.garbage import collect_due
from tests.conftest import Run
from tests.support.drawer import Drawer
from tests.support.faults import FAULTS
from tests.support.faults.fault import MODEL, Fault, Place, at
from tests.support.faults.said import ANSWER, STREAM
from tests.support.pictures import image
from tests.support.server import ScriptedServer, events, in_turn

LINUX = sys.platform == "linux"
KEYS = tuple(f"{name}_API_KEY" for name in ("DASHSCOPE", "OPENAI", "OPENROUTER", "SILICONFLOW"))
QUESTION = ChatRequest(MODEL, (user_message("这是什么", (image(),)),))


class Asking:
    """What came of a question: the answer, an error if there was one, and how often it was retried."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.draft = AnswerDraft()
        self.error: AppError | None = None
        self.retries = 0

    async def ask(self, settings: Settings) -> None:
        try:
            source = await self._connection.source(MODEL, settings)
            assert isinstance(source, RetryingSource)
            source._sleep = _at_once
            async with aclosing(source.stream(QUESTION)) as stream:
                async for event in stream:
                    self.retries += isinstance(event, RetryScheduled)
                    self.draft.apply(event)
        except AppError as error:
            self.error = error

    @property
    def comes(self) -> object:
        return type(self.error) if self.error else self.draft.finish


async def _at_once(seconds: float) -> None:
    await asyncio.sleep(0)


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    """No thread and no socket, once the connection, the loop and the servers are closed."""
    threads, sockets = set(threading.enumerate()), open_sockets()
    yield
    collect_due()
    assert set(threading.enumerate()) <= threads
    assert open_sockets() <= sockets


def open_sockets() -> set[str]:
    """Names of this process's sockets, as Linux has them; elsewhere none are seen."""
    places = Path("/proc/self/fd").iterdir() if LINUX else ()
    return {target for place in places if (target := _target(place)).startswith("socket:")}


def _target(place: Path) -> str:
    try:
        return str(place.readlink())
    except OSError:
        return ""  # of the listing itself


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.group}-{fault.name}")
def test_a_fault_is_told_and_the_next_question_answered(run: Run, fault: Fault) -> None:
    async def scenario(place: Place) -> None:
        environ = dict.fromkeys(KEYS, fault.key) if fault.key else {}
        connection = Connection(environ, environment_first=True, openai_variable=True, secrets=Drawer())
        try:
            await is_told(connection, fault, place)
            await is_answered(connection, place)
        finally:
            await connection.aclose()

    with fault.scene() as place:
        run(scenario(place))


async def is_told(connection: Connection, fault: Fault, place: Place) -> None:
    asking = Asking(connection)
    await asking.ask(place.settings)

    assert asking.comes == fault.comes, repr((asking.error, asking.error and asking.error.detail))
    assert asking.draft.reasoning == fault.thoughts
    assert [notice.notice.name.lower() for notice in asking.draft.notices] == [fault.notice] * bool(
        fault.notice
    )
    if fault.text is None:
        assert ANSWER.startswith(asking.draft.text)
    else:
        assert asking.draft.text == fault.text
    assert asking.retries == fault.retries
    if place.server is not None:
        assert len(place.server.requests) == fault.asked


async def is_answered(connection: Connection, place: Place) -> None:
    """The server of the fault is asked again, or another one where nobody heard the question."""
    with ScriptedServer(in_turn(events(STREAM))) as good:
        (place.server or good).script = good.script
        asking = Asking(connection)
        await asking.ask(place.settings if place.server else at(good.url).settings)
    assert (asking.comes, asking.draft.text) == ("stop", ANSWER)
