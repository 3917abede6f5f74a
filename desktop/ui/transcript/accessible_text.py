"""The words of one message, for assistive technologies: read only, and selected as with the pointer."""

from PySide6.QtCore import QPoint, QPointF, QRect
from PySide6.QtGui import QAccessibleTextInterface

from desktop.ui.transcript.accessible_place import MessagePlace
from desktop.ui.transcript.column import Anchor
from desktop.ui.transcript.message import MessageView, place_in, text_at
from desktop.ui.transcript.selection import Place, Selection

_NOWHERE = -1


class AccessibleText(QAccessibleTextInterface):
    """There is no caret: it is said to be where the selection ends, or at the beginning."""

    def __init__(self, place: MessagePlace) -> None:
        super().__init__()
        self._place = place

    # ── words ───────────────────────────────────────────────────────────────────────────────────

    def characterCount(self) -> int:
        return len(self._place.words())

    def text(self, begin: int, end: int) -> str:
        return self._place.words().between(begin, end)

    # ── selection ───────────────────────────────────────────────────────────────────────────────

    def selectionCount(self) -> int:
        return 1 if self._selected() != (0, 0) else 0

    def selection(self, index: int) -> tuple[int, int]:
        del index  # there is but one
        return self._selected()

    def addSelection(self, begin: int, end: int) -> None:
        self.setSelection(0, begin, end)

    def setSelection(self, index: int, begin: int, end: int) -> None:
        del index
        first, last = self._selectable(begin), self._selectable(end)
        if self._place.view is not None and first is not None and last is not None:
            self._place.view.selecting.set(Selection(first, last))

    def removeSelection(self, index: int) -> None:
        del index
        if self._place.view is not None:
            self._place.view.selecting.set(None)

    def cursorPosition(self) -> int:
        return self._selected()[1]

    def setCursorPosition(self, position: int) -> None:
        """Nothing: what is read has no caret."""

    def _selectable(self, position: int) -> Place | None:
        found = self._place.words().place_at(position)
        return None if found is None else Place(self._place.index, found[0], *found[1])

    def _selected(self) -> tuple[int, int]:
        view, words = self._place.view, self._place.words()
        selection = view.selecting.selection if view is not None else None
        if selection is None:
            return (0, 0)
        parts = [(number, selection.within(self._place.index, number)) for number in words.texts]
        ends = [words.position_of(number, spot) for number, part in parts if part for spot in part]
        return (min(ends), max(ends)) if ends else (0, 0)

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
