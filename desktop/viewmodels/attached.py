"""What is attached to the question, as a pane shows it."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from desktop.domain.images import ImageInput
from desktop.domain.limits import ImageLimits
from desktop.domain.messages import Attachable
from desktop.domain.vision import Seen
from desktop.viewmodels.cards import Attachment, Cards


class AttachedViewModel(QObject):
    """The attached images and links, and what they cost.

    Signals:
        attachments_changed: Some came, went, or changed places; or the model makes something else of them.
    """

    attachments_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cards = Cards(self)

    @property
    def items(self) -> tuple[Attachable, ...]:
        return tuple(card.item for card in self._cards)

    @property
    def images(self) -> tuple[ImageInput, ...]:
        return tuple(card.image for card in self._cards if card.image is not None)

    def attachments(self) -> tuple[Attachment, ...]:
        return self._cards.attachments()

    @property
    def limits(self) -> ImageLimits:
        """What the chosen model takes."""
        return self._cards.limits

    @property
    def room(self) -> int | None:
        """How many more images and links the chosen model takes; None: any number."""
        count = self.limits.count
        return None if count is None else max(0, count - len(self._cards))

    @property
    def context(self) -> int | None:
        """How many tokens the chosen model can hold; None where that is not known."""
        return self._cards.recipient.model.context

    @property
    def is_over_context(self) -> bool:
        """Whether the images alone, as far as their cost is known, are more than the model can hold."""
        known = sum(each.seen.tokens for each in self.attachments() if each.seen is not None)
        return self.context is not None and known > self.context

    def image_tokens(self) -> int | None:
        """What all images cost as things are set, in tokens; None where that is not known of every one."""
        return _total([attachment.seen for attachment in self.attachments()])

    def full_tokens(self) -> int | None:
        """What they would cost in full detail; None where that changes nothing."""
        attachments = self.attachments()
        if all(attachment.full is None for attachment in attachments):
            return None
        return _total([attachment.full or attachment.seen for attachment in attachments])

    def total_bytes(self) -> int:
        """The size of all images as they will be sent; links add nothing."""
        return sum(len(image.data) for image in self.images)

    def remove(self, index: int) -> None:
        self._cards.remove([self._cards[index]])

    def move(self, index: int, to: int) -> None:
        """Take what is at `index` and put it where `to` is."""
        self._cards.move(index, to)


def _total(seen: Sequence[Seen | None]) -> int | None:
    known = [each.tokens for each in seen if each is not None]
    return sum(known) if known and len(known) == len(seen) else None
