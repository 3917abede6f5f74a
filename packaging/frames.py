"""A window's frames, one after another, and the CPU that each of them takes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QWidget

_ALL = QEventLoop.ProcessEventsFlag.AllEvents
_WAIT = QEventLoop.ProcessEventsFlag.WaitForMoreEvents

_CLOCK_MS = 100
"""A timer that is no faster tells the time; one that is faster does what was put off."""

_FRAME_MS = 16

Action = Callable[[], object]


@dataclass
class Cost:
    """Seconds of CPU: `cpu` of the process; `blocks` of the window's thread, the longest of each frame."""

    cpu: float = 0.0
    blocks: list[float] = field(default_factory=list)


class Frames:
    """Runs the event loop for one window, a turn at a time, and adds up what the turns take.

    An action and the turn after it, in which the window is laid out and painted, are one block: until its end
    no key is heard. A frame counts for 16 ms: the window's timers fire in the frame in which they are due, as
    if that time had passed.
    """

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._loop = QEventLoop()
        self._paints = _Paints(window)
        self.begin()

    def begin(self) -> None:
        """Count from now on."""
        self._blocks: list[float] = []
        self._longest = self._turned = 0.0
        self._waited: dict[QTimer, int] = {}
        """For how long, in ms, timers have been seen at work."""
        self._began = _others()

    @property
    def cost(self) -> Cost:
        """What the turns have taken, and meanwhile the other threads; not what this class does itself."""
        return Cost(self._turned + _others() - self._began, self._blocks)

    @property
    def painted(self) -> int:
        """How often the window was painted."""
        return self._paints.count

    def show(self, actions: Iterable[Action]) -> None:
        """Take each action, and have the window paint all that comes of it before the next."""
        for act in actions:
            self._longest = 0.0
            self._turn(act)
            self._run_ready()
            for timer in self._timers_due():
                self._turn(partial(_fire, timer))
            self._run_ready()
            self._blocks.append(self._longest)

    def show_first(self, act: Action) -> None:
        """Take one action, and go on until the window has painted for the first time since."""
        before = self.painted
        self._turn(act)
        while self.painted == before:
            self._turn(_nothing, _WAIT)

    def settle(self) -> None:
        """Go on until nothing is left to do, and take the time that it takes."""
        self._run_ready()
        while self._timers_at_work():
            self._turn(_nothing, _WAIT)
            self._run_ready()

    def _timers_at_work(self) -> list[QTimer]:
        timers = self._window.findChildren(QTimer)
        return [timer for timer in timers if timer.isActive() and timer.interval() < _CLOCK_MS]

    def _timers_due(self) -> list[QTimer]:
        at_work = self._timers_at_work()
        self._waited = {timer: self._waited.get(timer, 0) + _FRAME_MS for timer in at_work}
        due = [timer for timer in at_work if self._waited[timer] >= timer.interval()]
        for timer in due:
            del self._waited[timer]
        return due

    def _run_ready(self) -> None:
        while self._turn(_nothing):
            pass

    def _turn(self, act: Action, flags: QEventLoop.ProcessEventsFlag = _ALL) -> bool:
        """Whether there was an event for the turn."""
        began = time.thread_time()
        act()
        found = self._loop.processEvents(flags)
        # The app's own loop does so by itself; one that is run a turn at a time does not.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        spent = time.thread_time() - began
        self._turned += spent
        self._longest = max(self._longest, spent)
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


def _fire(timer: QTimer) -> None:
    if timer.isSingleShot():
        timer.stop()
    timer.timeout.emit()


def _others() -> float:
    """Seconds of CPU of all threads but this one."""
    return time.process_time() - time.thread_time()
