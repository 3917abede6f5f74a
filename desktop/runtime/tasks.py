"""Every task has one owner, a name, and an end that somebody looks at."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

_log = logging.getLogger(__name__)


def _write_down(error: BaseException, where: str) -> None:
    _log.error("%s failed", where, exc_info=error)


class TaskOwner:
    """Starts tasks, tells `told` what they raise and which it was, and ends them all when the app closes."""

    def __init__(self, told: Callable[[BaseException, str], object] = _write_down) -> None:
        self._told = told
        self._live: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, Any], name: str) -> asyncio.Task[Any]:
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._live.add(task)
        task.add_done_callback(self._forget)
        return task

    async def aclose(self) -> None:
        """Cancel what still runs, and what that starts in ending; wait for their end."""
        while tasks := list(self._live):
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _forget(self, task: asyncio.Task[Any]) -> None:
        self._live.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._told(error, f"task {task.get_name()}")
