"""The one thread on which the database is used, so that nothing of it ever waits on the window's."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")

Slices = Iterator[None]
"""Long work that pauses wherever others may go first, every 20 ms or so."""


class DatabaseThread:
    """Does what it is given in the order of asking; what has begun goes on though its await is cancelled."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="history")
        self._takes_slices = True

    async def run(self, work: Callable[[], T]) -> T:
        """What `work` returns or raises."""
        return await asyncio.wrap_future(self._pool.submit(work))

    def begin(self, slices: Slices) -> "Future[None]":
        """Do `slices` one by one, each behind what was asked for meanwhile."""
        done: Future[None] = Future()
        # From now on it cannot be cancelled: what is cut short is only the waiting.
        done.set_running_or_notify_cancel()
        self._pool.submit(self._slice, slices, done)
        return done

    def end_slices(self) -> None:
        """Leave long work where it is; whoever waits for it is told by `CancelledError`."""
        self._takes_slices = False

    def end(self) -> None:
        """Take nothing more; what was asked for is still done."""
        self._pool.shutdown(wait=False)

    def _slice(self, slices: Slices, done: "Future[None]") -> None:
        if not self._takes_slices:
            done.set_exception(CancelledError())
            return
        try:
            next(slices)
        except StopIteration:
            done.set_result(None)
        except BaseException as error:  # noqa: BLE001 - whoever waits gets it
            done.set_exception(error)
        else:
            self._pool.submit(self._slice, slices, done)
