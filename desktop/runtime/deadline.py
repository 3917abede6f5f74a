"""The loop's delayed calls behind one Qt timer."""

import asyncio
import heapq
import math
import time

from PySide6.QtCore import QObject, QTimer

_FEW = 64
"""Cancelled calls that may wait in the heap before it is swept."""


class Deadlines(QObject):
    """Runs each `asyncio.TimerHandle` when it is due, and forgets cancelled ones.

    WORKAROUND: qasync gives each call a Qt timer of its own and keeps that of a cancelled one until it
    would have fired. httpx makes one for each read: 3 000 chunks left 3 000 timers to wake up for.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heap: list[asyncio.TimerHandle] = []
        self._cancelled = 0
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._run_due)

    def __len__(self) -> int:
        return len(self._heap)

    def add(self, handle: asyncio.TimerHandle) -> None:
        heapq.heappush(self._heap, handle)
        if self._heap[0] is handle:
            self._start()

    def note_cancelled(self) -> None:
        """One of the calls was cancelled; it may have run before."""
        self._cancelled += 1
        # Counted too high at worst: then the heap is swept before it needs to be.
        if self._cancelled > max(_FEW, len(self._heap) // 2):
            self._heap = [handle for handle in self._heap if not handle.cancelled()]
            heapq.heapify(self._heap)
            self._cancelled = 0
            self._start()

    def stop(self) -> None:
        """Run nothing any more."""
        self._timer.stop()
        self._heap.clear()

    def _run_due(self) -> None:
        now = time.monotonic()
        due = []
        while self._heap and self._heap[0].when() <= now:
            due.append(heapq.heappop(self._heap))
        self._start()
        for handle in due:
            if not handle.cancelled():
                handle._run()  # noqa: SLF001 - what an event loop does with its handles

    def _start(self) -> None:
        if self._heap:
            seconds = max(0.0, self._heap[0].when() - time.monotonic())
            self._timer.start(math.ceil(seconds * 1000))
        else:
            self._timer.stop()
