"""Whether there are letters to write with, Latin and Chinese ones."""

from pathlib import Path

from PySide6.QtGui import QFont, QFontInfo, QTextLayout

from desktop.domain.settings import Settings
from desktop.selftest.checks.qt import unseen_application
from desktop.selftest.finding import CheckFailed, Finding, note, ok
from desktop.ui.appearance import Appearance

_LATIN, _CHINESE = "Viewfinder", "直骨关谢惠"
"""The Chinese ones are written otherwise in Japan, or only in mainland China."""


def check(_folder: Path) -> Finding:
    app = unseen_application()
    Appearance(app, Settings())
    if not can_write(_LATIN, app.font()):
        raise CheckFailed("There is no font: all text will be boxes. Install one, such as fonts-dejavu-core.")
    name = QFontInfo(app.font()).family()
    if not can_write(_CHINESE, app.font()):
        return note(f"{name}, but none for Chinese, which will be boxes: install fonts-noto-cjk or the like.")
    return ok(f"{name}, Chinese by {_family(_CHINESE, app.font())}")


def can_write(text: str, font: QFont) -> bool:
    """Whether `font`, or what Qt takes in its stead, has every character of `text`."""
    runs = _laid_out(text, font).glyphRuns()
    return bool(runs) and all(glyph for run in runs for glyph in run.glyphIndexes())


def _family(text: str, font: QFont) -> str:
    return _laid_out(text, font).glyphRuns()[0].rawFont().familyName()


def _laid_out(text: str, font: QFont) -> QTextLayout:
    layout = QTextLayout(text, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return layout
