"""A message of the transcript: parts below one another, some of them text that is painted."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, Signal
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
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_StaticContents)
        self._full_height = 0

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
        """Place the parts; tell if the height is another."""
        places, y = list[tuple[QWidget, QRect]](), 0
        for part in self.parts():
            place = QRect(0, y, self._width_of(part), self._height_of(part))
            places.append((part, place))
            y += place.height() + SPACING
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
            self.arrange()

    def _width_of(self, part: QWidget) -> int:
        is_fixed = part.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Fixed
        return min(self.width(), part.sizeHint().width()) if is_fixed else self.width()

    def _height_of(self, part: QWidget) -> int:
        if isinstance(part, MessageText):
            part.set_width(self.width())
            return part.text_height
        height = part.heightForWidth(self.width()) if part.hasHeightForWidth() else part.sizeHint().height()
        return max(height, part.minimumHeight())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.arrange()
        return super().event(event)


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
