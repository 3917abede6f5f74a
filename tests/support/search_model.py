"""A history with its search index, and what a plain look through all its texts finds."""

import sqlite3
from types import TracebackType
from typing import NamedTuple, Self

from desktop.domain.visible import on_one_line, visible
from desktop.storage import index
from desktop.storage.database import transaction
from desktop.storage.migrations import migrate

Found = tuple[int, int | None]


class _Message(NamedTuple):
    id: int
    conversation: int
    number: int
    text: str
    read: str
    is_ended: bool

    @property
    def searchable(self) -> str:
        return f"{self.text}\n{self.read}" if self.read else self.text


class SearchModel:
    """Each change is made in the database and noted here; `find` looks at the notes only."""

    def __init__(self) -> None:
        self.db = sqlite3.connect(":memory:", isolation_level=None)
        migrate(self.db)
        self._messages: list[_Message] = []
        self._titles: dict[int, tuple[str, str]] = {}
        """The user's own, and the app's."""
        self._hidden: set[int] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.db.close()

    # ── changes ─────────────────────────────────────────────────────────────────────────────────

    def say(self, conversation: int, text: str, read: str = "", is_ended: bool = True) -> None:
        """Add a message; the first of a conversation is a question and makes its title."""
        with transaction(self.db):
            if conversation not in self._titles:
                self._begin(conversation, " ".join(visible(text).split()))
            self._add(conversation, text, read, is_ended=is_ended)

    def unsay(self, which: int) -> None:
        """Remove one of the messages there are."""
        if which < len(self._messages):
            message = self._messages.pop(which)
            with transaction(self.db):
                self.db.execute("DELETE FROM message WHERE id = ?", (message.id,))
                if message.is_ended:
                    index.remove(self.db, message.id, message.searchable)

    def rename(self, conversation: int, title: str) -> None:
        """Give it the user's own title, unless there is no such conversation; "" takes that away."""
        if conversation in self._titles:
            title = on_one_line(title)
            own, made = self._titles[conversation]
            self._titles[conversation] = (title, made)
            with transaction(self.db):
                index.remove_title(self.db, conversation, own or made)
                self.db.execute("UPDATE conversation SET own_title = ? WHERE id = ?", (title, conversation))
                index.add_title(self.db, conversation, title or made)

    def hide(self, conversation: int, is_hidden: bool) -> None:
        """Delete it as long as that can be undone, or undo it."""
        (self._hidden.add if is_hidden else self._hidden.discard)(conversation)
        self.db.execute("UPDATE conversation SET deleted = ? WHERE id = ?", (is_hidden, conversation))

    def tidy(self, is_to_the_end: bool) -> None:
        """Merge some of the index, or all."""
        while index.merge_step(self.db) and is_to_the_end:
            pass

    # ── looking ─────────────────────────────────────────────────────────────────────────────────

    def texts(self) -> list[str]:
        return [message.searchable for message in self._messages]

    def find(self, needle: str) -> list[Found]:
        """Conversation and number of all that holds `needle`, in the order of the hits."""
        folded = needle.strip().casefold()
        if not folded:
            return []
        own, made, messages = self._own(folded), self._made(folded), self._said(folded)
        talked = {conversation for conversation, _ in messages}
        return [*own, *messages, *(hit for hit in made if hit[0] not in talked)]

    def _own(self, folded: str) -> list[Found]:
        titles = ((each, own) for each, (own, _) in self._shown())
        return [(each, None) for each, own in titles if own and folded in own.casefold()]

    def _made(self, folded: str) -> list[Found]:
        titles = ((each, made) for each, (own, made) in self._shown() if not own)
        return [(each, None) for each, made in titles if folded in made.casefold()]

    def _said(self, folded: str) -> list[Found]:
        ended = (each for each in reversed(self._messages) if each.is_ended)
        kept = (each for each in ended if each.conversation not in self._hidden)
        return [(each.conversation, each.number) for each in kept if folded in each.searchable.casefold()]

    def _shown(self) -> list[tuple[int, tuple[str, str]]]:
        return [each for each in sorted(self._titles.items(), reverse=True) if each[0] not in self._hidden]

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _begin(self, conversation: int, title: str) -> None:
        self._titles[conversation] = ("", title)
        new = "INSERT INTO conversation(id, used, title, deleted) VALUES (?, 1, ?, ?)"
        self.db.execute(new, (conversation, title, conversation in self._hidden))
        index.add_title(self.db, conversation, title)

    def _add(self, conversation: int, text: str, read: str, *, is_ended: bool) -> None:
        numbers = [each.number for each in self._messages if each.conversation == conversation]
        number = max(numbers, default=-1) + 1
        is_question = number == 0 and is_ended
        new = """
        INSERT INTO message(conversation, number, is_question, finish, text, read)
        VALUES (?, ?, ?, ?, ?, ?) RETURNING id
        """
        finish = "stop" if is_ended and not is_question else None
        row = (conversation, number, is_question, finish, text, read)
        message = _Message(
            self.db.execute(new, row).fetchone()[0], conversation, number, text, read, is_ended
        )
        self._messages.append(message)
        if is_ended:
            index.add(self.db, message.id, message.searchable)
