"""Text of any length to read: what is long comes in while the window goes on."""

from collections import deque
from collections.abc import Iterable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget


class PouredText(QPlainTextEdit):
    """Takes in one piece at a turn of the event loop; an arrow key selects and Tab leaves it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "field")
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        flag = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flag.TextSelectableByMouse | flag.TextSelectableByKeyboard)
        self._pieces: deque[str] = deque()
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._pour)

    def pour(self, first: str, pieces: Iterable[str] = ()) -> None:
        """Show `first` now, from its beginning, and below it `pieces` as they come in."""
        self._pieces = deque(pieces)
        self.setPlainText(first)
        if self._pieces:
            self._timer.start()
        else:
            self._timer.stop()

    def _pour(self) -> None:
        # Not `appendPlainText`: it scrolls to the end if that was seen.
        end = QTextCursor(self.document())
        end.movePosition(QTextCursor.MoveOperation.End)
        end.insertText(self._pieces.popleft())
        if not self._pieces:
            self._timer.stop()
