"""Tool tips of words that come from outside: names of files, addresses, what was asked and answered."""

from PySide6.QtGui import Qt

from desktop.domain.visible import visible


def plain_tip(words: str) -> str:
    """`words` as a tool tip: Qt would take for HTML, with images out of files, what looks like it."""
    words = visible(words)
    return Qt.convertFromPlainText(words) if Qt.mightBeRichText(words) else words
