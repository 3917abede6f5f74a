"""Work that nobody waits for goes on a little at a time."""

import asyncio
import time
from collections.abc import Iterator

from desktop.runtime.idle import SLICE_SECONDS, in_slices
from tests.conftest import Run


def test_all_steps_are_taken_in_order_and_other_work_comes_between(run: Run) -> None:
    done: list[int | str] = []

    def steps() -> Iterator[None]:
        for number in range(3):
            done.append(number)
            end = time.perf_counter() + SLICE_SECONDS
            while time.perf_counter() <= end:
                pass
            yield

    async def other() -> None:
        done.append("other")

    async def scenario() -> None:
        await asyncio.gather(in_slices(steps()), other())

    run(scenario())

    assert done == [0, "other", 1, 2]
