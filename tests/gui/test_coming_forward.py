"""A window that is called to the front, and the clipboard that it is to look into then."""

import os

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.clipboard_taker import ClipboardTaker
from desktop.ui.foreground import bring_to_front

TOKEN = "XDG_ACTIVATION_TOKEN"


class Called(QWidget):
    """Notes what Qt would find in the environment when the window asks for the keys."""

    def __init__(self) -> None:
        super().__init__()
        self.tokens: list[str | None] = []

    def activateWindow(self) -> None:
        self.tokens.append(os.environ.get(TOKEN))
        super().activateWindow()


@pytest.fixture
def window(qtbot: QtBot) -> Called:
    made = Called()
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize("hide", [QWidget.hide, QWidget.showMinimized, QWidget.show])
def test_it_is_shown_wherever_it_was(window: Called, qtbot: QtBot, hide: object) -> None:
    assert callable(hide)
    hide(window)
    bring_to_front(window)

    qtbot.waitUntil(window.isActiveWindow)
    assert window.isVisible()
    assert not window.isMinimized()


def test_a_maximised_window_stays_so(window: Called) -> None:
    window.showMaximized()
    window.showMinimized()
    bring_to_front(window)

    assert window.isMaximized()


def test_the_token_is_there_for_qt_and_for_nobody_else(window: Called) -> None:
    bring_to_front(window, "from a click")
    bring_to_front(window)

    assert window.tokens == ["from a click", None]
    assert TOKEN not in os.environ


def test_the_clipboard_is_looked_into_when_the_keys_have_come(
    window: Called, qtbot: QtBot, qapp: QApplication
) -> None:
    seen: list[str] = []
    taker = ClipboardTaker(longest_wait_ms=60_000)
    taker.taken.connect(lambda mime: seen.append(mime.text()))
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is None)
    QApplication.clipboard().setText("outdated")
    taker.take()
    assert not seen

    QApplication.clipboard().setText("now")
    with qtbot.waitSignal(taker.taken):
        window.show()
        window.activateWindow()
    taker.take()
    assert seen == ["now", "now"]


def test_without_keys_it_is_looked_into_after_a_while(qtbot: QtBot) -> None:
    taker = ClipboardTaker(longest_wait_ms=1)
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is None)

    with qtbot.waitSignal(taker.taken) as heard:
        taker.take()
    assert heard.args is not None
    assert isinstance(heard.args[0], QMimeData)
