"""What was said, with images and links such as whoever is asked now takes them."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from desktop.domain.events import Notice, NoticeRaised
from desktop.domain.image_errors import NAMED
from desktop.domain.images import ImageBytes, ImageInput
from desktop.domain.limits import ImageLimits
from desktop.domain.links import obstacle, shown
from desktop.domain.manner import LINKED, USUAL, Manner
from desktop.domain.messages import ImagePart, LinkPart, Message, Part, TextPart
from desktop.domain.ports import ImageLoader, LinkFetcher

SHELF_BYTES = 64_000_000
"""So much is kept of what was made; more than most requests may hold."""

_SIZES = 6
"""So many sizes are named."""


@dataclass(frozen=True, slots=True)
class Refitted:
    """`messages` as they can be sent, and what is to be said about that."""

    messages: tuple[Message, ...]
    notices: tuple[NoticeRaised, ...] = ()


@dataclass(slots=True)
class _Order:
    """What one request asks for, and the sizes of what became smaller on the way."""

    limits: ImageLimits
    manner: Manner
    smaller: list[str] = field(default_factory=list)


class Refitting:
    """Makes images again, and fetches links; keeps the last of them, as each turn sends all again."""

    def __init__(self, loader: ImageLoader, fetcher: LinkFetcher) -> None:
        self._loader = loader
        self._fetcher = fetcher
        self._shelf: OrderedDict[object, ImageInput] = OrderedDict()

    async def refitted(
        self, messages: Sequence[Message], limits: ImageLimits, manner: Manner = USUAL
    ) -> Refitted:
        """`messages`, all of whose bytes are there, for a server with `limits`. Raises `ImageError`."""
        kept, left_out = _newest(messages, limits.count)
        order = _Order(limits, manner)
        fitting = tuple([await self._message(message, order) for message in kept])
        notices = [_left_out(left_out, limits)] if left_out else []
        if order.smaller:
            sizes = list(dict.fromkeys(order.smaller))
            notices.append(manner.sent_smaller(sizes[:_SIZES] + ["…"] * (len(sizes) > _SIZES)))
        return Refitted(fitting, tuple(notices))

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    async def _message(self, message: Message, order: _Order) -> Message:
        parts = [await self._part(part, order) for part in message.parts]
        return message if parts == list(message.parts) else replace(message, parts=tuple(parts))

    async def _part(self, part: Part, order: _Order) -> Part:
        if isinstance(part, ImagePart) and isinstance(part.image, ImageInput):
            return ImagePart(await self._image(part.image, order))
        if isinstance(part, LinkPart) and not (order.limits.links and order.manner.max_px is None):
            return ImagePart(await self._linked(part.url, order))
        return part

    async def _image(self, image: ImageInput, order: _Order) -> ImageInput:
        limits = order.manner.limits(image.size, order.limits)
        if limits.fit(image):
            return image
        # Of what may be megabytes, what tells it from others of the same file.
        key = (image.source_digest, image.media_type, image.size, len(image.data), limits)
        return await self._made(key, ImageBytes(image.name, image.data), limits, order)

    async def _linked(self, url: str, order: _Order) -> ImageInput:
        limits = order.manner.limits(LINKED, order.limits)
        if (key := (url, limits)) in self._shelf:
            return self._taken(key, order)
        if (problem := obstacle(url)) is not None:
            raise problem
        return await self._made(key, await self._fetcher.fetch(url), limits, order)

    async def _made(self, key: object, given: ImageBytes, limits: ImageLimits, order: _Order) -> ImageInput:
        if key not in self._shelf:
            self._shelf[key] = await self._loader.load(given, limits)
            self._clear_out()
        return self._taken(key, order)

    def _taken(self, key: object, order: _Order) -> ImageInput:
        self._shelf.move_to_end(key)
        image = self._shelf[key]
        if image.change is not None and image.change.from_size is not None:
            order.smaller.append(str(image.size))
        return image

    def _clear_out(self) -> None:
        """Let go of what was used longest ago; the last one stays, however large it is."""
        held = sum(len(image.data) for image in self._shelf.values())
        while held > SHELF_BYTES and len(self._shelf) > 1:
            _, oldest = self._shelf.popitem(last=False)
            held -= len(oldest.data)


def _newest(messages: Sequence[Message], count: int | None) -> tuple[list[Message], list[str]]:
    """`messages` with their last `count` images, and the names of the others, which stand in their places."""
    shown_images = sum(len(message.images) + len(message.links) for message in messages)
    excess = 0 if count is None else shown_images - count
    if excess <= 0:
        return list(messages), []
    kept, names = [], list[str]()
    for message in messages:
        parts = list[Part]()
        for part in message.parts:
            if not isinstance(part, TextPart) and len(names) < excess:
                names.append(_name(part))
                parts.append(TextPart(f"[{names[-1]}]"))
            else:
                parts.append(part)
        kept.append(replace(message, parts=tuple(parts)))
    return kept, names


def _name(part: ImagePart | LinkPart) -> str:
    return shown(part.url) if isinstance(part, LinkPart) else part.image.name


def _left_out(names: Sequence[str], limits: ImageLimits) -> NoticeRaised:
    named = ", ".join([*names[:NAMED], *["…"] * (len(names) > NAMED)])
    return NoticeRaised(Notice.IMAGES_LEFT_OUT, {"limit": str(limits.count), "names": named})
