"""How long a delta is on its way from a server's socket to the screen."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from sse_server import CHARACTERS, TICKS

from desktop.connection import load_catalog
from desktop.domain.messages import user_message
from desktop.domain.ports import AnswerSource
from desktop.domain.settings import Settings, TimeLimits
from desktop.providers.http import client_over
from desktop.providers.openai_chat import OpenAIChat
from desktop.providers.routes import open_routes
from desktop.runtime.tasks import TaskOwner
from desktop.ui.transcript.view import TranscriptView
from desktop.viewmodels.chat import ChatViewModel
from tests.support.qt import first
from tests.support.scripted import ScriptedBackend
from tests.support.talking import unkept_talk

_PERIOD = 10 ** (CHARACTERS - 1)
"""After so many ticks the server's clock begins anew."""


class _Server(ScriptedBackend):
    """A backend that asks a real server; it needs no key."""

    def __init__(self, chat: OpenAIChat) -> None:
        super().__init__()
        self._chat = chat

    async def source(self, model: str, settings: Settings) -> AnswerSource:
        return self._chat


class _Journeys(QObject):
    """Notes how long the first delta of each frame took until its window had painted, in `seconds`."""

    def __init__(self, chat: ChatViewModel, window: TranscriptView) -> None:
        super().__init__()
        self.seconds: list[float] = []
        self._sent: int | None = None
        chat.transcript.text_appended.connect(self._on_text_appended)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.UpdateRequest or self._sent is None:
            return False
        watched.removeEventFilter(self)
        QApplication.sendEvent(watched, event)
        watched.installEventFilter(self)
        self._note(self._sent)
        return True

    def _on_text_appended(self, _index: int, text: str) -> None:
        if self._sent is None:
            self._sent = int(text[: CHARACTERS - 1])

    def _note(self, sent: int) -> None:
        now = round(time.monotonic() * TICKS)
        self.seconds.append((now - sent) % _PERIOD / TICKS)
        self._sent = None


async def journeys(url: str, deltas: int) -> list[float]:
    """Seconds from the sending of a delta to its paint, for each frame of an answer of so many deltas."""
    tasks = TaskOwner()
    async with client_over(await open_routes(), TimeLimits()) as client:
        backend = _Server(OpenAIChat(client=client, base_url=url, key=None))
        catalog = load_catalog()
        chat = ChatViewModel(Settings(), catalog, unkept_talk(backend, tasks))
        chat.configure(Settings(), catalog, str(deltas))
        window = TranscriptView(chat.transcript)
        window.resize(900, 700)
        window.show()
        noted = _Journeys(chat, window)
        ended = first(chat.answer_finished)
        chat.send(user_message("What is this?"))
        await ended
        window.close()
        await tasks.aclose()
    return noted.seconds
