"""The window that holds the settings pages."""

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from desktop.ui.settings.answers import AnswersPage
from desktop.ui.settings.appearance import AppearancePage
from desktop.ui.settings.connection import ConnectionPage
from desktop.ui.theme import SPACE
from desktop.viewmodels.settings import SettingsViewModel


class SettingsDialog(QDialog):
    """Not modal; every change holds at once.

    Signals:
        page_requested: A web page is to be opened.
    """

    page_requested = Signal(QUrl)

    def __init__(self, settings: SettingsViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self.setAccessibleName("Settings")
        connection = ConnectionPage(settings, self)
        connection.page_requested.connect(self.page_requested)
        tabs = QTabWidget(self)
        tabs.setDocumentMode(True)
        tabs.addTab(_scrolled(connection), self.tr("Connection"))
        tabs.addTab(_scrolled(AnswersPage(settings)), self.tr("Answers"))
        tabs.addTab(_scrolled(AppearancePage(settings)), self.tr("Appearance"))
        buttons = QDialogButtonBox(self)
        close = buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * SPACE, 3 * SPACE, 4 * SPACE, 3 * SPACE)
        column.addWidget(tabs)
        column.addWidget(buttons)
        self.resize(600, 560)


def _scrolled(page: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidget(page)
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    return area
