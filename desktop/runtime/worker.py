"""One request at a time: a task on the loop in, Qt signals out."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from desktop.domain.errors import AppError, without_frames
from desktop.domain.events import Finished, FinishReason, NoticeRaised, StreamEvent
from desktop.domain.messages import ChatRequest
from desktop.domain.ports import AnswerSource
from desktop.runtime.tasks import TaskOwner


class Prepared(NamedTuple):
    """Whom to ask, and what; `notices` stand beside the answer, whatever it will be."""

    source: AnswerSource
    request: ChatRequest
    notices: tuple[NoticeRaised, ...] = ()


Prepare = Callable[[], Awaitable[Prepared]]
"""Finds whom to ask, and puts the question together."""


class RequestWorker(QObject):
    """Runs one request and says what comes of it.

    Signals:
        event_received: The next `StreamEvent`; `Finished` comes last, also after `failed`.
        failed: The `AppError` that ended the stream.
    """

    event_received = Signal(object)
    failed = Signal(object)

    def __init__(self, tasks: TaskOwner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._current: asyncio.Task[FinishReason] | None = None

    @property
    def is_busy(self) -> bool:
        return self._current is not None

    def send(self, prepare: Prepare) -> None:
        """Start what `prepare` gives. A request that still runs must have been stopped before."""
        assert self._current is None, "one request at a time"
        self._current = self._tasks.start(self._run(prepare), "request")
        self._current.add_done_callback(self._on_task_ended)

    def stop(self, reason: FinishReason = "cancelled") -> None:
        """Hang up at once, and say so at once."""
        task, self._current = self._current, None
        if task is not None:
            task.cancel()
            self.event_received.emit(Finished(reason))

    async def _run(self, prepare: Prepare) -> FinishReason:
        ending: FinishReason = "interrupted"
        try:
            source, request, notices = await prepare()
            for notice in notices:
                self._pass_on(notice)
            async with aclosing(source.stream(request)) as events:
                async for event in events:
                    if isinstance(event, Finished):
                        ending = event.reason
                    else:
                        self._pass_on(event)
        except AppError as error:
            if asyncio.current_task() is self._current:
                self.failed.emit(without_frames(error))
            return "interrupted"
        return ending

    def _pass_on(self, event: StreamEvent) -> None:
        # A task that a slot of this very signal stopped runs on to its next await.
        if asyncio.current_task() is self._current:
            self.event_received.emit(event)

    def _on_task_ended(self, task: asyncio.Task[FinishReason]) -> None:
        # Not in `_run`: a task that is cancelled before its first step never enters it.
        if task is not self._current:
            return
        self._current = None
        if task.cancelled():
            reason: FinishReason = "cancelled"
        else:
            reason = "interrupted" if task.exception() else task.result()
        self.event_received.emit(Finished(reason))
