"""Messages below one another, of which only those near what is seen have widgets."""

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.theme import READING_WIDTH, SPACE
from desktop.ui.transcript.answer import AnswerView
from desktop.ui.transcript.heights import Heights
from desktop.ui.transcript.message import MessageView
from desktop.ui.transcript.question import QuestionView
from desktop.ui.transcript.words import text_of
from desktop.viewmodels.pictures import Pictures
from desktop.viewmodels.transcript import Entry

MARGIN = 4 * SPACE
_SPACING = 5 * SPACE
"""Between messages, in device-independent px."""

_NEAR = 3
"""So many messages beyond those that are seen keep their widgets."""

_LINE, _LETTER = 24.0, 8.0
"""About the size of a line, and of a letter, in device-independent px: to guess the height of a message."""
_AROUND = 60.0
"""About what stands around the text of a message, in device-independent px."""


class MessageColumn(QObject):
    """Makes, keeps and places messages on a `surface`; of those without widgets it knows about their height.

    Lengths are device-independent px, from the upper end of the column.

    Signals:
        message_made: A `MessageView` was made for the entry at this index.
        resized: A message that has widgets is higher or lower now.
    """

    message_made = Signal(int, object)
    resized = Signal()

    def __init__(self, surface: QWidget, pictures: Pictures) -> None:
        super().__init__(surface)
        self._surface = surface
        self._pictures = pictures
        self._entries: list[Entry] = []
        self._heights = Heights()
        """Of the messages, each with the room above it."""
        self._made: dict[int, MessageView] = {}
        self._width = READING_WIDTH

    # ── entries ─────────────────────────────────────────────────────────────────────────────────

    def __len__(self) -> int:
        return len(self._entries)

    def __getitem__(self, index: int) -> Entry:
        return self._entries[index]

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries)

    def append(self, *entries: Entry) -> None:
        begin = len(self._entries)
        self._entries += entries
        self._heights.extend(_guesses(entries, begin, self._width))

    def prepend(self, *entries: Entry) -> None:
        """Show messages above the first one; those that have widgets keep them."""
        count = len(entries)
        self._entries[:0] = entries
        self._made = {index + count: message for index, message in self._made.items()}
        self._heights.prepend(_guesses(entries, 0, self._width))
        self._heights[count] += _room_above(count) - _room_above(0)

    def remove_from(self, index: int) -> None:
        """Let go the messages from `index` on."""
        for made in [made for made in self._made if made >= index]:
            self._unmake(made)
        del self._entries[index:]
        self._heights.truncate(index)

    def replace(self, index: int, entry: Entry) -> None:
        """Show another message in the place of the one at `index`."""
        self._unmake(index)
        self._entries[index] = entry
        (self._heights[index],) = _guesses([entry], index, self._width)

    def update(self, index: int, entry: Entry) -> None:
        """Take `entry` for another value of the same message, which shows that by itself."""
        self._entries[index] = entry

    # ── messages that have widgets ──────────────────────────────────────────────────────────────

    def made(self) -> Sequence[tuple[int, MessageView]]:
        """In order."""
        return sorted(self._made.items())

    def find(self, index: int) -> MessageView | None:
        """The message at `index`, if it has widgets."""
        return self._made.get(index)

    def index_of(self, message: MessageView) -> int | None:
        """Which one `message` shows by now; None if it was let go."""
        return next((index for index, made in self._made.items() if made is message), None)

    def make(self, index: int) -> MessageView:
        """The message at `index`, which has widgets from now on."""
        message = self._made.get(index)
        if message is None:
            message = self._made[index] = self._new_message(self._entries[index])
            message.set_width(self._width)
            self._measure(index)
            message.resized.connect(partial(self._on_message_resized, message))
            message.show()
            self.message_made.emit(index, message)
        return message

    def set_width(self, width: int) -> None:
        """Fit the messages that have widgets into `width`; the others follow when they are seen."""
        self._width = width
        for index, message in self._made.items():
            message.set_width(width)
            self._measure(index)

    def see(self, top: float, bottom: float) -> bool:
        """Make what stands between and lay it out; whether it turned out to be higher or lower."""
        before = self._heights.total
        first = index = self._heights.at(top)
        while index < len(self._entries) and self._heights.top(index) < bottom:
            begin = self.top_of(index)
            self.make(index).see(top - begin, bottom - begin)
            self._measure(index)
            index += 1
        self._unmake_far(first, index)
        return self._heights.total != before

    def place(self, left: int, scrolled: int) -> None:
        """Put each message where it stands on the surface, whose upper edge is at `scrolled`."""
        for index, message in self._made.items():
            place = QPoint(left, round(self.top_of(index)) - scrolled)
            if message.pos() != place:
                message.move(place)

    def _new_message(self, entry: Entry) -> MessageView:
        if entry.node.question is not None:
            return QuestionView(entry.node.question, self._pictures, self._surface)
        return AnswerView(entry, self._surface)

    def _unmake(self, index: int) -> None:
        message = self._made.pop(index, None)
        if message is not None:
            if _has_focus(message):
                self._surface.setFocus()  # Qt would go on to whatever comes next
            message.hide()
            message.deleteLater()

    def _unmake_far(self, first: int, last: int) -> None:
        """Let go what is far from the messages `first` to `last`, but for what grows or is worked with."""
        for index in [index for index in self._made if not first - _NEAR <= index <= last + _NEAR]:
            if not is_growing(self._entries[index]) and not _has_focus(self._made[index]):
                self._unmake(index)

    def _on_message_resized(self, message: MessageView) -> None:
        if (index := self.index_of(message)) is not None:
            self._measure(index)
            self.resized.emit()

    # ── where is what ───────────────────────────────────────────────────────────────────────────

    @property
    def height(self) -> int:
        """Of the whole column, with the room around it."""
        return round(self._heights.total) + MARGIN

    def at(self, y: float) -> int:
        """The index of the message at `y`, or of the nearest."""
        return self._heights.at(y)

    def top_of(self, index: int) -> float:
        return self._heights.top(index) + _room_above(index)

    def bottom_of(self, index: int) -> float:
        return self._heights.top(index + 1)

    def _measure(self, index: int) -> None:
        self._heights[index] = _room_above(index) + self._made[index].full_height


def is_growing(entry: Entry) -> bool:
    """Whether `entry` is an answer that still comes."""
    return entry.node.answer is not None and entry.node.answer.is_streaming


def _room_above(index: int) -> int:
    return _SPACING if index else MARGIN


def _guesses(entries: Sequence[Entry], first: int, width: int) -> list[float]:
    """About the heights of messages that were never seen, the first of them at that index."""
    letter, around = _LINE * _LETTER / max(width, _LETTER), _AROUND + _SPACING
    texts = map(text_of, entries)
    # Whole px, as of those that were seen: else what stands below would be rounded to another place.
    heights = [around + len(text) * letter // 1 + text.count("\n") * _LINE for text in texts]
    if heights:
        heights[0] += _room_above(first) - _SPACING
    return heights


def _has_focus(message: MessageView) -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and message.isAncestorOf(focused)
