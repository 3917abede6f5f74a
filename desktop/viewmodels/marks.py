"""What users do with conversations in the list, on its way to the disk: names, pins, deletions."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.domain.history import ConversationId
from desktop.domain.history_errors import ConversationGone
from desktop.domain.ports import HistoryStore

T = TypeVar("T")


class Marks(QObject):
    """Of each kind the last wish holds until the disk has heard of it, so that none is undone by one before.

    Signals:
        wished: There is something to be written.
        told: The disk has heard of what was wished of these conversations.
    """

    wished = Signal()
    told = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._titles: dict[ConversationId, str] = {}
        self._pins: dict[ConversationId, bool] = {}
        self._deletions: dict[ConversationId, bool] = {}

    def __bool__(self) -> bool:
        return bool(self._titles or self._pins or self._deletions)

    def __contains__(self, conversation_id: ConversationId) -> bool:
        """Whether something is wished of it that the disk has not heard of."""
        return any(conversation_id in wished for wished in (self._titles, self._pins, self._deletions))

    def rename(self, conversation_id: ConversationId, title: str) -> None:
        """Give it the user's own title; an empty one brings back that which its first question makes."""
        self._titles[conversation_id] = title
        self.wished.emit()

    def pin(self, conversations: Iterable[ConversationId], *, is_pinned: bool) -> None:
        """Let them stand above the others, or not any more."""
        self._pins.update(dict.fromkeys(conversations, is_pinned))
        self.wished.emit()

    def delete(self, conversations: Iterable[ConversationId]) -> None:
        """Hide them, until `restore`."""
        self._deletions.update(dict.fromkeys(conversations, True))
        self.wished.emit()

    def restore(self, conversations: Iterable[ConversationId]) -> None:
        """Hide them no longer."""
        self._deletions.update(dict.fromkeys(conversations, False))
        self.wished.emit()

    def clear(self) -> None:
        """Wish nothing any more."""
        for wished in (self._titles, self._pins, self._deletions):
            wished.clear()

    async def write_restored(self, store: HistoryStore) -> None:
        """Bring back what is to be brought back. Raises `HistoryError`."""
        if back := _those(self._deletions, False):
            await store.restore(back)
            self._drop(self._deletions, back, False)

    async def write(self, store: HistoryStore) -> None:
        """Tell `store` of the rest. Raises `HistoryError`."""
        for each, title in tuple(self._titles.items()):
            with suppress(ConversationGone):
                await store.set_title(each, title)
            self._drop(self._titles, (each,), title)
        for is_pinned in (False, True):
            if pinned := _those(self._pins, is_pinned):
                await store.set_pinned(pinned, is_pinned=is_pinned)
                self._drop(self._pins, pinned, is_pinned)
        if gone := _those(self._deletions, True):
            await store.delete(gone)
            self._drop(self._deletions, gone, True)

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _drop(
        self, wished: dict[ConversationId, T], conversations: tuple[ConversationId, ...], value: T
    ) -> None:
        """The disk has heard of `value`; something else may be wished by now."""
        for each in conversations:
            if wished.get(each) == value:
                del wished[each]
        self.told.emit(conversations)


def _those(wished: Mapping[ConversationId, T], value: T) -> tuple[ConversationId, ...]:
    """The conversations of which `value` is wished."""
    return tuple(each for each, of_it in wished.items() if of_it == value)
