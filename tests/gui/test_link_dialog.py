"""One line for the web address of an image."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop.ui.link_dialog import LinkDialog
from tests.support.qt import child, heard


@pytest.fixture
def dialog(qtbot: QtBot) -> LinkDialog:
    dialog = LinkDialog()
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def add_button(dialog: LinkDialog) -> QPushButton:
    buttons = child(dialog, QDialogButtonBox).buttons()
    button = next(each for each in buttons if each.text() == "Add")
    assert isinstance(button, QPushButton)
    return button


def test_enter_adds_the_whole_address(dialog: LinkDialog) -> None:
    entered = heard(dialog.address_entered)
    line = child(dialog, QLineEdit, "Web address")
    QTest.keyClicks(line, "example.com/a.png")
    QTest.keyClick(line, Qt.Key.Key_Return)

    assert entered == ["https://example.com/a.png"]
    assert dialog.isHidden()


@pytest.mark.parametrize("typed", ["", "ftp://example.com/a.png", "two words"])
def test_what_is_no_address_cannot_be_added(dialog: LinkDialog, typed: str) -> None:
    entered = heard(dialog.address_entered)
    line = child(dialog, QLineEdit, "Web address")
    QTest.keyClicks(line, typed)
    assert not add_button(dialog).isEnabled()
    QTest.keyClick(line, Qt.Key.Key_Return)

    assert not entered
    assert dialog.isVisible()


def test_escape_adds_nothing(dialog: LinkDialog) -> None:
    entered = heard(dialog.address_entered)
    QTest.keyClicks(child(dialog, QLineEdit, "Web address"), "https://example.com/a.png")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)

    assert not entered
    assert dialog.isHidden()
