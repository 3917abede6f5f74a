"""The list at the side of a window, alone, with its user's hands."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from desktop.domain.history import ConversationId
from desktop.ui.conversation_view import ConversationView
from desktop.ui.side_list import SideList
from desktop.viewmodels.conversations import ConversationList
from tests.support.qt import child, heard
from tests.support.summaries import DAY, HOUR, NOON, summary

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NO_MODIFIER = Qt.KeyboardModifier.NoModifier

ROWS = (
    summary(4, "d", NOON - 9 * DAY, is_pinned=True),
    summary(3, "c", NOON),
    summary(2, "b", NOON - HOUR),
    summary(1, "a", NOON - DAY),
)


class Side:
    """A list with four conversations, and what it asked for."""

    def __init__(self, qtbot: QtBot) -> None:
        self.rows = ConversationList(now=lambda: NOON)
        self.rows.extend(ROWS, is_all=True)
        self.side = SideList(self.rows)
        self.view = child(self.side, ConversationView)
        self.chosen = heard(self.side.chosen)
        self.renamed = heard(self.side.rename_requested)
        self.pinned = heard(self.side.pin_requested)
        self.deleted = heard(self.side.deletion_requested)
        qtbot.addWidget(self.side)
        self.side.resize(self.side.width(), 600)
        self.side.show()
        self.view.setFocus()

    def index(self, number: int) -> QModelIndex:
        return self.view.index_of(ConversationId(number))

    def select(self, *numbers: int) -> None:
        self.click(numbers[0])
        for number in numbers[1:]:
            self.click(number, CONTROL)
        self.chosen.clear()

    def click(self, number: int, modifier: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        place = self.view.visualRect(self.index(number)).center()
        QTest.mouseClick(self.view.viewport(), LEFT, modifier, place)

    def press(self, *keys: Key, modifier: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        for key in keys:
            QTest.keyClick(self.view, key, modifier)

    @property
    def selected(self) -> str:
        indexes = sorted(self.view.selectedIndexes(), key=QModelIndex.row)
        return "".join(index.data() for index in indexes)

    @property
    def current(self) -> str:
        return str(self.view.currentIndex().data())

    def finish(self, key: Key) -> None:
        """Press a key that ends the editing; Qt does that after the editor had it."""
        QTest.keyClick(self.editor(), key)
        QApplication.sendPostedEvents()

    def editor(self) -> QLineEdit:
        return child(self.view, QLineEdit, "Title")

    def menu(
        self, number: int, reason: QContextMenuEvent.Reason = QContextMenuEvent.Reason.Mouse
    ) -> dict[str, Callable[[], None]]:
        """What the menu at the conversation offers, by its words."""
        place = self.view.visualRect(self.index(number)).center()
        event = QContextMenuEvent(reason, place, self.view.viewport().mapToGlobal(place))
        QApplication.sendEvent(self.view.viewport(), event)
        opened = [menu for menu in self.view.findChildren(QMenu) if menu.isVisible()]
        return {
            action.text(): action.trigger for menu in opened for action in menu.actions() if action.text()
        }
