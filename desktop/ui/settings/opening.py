"""Opens the settings window, one at a time."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desktop.ui.settings.dialog import SettingsDialog, SettingsPage
from desktop.viewmodels.history_settings import HistorySettings
from desktop.viewmodels.settings import SettingsViewModel


class SettingsOpening(QObject):
    """Makes the dialog anew each time: it shows what holds then, and no key that was typed and left.

    Signals:
        closed: The dialog was closed.
    """

    closed = Signal()

    def __init__(self, settings: SettingsViewModel, history: HistorySettings, window: QWidget) -> None:
        super().__init__(window)
        self._settings = settings
        self._history = history
        self._window = window
        self._dialog: SettingsDialog | None = None

    @property
    def page(self) -> SettingsPage | None:
        """The page that is open; None: the settings are closed."""
        return None if self._dialog is None else self._dialog.page

    def open(self) -> None:
        """Open the first page, or bring to the front what is open."""
        if self._dialog is None:
            self._dialog = SettingsDialog(self._settings, self._history, self._window)
            self._dialog.page_requested.connect(QDesktopServices.openUrl)
            self._dialog.finished.connect(self._on_dialog_finished)
        self._dialog.show()
        self._dialog.raise_()
        self._dialog.activateWindow()

    def open_at(self, page: SettingsPage) -> None:
        self.open()
        if self._dialog is not None:
            self._dialog.show_page(page)

    def _on_dialog_finished(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None
        self._settings.servers.looking.look_away()
        self.closed.emit()
