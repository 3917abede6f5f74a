"""The application object: macOS tells it which files it is to open, at its start and later."""

import os

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from desktop.ui.plugins import input_method_at_hand, keep_to_own_plugins, platform_at_hand


class Application(QApplication):
    """Passes on what the system wants opened; macOS says so before there is a window.

    An override and no event filter: a filter would be asked about every event of every object.

    Signals:
        opened: Paths and addresses, `list[str]`, that are to be opened.
    """

    opened = Signal(list)

    def __init__(self, arguments: list[str]) -> None:
        keep_to_own_plugins()
        with platform_at_hand(os.environ), input_method_at_hand(os.environ):
            super().__init__(arguments)
        self._early: list[str] | None = []

    def tell_opened(self) -> None:
        """From now on there is somebody who hears `opened`, and at once what came before."""
        early, self._early = self._early, None
        if early:
            self.opened.emit(early)

    def event(self, event: QEvent) -> bool:
        if not isinstance(event, QFileOpenEvent):
            return super().event(event)
        name = event.file() or event.url().toString()
        if self._early is None:
            self.opened.emit([name])
        else:
            self._early.append(name)
        return True
