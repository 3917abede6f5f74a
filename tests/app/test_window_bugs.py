"""A bug while the window is open: one dialog, and the app goes on."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from desktop.diagnosis.hooks import loop_handler
from desktop.domain.events import Finished, TextDelta
from desktop.domain.settings import Settings
from desktop.ui.banner import Banner
from desktop.ui.bug_dialog import BugDialog
from desktop.ui.settings.dialog import SettingsDialog
from tests.conftest import Run
from tests.support.diagnosing import SECRET, lead_back, raise_secret
from tests.support.qt import child, first, heard
from tests.support.windows import OpenWindow, open_window

ENGLISH = Settings(model="qwen3-vl-plus", language="en")

Bug = Callable[[OpenWindow], None]
Scenario = Callable[[OpenWindow], Awaitable[None]]
Play = Callable[[Scenario], list[str]]


class Broken(QWidget):
    """Raises whenever it is painted.

    Signals:
        painted: It is about to raise.
    """

    painted = Signal()

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted.emit()
        raise_secret()


@pytest.fixture
def play(
    run: Run,
    undressed: QApplication,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> Play:
    """Plays a scenario in a window to which all bugs are led; gives what was logged."""

    def played(scenario: Scenario) -> list[str]:
        async def whole() -> None:
            async with open_window(undressed, tmp_path, ENGLISH) as window:
                lead_back(monkeypatch, window.bugs)
                asyncio.get_running_loop().set_exception_handler(loop_handler(window.bugs))
                await scenario(window)

        run(whole())
        logged = [record.getMessage() for record in caplog.records]
        caplog.clear()
        return logged

    return played


def in_slot(window: OpenWindow) -> None:
    QTimer.singleShot(0, raise_secret)


def in_callback(window: OpenWindow) -> None:
    asyncio.get_running_loop().call_soon(raise_secret)


def in_thread(window: OpenWindow) -> None:
    threading.Thread(target=raise_secret).start()


def in_paint(window: OpenWindow) -> None:
    Broken(window.window).show()


def in_task(window: OpenWindow) -> None:
    async def fail() -> None:
        raise_secret()

    window.tasks.start(fail(), "fail")


@pytest.mark.parametrize("bug", [in_slot, in_callback, in_thread, in_paint, in_task])
def test_it_is_told_in_one_dialog_and_the_app_goes_on(bug: Bug, play: Play) -> None:
    async def scenario(window: OpenWindow) -> None:
        await met(window, bug)

        (dialog,) = dialogs(window)
        assert SECRET not in "\n".join(label.text() for label in dialog.findChildren(QLabel))
        click(dialog, "Go on")
        assert not dialogs(window)
        await works(window)

    logged = play(scenario)
    assert len(logged) == 1
    assert logged[0].startswith("a bug in a ")


def test_a_bug_in_each_frame_is_told_once(play: Play) -> None:
    async def scenario(window: OpenWindow) -> None:
        broken = Broken(window.window)
        broken.show()
        await met(window)
        await thirty_frames(broken)
        (dialog,) = dialogs(window)
        click(dialog, "Go on")
        await thirty_frames(broken)

        assert not dialogs(window)
        broken.deleteLater()
        await works(window)

    assert [line for line in play(scenario) if "the same" in line] == [
        "the same in a slot for the 10. time: RuntimeError"
    ]


def test_another_bug_is_told_again(play: Play) -> None:
    async def scenario(window: OpenWindow) -> None:
        for bug in (in_slot, in_callback):
            await met(window, bug)
            click(dialogs(window)[0], "Go on")

    play(scenario)


def test_a_bug_while_a_dialog_is_open_is_told_above_it(play: Play) -> None:
    async def scenario(window: OpenWindow) -> None:
        window.action("settings").trigger()
        await met(window, in_slot)
        click(dialogs(window)[0], "Go on")

        assert not dialogs(window)
        assert child(window.window, SettingsDialog).isVisible()

    play(scenario)


def test_a_dialog_that_fails_itself_is_written_down_only(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    async def scenario(window: OpenWindow) -> None:
        told = heard(window.diagnosis.bug_met)
        for bug in (in_slot, in_callback, in_paint):
            await met(window, bug)
            await works(window)

        assert not dialogs(window)
        assert len(told) == 4  # the dialog's own too, once

    monkeypatch.setattr(BugDialog, "open", lambda self: raise_secret(ValueError))
    assert len(play(scenario)) == 4


def test_the_diagnostics_are_copied_from_the_dialog_and_from_the_menu(play: Play) -> None:
    async def scenario(window: OpenWindow) -> None:
        await met(window, in_slot)
        (dialog,) = dialogs(window)
        await copied(window, lambda: click(dialog, "Copy diagnostics"))
        assert "Copied" in [each.text() for each in dialog.findChildren(QPushButton)]
        assert child(window.window, Banner).isHidden()
        click(dialog, "Go on")

        await copied(window, window.action("copy_diagnostics").trigger)
        assert banner_of(window) == "The diagnostics are in the clipboard."

    play(scenario)


def test_a_window_that_takes_the_place_of_another_tells_of_bugs_too(play: Play) -> None:
    async def scenario(window: OpenWindow) -> None:
        gone = first(window.window.destroyed)
        window.session.settings.change(language="zh_CN")
        await gone
        await met(window, in_slot)

        assert len(dialogs(window)) == 1

    play(scenario)


# ── what is done and seen ───────────────────────────────────────────────────────────────────────


async def met(window: OpenWindow, bug: Bug | None = None) -> None:
    """Until `bug`, or one that is under way, is told."""
    told = first(window.diagnosis.bug_met)
    if bug is not None:
        bug(window)
    await told


async def works(window: OpenWindow) -> None:
    """Ask something, and see the answer."""
    window.backend.answer_with(TextDelta("Still here."), Finished("stop"))
    window.type("Are you there?")
    window.enter()
    await window.answered()
    assert "Still here." in window.painted


async def thirty_frames(broken: Broken) -> None:
    for _ in range(30):
        painted = first(broken.painted)
        broken.update()
        await painted


async def copied(window: OpenWindow, ask: Callable[[], object]) -> None:
    """Ask for the diagnostics, and wait until they are in the clipboard."""
    QGuiApplication.clipboard().clear()
    ready = first(window.diagnosis.report_ready)
    ask()
    await ready
    assert "Viewfinder" in QGuiApplication.clipboard().text()


def dialogs(window: OpenWindow) -> list[BugDialog]:
    return [each for each in window.window.findChildren(BugDialog) if each.isVisible()]


def banner_of(window: OpenWindow) -> str:
    """What the banner says."""
    banner = child(window.window, Banner)
    return "" if banner.isHidden() else banner.findChildren(QLabel)[0].text()


def click(dialog: BugDialog, name: str) -> None:
    button = next(each for each in dialog.findChildren(QPushButton) if each.text() == name)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
