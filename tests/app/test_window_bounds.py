"""Answers without end in the real window: each ends, by itself or by Stop, and what came stays.

How much memory they take is measured by `tests/process/test_bounds.py`, where nothing else is in the process.
"""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.domain.conversation import Answer
from desktop.domain.settings import Settings
from desktop.providers.chunks import LONGEST_ANSWER
from desktop.viewmodels.transcript import Growth
from tests.conftest import Run
from tests.support.asking import chat_with
from tests.support.qt import heard
from tests.support.server import ScriptedServer
from tests.support.torrents import TORRENTS, Torrent
from tests.support.waiting import PATIENCE
from tests.support.windows import OpenWindow, open_window

SETTINGS = Settings(model="qwen3-vl-plus", language="en", theme="light")
MARK = 300_000
"""Bytes that the server gets rid of before Stop is pressed: the window is amid them."""

ALL = pytest.mark.parametrize("name", TORRENTS)


class Asked(NamedTuple):
    """A window whose question is being answered without end."""

    window: OpenWindow
    torrent: Torrent
    server: ScriptedServer
    grown: list[Growth]

    @property
    def answer(self) -> Answer:
        answer = self.window.session.chat.talk.conversation.nodes[-1].answer
        assert answer is not None
        return answer


@asynccontextmanager
async def asked(app: QApplication, folder: Path, name: str) -> AsyncIterator[Asked]:
    torrent, reply = TORRENTS[name].reply(MARK)
    with ScriptedServer(lambda _: reply) as server:
        async with open_window(app, folder, SETTINGS) as window, chat_with(server.url, None) as chat:
            window.backend.script = chat  # type: ignore[assignment]  # the real provider
            window.type("Go on for ever")
            window.enter()
            yield Asked(window, torrent, server, heard(window.session.chat.talk.grown))


async def set_by_server(event: threading.Event) -> None:
    assert await asyncio.to_thread(event.wait, PATIENCE)


async def until_amid_or_over(case: Asked) -> None:
    over = asyncio.create_task(case.window.answered())
    amid = asyncio.create_task(set_by_server(case.torrent.enough))
    await asyncio.wait({over, amid}, return_when=asyncio.FIRST_COMPLETED)
    over.cancel()
    case.torrent.enough.set()
    await asyncio.gather(over, amid, return_exceptions=True)


@ALL
def test_stop_works_at_once_amid_what_does_not_end(
    run: Run, undressed: QApplication, tmp_path: Path, name: str
) -> None:
    async def scenario() -> None:
        async with asked(undressed, tmp_path, name) as case:
            await until_amid_or_over(case)
            if case.window.session.chat.is_busy:
                flushes = len(case.grown)
                QTest.keyClick(case.window.prompt, Qt.Key.Key_Escape)
                assert not case.window.session.chat.is_busy, "in the very turn of the key"
                assert len(case.grown) <= flushes + 1
                text = case.answer.text
                await set_by_server(case.server.hung_up)
                assert (case.answer.finish, case.answer.text) == ("cancelled", text)
                assert len(case.grown) <= flushes + 1
            else:
                assert case.answer.error is not None
                assert case.answer.error.kind == TORRENTS[name].end

    run(scenario())


@pytest.mark.parametrize("name", ["prose", "thoughts"])
def test_what_came_of_an_answer_that_was_too_long_stays(
    run: Run, undressed: QApplication, tmp_path: Path, name: str
) -> None:
    async def scenario() -> None:
        async with asked(undressed, tmp_path, name) as case:
            await case.window.answered()
            await set_by_server(case.server.hung_up)
            said = case.answer.text + case.answer.reasoning
            assert len(said) == LONGEST_ANSWER
            assert case.answer.error is not None
            assert case.answer.error.kind == "answer_too_long"
            assert case.window.session.chat.talk.is_ready, "something else can be asked"

    run(scenario())
