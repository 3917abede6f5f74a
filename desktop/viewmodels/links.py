"""Web addresses in the question: attached as they are, or fetched and made images of."""

import asyncio
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from desktop.domain.errors import AppError, without_frames
from desktop.domain.image_errors import too_many
from desktop.domain.messages import LinkPart
from desktop.domain.ports import ImageLoader, LinkFetcher
from desktop.runtime.tasks import TaskOwner
from desktop.viewmodels.cards import Card, Cards
from desktop.viewmodels.progress import Tally, Work


class _Fetch(NamedTuple):
    task: asyncio.Task[None]
    work: Work


class Links(QObject):
    """Attaches links, and turns their cards into images.

    Signals:
        refused: An `AppError`: why nothing was fetched, or which links are too many.
    """

    refused = Signal(object)

    def __init__(
        self,
        cards: Cards,
        loader: ImageLoader,
        fetcher: LinkFetcher,
        tally: Tally,
        tasks: TaskOwner,
    ) -> None:
        super().__init__(cards)
        self._cards = cards
        self._loader = loader
        self._fetcher = fetcher
        self._tally = tally
        self._tasks = tasks
        self._fetches: dict[Card, _Fetch] = {}
        cards.changed.connect(self._on_cards_changed)

    def add(self, urls: Sequence[str]) -> None:
        left_out = []
        for url in urls:
            if not self._cards.is_full:
                self._cards.append(Card(LinkPart(url)))
            elif self._cards.find(url) is None:
                left_out.append(url)
        self._cards.tell_gathered()
        if left_out:
            self.refused.emit(too_many(tuple(dict.fromkeys(left_out)), len(self._cards)))

    def fetch(self, card: Card) -> None:
        """Turn `card` into the image that its link leads to; it stays in its place."""
        if not isinstance(card.item, LinkPart) or card in self._fetches:
            return
        task = self._tasks.start(self._fetch(card, card.item.url), "fetch link")
        self._fetches[card] = _Fetch(task, self._tally.begin(1))
        task.add_done_callback(lambda _: self._end(card))
        self._cards.set_fetching(card, True)

    def cancel(self) -> None:
        """Fetch nothing more; the links stay."""
        for card in tuple(self._fetches):
            self._end(card)

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    async def _fetch(self, card: Card, url: str) -> None:
        try:
            given = await self._fetcher.fetch(url)
            limits = self._cards.limits
            image = await self._loader.load(given, limits)
        except AppError as error:
            if card in self._fetches:
                self.refused.emit(without_frames(error))
            return
        if card in self._fetches:
            self._cards.set_image(card, image, given, limits)

    def _end(self, card: Card) -> None:
        fetch = self._fetches.pop(card, None)
        if fetch is not None:
            fetch.task.cancel()
            self._cards.set_fetching(card, False)
            self._cards.tell_gathered()
            self._tally.end(fetch.work)

    def _on_cards_changed(self) -> None:
        for card in tuple(self._fetches):
            if card not in self._cards:
                self._end(card)
