"""The bytes of images out of the history, for a request that is to carry them."""

from dataclasses import replace

from desktop.domain.images import KeptImage
from desktop.domain.messages import ImagePart, Message, Part
from desktop.domain.ports import HistoryStore


async def filled(messages: tuple[Message, ...], store: HistoryStore) -> tuple[Message, ...]:
    """`messages` with the bytes of all their images. Raises `HistoryError`."""
    return tuple([await _message(message, store) for message in messages])


async def _message(message: Message, store: HistoryStore) -> Message:
    if not any(isinstance(image, KeptImage) for image in message.images):
        return message
    return replace(message, parts=tuple([await _part(part, store) for part in message.parts]))


async def _part(part: Part, store: HistoryStore) -> Part:
    if isinstance(part, ImagePart) and isinstance(part.image, KeptImage):
        return ImagePart(await store.image(part.image))
    return part
