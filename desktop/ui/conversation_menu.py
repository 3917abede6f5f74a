"""What can be done with the conversations that are selected in the list."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from desktop.domain.history import Summary


class ConversationMenu(QMenu):
    """Opened beside the loop, by `popup`; it is gone when it closes.

    Signals:
        opening_requested: The only one is to be shown.
        renaming_requested: The only one is to be given a title.
        pin_requested: They are to be pinned (True), or not to be any more.
        deletion_requested: They are to go.
    """

    opening_requested = Signal()
    renaming_requested = Signal()
    pin_requested = Signal(bool)
    deletion_requested = Signal()

    def __init__(self, selected: Sequence[Summary], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        count = len(selected)
        if count == 1:
            self.addAction(self.tr("Open"), self.opening_requested.emit)
            self.addAction(self.tr("Rename"), self.renaming_requested.emit)
        if all(each.is_pinned for each in selected):
            self.addAction(self.tr("Unpin"), lambda: self.pin_requested.emit(False))
        else:
            self.addAction(self.tr("Pin"), lambda: self.pin_requested.emit(True))
        self.addSeparator()
        words = self.tr("Delete") if count == 1 else self.tr("Delete {n} conversations").format(n=count)
        self.addAction(words, self.deletion_requested.emit)
