"""That the window speaks Chinese: the app's own words, and those of Qt's dialogs."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication

from desktop.domain.settings import Settings
from desktop.selftest.checks.qt import unseen_application
from desktop.selftest.finding import CheckFailed, Finding, ok
from desktop.ui.appearance import Appearance

_OWN = ("SettingsDialog", "Settings")
_QTS = ("QPlatformTheme", "Cancel")
"""Context and English words of something that is translated."""


def check(_folder: Path) -> Finding:
    appearance = Appearance(unseen_application(), Settings(language="zh_CN"))
    for what, (context, words) in (("the app's own words", _OWN), ("the words of Qt's dialogs", _QTS)):
        if QCoreApplication.translate(context, words) == words:
            raise CheckFailed(f"The Chinese translation of {what} is not loaded.")
    appearance.deleteLater()
    return ok("Simplified Chinese is there, for the app and for Qt's dialogs")
