"""A path to read and to copy."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.theme import SPACE
from desktop.ui.tips import plain_tip


class PathLine(QLineEdit):
    """Cut in its middle where there is no room for it; whole while it has the focus."""

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path = str(path)
        self.setReadOnly(True)
        self.setToolTip(plain_tip(self._path))
        self.setAccessibleDescription(self._path)
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._show()
        super().focusInEvent(event)
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show()

    def _show(self) -> None:
        if self.hasFocus():
            shown = self._path
        else:
            room = self.width() - self.minimumSizeHint().width() - 2 * SPACE
            shown = self.fontMetrics().elidedText(self._path, Qt.TextElideMode.ElideMiddle, room)
        if shown != self.text():
            self.setText(shown)
