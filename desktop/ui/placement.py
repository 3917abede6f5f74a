"""Puts the window where it stood, and remembers where it is put."""

from PySide6.QtCore import QObject, QRect, QTimer
from PySide6.QtGui import QGuiApplication

from desktop.ui.geometry import clamped, from_text, to_text
from desktop.ui.window import FIRST, SMALLEST, MainWindow
from desktop.viewmodels.settings import SettingsViewModel

_SETTLED_MS = 500
"""A window that is being dragged is remembered once it rests."""


class Placement(QObject):
    """Keeps one window's geometry in the settings; maximised and full screen are not remembered."""

    def __init__(self, window: MainWindow, settings: SettingsViewModel) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settled.timeout.connect(self._keep)
        self._restore()
        window.moved.connect(self._settled.start)
        window.closed.connect(self._keep)

    def _restore(self) -> None:
        primary = QGuiApplication.primaryScreen()
        others = [screen for screen in QGuiApplication.screens() if screen is not primary]
        areas = [screen.availableGeometry() for screen in (primary, *others)]
        first = QRect(areas[0].topLeft(), FIRST)
        first.moveCenter(areas[0].center())
        stored = from_text(self._settings.settings.geometry)
        self._window.setGeometry(clamped(stored or first, areas, SMALLEST))

    def _keep(self) -> None:
        self._settled.stop()
        if not (self._window.isMaximized() or self._window.isFullScreen()):
            self._settings.change(geometry=to_text(self._window.geometry()))
