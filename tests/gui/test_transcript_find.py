"""Finding in a conversation: everything is found, marked, and led to, whatever grows or is far away."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.ui.theme import LIGHT
from desktop.ui.transcript.find_bar import FindBar
from desktop.ui.transcript.find_pane import FindPane
from desktop.ui.transcript.view import TranscriptView
from tests.support.qt import child
from tests.support.transcripts import Talk

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Finding:
    """A transcript in which somebody finds."""

    def __init__(self, qtbot: QtBot, talk: Talk) -> None:
        self._qtbot = qtbot
        self.talk = talk
        self.view = TranscriptView(talk.model)
        self.pane = FindPane(self.view, talk.model)
        qtbot.addWidget(self.pane)
        self.pane.resize(700, 500)
        with qtbot.waitExposed(self.pane):
            self.pane.show()

    @property
    def edit(self) -> QLineEdit:
        return child(self.pane, QLineEdit)

    @property
    def bar(self) -> FindBar:
        return child(self.pane, FindBar)

    @property
    def count(self) -> str:
        return child(self.bar, QLabel, "Hits").text()

    def find(self, needle: str, count: str) -> None:
        """Open the bar, type, and wait until it says `count`."""
        self.pane.open()
        QTest.keyClicks(self.edit, needle)
        self.counts(count)

    def counts(self, count: str) -> None:
        self._qtbot.waitUntil(lambda: self.count == count, timeout=20_000)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.edit, key, modifier)

    def marked(self) -> list[QRect]:
        """Where what is seen has the ground of the current hit."""
        return ground(self.view, LIGHT.current.name())


def ground(view: TranscriptView, color: str) -> list[QRect]:
    """The rows of pixels of a colour, joined where they touch."""
    picture = view.viewport().grab().toImage()
    found: list[QRect] = []
    for y in range(picture.height()):
        row = [x for x in range(picture.width()) if picture.pixelColor(x, y).name() == color]
        if row:
            line = QRect(QPoint(row[0], y), QPoint(row[-1], y))
            if found and found[-1].bottom() == y - 1:
                found[-1] = found[-1].united(line)
            else:
                found.append(line)
    return found


@pytest.fixture
def finding(qtbot: QtBot) -> Callable[[Talk], Finding]:
    return lambda talk: Finding(qtbot, talk)


def test_all_is_found_and_gone_through(finding: Callable[[Talk], Finding]) -> None:
    f = finding(Talk().ask("a needle").answer("A **nee**dle, and\n\n- a needle\n\n```\nneedle\n```\n"))
    f.find("needle", "1 of 4")
    f.press(Key.Key_Return)
    f.counts("2 of 4")
    f.press(Key.Key_Return, SHIFT)
    f.press(Key.Key_Return, SHIFT)
    f.counts("4 of 4")
    f.press(Key.Key_Escape)
    assert f.bar.isHidden()
    assert f.marked() == []
