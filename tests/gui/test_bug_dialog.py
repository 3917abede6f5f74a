"""What is said when the app itself is at fault."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.ui.bug_dialog import BugDialog
from tests.support.qt import child, heard


@pytest.fixture
def dialog(qtbot: QtBot) -> BugDialog:
    dialog = BugDialog()
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def buttons(dialog: BugDialog) -> dict[str, QPushButton]:
    found = [each for each in child(dialog, QDialogButtonBox).buttons() if isinstance(each, QPushButton)]
    return {each.text(): each for each in found}


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space])
def test_whoever_was_typing_goes_on_and_copies_nothing(key: Qt.Key, dialog: BugDialog) -> None:
    asked = heard(dialog.copy_requested)
    QTest.keyClick(dialog.focusWidget(), key)

    assert dialog.isHidden()
    assert not asked


def test_copying_leaves_it_open_and_says_so(dialog: BugDialog) -> None:
    asked = heard(dialog.copy_requested)
    before = buttons(dialog)["Go on"].geometry()
    QTest.mouseClick(buttons(dialog)["Copy diagnostics"], Qt.MouseButton.LeftButton)
    dialog.show_copied()

    assert len(asked) == 1
    assert dialog.isVisible()
    assert set(buttons(dialog)) == {"Copied", "Go on"}
    assert buttons(dialog)["Go on"].geometry() == before


def test_nothing_in_it_is_taken_for_html(dialog: BugDialog) -> None:
    assert {label.textFormat() for label in dialog.findChildren(QLabel)} == {Qt.TextFormat.PlainText}
