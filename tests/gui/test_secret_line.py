"""What is typed as a secret is seen by its user only, and only as long as it is looked at."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QClipboard, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.settings import Network, Settings
from desktop.ui.settings.dialog import SettingsPage
from desktop.ui.settings.secret_line import SHOWN_SECONDS, SecretLine
from tests.conftest import Run
from tests.support.qt import child
from tests.support.serving import KEY
from tests.support.settings_window import LEFT, OpenSettings

DOTS, LETTERS = QLineEdit.EchoMode.Password, QLineEdit.EchoMode.Normal


@pytest.fixture
def line(qtbot: QtBot) -> Iterator[SecretLine]:
    made = SecretLine()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    QTest.keyClicks(made, KEY)
    QGuiApplication.clipboard().setText("before")
    yield made
    QGuiApplication.clipboard().clear()


def test_behind_dots_nothing_can_be_copied_out(line: SecretLine) -> None:
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    for key, modifier in ((Qt.Key.Key_C, control), (Qt.Key.Key_Insert, control), (Qt.Key.Key_X, control)):
        QTest.keyClick(line, Qt.Key.Key_A, control)
        QTest.keyClick(line, key, modifier)
        QTest.keyClick(line, Qt.Key.Key_Delete, shift)
    clipboard = QGuiApplication.clipboard()
    assert clipboard.text() == "before"
    if clipboard.supportsSelection():
        assert KEY not in clipboard.text(QClipboard.Mode.Selection)


def test_assistive_programs_hear_of_dots_only(line: SecretLine) -> None:
    interface = QAccessible.queryAccessibleInterface(line)
    text = interface.textInterface()
    assert text is not None
    heard = [interface.text(each) for each in (QAccessible.Text.Value, QAccessible.Text.Name)]
    heard += [interface.text(QAccessible.Text.Description), text.text(0, text.characterCount())]
    assert not [words for words in heard if KEY[:4] in words]
    assert interface.state().passwordEdit


@pytest.mark.parametrize("is_shown", [False, True])
def test_input_methods_are_told_nothing_and_asked_to_learn_nothing(line: SecretLine, is_shown: bool) -> None:
    if is_shown:
        line.reveal()
    line.selectAll()
    told = [line.inputMethodQuery(query) for query in Qt.InputMethodQuery if "Im" in str(query.name)]
    assert KEY not in map(str, told)
    hints = line.inputMethodHints()
    assert hints & Qt.InputMethodHint.ImhSensitiveData
    assert hints & Qt.InputMethodHint.ImhNoPredictiveText
    assert bool(hints & Qt.InputMethodHint.ImhHiddenText) is not is_shown


def test_what_was_dropped_does_not_come_back(line: SecretLine) -> None:
    line.drop()
    line.reveal()
    for _ in range(3):
        QTest.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        line.redo()
    assert (line.text(), line.isUndoAvailable()) == ("", False)


def test_it_is_shown_in_the_active_window_only(line: SecretLine, qtbot: QtBot) -> None:
    line.reveal()
    assert (line.echoMode(), line.displayText()) == (LETTERS, KEY)
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    with qtbot.waitSignal(line.concealed):
        other.activateWindow()
    assert line.echoMode() == DOTS
    assert KEY not in line.displayText()


def test_it_is_shown_for_a_while_only(line: SecretLine, qtbot: QtBot) -> None:
    line.reveal()
    timer = line._seen_enough
    assert (timer.isActive(), timer.isSingleShot(), timer.interval()) == (True, True, SHOWN_SECONDS * 1000)
    timer.setInterval(0)
    with qtbot.waitSignal(line.concealed):
        line.reveal()
    assert line.echoMode() == DOTS


def test_hiding_it_ends_that_too(line: SecretLine) -> None:
    line.reveal()
    line.hide()
    assert line.echoMode() == DOTS


def test_a_saved_key_is_gone_from_the_window(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        opened = OpenSettings(qtbot, tmp_path)
        line, eye = child(opened.dialog, SecretLine, "API key"), child(opened.dialog, QToolButton, "Show key")
        QTest.mouseClick(eye, LEFT)
        opened.write("API key", KEY)
        assert (line.text(), line.echoMode(), eye.isChecked()) == ("", DOTS, False)
        QTest.mouseClick(eye, LEFT)
        QTest.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert line.text() == ""
        await opened.idle()
        lines = opened.dialog.findChildren(QLineEdit)
        assert KEY not in "".join(each.text() + each.placeholderText() + each.toolTip() for each in lines)

    run(scenario())


def test_a_proxys_password_is_typed_likewise(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        settings = Settings(network=Network("custom", "http://proxy.example:3128", "me"))
        opened = OpenSettings(qtbot, tmp_path, settings, page=SettingsPage.NETWORK)
        line = child(opened.dialog, SecretLine, "Proxy password")
        opened.write("Proxy password", KEY)
        await opened.idle()
        line.reveal()
        QTest.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert line.text() == ""

    run(scenario())
