"""What the window says when the image worker hangs, and what is left then."""

import asyncio
import os
import signal
from pathlib import Path

from PySide6.QtWidgets import QApplication, QLabel

from desktop.domain.settings import Settings
from desktop.imaging.loader import WorkerImageLoader
from desktop.ui.banner import Banner
from desktop.worker.process import WorkerProcess
from tests.conftest import Run
from tests.support import mime
from tests.support.pictures import png
from tests.support.qt import child
from tests.support.windows import OpenWindow, open_window

VL_PLUS = Settings(model="qwen3-vl-plus", language="en", theme="light")


def pictures(folder: Path, *names: str) -> list[Path]:
    """Files that differ."""
    paths = [folder / name for name in names]
    for number, path in enumerate(paths):
        path.write_bytes(png((640, 480 + number)))
    return paths


async def dropped(window: OpenWindow, path: Path) -> list[str]:
    """What is attached after `path` was dropped."""
    window.drop(mime.files(path))
    await window.loaded()
    return [image.name for image in window.session.composer.images]


def test_a_worker_that_hangs_costs_one_image(run: Run, undressed: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        before, hung, after = pictures(tmp_path, "before.png", "hung.png", "after.png")
        worker = WorkerProcess()
        async with open_window(undressed, tmp_path, VL_PLUS, WorkerImageLoader(worker)) as window:
            await dropped(window, before)
            window.type("What is this?")
            assert worker.pid is not None
            os.kill(worker.pid, signal.SIGSTOP)
            worker._silence = 0.2
            assert await dropped(window, hung) == ["before.png"]
            worker._silence = None

            said = child(child(window.window, Banner), QLabel).text()
            assert said == "“hung.png” was not read within 0 seconds. The other images are fine."
            assert window.prompt.toPlainText() == "What is this?"
            assert await dropped(window, after) == ["before.png", "after.png"]
        await worker.aclose()

    run(scenario())


def test_a_worker_that_dies_costs_one_of_many_images(
    run: Run, undressed: QApplication, tmp_path: Path
) -> None:
    async def scenario() -> None:
        first, *others = pictures(tmp_path, *(f"{number}.png" for number in range(6)))
        worker = WorkerProcess()
        async with open_window(undressed, tmp_path, VL_PLUS, WorkerImageLoader(worker)) as window:
            await dropped(window, first)
            pid = worker.pid
            assert pid is not None
            os.kill(pid, signal.SIGSTOP)
            window.drop(mime.files(*others))
            while not worker._turn.locked():  # noqa: ASYNC110 - a lock tells nobody that it is taken
                await asyncio.sleep(0)
            os.kill(pid, signal.SIGKILL)
            await window.loaded()

            assert [image.name for image in window.session.composer.images] == [
                "0.png",
                *(path.name for path in others[1:]),
            ]
            said = child(child(window.window, Banner), QLabel).text()
            assert said == "Reading “1.png” failed. The other images are fine."
        await worker.aclose()

    run(scenario())
