"""Work that waits for a disk, in a thread of its own: a drive that is gone holds up no other work."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

Result = TypeVar("Result")


async def in_own_thread(work: Callable[[], Result], name: str) -> Result:
    """What `work` returns or raises. Nothing else waits for its thread, called `name`, not even the end."""
    outcome: Future[Result] = Future()
    # What is under way cannot be called off: who is cancelled just hears no more of it.
    outcome.set_running_or_notify_cancel()

    def run() -> None:
        try:
            result = work()
        except Exception as error:  # noqa: BLE001 - whoever waits is told
            outcome.set_exception(error)
        else:
            outcome.set_result(result)

    threading.Thread(target=run, name=name, daemon=True).start()
    return await asyncio.wrap_future(outcome)
