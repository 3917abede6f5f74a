"""A window's frames, one after another, and the CPU that each of them takes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject
from PySide6.QtWidgets import QWidget

_ALL = QEventLoop.ProcessEventsFlag.AllEvents
_WAIT = QEventLoop.ProcessEventsFlag.WaitForMoreEvents

Action = Callable[[], object]


@dataclass
class Cost:
    """Seconds of CPU: `cpu` of the process; `blocks` of the window's thread, the longest of each frame."""

    cpu: float = 0.0
    blocks: list[float] = field(default_factory=list)


class Frames:
    """Runs the event loop for one window, a turn at a time, and adds up what the turns take.

    An action and the turn after it, in which the window is laid out and painted, are one block: until its end
    no key is heard. `is_settled` tells that the window has put nothing off; asking costs nothing.
    """

    def __init__(self, window: QWidget, is_settled: Callable[[], bool]) -> None:
        self.cost = Cost()
        self._longest = 0.0
        self._is_settled = is_settled
        self._loop = QEventLoop()
        self._paints = _Paints(window)

    @property
    def painted(self) -> int:
        """How often the window was painted."""
        return self._paints.count

    def show(self, actions: Iterable[Action]) -> None:
        """Take each action, and have the window paint all that comes of it before the next."""
        for act in actions:
            self._longest = 0.0
            self._turn(act)
            self.settle()
            self.cost.blocks.append(self._longest)

    def settle(self) -> None:
        """Go on until nothing is left to do."""
        self._run_ready()
        while not self._is_settled():
            self._turn(_nothing, _WAIT)
            self._run_ready()

    def show_first(self, act: Action) -> None:
        """Take one action, and go on until the window has painted for the first time since."""
        before = self.painted
        self._turn(act)
        while self.painted == before:
            self._turn(_nothing, _WAIT)

    def _run_ready(self) -> None:
        while self._turn(_nothing):
            pass

    def _turn(self, act: Action, flags: QEventLoop.ProcessEventsFlag = _ALL) -> bool:
        """Whether there was an event for the turn."""
        process, thread = time.process_time(), time.thread_time()
        act()
        found = self._loop.processEvents(flags)
        # The app's own loop does so by itself; one that is run a turn at a time does not.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self._longest = max(self._longest, time.thread_time() - thread)
        self.cost.cpu += time.process_time() - process
        return found


class _Paints(QObject):
    """Counts how often a window paints what was to be updated."""

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self.count = 0
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.UpdateRequest
        return False


def _nothing() -> None:
    """For a turn in which only the window acts."""
