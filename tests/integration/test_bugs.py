"""Every end of Python at which an exception can come out leads to the log, and nothing is printed."""

import asyncio
import gc
import logging
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTimer

from desktop.diagnosis.bugs import MOST_PLACES, Bugs
from desktop.diagnosis.hooks import loop_handler
from desktop.diagnosis.log import LOG, LogFile, PlacesOnly
from desktop.runtime.loop import qt_loop
from desktop.runtime.tasks import TaskOwner
from tests.support.diagnosing import SECRET, caught, lead_back, raise_secret


class Told:
    """What was written and how often somebody was told."""

    def __init__(self, folder: Path) -> None:
        self.bugs = Bugs()
        self.times = 0
        self._folder = folder
        self.bugs.listen(self.count)

    @property
    def log(self) -> str:
        return (self._folder / LOG).read_text(encoding="utf-8")

    def count(self) -> int:
        self.times += 1
        return self.times


@pytest.fixture
def told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Iterator[Told]:
    handler = LogFile(tmp_path / LOG)
    handler.setFormatter(PlacesOnly())
    log = logging.getLogger("desktop")
    log.addHandler(handler)
    told = Told(tmp_path)
    lead_back(monkeypatch, told.bugs)
    yield told
    log.removeHandler(handler)
    handler.close()
    assert capfd.readouterr() == ("", "")
    assert SECRET not in told.log


class Dying:
    def __del__(self) -> None:
        raise_secret()


def in_thread() -> None:
    thread = threading.Thread(target=raise_secret)
    thread.start()
    thread.join()


def in_destructor() -> None:
    Dying()
    gc.collect()


def uncaught() -> None:
    error = caught()
    sys.excepthook(type(error), error, error.__traceback__)


@pytest.mark.parametrize("bug", [in_thread, in_destructor, uncaught])
def test_what_nobody_catches_is_written(bug: Callable[[], None], told: Told) -> None:
    bug()

    assert told.log.count("RuntimeError") == told.times == 1
    assert "tests/support/diagnosing.py" in told.log


def test_what_escapes_in_the_event_loop_is_written(told: Told, qapp: QCoreApplication) -> None:
    async def scenario() -> None:
        all_told = asyncio.Event()
        told.bugs.listen(lambda: all_told.set() if told.count() == 4 else None)
        loop = asyncio.get_running_loop()
        loop.call_soon(raise_secret)
        loop.call_later(0.001, raise_secret, KeyError)
        QTimer.singleShot(0, lambda: raise_secret(ValueError))
        await asyncio.wait([TaskOwner(told.bugs.note).start(fail(), "fail")])
        await all_told.wait()

    async def fail() -> None:
        raise_secret(OSError)

    with qt_loop(qapp) as loop:
        loop.set_exception_handler(loop_handler(told.bugs))
        loop.run_until_complete(scenario())

    places = [line for line in told.log.splitlines() if " a bug in a " in line]
    assert {line.rpartition(" a bug in a ")[2] for line in places} == {"callback", "slot", "task fail"}
    assert {"  RuntimeError", "  KeyError", "  ValueError", "  OSError"} < set(told.log.splitlines())


def test_what_is_wrong_without_an_exception_is_written_without_its_words(told: Told) -> None:
    loop = asyncio.new_event_loop()
    loop_handler(told.bugs)(loop, {"message": SECRET})
    loop.close()

    assert "the event loop complains" in told.log
    assert not told.times


def test_a_warning_is_its_class_and_place(told: Told) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        warnings.showwarning = sys.modules["desktop.diagnosis.hooks"]._log_warning
        warnings.warn(SECRET, ResourceWarning, stacklevel=1)

    assert "ResourceWarning (tests/integration/test_bugs.py:" in told.log


def test_ctrl_c_is_no_bug(told: Told) -> None:
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    told.bugs.note(ValueError(), "test")

    assert told.times == 1


def test_a_bug_in_each_frame_is_told_once_and_fills_no_log(told: Told) -> None:
    for _ in range(2000):
        told.bugs.note(caught(), "paint")

    assert told.times == 1
    assert [line.rpartition(" for ")[2] for line in told.log.splitlines() if "the same" in line] == [
        "the 10. time: RuntimeError",
        "the 100. time: RuntimeError",
        "the 1000. time: RuntimeError",
    ]


def test_a_bug_that_is_a_new_one_each_time_ends_too(told: Told) -> None:
    for number in range(2 * MOST_PLACES):
        told.bugs.note(type(f"Bug{number}", (Exception,), {})(), "paint")

    assert told.times == MOST_PLACES
    assert told.log.count("a bug in a paint") == MOST_PLACES


def test_who_is_told_may_fail(told: Told) -> None:
    told.bugs.listen(raise_secret)
    told.bugs.note(ValueError(), "slot")
    told.bugs.listen(None)
    told.bugs.note(KeyError(), "slot")

    assert "ValueError" in told.log
    assert "KeyError" in told.log


def test_an_exception_that_cannot_be_told_is_no_other_bug(told: Told) -> None:
    class Strange(Exception):
        @property
        def __traceback__(self) -> None:  # type: ignore[override]
            raise_secret()

    told.bugs.note(Strange(), "slot")
    told.bugs.note(ValueError(), "slot")

    assert "ValueError" in told.log
