"""Reading in a transcript: selecting, copying, following links, by pointer and keys."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.transcript.area import MessageArea
from desktop.ui.transcript.keys import scroll_by_key
from desktop.ui.transcript.message import MessageView
from desktop.ui.transcript.pointer import Pointer
from desktop.ui.transcript.selecting import Selecting
from desktop.viewmodels.pictures import Pictures


class ReadingArea(MessageArea):
    """Tells the `Pointer` and `Selecting` what the reader does.

    Signals:
        link_activated: A link was clicked; where it leads, a `LinkTarget`.
    """

    link_activated = Signal(object)

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(pictures, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.selecting = Selecting(self.column, self)
        self._pointer = Pointer(self, self.column, self.selecting)
        self._pointer.link_activated.connect(self.link_activated)
        self.column.message_made.connect(self._on_column_message_made)

    def shift(self, count: int) -> None:
        super().shift(count)
        self.selecting.shift(count)
        self._pointer.shift(count)

    def _on_column_message_made(self, index: int, message: MessageView) -> None:
        self.selecting.show_in(index, message)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.setAccepted(self._pointer.press(event))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.setAccepted(self._pointer.press_twice(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        event.setAccepted(self._pointer.move(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.setAccepted(self._pointer.release(event))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self._pointer.turn(event):
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.selecting.take_key(event) and not scroll_by_key(self.verticalScrollBar(), event):
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._pointer.open_menu(self.viewport().mapFromGlobal(event.globalPos()).toPointF())
