"""Leading the reader to a place, however long the way there is."""

from time import perf_counter

from PySide6.QtCore import QObject, QPointF, QTimer

from desktop.markdown.plain import block_text
from desktop.ui.theme import SPACE
from desktop.ui.transcript.anchor import Anchor
from desktop.ui.transcript.box import WideBox
from desktop.ui.transcript.column import MARGIN
from desktop.ui.transcript.message import MessageView, place_in
from desktop.ui.transcript.selection import Place
from desktop.ui.transcript.text import MessageText
from desktop.ui.transcript.view import TranscriptView

_SLICE_SECONDS = 0.004
_WAIT_MS = 4
"""Between two looks at what is being made: half of the time is the window's."""

_EDGE = 6 * SPACE
"""What is nearer to an edge, in device-independent px, is not seen well enough."""
_THIRD = 1 / 3
"""Where the place comes to stand: so far from the upper, or the left edge."""


class Leading(QObject):
    """Scrolls a view until a place is seen: not at all if it is; its text is laid out up to there first."""

    def __init__(self, view: TranscriptView) -> None:
        super().__init__(view)
        self._view = view
        self._place: Place | None = None
        self._again = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._again.timeout.connect(self._go_on)

    def lead_to(self, place: Place) -> None:
        self._place = place
        self._go_on()

    def stop(self) -> None:
        self._place = None
        self._again.stop()

    def _go_on(self) -> None:
        if self._place is None:
            return
        if self._is_there(self._place):
            self.stop()
        else:
            self._again.start()

    def _is_there(self, place: Place) -> bool:
        """Go as far as one can by now; whether there is no more to do."""
        column = self._view.column
        if column.find(place.message) is None:
            self._view.go_to(Anchor(place.message, dy=-MARGIN))
        message = column.find(place.message)
        text = message.texts().get(place.text) if message is not None else None
        if message is None or text is None:
            return True
        if not _holds(text, place):
            return text.is_settled
        top = text.stack.places.top(place.block)
        if not text.stack.lay_out(top, top + 1, perf_counter() + _SLICE_SECONDS):
            return False
        self._push_to(text, place)
        self._scroll_to(message, text, place)
        return True

    def _push_to(self, text: MessageText, place: Place) -> None:
        found = text.stack.found_at(QPointF(0, text.stack.places.top(place.block)))
        if found is None or not isinstance(box := found[1], WideBox):
            return
        room, x = text.width(), box.rectangle_of(place.offset).x()
        if not _EDGE <= x <= room - _EDGE and box.push(box.pushed + x - room * _THIRD):
            text.show_block(place.block)

    def _scroll_to(self, message: MessageView, text: MessageText, place: Place) -> None:
        caret, room = text.stack.rectangle_of(place.spot), self._view.viewport().height()
        y = message.y() + place_in(message, text).y() + caret.y()
        if not _EDGE <= y <= room - _EDGE - caret.height():
            y = room * _THIRD
        # Where it is seen, it stays: what stands above may not have been laid out yet.
        dy = caret.y() - text.stack.places.top(place.block) - y
        self._view.go_to(Anchor(place.message, place.text, place.block, dy))


def _holds(text: MessageText, place: Place) -> bool:
    """Whether it has come so far: a long text is taken in piece by piece."""
    return place.block < len(text.blocks) and place.offset <= len(block_text(text.blocks[place.block]))
