"""A frame over the whole window while something is dragged over it: what dropping will do."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QTextOption
from PySide6.QtWidgets import QWidget

from desktop.ui.theme import RADIUS, SPACE, colors_of

_TINT = 0.9


class DropFrame(QWidget):
    """Covers its parent, takes no events, and says one line."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.words = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAcceptDrops(False)
        self._covered = parent
        parent.installEventFilter(self)
        self.hide()

    def show_words(self, words: str) -> None:
        self.words = words
        self._cover()
        self.raise_()
        self.show()
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._cover()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = colors_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(_TINT)
        painter.fillRect(self.rect(), colors.surface)
        painter.setOpacity(1)
        painter.setPen(QPen(colors.accent, 3, Qt.PenStyle.DashLine))
        margin = 3 * SPACE
        frame = QRectF(self.rect()).adjusted(margin, margin, -margin, -margin)
        painter.drawRoundedRect(frame, 2 * RADIUS, 2 * RADIUS)
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 1.5)
        painter.setFont(font)
        room = frame.adjusted(margin, margin, -margin, -margin)
        painter.drawText(room, self.words, QTextOption(Qt.AlignmentFlag.AlignCenter))
        painter.end()

    def _cover(self) -> None:
        self.setGeometry(self._covered.rect())
