"""What is on its way into the question: how much of it has come, and its end."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.runtime.tasks import TaskOwner


@dataclass(frozen=True, slots=True)
class LoadProgress:
    """`done` of `total` images have been looked at, refused ones included."""

    done: int
    total: int


@dataclass(eq=False, slots=True)
class Work:
    """One piece of work: so many images of it are `done`, of `total`. `at_end` is called once."""

    total: int
    at_end: Callable[[], None]
    done: int = 0


class UnderWay(QObject):
    """Runs pieces of work, adds up how much of them is done, and ends them early.

    Signals:
        changed: Work was begun, went on, or ended.
    """

    changed = Signal()

    def __init__(self, tasks: TaskOwner, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._works: dict[Work, asyncio.Task[None]] = {}
        self._ended = 0

    @property
    def left(self) -> int:
        """So many images are on their way; of a piece of work at least one until it has ended."""
        return sum(max(1, work.total - work.done) for work in self._works)

    @property
    def progress(self) -> LoadProgress | None:
        """Of all that was begun since nothing was under way; None when nothing is."""
        if not self._works:
            return None
        done = self._ended + sum(work.done for work in self._works)
        return LoadProgress(done, self._ended + sum(work.total for work in self._works))

    def __contains__(self, work: Work) -> bool:
        """Whether `work` is still wanted: one that is ended by a slot of `changed` runs on a bit."""
        return work in self._works

    def start(self, name: str, work: Work, run: Coroutine[Any, Any, None]) -> None:
        """Begin `run`, which does `work`."""
        self._works[work] = task = self._tasks.start(run, name)
        # Not in the task: one that is cancelled before its first step never enters it.
        task.add_done_callback(lambda _: self.end(work))
        self.changed.emit()

    def step(self, work: Work) -> None:
        """One more image is done."""
        work.done += 1
        self.changed.emit()

    def end(self, work: Work) -> None:
        """Nothing of `work` is to come any more; what still runs is cancelled."""
        task = self._works.pop(work, None)
        if task is not None:
            task.cancel()
            self._ended = self._ended + work.total if self._works else 0
            work.at_end()
            self.changed.emit()

    def end_all(self) -> None:
        for work in tuple(self._works):
            self.end(work)
