"""What holds for all tests."""

import gc
import os
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest
from hypothesis import settings

# Before Qt is imported: what it is to draw on is decided then.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from desktop.runtime.garbage import collect_due
from desktop.runtime.loop import qt_loop
from tests.support.qt import ended_tasks, in_time, warnings_in

# No test asks how long anything takes: that is for measurements, on a machine that does nothing else.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

Run = Callable[[Coroutine[Any, Any, None]], None]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print all faults and what is said of each, when the terminal form has met them."""
    reports = (report for reports in terminalreporter.stats.values() for report in reports)
    names = (getattr(report, "nodeid", "") for report in reports)
    if any(name.startswith("tests/process/test_fault_matrix.py") for name in names):
        # Loaded here: no other test needs the list.
        from tests.support.faults.__main__ import table

        terminalreporter.section("faults")
        terminalreporter.write_line("\n".join(table()))


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """An empty HOME, so that no test meets anybody's settings, and nobody meets the tests'."""
    place = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(place))
        for folder in ("CONFIG", "DATA", "STATE", "CACHE"):
            patch.setenv(f"XDG_{folder}_HOME", str(place / folder.lower()))
        yield


@pytest.fixture(scope="session", autouse=True)
def no_collector() -> Iterator[None]:
    """Other threads collect no garbage: objects of Qt would die there."""
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def garbage(no_collector: None) -> Iterator[None]:
    """What a test leaves is collected behind it."""
    yield
    collect_due()


@pytest.fixture(scope="session", autouse=True)
def clipboard() -> Iterator[None]:
    """Empty at the end: Qt's offscreen clipboard lets its data go after Python, whose object they are."""
    yield
    if QApplication.instance() is not None:
        QApplication.clipboard().clear()


@pytest.fixture
def run(qapp: QApplication, caplog: pytest.LogCaptureFixture) -> Iterator[Run]:
    """Run a scenario on the app's own loop.

    A task that it leaves behind fails the test, and so does a warning in the log: a test that means one
    looks at it and calls `caplog.clear()`.
    """
    qapp.setQuitOnLastWindowClosed(False)  # as in the app: Qt must not end the loop by itself
    with qt_loop(qapp) as loop:
        yield lambda scenario: loop.run_until_complete(in_time(scenario))
        left = loop.run_until_complete(ended_tasks())
    assert not left
    assert not warnings_in(caplog.get_records("call"))


@pytest.fixture
def undressed(qapp: QApplication) -> Iterator[QApplication]:
    """The application, to be dressed by a test; afterwards it is as it was."""
    palette, font, locale = qapp.palette(), qapp.font(), QLocale()
    yield qapp
    qapp.setStyleSheet("")
    qapp.setPalette(palette)
    qapp.setFont(font)
    QLocale.setDefault(locale)
