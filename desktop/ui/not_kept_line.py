"""A quiet line under the header that says that the shown conversation is not kept."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.icons import icon
from desktop.ui.plain_label import PlainLabel
from desktop.ui.theme import SPACE, colors_of

_ICON = 16


class NotKeptLine(PlainLabel):
    """Hidden while the shown conversation is kept."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setProperty("role", "muted")
        self.setWordWrap(True)
        self.setContentsMargins(_ICON + 2 * SPACE, 0, 0, SPACE)
        self.setText(self.tr("This conversation is not kept: it is gone when the app is closed."))
        self.hide()

    def show_kept(self, is_kept: bool) -> None:
        """Whether the conversation that is shown is kept."""
        if self.isHidden() is is_kept:
            return
        self.setVisible(not is_kept)
        if not is_kept:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.text()))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        line = QRect(0, 0, _ICON, self.fontMetrics().height())
        painter = QPainter(self)
        icon("hat-glasses", colors_of(self.palette()).muted).paint(painter, line)
