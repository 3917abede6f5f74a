"""Somebody who finds in a transcript, and what they see of it."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from desktop.ui.theme import LIGHT
from desktop.ui.transcript.find_bar import FindBar
from desktop.ui.transcript.find_pane import FindPane
from desktop.ui.transcript.view import TranscriptView
from tests.support.qt import child
from tests.support.transcripts import Talk

_LONGEST_MS = 20_000
FOUND, CURRENT = LIGHT.found.rgb(), LIGHT.current.rgb()
NO_MODIFIER = Qt.KeyboardModifier.NoModifier


class Finding:
    """A transcript in which somebody finds."""

    def __init__(self, qtbot: QtBot, talk: Talk) -> None:
        self._qtbot = qtbot
        self.view = TranscriptView(talk.model)
        self.pane = FindPane(self.view, talk.model)
        qtbot.addWidget(self.pane)
        self.pane.resize(700, 500)
        with qtbot.waitActive(self.pane):
            self.pane.show()
            self.pane.activateWindow()

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
        """Open the bar, write there, and wait until it says `count`."""
        self.pane.open()
        self.edit.insert(needle)
        self.counts(count)

    def counts(self, count: str) -> None:
        self._qtbot.waitUntil(lambda: self.count == count, timeout=_LONGEST_MS)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        QTest.keyClick(self.edit, key, modifier)

    def click(self, name: str) -> None:
        QTest.mouseClick(child(self.bar, QToolButton, name), Qt.MouseButton.LeftButton)

    def leads_to_a_hit(self) -> None:
        """Wait until the current hit can be seen."""
        self._qtbot.waitUntil(lambda: self.current() == 1, timeout=_LONGEST_MS)

    def current(self) -> int:
        """How many lines of what is seen are marked as the current hit's."""
        return lines_in(self.picture(), CURRENT)

    def found(self) -> int:
        """How many lines of what is seen are marked as other hits'."""
        return lines_in(self.picture(), FOUND)

    def picture(self) -> QImage:
        return self.view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def lines_in(picture: QImage, color: int) -> int:
    """How many bands of rows have pixels of a colour."""
    pixels = np.frombuffer(picture.constBits(), np.uint32).reshape(picture.height(), -1)
    has_color = (pixels == color).any(axis=1)
    return int(np.count_nonzero(has_color[1:] & ~has_color[:-1]) + has_color[0])
