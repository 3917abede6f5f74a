"""Qt for checks that look at it and show nothing."""

import os
import sys

from PySide6.QtWidgets import QApplication

from desktop.paths import APP


def unseen_application() -> QApplication:
    """An application on no screen: the first that is asked of Qt in this process."""
    if sys.platform == "linux":  # elsewhere Qt finds no fonts then
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return QApplication([APP])
