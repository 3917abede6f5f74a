"""One request at a time: a task on the loop in, Qt signals out."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import aclosing

from PySide6.QtCore import QObject, Signal

from desktop.domain.errors import AppError
from desktop.domain.events import Finished, FinishReason
from desktop.domain.messages import ChatRequest
from desktop.domain.ports import AnswerSource
from desktop.runtime.tasks import TaskOwner

FindSource = Callable[[], Awaitable[AnswerSource]]


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

    def send(self, find_source: FindSource, request: ChatRequest) -> None:
        """Start `request`. One that still runs must have been stopped before."""
        assert self._current is None, "one request at a time"
        self._current = self._tasks.start(self._run(find_source, request), "request")
        self._current.add_done_callback(self._on_task_ended)

    def stop(self) -> None:
        """Hang up at once; `Finished("cancelled")` follows."""
        if self._current is not None:
            self._current.cancel()

    async def _run(self, find_source: FindSource, request: ChatRequest) -> FinishReason:
        ending: FinishReason = "interrupted"
        try:
            source = await find_source()
            async with aclosing(source.stream(request)) as events:
                async for event in events:
                    if isinstance(event, Finished):
                        ending = event.reason
                    else:
                        self.event_received.emit(event)
        except AppError as error:
            self.failed.emit(error)
            return "interrupted"
        return ending

    def _on_task_ended(self, task: asyncio.Task[FinishReason]) -> None:
        # Not in `_run`: a task that is cancelled before its first step never enters it.
        self._current = None
        if task.cancelled():
            reason: FinishReason = "cancelled"
        else:
            reason = "interrupted" if task.exception() else task.result()
        self.event_received.emit(Finished(reason))
