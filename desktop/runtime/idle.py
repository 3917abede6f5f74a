"""Work on the event loop's thread that nobody waits for."""

import asyncio
import time
from collections.abc import Iterator

SLICE_SECONDS = 0.002
"""How long it keeps the loop from other work at a time; a step that is longer ends its slice."""


async def in_slices(steps: Iterator[None]) -> None:
    """Take all `steps`, a few at a time; what a user does comes between."""
    end = time.perf_counter() + SLICE_SECONDS
    for _ in steps:
        if time.perf_counter() > end:
            await asyncio.sleep(0)
            end = time.perf_counter() + SLICE_SECONDS
