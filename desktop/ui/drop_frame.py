"""A frame around the whole window while something is dragged over it: it can be dropped anywhere."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QWidget

from desktop.ui.theme import colors_of

_LINE = 3


class DropFrame(QWidget):
    """Lies around the inside of its parent's edge and takes no events."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAcceptDrops(False)
        self._covered = parent
        parent.installEventFilter(self)
        self.hide()

    def show_above(self) -> None:
        """Above whatever the parent has got since."""
        self._cover()
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._cover()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = colors_of(self.palette())
        painter = QPainter(self)
        painter.fillRect(self.rect(), colors.surface)
        painter.setPen(QPen(colors.accent, _LINE, Qt.PenStyle.DashLine))
        painter.drawRect(self._frame())
        painter.end()

    def _cover(self) -> None:
        """Hide nothing of the parent that need be painted again when the frame goes.

        It goes at the drop, when the window has other things to do.
        """
        self.setGeometry(self._covered.rect())
        inside = self._frame().adjusted(_LINE, _LINE, 1 - _LINE, 1 - _LINE)
        self.setMask(QRegion(self.rect()) - QRegion(inside))

    def _frame(self) -> QRect:
        return self.rect().adjusted(_LINE, _LINE, -_LINE - 1, -_LINE - 1)
