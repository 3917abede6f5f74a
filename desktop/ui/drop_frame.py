"""A frame over the whole window while something is dragged over it: what dropping will do."""

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QRegion, QTextOption
from PySide6.QtWidgets import QWidget

from desktop.ui.theme import SPACE, colors_of

_LINE = 3


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
        painter.fillRect(self.rect(), colors.surface)
        painter.setPen(QPen(colors.accent, _LINE, Qt.PenStyle.DashLine))
        painter.drawRect(self._frame())
        painter.fillRect(self._sign(), colors.accent)
        painter.setPen(colors.on_accent)
        painter.setFont(self._font())
        painter.drawText(QRectF(self._sign()), self.words, QTextOption(Qt.AlignmentFlag.AlignCenter))
        painter.end()

    def _cover(self) -> None:
        """Lie over all of the parent, but hide none of it beside the frame and the words.

        Where nothing is covered, nothing is to be painted again when the frame goes: it goes at the drop,
        when the window has other things to do.
        """
        self.setGeometry(self._covered.rect())
        inside = self._frame().adjusted(_LINE, _LINE, 1 - _LINE, 1 - _LINE)
        self.setMask((QRegion(self.rect()) - QRegion(inside)) + QRegion(self._sign()))

    def _frame(self) -> QRect:
        return self.rect().adjusted(_LINE, _LINE, -_LINE - 1, -_LINE - 1)

    def _sign(self) -> QRect:
        """Where the words stand: a band across the middle, as high as they are."""
        room = self._frame().adjusted(3 * SPACE, 3 * SPACE, -3 * SPACE, -3 * SPACE)
        metrics = QFontMetrics(self._font())
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignCenter
        words = metrics.boundingRect(room, int(flags), self.words)
        return words.adjusted(-4 * SPACE, -3 * SPACE, 4 * SPACE, 3 * SPACE) & room

    def _font(self) -> QFont:
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 1.5)
        return font
