"""Whether this machine has the letters to write with."""

from PySide6.QtGui import QFont, QFontInfo, QTextLayout

CHINESE = "直骨关谢惠"
"""Characters that are written otherwise in Japan, or only in mainland China."""


def can_write(text: str, font: QFont) -> bool:
    """Whether `font`, or what Qt takes in its stead, has every character of `text`, one line."""
    runs = laid_out(text, font).glyphRuns() if QFontInfo(font).family() else []  # of boxes only, it has none
    return bool(runs) and all(glyph for run in runs for glyph in run.glyphIndexes())


def laid_out(text: str, font: QFont) -> QTextLayout:
    """`text` in one line of `font`."""
    layout = QTextLayout(text, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return layout
