"""A history that a test holds in its hand: it finds when it is let, and a search that asks it."""

import asyncio
from collections.abc import Sequence

from desktop.domain.conversation import MessageId
from desktop.domain.history import ConversationId, Hit, Summary
from desktop.domain.history_errors import HistoryError
from desktop.runtime.tasks import TaskOwner
from desktop.storage.excerpt import excerpt
from desktop.viewmodels.history_search import HIT_ROLE, HistorySearch
from tests.support.qt import first, heard

USED = 1_700_000_000.0
"""When all conversations were used last."""


def hit(number: int, text: str, needle: str, *, is_question: bool = False) -> Hit:
    """In message 1 of conversation `number`, whose title is its number."""
    summary = Summary(ConversationId(number), f"Conversation {number}", USED)
    return Hit(summary, MessageId(1), *excerpt(text, needle), is_question)


class HeldSearch:
    """Finds among `texts`, one of each conversation, while `is_open` is set; raises `problem`, if it has one.

    `asked` are the needles, in their order, and `most` is how many searches were under way at once.
    """

    def __init__(self, texts: Sequence[str] = ()) -> None:
        self.texts = list(texts)
        self.asked: list[str] = []
        self.most = 0
        self.problem: HistoryError | None = None
        self.is_open = asyncio.Event()
        self.is_open.set()
        self._under_way = 0

    async def search(self, needle: str, count: int) -> tuple[Hit, ...]:
        self.asked.append(needle)
        self._under_way += 1
        self.most = max(self.most, self._under_way)
        try:
            await self.is_open.wait()
        finally:
            self._under_way -= 1
        if self.problem is not None:
            raise self.problem
        found = [(n, text) for n, text in enumerate(self.texts) if needle.casefold() in text.casefold()]
        return tuple(hit(n, text, needle) for n, text in found[:count])


class SearchBench:
    """A search over a held history, and what it said."""

    def __init__(self, *texts: str) -> None:
        self.store = HeldSearch(texts)
        self.tasks = TaskOwner()
        self.search = HistorySearch(self.store, self.tasks)
        self.found = heard(self.search.found)
        self.problems = heard(self.search.problem_raised)

    @property
    def excerpts(self) -> list[str]:
        """What is listed."""
        return [found.excerpt for found, _ in self._rows()]

    @property
    def titles(self) -> list[str]:
        return [title for _, title in self._rows()]

    async def find(self, needle: str) -> None:
        """Search for `needle`, and wait for what is found."""
        found = first(self.search.found)
        self.search.set_needle(needle)
        await found

    async def done(self) -> None:
        """Until no search is under way."""
        while live := list(self.tasks._live):
            await asyncio.wait(live)

    def _rows(self) -> list[tuple[Hit, str]]:
        hits = self.search.hits
        indexes = [hits.index(row) for row in range(hits.rowCount())]
        return [(index.data(HIT_ROLE), index.data()) for index in indexes]
