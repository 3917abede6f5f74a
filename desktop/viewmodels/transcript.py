"""The messages that are shown, by index: what a transcript view needs to know, and nothing else."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from desktop.domain.conversation import Node
from desktop.domain.errors import AppError
from desktop.domain.events import AnswerDraft


class Retry(NamedTuple):
    """Nothing came because of `error`: the same is asked again at `until`, by `time.monotonic`."""

    error: AppError
    until: float


class Entry(NamedTuple):
    """One shown message, and which of its siblings it is (`place` from 0, of `siblings`).

    `retry`: what the answer that streams waits for, if not for the server.
    """

    node: Node
    place: int = 0
    siblings: int = 1
    retry: Retry | None = None


@dataclass(frozen=True, slots=True)
class Growth:
    """By what a streaming answer grew in one frame; `notice`: one was raised beside it.

    `retry`: what it waits for now.
    """

    text: str = ""
    reasoning: str = ""
    notice: bool = False
    retry: Retry | None = None


_ASKED = 2
"""Entries that a question adds: itself and its answer."""


class TranscriptModel(QObject):
    """The shown branch of a conversation as a list that a view follows.

    Signals:
        reset: Everything may have changed, or much was added at once.
        inserted: An entry was added at this index, the end.
        prepended: So many entries were added at once before those that there were.
        changed: The entry at this index is another value now (finished, failed, tried again).
        text_appended: The streaming answer at this index grew by this text; at most once a frame.
        reasoning_appended: The same for its reasoning.
    """

    reset = Signal()
    inserted = Signal(int)
    prepended = Signal(int)
    changed = Signal(int)
    text_appended = Signal(int, str)
    reasoning_appended = Signal(int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []
        self._draft: AnswerDraft | None = None
        self._retry: Retry | None = None

    def __len__(self) -> int:
        return len(self._entries)

    def __getitem__(self, index: int) -> Entry:
        """The entry as it stands now, a streaming answer with every word that was announced."""
        entry = self._entries[index]
        answer = entry.node.answer
        if self._draft is None or answer is None or not answer.is_streaming:
            return entry
        node = replace(entry.node, answer=answer.with_draft(self._draft))
        return entry._replace(node=node, retry=self._retry)

    def set_entries(
        self, entries: list[Entry], draft: AnswerDraft | None = None, retry: Retry | None = None
    ) -> None:
        """Show other messages: emits the least that says so.

        `draft` grows the one that streams, and `retry` is what that waits for.
        """
        old, self._entries = self._entries, entries
        self._draft, self._retry = draft, retry
        if not old and not entries:
            return
        added = len(entries) - len(old)
        if old and 0 <= added <= _ASKED and entries[: len(old)] == old:
            for index in range(len(old), len(entries)):
                self.inserted.emit(index)
        elif not added and entries[:-1] == old[:-1]:
            self.changed.emit(len(entries) - 1)
        elif old and added > 0 and all(map(_are_alike, old, entries[added:])):
            self.prepended.emit(added)
        else:
            self.reset.emit()

    def announce(self, growth: Growth) -> None:
        """Say by what the streaming answer, the last entry, grew."""
        last = len(self._entries) - 1
        was, self._retry = self._retry, growth.retry
        if growth.notice or growth.retry != was:
            self.changed.emit(last)
            return
        if growth.reasoning:
            self.reasoning_appended.emit(last, growth.reasoning)
        if growth.text:
            self.text_appended.emit(last, growth.text)


def _are_alike(one: Entry, other: Entry) -> bool:
    """Whether both show the same message: of one that was read twice, the errors are different objects."""
    return _told(one) == _told(other)


def _told(entry: Entry) -> object:
    answer = entry.node.answer
    said = None if answer is None else (answer.text, answer.reasoning, answer.finish)
    return entry.node.id, entry.place, entry.siblings, entry.node.question, said
