"""One message of a transcript as assistive technologies ask for it, whether it has widgets or not."""

import weakref

from PySide6.QtCore import QPoint, QRect
from shiboken6 import Shiboken

from desktop.domain.conversation import MessageId
from desktop.ui.transcript.message import MessageView
from desktop.ui.transcript.spoken_text import SpokenText, name_of
from desktop.ui.transcript.view import TranscriptView
from desktop.ui.transcript.words import blocks_of, text_of
from desktop.viewmodels.transcript import Entry

_NO_WORDS = SpokenText({})
_SHORT = 1_000
"""Characters that are read in 5 ms: a longer text is told as it was written until it is shown."""


class LastWords:
    """The words of the message that was asked for last, as one is read: a character or a line at a time."""

    def __init__(self) -> None:
        self._entry: Entry | None = None
        self._words = _NO_WORDS

    def of(self, entry: Entry, message: MessageView | None) -> SpokenText:
        """What is shown, which is what came so far, or else what is in `entry`."""
        if message is not None:
            blocks = {number: tuple(text.blocks) for number, text in message.texts().items()}
            if self._entry is not None or self._words.texts != blocks:
                self._words = SpokenText(blocks)
            self._entry = None
        elif self._entry is not entry:
            text = text_of(entry)
            self._words = SpokenText({0: blocks_of(entry)} if len(text) <= _SHORT else {}, text)
            self._entry = entry
        return self._words


class MessagePlace:
    """The message at `index` of `view`, as long as it is that one; it keeps neither of them alive."""

    def __init__(self, view: TranscriptView, index: int, last_words: LastWords) -> None:
        self.index = index
        self._view = weakref.ref(view)
        self._id: MessageId = view.column[index].node.id
        self._last_words = last_words

    @property
    def view(self) -> TranscriptView | None:
        view = self._view()
        return view if view is not None and Shiboken.isValid(view) else None

    @property
    def entry(self) -> Entry | None:
        """None once another message is shown in its place."""
        view = self.view
        if view is None or self.index >= len(view.column):
            return None
        entry = view.column[self.index]
        return entry if entry.node.id == self._id else None

    @property
    def message(self) -> MessageView | None:
        """None while it has no widgets."""
        view = self.view
        return None if view is None or self.entry is None else view.column.find(self.index)

    def words(self) -> SpokenText:
        """What it says."""
        return _NO_WORDS if (entry := self.entry) is None else self._last_words.of(entry, self.message)

    def name(self) -> str:
        """What it is called: its beginning."""
        if (entry := self.entry) is None:
            return ""
        message = self.message
        return name_of(self.index, entry, None if message is None else message.text.blocks)

    def rectangle(self) -> QRect:
        """Where it stands on the screen, as far as that is known."""
        view = self.view
        if view is None or self.entry is None:
            return QRect()
        inside = self._inside(view)
        return QRect(view.viewport().mapToGlobal(inside.topLeft()), inside.size())

    @property
    def is_seen(self) -> bool:
        """Whether some of it is within what is seen of the view."""
        view = self.view
        if view is None or self.entry is None or not view.isVisible():
            return False
        return self._inside(view).intersects(view.viewport().rect())

    @property
    def has_focus(self) -> bool:
        """Whether keys go to the view, and lead on from this message."""
        view = self.view
        return view is not None and view.hasFocus() and view.current == self.index

    def _inside(self, view: TranscriptView) -> QRect:
        column, message = view.column, self.message
        if message is not None:
            return message.geometry()
        top, bottom = round(column.top_of(self.index)), round(column.bottom_of(self.index))
        return QRect(
            QPoint(0, top - view.scrolled), QPoint(view.viewport().width() - 1, bottom - view.scrolled)
        )
