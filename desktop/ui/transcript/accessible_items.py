"""The messages that assistive technologies have asked for, and what they are told of them."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleEvent

from desktop.ui.transcript.accessible_message import AccessibleMessage
from desktop.ui.transcript.accessible_place import LastWords
from desktop.ui.transcript.column import is_growing
from desktop.ui.transcript.view import TranscriptView

Event = QAccessible.Event


class AccessibleItems(QObject):
    """Keeps the items of `view`, whose child it is. Made when somebody asks: without them nothing is told.

    While an answer comes, nothing is said of it. It comes far faster than anybody speaks, and to hear each
    paragraph would keep the reader from what they do meanwhile, writing the next question or going back in
    this answer, whose text is at any moment what has come so far. They are told when it has ended.
    """

    def __init__(self, view: TranscriptView) -> None:
        super().__init__(view)
        self._last_words = LastWords()
        self._items: dict[int, AccessibleMessage] = {}
        # Qt's cache holds them, and knows of no object with which they die.
        view.destroyed.connect(partial(_delete, self._items))
        view.model.reset.connect(self._on_model_reset)
        view.model.prepended.connect(self._on_model_prepended)
        view.model.inserted.connect(self._on_model_inserted)
        view.model.changed.connect(self._on_model_changed)

    def item(self, index: int) -> AccessibleMessage | None:
        """The message at `index`."""
        if not 0 <= index < len(self._view.column):
            return None
        item = self._items.get(index)
        if item is None or item.place.entry is None:
            self._forget([] if item is None else [index])
            item = self._items[index] = AccessibleMessage(self._view, index, self._last_words)
            QAccessible.registerAccessibleInterface(item)
        return item

    @property
    def _view(self) -> TranscriptView:
        view = self.parent()
        assert isinstance(view, TranscriptView)
        return view

    # ── news ────────────────────────────────────────────────────────────────────────────────────

    def _on_model_reset(self) -> None:
        self._forget([index for index, item in self._items.items() if item.place.entry is None])
        # One stands for all: to tell of thousands, thousands would have to be made.
        self._tell(Event.ObjectCreated, len(self._view.column) - 1)

    def _on_model_prepended(self, count: int) -> None:
        items = self._items.copy()
        self._items.clear()
        for index, item in items.items():
            item.place.index = index + count
            self._items[index + count] = item
        self._tell(Event.ObjectCreated, count - 1)
        for index in list(self._items):
            self._tell(Event.NameChanged, index)  # it tells which one of all they are

    def _on_model_inserted(self, index: int) -> None:
        self._tell(Event.ObjectCreated, index)

    def _on_model_changed(self, index: int) -> None:
        item = self._items.get(index)
        if item is not None and item.place.entry is None:
            self._forget([index])
            self._tell(Event.ObjectCreated, index)
        elif not is_growing(self._view.column[index]):
            self._tell(Event.NameChanged, index)

    def _tell(self, event: QAccessible.Event, index: int) -> None:
        if QAccessible.isActive() and (item := self.item(index)) is not None:
            QAccessible.updateAccessibility(QAccessibleEvent(item, event))

    def _forget(self, indices: Iterable[int]) -> None:
        for index in indices:
            item = self._items[index]
            QAccessible.updateAccessibility(QAccessibleEvent(item, Event.ObjectDestroyed))
            _delete({index: self._items.pop(index)})


def _delete(items: dict[int, AccessibleMessage]) -> None:
    """Take them from Qt's cache, which deletes them."""
    for item in items.values():
        QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(item))
    items.clear()
