"""The one event loop: Qt's, spoken to as asyncio's, with what qasync leaves out."""

import asyncio
import sys
from collections.abc import AsyncGenerator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QCoreApplication
from qasync import QEventLoop

IO_THREADS = 2
"""Threads for blocking work; qasync's own default would start ten."""


@contextmanager
def qt_loop(app: QCoreApplication) -> Iterator[asyncio.AbstractEventLoop]:
    """Give the running application's loop; close it, its generators and its threads in order."""
    loop: asyncio.AbstractEventLoop = QEventLoop(app)
    pool = ThreadPoolExecutor(IO_THREADS, thread_name_prefix="io")
    loop.set_default_executor(pool)
    before = sys.get_asyncgen_hooks()

    def finalize(generator: AsyncGenerator[Any, Any]) -> None:
        if not loop.is_closed():
            loop.create_task(generator.aclose())

    # WORKAROUND: qasync installs no hooks; a generator left half way would be finalised by the
    # garbage collector, outside any task.
    sys.set_asyncgen_hooks(finalizer=finalize)
    try:
        yield loop
    finally:
        sys.set_asyncgen_hooks(*before)
        pool.shutdown(cancel_futures=True)
        loop.close()
