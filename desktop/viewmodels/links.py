"""Web addresses in the question: attached as they are, or fetched and made images of."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from desktop.domain.errors import AppError, without_frames
from desktop.domain.image_errors import refused_together, too_many
from desktop.domain.links import refusal, shown
from desktop.domain.messages import LinkPart
from desktop.domain.ports import ImageLoader, LinkFetcher
from desktop.viewmodels.cards import Card, Cards
from desktop.viewmodels.progress import UnderWay, Work


class Links(QObject):
    """Attaches links, and turns their cards into images.

    Signals:
        refused: An `AppError`: why nothing was fetched, or which links are too long or too many.
    """

    refused = Signal(object)

    def __init__(self, cards: Cards, loader: ImageLoader, fetcher: LinkFetcher, under_way: UnderWay) -> None:
        super().__init__(cards)
        self._cards = cards
        self._loader = loader
        self._fetcher = fetcher
        self._under_way = under_way
        self._fetches: dict[Card, Work] = {}
        cards.changed.connect(self._on_cards_changed)

    def add(self, urls: Sequence[str]) -> None:
        refusals, left_out = [], []
        for url in dict.fromkeys(urls):
            if (problem := refusal(url)) is not None:
                refusals.append(problem)
            elif not self._cards.is_full:
                self._cards.append(Card(LinkPart(url)))
            elif self._cards.find(url) is None:
                left_out.append(shown(url))
        self._cards.tell_gathered()
        if refusals:
            self.refused.emit(refused_together(refusals))
        if left_out:
            self.refused.emit(too_many(left_out, len(self._cards)))

    def fetch(self, card: Card) -> None:
        """Turn `card` into the image that its link leads to; it stays in its place."""
        if isinstance(card.item, LinkPart) and card not in self._fetches:
            work = self._fetches[card] = Work(1, lambda: self._end(card))
            self._cards.set_fetching(card, True)
            self._under_way.start("fetch link", work, self._fetch(card, card.item.url))

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    async def _fetch(self, card: Card, url: str) -> None:
        try:
            given = await self._fetcher.fetch(url)
            limits = self._cards.limits
            image = await self._loader.load(given, limits)
        except AppError as error:
            self.refused.emit(without_frames(error))
        else:
            self._cards.set_image(card, image, given, limits)

    def _end(self, card: Card) -> None:
        del self._fetches[card]
        self._cards.set_fetching(card, False)
        self._cards.tell_gathered()

    def _on_cards_changed(self) -> None:
        for card, work in tuple(self._fetches.items()):
            if card not in self._cards:
                self._under_way.end(work)
