"""What the loop is to call as soon as it can: several calls in one turn of Qt's."""

import asyncio
import time
from collections import deque

from PySide6.QtCore import QObject, Qt, QTimer, Signal

TURN_SECONDS = 0.002
"""After so long Qt has its turn again, whatever is left: a quarter of what may be taken from a frame."""


class ReadyCalls(QObject):
    """Runs each `asyncio.Handle` in the order in which it was added.

    qasync gives each call a Qt timer, and so a turn of the loop, of its own. A step of a task takes less
    than that, and an image that is dropped takes twenty of them.
    """

    _called = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._handles: deque[asyncio.Handle] = deque()
        self._is_called = False
        # A timer and no posted event: Qt would run events that are posted meanwhile before any input.
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._run)
        # Queued from this thread as well: whoever calls is never called back before it has returned.
        self._called.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def add(self, handle: asyncio.Handle) -> None:
        """Run `handle` in the next turn. From the loop's own thread only."""
        self._handles.append(handle)
        if not self._timer.isActive():
            self._timer.start()

    def add_from_thread(self, handle: asyncio.Handle) -> None:
        """The same, from any thread."""
        self._handles.append(handle)
        if not self._is_called:
            self._is_called = True
            self._called.emit()

    def stop(self) -> None:
        """Run nothing any more, whatever is added."""
        self._timer.stop()
        self._timer.timeout.disconnect(self._run)
        self._called.disconnect(self._run)
        self._handles.clear()

    def _run(self) -> None:
        self._is_called = False  # before the first is taken: none that comes later is missed
        if _is_in_step():
            # Within the step of a task no other can make one: it would never be woken again.
            self._timer.start()
            return
        end = time.perf_counter() + TURN_SECONDS
        if len(self._handles) > 1:
            self._timer.start()  # for a call that has Qt run a loop of its own
        try:
            while self._handles:
                handle = self._handles.popleft()
                if not handle.cancelled():
                    handle._run()  # noqa: SLF001 - what an event loop does with its handles
                if time.perf_counter() > end:
                    break
        finally:
            if self._handles:
                self._timer.start()
            else:
                self._timer.stop()


def _is_in_step() -> bool:
    """Whether a step of a task is being made, and has Qt run its events."""
    loop = asyncio._get_running_loop()  # noqa: SLF001 - asyncio's own, for those who write loops
    return loop is not None and asyncio.current_task(loop) is not None
