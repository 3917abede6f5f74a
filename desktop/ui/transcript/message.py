"""A message of the transcript: parts below one another, some of them text that is painted."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.theme import SPACE
from desktop.ui.transcript.text import MessageText

SPACING = 2 * SPACE
"""Between the parts, in device-independent px."""


class MessageView(QWidget):
    """As wide as it is told, as high as its parts. Its owner places it and tells what is seen of it.

    Signals:
        resized: It is higher or lower than before.
    """

    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Until it is told: the size that Qt gives to widgets would be taken for one.
        self.resize(0, 0)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_StaticContents)
        self._full_height = 0
        self._sizes: dict[QWidget, QSize] = {}
        """Of the parts that are no text, as they were measured last."""

    def parts(self) -> Sequence[QWidget]:
        """Those that are shown, from the top."""
        raise NotImplementedError

    def texts(self) -> Mapping[int, MessageText]:
        """Those that are shown, from the top, by a number that each keeps: 0 is the message's own text."""
        raise NotImplementedError

    @property
    def text(self) -> MessageText:
        """The message's own text."""
        raise NotImplementedError

    @property
    def full_height(self) -> int:
        """As high as its parts want it to be; it is, once `resized` was heard."""
        return self._full_height

    def set_width(self, width: int) -> None:
        """Fit into `width`; the height follows."""
        if width != self.width():
            self.resize(width, self.height())
        self.arrange()

    def arrange(self) -> None:
        """Measure and place the parts; tell if the height is another."""
        self._sizes = {}
        self.flow()

    def flow(self) -> None:
        """Place the parts after a text among them has grown."""
        places, y = list[tuple[QWidget, QRect]](), 0
        for part in self.parts():
            size = self._size_of(part)
            places.append((part, QRect(0, y, size.width(), size.height())))
            y += size.height() + SPACING
        self._arrange(places, max(0, y - SPACING))

    def _arrange(self, places: Sequence[tuple[QWidget, QRect]], height: int) -> None:
        # First whoever listens may scroll: Qt moves what is painted only while nothing is placed anew.
        if height != self._full_height:
            self._full_height = height
            self.resized.emit()
        for part, place in places:
            part.setGeometry(place)
        self.resize(self.width(), height)

    def see(self, top: float, bottom: float) -> None:
        """What stands between is seen."""
        is_changed = False
        for text in self.texts().values():
            above = text.mapTo(self, QPoint()).y()
            is_changed |= text.see(
                max(0.0, top - above), min(bottom - above, text.text_height + bottom - top)
            )
        if is_changed:
            self.flow()

    def _size_of(self, part: QWidget) -> QSize:
        if isinstance(part, MessageText):
            part.set_width(self.width())
            return QSize(self.width(), part.text_height)
        if part not in self._sizes:
            self._sizes[part] = self._measured(part)
        return self._sizes[part]

    def _measured(self, part: QWidget) -> QSize:
        hint = part.sizeHint()
        is_fixed = part.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Fixed
        width = min(self.width(), hint.width()) if is_fixed else self.width()
        height = part.heightForWidth(width) if part.hasHeightForWidth() else hint.height()
        return QSize(width, max(height, part.minimumHeight()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.arrange()


def place_in(message: MessageView, text: MessageText) -> QRect:
    """Where `text` stands in `message`."""
    return QRect(text.mapTo(message, QPoint()), text.size())


def text_at(message: MessageView, point: QPointF) -> tuple[int, MessageText] | None:
    """The text at the height of `point`, or the nearest one, and its number; None if there is none."""
    found = None
    for number, text in message.texts().items():
        found = number, text
        if point.y() <= place_in(message, text).bottom():
            break
    return found
