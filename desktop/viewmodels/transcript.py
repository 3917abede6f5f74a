"""The messages that are shown, by index: what a transcript view needs to know, and nothing else."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from desktop.domain.conversation import Node


@dataclass(frozen=True, slots=True)
class Entry:
    """One shown message, and which of its siblings it is (`place` from 0, of `siblings`)."""

    node: Node
    place: int = 0
    siblings: int = 1


class TranscriptModel(QObject):
    """The shown branch of a conversation as a list that a view follows.

    Signals:
        reset: Everything may have changed.
        inserted: An entry was added at this index, the end.
        changed: The entry at this index is another value now (finished, failed).
        text_appended: The streaming answer at this index grew by this text; at most once a frame.
        reasoning_appended: The same for its reasoning.
    """

    reset = Signal()
    inserted = Signal(int)
    changed = Signal(int)
    text_appended = Signal(int, str)
    reasoning_appended = Signal(int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []

    def __len__(self) -> int:
        return len(self._entries)

    def __getitem__(self, index: int) -> Entry:
        return self._entries[index]

    def set_entries(self, entries: list[Entry]) -> None:
        """Show other messages: emits the least that says so."""
        old, self._entries = self._entries, entries
        if entries[: len(old)] == old:
            for index in range(len(old), len(entries)):
                self.inserted.emit(index)
        elif len(entries) == len(old) and entries[:-1] == old[:-1]:
            self.changed.emit(len(entries) - 1)
        else:
            self.reset.emit()

    def append_text(self, index: int, text: str) -> None:
        self.text_appended.emit(index, text)

    def append_reasoning(self, index: int, text: str) -> None:
        self.reasoning_appended.emit(index, text)
