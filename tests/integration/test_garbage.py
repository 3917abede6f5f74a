"""Where objects that only know each other come to their end."""

import asyncio
import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QObject

from desktop.runtime.garbage import collect_due
from desktop.runtime.loop import qt_loop


class Knot(QObject):
    """Knows itself."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


@pytest.fixture
def collecting() -> Iterator[None]:
    """Python's own collector works, as in a program that begins."""
    gc.enable()
    yield
    gc.disable()


def test_an_object_of_qt_dies_on_the_loops_thread(qapp: QCoreApplication, collecting: None) -> None:
    died_in: list[str] = []

    async def allocate() -> None:
        await asyncio.to_thread(lambda: [[n] for n in range(100_000)])

    with qt_loop(qapp) as loop:
        weakref.finalize(Knot(), lambda: died_in.append(threading.current_thread().name))
        loop.run_until_complete(allocate())
        assert died_in == []
        kept = [[n] for n in range(gc.get_threshold()[0] + 1)]
        collect_due()

    assert died_in == ["MainThread"]
    assert len(kept) > gc.get_threshold()[0]
    assert gc.isenabled()
