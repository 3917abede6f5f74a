"""The words of one message, for assistive technologies."""

from PySide6.QtCore import QPoint, QPointF, QRect
from PySide6.QtGui import QAccessibleTextInterface

from desktop.ui.transcript.accessible_place import MessagePlace
from desktop.ui.transcript.anchor import Anchor
from desktop.ui.transcript.message import MessageView, place_in, text_at

_NOWHERE = -1


class AccessibleText(QAccessibleTextInterface):
    """Read only, without a caret or a selection.

    PySide 6.11 lets Python implement neither `selection` nor `attributes`: what Qt hands on in their stead
    is not initialised, and nobody may be led to ask for it.
    """

    def __init__(self, place: MessagePlace) -> None:
        super().__init__()
        self._place = place

    # ── words ───────────────────────────────────────────────────────────────────────────────────

    def characterCount(self) -> int:
        return len(self._place.words())

    def text(self, begin: int, end: int) -> str:
        return self._place.words().between(begin, end)

    # ── selection: none ─────────────────────────────────────────────────────────────────────────

    def selectionCount(self) -> int:
        return 0

    def addSelection(self, begin: int, end: int) -> None:
        """Nothing."""

    def setSelection(self, index: int, begin: int, end: int) -> None:
        """Nothing."""

    def removeSelection(self, index: int) -> None:
        """Nothing."""

    def cursorPosition(self) -> int:
        return 0

    def setCursorPosition(self, position: int) -> None:
        """Nothing."""

    # ── places ──────────────────────────────────────────────────────────────────────────────────

    def characterRect(self, offset: int) -> QRect:
        message, place = self._place.message, self._place.words().place_at(offset)
        if message is None or place is None:
            return QRect()
        number, spot = place
        text = message.texts()[number]
        block = text.stack.place_of(spot[0]).toAlignedRect()
        if not text.visibleRegion().intersects(block):
            return QRect()
        caret = text.stack.rectangle_of(spot).toAlignedRect()
        return QRect(text.mapToGlobal(caret.topLeft()), caret.size())

    def offsetAtPoint(self, point: QPoint) -> int:
        message = self._place.message
        return _NOWHERE if message is None else self._offset_in(message, message.mapFromGlobal(point))

    def _offset_in(self, message: MessageView, point: QPoint) -> int:
        nearest = text_at(message, point.toPointF())
        if nearest is None or not message.rect().contains(point):
            return _NOWHERE
        number, text = nearest
        inside = QPointF(point - place_in(message, text).topLeft())
        return self._place.words().position_of(number, text.stack.spot_at(inside))

    def scrollToSubstring(self, begin: int, end: int) -> None:
        del end
        view, place = self._place.view, self._place.words().place_at(begin)
        if view is not None and place is not None:
            number, (block, _) = place
            view.go_to(Anchor(self._place.index, number, block))
