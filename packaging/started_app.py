"""The app, which tells what its start has taken: `python packaging/started_app.py`.

It prints seconds of CPU since the process began, once its window is painted with the first page of the
conversations in its list, and runs on.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from unittest.mock import patch

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from desktop.app import Window
from desktop.cli import main as run
from desktop.domain.errors import SettingsError
from desktop.domain.history import Summary
from desktop.ui.window import MainWindow
from desktop.viewmodels.conversations import ConversationList

_open, _extend = Window.open, ConversationList.extend


class _Start(QObject):
    """Waits for the page, and for the window to be painted with it."""

    def __init__(self) -> None:
        super().__init__()
        self._is_painted = self._is_listed = self._is_told = False

    def open(self, window: Window, problem: SettingsError | None) -> None:
        _open(window, problem)
        (shown,) = (each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow))
        shown.installEventFilter(self)

    def extend(self, rows: ConversationList, summaries: Iterable[Summary], *, is_all: bool) -> None:
        page = list(summaries)
        _extend(rows, page, is_all=is_all)
        self._is_listed = True
        # Where something is listed, the window is painted again.
        self._is_painted = self._is_painted and not page
        self._tell()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.UpdateRequest:
            self._is_painted = True
            QTimer.singleShot(0, self._tell)
        return False

    def _tell(self) -> None:
        if self._is_painted and self._is_listed and not self._is_told:
            self._is_told = True
            print(time.process_time(), flush=True)


def main() -> int:
    """Run the app."""
    start = _Start()

    def opened(window: Window, problem: SettingsError | None) -> None:
        start.open(window, problem)

    def extended(rows: ConversationList, page: Iterable[Summary], *, is_all: bool) -> None:
        start.extend(rows, page, is_all=is_all)

    with patch.object(Window, "open", opened), patch.object(ConversationList, "extend", extended):
        return run([])


if __name__ == "__main__":
    sys.exit(main())
