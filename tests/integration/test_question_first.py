"""No question leaves before it is on the disk."""

import asyncio
import threading
from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path

from desktop.domain.events import Finished, StreamEvent, TextDelta
from desktop.domain.messages import ChatRequest, user_message
from tests.conftest import Run
from tests.support.libraries import ASKING, library_in
from tests.support.qt import first
from tests.support.raw_history import RawHistory
from tests.support.scripted import ScriptedSource

_TURNS = 50
"""Of the loop: by then all has been done that need not wait for the disk."""


class Witness(ScriptedSource):
    """Looks at the disk when it is asked."""

    def __init__(self, folder: Path) -> None:
        super().__init__([TextDelta("Well."), Finished("stop")])
        self.found: list[bool] = []
        self._history = RawHistory(folder)

    async def stream(self, request: ChatRequest) -> AsyncGenerator[StreamEvent, None]:
        self.found.append(self._history.database_holds(request.question.text))
        async with aclosing(super().stream(request)) as events:
            async for event in events:
                yield event


def test_a_question_waits_for_the_disk(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        disk_is_free = threading.Event()
        async with library_in(tmp_path) as bench:
            bench.backend.script = witness = Witness(tmp_path)
            busy = asyncio.ensure_future(bench.store._thread.run(disk_is_free.wait))
            ended = first(bench.talk.answer_finished)
            bench.talk.send(user_message("这是什么发票？"), ASKING)
            for _ in range(_TURNS):
                await asyncio.sleep(0)
            asked_too_early = bool(witness.requests)
            disk_is_free.set()
            await ended
            await busy
        assert not asked_too_early
        assert witness.found == [True]

    run(scenario())
