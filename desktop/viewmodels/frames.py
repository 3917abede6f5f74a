"""When to show what has come."""

import math
import time

from PySide6.QtCore import QObject, QTimer, Signal

FRAME_MS = 16
"""One frame at 60 Hz."""


class Frames(QObject):
    """Gathers what comes within a frame; what comes after a rest waits for no frame, only for its turn.

    Signals:
        due: Something was asked for; never twice within `milliseconds`.
    """

    due = Signal()

    def __init__(self, parent: QObject | None = None, milliseconds: int = FRAME_MS) -> None:
        super().__init__(parent)
        self._seconds = milliseconds / 1000
        self._next = 0.0
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._on_timer_timeout)

    def ask(self) -> None:
        """Emit `due` as soon as may be, but after the call."""
        if not self._timer.isActive():
            seconds = max(0.0, self._next - time.monotonic())
            self._timer.start(math.ceil(1000 * seconds))

    def stop(self) -> None:
        """Forget what was asked for."""
        self._timer.stop()

    def _on_timer_timeout(self) -> None:
        self._next = time.monotonic() + self._seconds
        self.due.emit()
