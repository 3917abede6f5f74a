"""Images whose bytes lie elsewhere, and a shelf of their thumbnails that a test holds in its hand."""

import asyncio

from desktop.domain.history_errors import HistoryBusy
from desktop.domain.images import KeptImage, digest
from tests.support.pictures import image, png


def kept(name: str = "a.png", color: str = "teal") -> KeptImage:
    """What the history gives for `image(name, color=color)`."""
    was = image(name, color=color)
    return KeptImage(name, was.media_type, digest(was.data), len(was.data), was.size, was.source_digest)


class Shelf:
    """Has the thumbnail of every `kept` of `colors`; `asked` are the digests, in order.

    Nothing is given out while `is_open` is not set; a `is_busy` shelf gives nothing but an error.
    """

    def __init__(self, *colors: str) -> None:
        self.asked: list[str] = []
        self.is_busy = False
        self.is_open = asyncio.Event()
        self.is_open.set()
        self._thumbnails = {kept(color=color).digest: png(color=color) for color in colors}

    async def thumbnail(self, digest: str) -> bytes:
        self.asked.append(digest)
        await self.is_open.wait()
        if self.is_busy:
            raise HistoryBusy
        return self._thumbnails.get(digest, b"")
