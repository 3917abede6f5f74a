"""The only label there is: what it says may be anybody's words, and is shown as it is written."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


class PlainLabel(QLabel):
    """Words or a picture. Left to itself, Qt takes for HTML what looks like it, with images out of files."""

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
