"""Brings a window to the front when another start, or the system, hands something over to it."""

import os

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

_TOKEN = "XDG_ACTIVATION_TOKEN"  # noqa: S105 - the name of a variable


def bring_to_front(window: QWidget, token: str = "") -> None:
    """Show `window` above all others and give it the keys, also out of the task bar.

    `token` is what the user's click gave to the start (xdg-activation): Wayland lets no window come forward
    without one, and Qt looks for it in the environment.
    """
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    if token:
        os.environ[_TOKEN] = token
    window.activateWindow()
    # It holds once, and for this window; programs that are started from here must not inherit it.
    os.environ.pop(_TOKEN, None)
