"""The one event loop: Qt's, spoken to as asyncio's, with what qasync leaves out."""

import asyncio
import sys
from collections.abc import AsyncGenerator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import Context
from typing import Any

from PySide6.QtCore import QCoreApplication
from qasync import QEventLoop

from desktop.runtime.deadline import Deadlines
from desktop.runtime.garbage import collected_here
from desktop.runtime.ready import ReadyCalls

IO_THREADS = 2
"""Threads for blocking work; qasync's own default would start ten."""


GIL_SECONDS = 0.0005
"""How long a thread may compute while the window's thread waits for its turn; Python's own 0.005 is a third
of a frame, and a frame may wait several times."""


class QtLoop(QEventLoop):  # type: ignore[misc]  # qasync has no types
    """qasync's loop, whose delayed calls share one Qt timer, and so do those that are due at once."""

    def __init__(self, app: QCoreApplication) -> None:
        self._deadlines = Deadlines()
        self._calls = ReadyCalls()
        super().__init__(app)

    def call_soon(
        self, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.Handle:
        """Run `callback` in the next turn of the loop."""
        handle = asyncio.Handle(callback, args, self, context)
        self._calls.add(handle)
        return handle

    def call_soon_threadsafe(
        self, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.Handle:
        """The same, from any thread. Raises `RuntimeError` once the loop is closed."""
        self._check_closed()
        handle = asyncio.Handle(callback, args, self, context)
        self._calls.add_from_thread(handle)
        return handle

    def call_later(
        self, delay: float, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.Handle:
        """Run `callback` after `delay` seconds."""
        if delay <= 0:
            return self.call_soon(callback, *args, context=context)
        return self.call_at(self.time() + delay, callback, *args, context=context)

    def call_at(
        self, when: float, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.TimerHandle:
        """Run `callback` at the loop's time `when`."""
        timer = asyncio.TimerHandle(when, callback, args, self, context)
        self._deadlines.add(timer)
        return timer

    def close(self) -> None:
        self._deadlines.stop()
        self._calls.stop()
        super().close()

    def _timer_handle_cancelled(self, handle: asyncio.TimerHandle) -> None:
        """What `asyncio.TimerHandle.cancel` tells its loop."""
        self._deadlines.note_cancelled()


@contextmanager
def qt_loop(app: QCoreApplication) -> Iterator[asyncio.AbstractEventLoop]:
    """Give the running application's loop; close it, its generators and its threads in order."""
    loop: asyncio.AbstractEventLoop = QtLoop(app)
    pool = ThreadPoolExecutor(IO_THREADS, thread_name_prefix="io")
    loop.set_default_executor(pool)
    before, interval = sys.get_asyncgen_hooks(), sys.getswitchinterval()

    def finalize(generator: AsyncGenerator[Any, Any]) -> None:
        if not loop.is_closed():
            loop.create_task(generator.aclose())

    # WORKAROUND: qasync installs no hooks; a generator left half way would be finalised by the
    # garbage collector, outside any task.
    sys.set_asyncgen_hooks(finalizer=finalize)
    sys.setswitchinterval(GIL_SECONDS)
    try:
        with collected_here():
            yield loop
    finally:
        sys.setswitchinterval(interval)
        sys.set_asyncgen_hooks(*before)
        pool.shutdown(cancel_futures=True)
        loop.close()
