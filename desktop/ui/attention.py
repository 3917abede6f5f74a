"""Asking for attention: a user who went elsewhere while a long answer came is told of its end."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.conversation import Answer

LONG_SECONDS = 5.0
"""Whoever waits for less has not gone elsewhere."""


class Attention(QObject):
    """Raises the task bar's alert of `window`, while none of the app's windows has the focus."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def tell_of(self, answer: Answer) -> None:
        """`answer` has ended. One that was stopped needs no alert: whoever stopped it is there."""
        is_missed = answer.seconds >= LONG_SECONDS and answer.finish != "cancelled"
        if is_missed and QApplication.activeWindow() is None:
            QApplication.alert(self._window)
