"""Which pages of a file with several stand in the question."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from desktop.domain.errors import AppError, without_frames
from desktop.domain.image_errors import refused_together, too_many
from desktop.domain.images import ImageBytes
from desktop.domain.ports import ImageLoader
from desktop.viewmodels.cards import Card, Cards
from desktop.viewmodels.progress import UnderWay, Work


@dataclass(frozen=True, slots=True)
class PageChoice:
    """The pages of an attached file, to choose from.

    `digest` is the `source_digest` of the image that was asked about, `thumbnails` a PNG of each page,
    `chosen` the numbers of those that are attached, from 0.
    """

    digest: str
    name: str
    thumbnails: tuple[bytes, ...]
    chosen: tuple[int, ...]


class Pages(QObject):
    """Offers the pages of a file, and puts those that are chosen in the place of those that were.

    Signals:
        found: A `PageChoice`.
        refused: An `AppError`: why pages cannot be used.
    """

    found = Signal(object)
    refused = Signal(object)

    def __init__(self, cards: Cards, loader: ImageLoader, under_way: UnderWay) -> None:
        super().__init__(cards)
        self._cards = cards
        self._loader = loader
        self._under_way = under_way
        self._asked: set[Card] = set()

    def ask(self, card: Card) -> None:
        """Have thumbnails made of the pages of `card`; `found` has them."""
        if card.given is not None and card.pages > 1 and card not in self._asked:
            self._asked.add(card)
            work = Work(1, lambda: self._asked.discard(card))
            self._under_way.start("look at pages", work, self._ask(card, card.given))

    def choose(self, digest: str, pages: Sequence[int]) -> None:
        """Attach `pages` of the file of which `digest` is a page, in this order, and no others of it."""
        card = self._cards.find(digest)
        if card is not None and card.given is not None and pages:
            work = Work(len(pages), self._cards.tell_gathered)
            self._under_way.start("load pages", work, self._choose(card.given, pages, work))

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    async def _ask(self, card: Card, given: ImageBytes) -> None:
        try:
            thumbnails = await self._loader.pages(given)
        except AppError as error:
            self.refused.emit(without_frames(error))
            return
        if card in self._cards:
            chosen = tuple(sorted(each.page for each in self._of(given)))
            self.found.emit(PageChoice(card.identity, card.name, thumbnails, chosen))

    async def _choose(self, given: ImageBytes, pages: Sequence[int], work: Work) -> None:
        room = self._room(given)
        cards, refusals = [], []
        for page in pages[:room]:
            try:
                cards.append(await self._card(given, page))
            except AppError as error:
                refusals.append(without_frames(error))
            self._under_way.step(work)
        if cards and work in self._under_way:
            self._replace(given, cards)
        if refusals:
            self.refused.emit(refused_together(refusals))
        if left_out := pages[room:] if room is not None else ():
            names = [f"{given.name} ({page + 1})" for page in left_out]
            self.refused.emit(too_many(names, len(self._cards)))

    def _room(self, given: ImageBytes) -> int | None:
        """How many pages may be attached; None: any number."""
        count = self._cards.limits.count
        return None if count is None else count - len(self._cards) + len(self._of(given))

    async def _card(self, given: ImageBytes, page: int) -> Card:
        there = next((card for card in self._of(given) if card.page == page), None)
        if there is not None:
            return there
        limits = self._cards.limits
        return Card.of(await self._loader.load(given, limits, page), given, limits)

    def _replace(self, given: ImageBytes, cards: Sequence[Card]) -> None:
        old = self._of(given)
        if old:  # not removed meanwhile
            first = next(index for index, card in enumerate(self._cards) if card in old)
            others = [card for card in self._cards if card not in old]
            self._cards.replace([*others[:first], *cards, *others[first:]])

    def _of(self, given: ImageBytes) -> list[Card]:
        """The cards of the same file."""
        return [card for card in self._cards if card.given is given]
