"""Whether there are letters to write with, Latin and Chinese ones."""

from pathlib import Path

from PySide6.QtGui import QFont, QFontInfo

from desktop.domain.settings import Settings
from desktop.selftest.checks.qt import unseen_application
from desktop.selftest.finding import CheckFailed, Finding, note, ok
from desktop.ui.appearance import Appearance
from desktop.ui.letters import CHINESE, can_write, laid_out

_LATIN = "Viewfinder"


def check(_folder: Path) -> Finding:
    app = unseen_application()
    Appearance(app, Settings())
    if not can_write(_LATIN, app.font()):
        raise CheckFailed("There is no font: all text will be boxes. Install one, such as fonts-dejavu-core.")
    name = QFontInfo(app.font()).family()
    if not can_write(CHINESE, app.font()):
        return note(f"{name}, but none for Chinese, which will be boxes: install fonts-noto-cjk or the like.")
    return ok(f"{name}, Chinese by {_family(CHINESE, app.font())}")


def _family(text: str, font: QFont) -> str:
    return laid_out(text, font).glyphRuns()[0].rawFont().familyName()
