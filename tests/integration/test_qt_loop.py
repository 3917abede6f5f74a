"""The one event loop: what it finalises, and that a process which used it ends without a word."""

import asyncio
import gc
import subprocess
import sys
import threading
from collections.abc import AsyncGenerator

from PySide6.QtCore import QCoreApplication

from desktop.runtime.loop import IO_THREADS, qt_loop
from tests.conftest import Run


async def _numbers(ended: asyncio.Event) -> AsyncGenerator[int, None]:
    try:
        yield 1
        yield 2
    finally:
        await asyncio.sleep(0)
        ended.set()


def test_a_generator_left_half_way_is_closed_by_a_task(run: Run) -> None:
    async def scenario() -> None:
        ended = asyncio.Event()
        async for _ in _numbers(ended):
            break
        gc.collect()
        await ended.wait()

    run(scenario())


def test_hooks_are_the_former_ones_afterwards(qapp: QCoreApplication) -> None:
    before = sys.get_asyncgen_hooks()

    with qt_loop(qapp) as loop:
        assert sys.get_asyncgen_hooks() != before

    assert sys.get_asyncgen_hooks() == before
    assert loop.is_closed()


def test_blocking_work_has_few_threads_that_end_with_the_loop(qapp: QCoreApplication) -> None:
    async def names() -> set[str]:
        together = threading.Barrier(IO_THREADS)

        def name() -> str:
            together.wait(10)
            return threading.current_thread().name

        return set(await asyncio.gather(*(asyncio.to_thread(name) for _ in range(2 * IO_THREADS))))

    with qt_loop(qapp) as loop:
        used = loop.run_until_complete(names())

    assert len(used) == IO_THREADS
    assert not used & {thread.name for thread in threading.enumerate()}


CLEAN_EXIT = """
import asyncio
from contextlib import aclosing
from PySide6.QtWidgets import QApplication, QLabel
from desktop.runtime.loop import qt_loop
from desktop.runtime.tasks import TaskOwner

async def numbers():
    for number in range(1_000_000):
        yield number
        await asyncio.sleep(0)

async def count(label, started):
    async with aclosing(numbers()) as stream:
        async for number in stream:
            label.setText(str(number))
            started.set()

async def live(label):
    tasks, started = TaskOwner(), asyncio.Event()
    tasks.start(count(label, started), "count")
    await started.wait()
    await tasks.aclose()

app = QApplication([])
app.setQuitOnLastWindowClosed(False)
with qt_loop(app) as loop:
    label = QLabel()
    label.show()
    loop.run_until_complete(live(label))
print("ended")
"""


def test_a_process_that_ends_in_the_middle_of_a_stream_says_nothing() -> None:
    # QLabel.show() says that offscreen windows have no size hints: nothing that the app could change.
    ended = subprocess.run(
        [sys.executable, "-X", "dev", "-W", "error", "-c", CLEAN_EXIT],
        capture_output=True,
        check=False,
        text=True,
        timeout=60,
    )

    words = ended.stderr.replace("This plugin does not support propagateSizeHints()\n", "")
    assert (ended.returncode, ended.stdout, words) == (0, "ended\n", "")
