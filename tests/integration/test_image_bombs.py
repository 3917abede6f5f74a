"""Images that cost far more than they weigh: the worker stays small, and can be left at any moment."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from desktop.domain.image_errors import BrokenImage
from desktop.domain.image_rules import image_limits
from desktop.domain.images import ImageBytes, ImageInput
from desktop.domain.settings import Endpoint
from desktop.imaging.loader import WorkerImageLoader
from desktop.worker.process import WorkerProcess
from tests.support.image_bombs import IMAGE_BOMBS, scans
from tests.support.processes import has_ended

LIMITS = image_limits(Endpoint(), "qwen3-vl-plus")
PEAK_MB = 256
"""Of the worker; its libraries take 60, and the largest of these files 90."""


def at_work(scenario: Callable[[WorkerProcess], Awaitable[None]]) -> None:
    async def run() -> None:
        worker = WorkerProcess()
        try:
            await scenario(worker)
        finally:
            await worker.aclose()

    asyncio.run(run())


def peak_mb(worker: WorkerProcess) -> int:
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{worker.pid}/status").read_text("ascii"))
    assert found
    return int(found[1]) // 1024


@pytest.mark.parametrize("name", IMAGE_BOMBS)
def test_much_around_a_small_picture_costs_little(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    async def scenario(worker: WorkerProcess) -> None:
        data = IMAGE_BOMBS[name]()
        image = await WorkerImageLoader(worker).load(ImageBytes(name, data), LIMITS)
        assert isinstance(image, ImageInput)
        with capsys.disabled():
            print(f"{name:20}{len(data) / 1e6:8.1f} MB{peak_mb(worker):6} MB in the worker at most")
        assert peak_mb(worker) < PEAK_MB

    at_work(scenario)


def test_a_picture_that_is_walked_over_without_end_is_refused() -> None:
    async def scenario(worker: WorkerProcess) -> None:
        with pytest.raises(BrokenImage):
            await WorkerImageLoader(worker).load(ImageBytes("scans.jpg", scans(5_000)), LIMITS)

    at_work(scenario)


def test_who_leaves_amid_a_bomb_ends_it() -> None:
    async def scenario(worker: WorkerProcess) -> None:
        await worker.start("inspect")
        pid = worker.pid
        assert pid is not None
        image = ImageBytes("scans.jpg", scans(480, side=6_000))
        load = asyncio.create_task(WorkerImageLoader(worker).load(image, LIMITS))
        while not worker._turn.locked():  # noqa: ASYNC110 - nothing tells that it begins
            await asyncio.sleep(0)
        load.cancel()
        await asyncio.gather(load, return_exceptions=True)
        assert load.cancelled()
        assert await has_ended(pid)

    at_work(scenario)
