"""The caret rests when nobody writes, and blinks again at the next key, click or change of focus."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.caret import RestingCaret
from tests.support.qt import heard

OWN = -1
Act = Callable[["Fields"], object]


class Fields(QWidget):
    """A field of lines, which has the focus, and one of a line."""

    def __init__(self) -> None:
        super().__init__()
        self.lines, self.line = QPlainTextEdit(), QLineEdit()
        layout = QVBoxLayout(self)
        layout.addWidget(self.lines)
        layout.addWidget(self.line)


@pytest.fixture
def fields(qtbot: QtBot) -> Fields:
    fields = Fields()
    qtbot.addWidget(fields)
    fields.lines.setFocus()
    with qtbot.waitExposed(fields):
        fields.show()
    return fields


@pytest.fixture
def flashes(fields: Fields, qapp: QGuiApplication, qtbot: QtBot) -> Iterator[list[int]]:
    """What the application's flash time became, while a caret rests at once; at first it rests."""
    hints = qapp.styleHints()
    times = heard(hints.cursorFlashTimeChanged)
    with qtbot.waitSignal(hints.cursorFlashTimeChanged):
        caret = RestingCaret(qapp, milliseconds=0)
    yield times
    caret.setParent(None)
    caret.deleteLater()
    hints.setCursorFlashTime(OWN)


@pytest.mark.parametrize(
    "act",
    [
        lambda fields: QTest.keyClick(fields.lines, Qt.Key.Key_A),
        lambda fields: QTest.keyClick(fields.lines, Qt.Key.Key_Backspace),
        lambda fields: QTest.mouseClick(fields.lines.viewport(), Qt.MouseButton.LeftButton),
        lambda fields: fields.line.setFocus(),
    ],
    ids=["a key", "a key that does nothing", "a click", "the focus"],
)
def test_what_somebody_does_makes_it_blink_until_it_rests_again(
    fields: Fields, flashes: list[int], act: Act, qapp: QGuiApplication, qtbot: QtBot
) -> None:
    assert flashes == [0]
    act(fields)
    assert flashes == [0, OWN]
    qtbot.waitUntil(lambda: flashes == [0, OWN, 0])


def test_it_is_seen_while_it_rests(fields: Fields, flashes: list[int]) -> None:
    resting = fields.lines.grab().toImage()
    fields.line.setFocus()
    assert fields.lines.grab().toImage() != resting


def test_it_rests_no_sooner_than_its_time(fields: Fields, qapp: QGuiApplication) -> None:
    times = heard(qapp.styleHints().cursorFlashTimeChanged)
    caret = RestingCaret(qapp)
    QTest.keyClicks(fields.lines, "abc")
    assert not times
    caret.deleteLater()
