"""Qt for checks that look at it and show nothing."""

import os
import sys

from PySide6.QtWidgets import QApplication

from desktop.app import make_application


def unseen_application() -> QApplication:
    """The app's application object, on no screen: the first that is asked of Qt in this process."""
    if sys.platform == "linux":  # elsewhere Qt finds no fonts then
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return make_application()
