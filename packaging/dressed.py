"""The application as the app dresses it, for windows that are measured."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QApplication

from desktop.domain.settings import Settings
from desktop.runtime.garbage import collected_here
from desktop.ui.appearance import Appearance


@contextmanager
def dressed_app() -> Iterator[QApplication]:
    """The application in its light theme; its garbage is collected as the app's is."""
    QApplication.setStyle("Fusion")
    app = QApplication([])
    app.setQuitOnLastWindowClosed(False)
    Appearance(app, Settings(language="en", theme="light"))
    with collected_here():
        yield app
