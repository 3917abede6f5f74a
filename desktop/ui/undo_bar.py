"""A line that says that conversations were deleted, for as long as that can be undone."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from desktop.ui.plain_label import PlainLabel
from desktop.ui.theme import SPACE


class UndoBar(QFrame):
    """Hidden while there is nothing to undo.

    Signals:
        undo_requested: What was deleted is wanted back.
    """

    undo_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        self.setProperty("tone", "quiet")
        self.setAccessibleName("Deleted")
        self._words = PlainLabel(parent=self)
        self._words.setWordWrap(True)
        undo = QPushButton(self.tr("Undo"), self)
        undo.setAccessibleName("Undo deletion")
        undo.clicked.connect(self.undo_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * SPACE, SPACE, 2 * SPACE, SPACE)
        row.addWidget(self._words, 1)
        row.addWidget(undo)
        self.hide()

    def show_count(self, count: int) -> None:
        """`count` deleted conversations can be brought back; 0 hides it."""
        if count:
            words = self._deleted(count)
            self._words.setText(words)
            self.show()
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
        else:
            self.hide()

    def _deleted(self, count: int) -> str:
        if count == 1:
            return self.tr("1 conversation deleted")
        return self.tr("{n} conversations deleted").format(n=self.locale().toString(count))
