"""An image the user named or pasted, made ready to be sent: judged and decoded in the worker."""

import asyncio
from collections.abc import Awaitable, Mapping, Sequence
from contextlib import aclosing
from typing import Any

from desktop.domain.image_errors import (
    BrokenImage,
    DecoderCrashed,
    ImageError,
    ImageTooLarge,
    ImageTooNarrow,
    UnsupportedImage,
)
from desktop.domain.images import (
    ImageBytes,
    ImageChange,
    ImageInput,
    ImageSource,
    Size,
    digest,
)
from desktop.domain.limits import ImageLimits
from desktop.imaging.reading import read_all
from desktop.worker.process import WorkerDied, WorkerFailed, WorkerProcess
from desktop.worker.wire import Frame, Refusal

_REFUSED: dict[str, type[ImageError]] = {
    "unsupported": UnsupportedImage,
    "broken": BrokenImage,
    "too_large": ImageTooLarge,
    "too_narrow": ImageTooNarrow,
}


class WorkerImageLoader:
    """Reads an image's bytes here and has its pixels looked at in a process that may die of them."""

    def __init__(self, worker: WorkerProcess) -> None:
        self._worker = worker

    def read(self, sources: Sequence[ImageSource]) -> list[Awaitable[ImageBytes]]:
        """Start to read the bytes before this returns; each can be awaited once. Raises `ImageError` then."""
        return read_all(sources)

    async def load(self, source: ImageSource, limits: ImageLimits, page: int = 0) -> ImageInput:
        """Read, judge and prepare one image. Raises `ImageError`."""
        (reading,) = self.read([source])
        given = await reading
        source_digest = await asyncio.to_thread(digest, given.data)
        frames = await self._inspected(given.name, given.data)
        return _image(given.name, source_digest, given.data, frames)

    async def _inspected(self, name: str, data: bytes) -> dict[str, Frame]:
        try:
            async with aclosing(self._worker.request("inspect", payload=data)) as frames:
                return {frame.kind: frame async for frame in frames}
        except Refusal as refusal:
            error = _REFUSED[refusal.kind]
            raise error(name=name, detail=refusal.detail, **refusal.facts) from refusal
        except (WorkerDied, WorkerFailed) as failure:
            raise DecoderCrashed(name=name, detail=str(failure)) from failure


def _image(name: str, source_digest: str, data: bytes, frames: dict[str, Frame]) -> ImageInput:
    facts, changed = frames["image"].facts, frames.get("data")
    return ImageInput(
        name=name,
        media_type=facts["media_type"],
        data=changed.payload if changed else data,
        size=Size(facts["width"], facts["height"]),
        source_digest=source_digest,
        thumbnail=frames["image"].payload,
        change=_change(facts["change"]) if changed else None,
    )


def _change(facts: Mapping[str, Any]) -> ImageChange:
    from_size = facts["from_size"]
    return ImageChange(**{**facts, "from_size": Size(*from_size) if from_size else None})
