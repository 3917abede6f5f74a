"""The settings window over a real view model and a real file, and the hands and eyes of its user."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QListWidget, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.settings import Settings
from desktop.ui.settings.appearance import AppearancePage
from desktop.ui.settings.dialog import SettingsDialog, SettingsPage
from tests.support.libraries import LibraryBench
from tests.support.qt import child
from tests.support.scripted import ScriptedBackend
from tests.support.serving import SettingsBench

LEFT = Qt.MouseButton.LeftButton


class OpenSettings(SettingsBench):
    """All pages are made."""

    def __init__(
        self,
        qtbot: QtBot,
        folder: Path,
        settings: Settings | None = None,
        backend: ScriptedBackend | None = None,
        page: SettingsPage = SettingsPage.CONNECTION,
    ) -> None:
        super().__init__(folder, settings, backend)
        self._library = LibraryBench(folder / "history")
        self.dialog = SettingsDialog(self.model, self._library.history)
        qtbot.addWidget(self.dialog)
        self.dialog.show_page(page)
        self.dialog.show()
        qtbot.waitUntil(lambda: bool(self.dialog.findChildren(AppearancePage)))  # the last one made

    def choose(self, name: str, row: int) -> None:
        """Take a row of a combo box by its keys."""
        box = child(self.dialog, QComboBox, name)
        step = Qt.Key.Key_Down if row > box.currentIndex() else Qt.Key.Key_Up
        while box.currentIndex() != row:
            QTest.keyClick(box, step)

    def write(self, name: str, text: str) -> None:
        """Write `text` into a line in the place of what is there, and press Enter."""
        line = child(self.dialog, QLineEdit, name)
        line.selectAll()
        QTest.keyClick(line, Qt.Key.Key_Delete)
        QTest.keyClicks(line, text)
        QTest.keyClick(line, Qt.Key.Key_Return)

    def typed(self, name: str) -> str:
        return child(self.dialog, QLineEdit, name).text()

    def words(self, name: str) -> str:
        return child(self.dialog, QLabel, name).text()

    def select(self, row: int) -> None:
        """Choose a server of the list by its keys."""
        servers = child(self.dialog, QListWidget, "Servers")
        step = Qt.Key.Key_Down if row > servers.currentRow() else Qt.Key.Key_Up
        while servers.currentRow() != row:
            QTest.keyClick(servers, step)

    def add(self, kind: str) -> None:
        """Add a server by the menu."""
        self.click("Add server")
        menu = next(each for each in self.dialog.findChildren(QMenu) if each.isVisible())
        next(action for action in menu.actions() if action.text() == kind).trigger()
        menu.close()

    @property
    def rows(self) -> list[str]:
        """What the list says of each server, as a screen reader reads it; the chosen one is marked."""
        servers = child(self.dialog, QListWidget, "Servers")
        items = [servers.item(row) for row in range(servers.count())]
        said = [item.data(Qt.ItemDataRole.AccessibleTextRole) for item in items]
        return [f"> {each}" if row == servers.currentRow() else each for row, each in enumerate(said)]

    @property
    def buttons(self) -> list[str]:
        """That can be seen and pressed."""
        return [
            each.text()
            for each in self.dialog.findChildren(QPushButton)
            if each.isVisible() and each.isEnabled()
        ]

    def button(self, text: str) -> QPushButton:
        found = (each for each in self.dialog.findChildren(QPushButton) if not each.isHidden())
        return next(each for each in found if each.text() == text)

    def click(self, text: str) -> None:
        """Press a button by its key, wherever the layout will put it."""
        QTest.keyClick(self.button(text), Qt.Key.Key_Space)
