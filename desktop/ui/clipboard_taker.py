"""Looks into the clipboard for a start that asked for it, as soon as it may."""

from PySide6.QtCore import QMimeData, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

LONGEST_WAIT_MS = 1_000
"""For the keys, which a window manager may deny; then the clipboard is looked into without them."""


class ClipboardTaker(QObject):
    """Hands out what is in the clipboard once a window of the app has the keys.

    On Wayland the clipboard is told only to who has them, and what was told before may be outdated.

    Signals:
        taken: The clipboard's `QMimeData`.
    """

    taken = Signal(QMimeData)

    def __init__(self, parent: QObject | None = None, longest_wait_ms: int = LONGEST_WAIT_MS) -> None:
        super().__init__(parent)
        self._waiting = QTimer(self, singleShot=True, interval=longest_wait_ms)
        self._waiting.timeout.connect(self._take)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.focusWindowChanged.connect(self._on_application_focus_window_changed)

    def take(self) -> None:
        """Hand it out now, or when the keys come."""
        if QGuiApplication.focusWindow() is None:
            self._waiting.start()
        else:
            self._take()

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _on_application_focus_window_changed(self) -> None:
        if self._waiting.isActive() and QGuiApplication.focusWindow() is not None:
            self._waiting.stop()
            self._take()

    def _take(self) -> None:
        self.taken.emit(QGuiApplication.clipboard().mimeData())
