"""The attached images and links in their order, and what becomes of them for the model that is chosen."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Self

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.image_errors import LinkError
from desktop.domain.images import ImageBytes, ImageInput
from desktop.domain.limits import ImageLimits
from desktop.domain.links import obstacle, shown
from desktop.domain.messages import Attachable, LinkPart
from desktop.domain.vision import Seen
from desktop.viewmodels.recipient import NOBODY_YET, Recipient

GATHER_MS = 50
"""Images that arrive are shown at most once in this time; the first of them at once."""

_PAGED = "image/tiff"
"""Several pages are offered of this media type; the frames of animations are not."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attached image or link and what the chosen model makes of it.

    `seen` is what the model sees of an image as things are set (None: no rule is known), `full` what it
    would see in full detail (None: that changes nothing). `pages`: how many the file has to choose from.
    `is_fetching`: the link is being turned into an image. `must_be_fetched`: before it can be sent.
    `obstacle`: why it can never be fetched, as far as its address tells.
    `is_preparing`: the image is being made to fit the limits of another model. `key` stays the same
    object as long as the card stays, whatever is on it.
    """

    item: Attachable
    seen: Seen | None
    full: Seen | None
    pages: int = 1
    is_fetching: bool = False
    must_be_fetched: bool = False
    obstacle: LinkError | None = None
    is_preparing: bool = False
    key: object = field(default=None, repr=False)


@dataclass(eq=False, slots=True)
class Card:
    """One place in the row, and what stands there.

    `given` are the bytes that the user gave; they are kept where the image was changed, so that it can be
    made again (None: there is nothing better than what the image holds). `limits` are those that the image
    was made to fit (None: not known).
    """

    item: Attachable
    given: ImageBytes | None = None
    limits: ImageLimits | None = None
    is_fetching: bool = False
    key: object = field(default_factory=object)

    @classmethod
    def of(cls, image: ImageInput, given: ImageBytes, limits: ImageLimits) -> Self:
        """A card for `image`, made of `given` to fit `limits`."""
        return cls(image, given if image.change is not None else None, limits)

    @property
    def image(self) -> ImageInput | None:
        return self.item if isinstance(self.item, ImageInput) else None

    @property
    def source(self) -> ImageBytes | None:
        """The best bytes that there are to make the image again of; of a link there are none."""
        if self.given is not None or self.image is None:
            return self.given
        return ImageBytes(self.image.name, self.image.data)

    @property
    def identity(self) -> str:
        """The same for the same image, or the same link."""
        return self.item.source_digest if isinstance(self.item, ImageInput) else self.item.url

    @property
    def name(self) -> str:
        return self.item.name if isinstance(self.item, ImageInput) else shown(self.item.url)

    @property
    def page(self) -> int:
        """The number of the page that is attached, from 0."""
        return self.image.change.page if self.image and self.image.change else 0

    @property
    def pages(self) -> int:
        """How many pages there are to choose from."""
        change = self.image.change if self.image else None
        has_pages = self.given is not None and change is not None and change.from_type == _PAGED
        return change.frames if change is not None and has_pages else 1

    def is_stale(self, limits: ImageLimits) -> bool:
        """Whether the image could be another one if it were made again to fit `limits`."""
        if self.image is None or self.limits == limits:
            return False
        return (self.image.change is not None and self.given is not None) or not limits.fit(self.image)


class Cards(QObject):
    """The cards in the order in which they will be sent. No two are the same image or link.

    Signals:
        changed: Cards came, went, changed places, or show something else.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cards: list[Card] = []
        self._shown: dict[object, Attachment] = {}
        self._recipient = NOBODY_YET
        self._has_untold = False
        self._pause = QTimer(self, singleShot=True, interval=GATHER_MS)
        self._pause.timeout.connect(self.tell_gathered)

    def __len__(self) -> int:
        return len(self._cards)

    def __iter__(self) -> Iterator[Card]:
        return iter(tuple(self._cards))

    def __getitem__(self, index: int) -> Card:
        return self._cards[index]

    def __contains__(self, card: object) -> bool:
        return card in self._cards

    # ── whom they are for ───────────────────────────────────────────────────────────────────────

    @property
    def recipient(self) -> Recipient:
        return self._recipient

    @property
    def limits(self) -> ImageLimits:
        return self._recipient.limits

    @property
    def is_full(self) -> bool:
        return self.limits.count is not None and len(self._cards) >= self.limits.count

    def set_recipient(self, recipient: Recipient) -> None:
        if recipient != self._recipient:
            self._recipient = recipient
            self._shown.clear()
            self.tell()

    def stale(self) -> Card | None:
        """The first one whose image must be made again for the limits of now."""
        return next((card for card in self._cards if card.is_stale(self.limits)), None)

    def attachments(self) -> tuple[Attachment, ...]:
        return tuple(self._attachment(card) for card in self._cards)

    # ── what happens to them ────────────────────────────────────────────────────────────────────

    def find(self, identity: str) -> Card | None:
        """The card of the image or link with this `Card.identity`."""
        return next((card for card in self._cards if card.identity == identity), None)

    def append(self, card: Card) -> None:
        """Add `card` at the end, unless the same is there; it is told together with others."""
        if self.find(card.identity) is None:
            self._cards.append(card)
            self.tell_soon()

    def set_image(self, card: Card, image: ImageInput, given: ImageBytes | None, limits: ImageLimits) -> None:
        """Let `image` stand on `card`, where it is; if the same image is there already, one is enough."""
        other = self.find(image.source_digest)
        if other is not None and other is not card:
            self.remove([card])
        else:
            card.item, card.limits = image, limits
            card.given = given if image.change is not None else None
            self._show_again(card)

    def set_fetching(self, card: Card, is_fetching: bool) -> None:
        card.is_fetching = is_fetching
        self._show_again(card)

    def remove(self, cards: Collection[Card]) -> None:
        self.replace([card for card in self._cards if card not in cards])

    def move(self, index: int, to: int) -> None:
        self._cards.insert(to, self._cards.pop(index))
        self.tell()

    def replace(self, cards: Iterable[Card]) -> None:
        """Let `cards` stand there; of the same image or link the first."""
        kept: dict[str, Card] = {}
        for card in cards:
            kept.setdefault(card.identity, card)
        self._cards = list(kept.values())
        self._shown = {card.key: shown for card in self._cards if (shown := self._shown.get(card.key))}
        self.tell()

    def put(self, items: Sequence[Attachable]) -> None:
        """Let `items` stand there; what is there already keeps its card."""
        there = {card.identity: card for card in self._cards}
        cards = [Card(item) for item in items]
        self.replace([there.get(card.identity, card) for card in cards])

    # ── telling ─────────────────────────────────────────────────────────────────────────────────

    def tell(self) -> None:
        self._has_untold = False
        self.changed.emit()

    def tell_soon(self) -> None:
        """Tell at once, but not again before a while is over."""
        self._has_untold = True
        if not self._pause.isActive():
            self.tell_gathered()

    def tell_gathered(self) -> None:
        """Tell what was not told yet."""
        if self._has_untold:
            self._pause.start()
            self.tell()

    def _show_again(self, card: Card) -> None:
        self._shown.pop(card.key, None)
        self.tell_soon()

    def _attachment(self, card: Card) -> Attachment:
        shown = self._shown.get(card.key)
        if shown is None:
            shown = self._shown[card.key] = self._look(card)
        return shown

    def _look(self, card: Card) -> Attachment:
        seen, full = self._recipient.sees(card.image.size) if card.image else (None, None)
        return Attachment(
            card.item,
            seen,
            full,
            pages=card.pages,
            is_fetching=card.is_fetching,
            must_be_fetched=card.image is None and not self.limits.links,
            obstacle=obstacle(card.item.url) if isinstance(card.item, LinkPart) else None,
            is_preparing=card.is_stale(self.limits),
            key=card.key,
        )
