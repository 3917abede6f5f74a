"""States of the window that are about failures: the wait for a retry, every kind of button, details."""

import asyncio

from PySide6.QtWidgets import QPushButton

from desktop.domain.errors import AppError
from desktop.domain.events import Notice, NoticeRaised, RetryScheduled, TextDelta
from desktop.domain.provider_errors import CertificateUntrusted
from desktop.domain.refusals import (
    ContextTooLongFor,
    ModelNotFound,
    RateLimited,
    RegionalKeyRejected,
    RequestTooLarge,
)
from desktop.domain.settings import Endpoint
from desktop.ui.transcript.ending import AnswerEnding
from desktop.ui.window import SMALLEST
from tests.support.qt import child, first
from tests.support.stage import Stage, State, until

_HOST = "dashscope.aliyuncs.com"
_DETAIL = "Range of input length should be [1, 129024]\nInvalidParameter\nrequest id: 5fcf9cb8-1aec-9bd4"
_WAIT = 4.0


async def _fail(stage: Stage, *errors: AppError) -> None:
    """A question for each of them."""
    for error in errors:
        stage.backend.answer_with(error)
        stage.session.composer.put(stage.say("Why?", "为什么？"), [])
        stage.session.send("")
        await stage.finished()


async def retrying(stage: Stage) -> None:
    busy = RateLimited(host=_HOST, status=429)
    stage.backend.answer_with(RetryScheduled(busy, _WAIT), stage.never)
    await stage.ask()
    await until(
        stage.session.chat.transcript.changed, lambda: stage.session.chat.transcript[1].retry is not None
    )


async def retrying_narrow(stage: Stage) -> None:
    """In the narrowest window."""
    stage.shell.window.resize(SMALLEST.width(), stage.shell.window.height())
    await retrying(stage)


async def next_steps(stage: Stage) -> None:
    """The buttons that the other states do not show."""
    await _fail(
        stage,
        RequestTooLarge(host=_HOST, status=413),
        ContextTooLongFor(host=_HOST, status=400, limit=129_024, detail=_DETAIL),
        ModelNotFound(host=_HOST, status=404, model="qwen9-vl"),
        CertificateUntrusted(host=_HOST),
    )


async def server_words(stage: Stage) -> None:
    """What the server said is open, and some of it is written from the right."""
    words = f"{_DETAIL}\nשגיאה: <b>400</b>"
    await _fail(stage, ContextTooLongFor(host=_HOST, status=400, limit=129_024, detail=words))
    child(child(stage.shell.window, AnswerEnding), QPushButton, "Details").click()


async def sent_smaller(stage: Stage) -> None:
    """What was done so that it could be answered at all."""
    stage.backend.answer_with(
        NoticeRaised(Notice.ASKED_ALONE),
        NoticeRaised(Notice.SENT_SMALLER, {"sizes": "1357×763"}),
        TextDelta(stage.answer[:140]),
    )
    await stage.asked()


async def regions_asked(stage: Stage) -> None:
    await _fail(stage, RegionalKeyRejected(host=_HOST, status=401))
    stage.backend.home = Endpoint(region="ap-southeast-1")
    found = first(stage.session.settings.servers.home_found)
    child(stage.shell.window, AnswerEnding).next_step_requested.emit(RegionalKeyRejected.next_step)
    await found
    await asyncio.sleep(0)


STATES: tuple[State, ...] = (retrying, retrying_narrow, next_steps, server_words, sent_smaller, regions_asked)
