"""An image the user named or pasted, made ready to be sent: judged and decoded in the worker."""

import asyncio
from collections.abc import Awaitable, Mapping, Sequence
from typing import Any, get_args

from desktop.domain.image_errors import (
    BrokenImage,
    DecoderCrashed,
    DecoderSlow,
    ImageError,
    ImageTooLarge,
    ImageTooNarrow,
    ImageWontFit,
    NoSuchPage,
    UnsupportedImage,
)
from desktop.domain.image_formats import is_small_png
from desktop.domain.images import (
    THUMBNAIL_SIDE,
    ImageBytes,
    ImageChange,
    ImageInput,
    ImageSource,
    MediaType,
    Size,
    digest,
)
from desktop.domain.limits import ImageLimits
from desktop.domain.ports import PAGES_SHOWN
from desktop.imaging.reading import judged, read_all
from desktop.worker.pixels.pieces import Span, from_json, joined
from desktop.worker.process import WorkerDied, WorkerFailed, WorkerProcess, WorkerSilent
from desktop.worker.wire import Frame, Refusal

_REFUSED: dict[str, type[ImageError]] = {
    "unsupported": UnsupportedImage,
    "broken": BrokenImage,
    "too_large": ImageTooLarge,
    "too_narrow": ImageTooNarrow,
    "no_such_page": NoSuchPage,
    "wont_fit": ImageWontFit,
}


class WorkerImageLoader:
    """Reads an image's bytes here and has its pixels looked at in a process that may die of them."""

    def __init__(self, worker: WorkerProcess) -> None:
        self._worker = worker

    def read(self, sources: Sequence[ImageSource]) -> list[Awaitable[ImageBytes]]:
        """Start to read the bytes before this returns; each can be awaited once. Raises `ImageError` then."""
        return read_all(sources)

    async def load(self, source: ImageSource, limits: ImageLimits, page: int = 0) -> ImageInput:
        """Judge one image and make it fit `limits` with the least change. Raises `ImageError`."""
        given = await self._given(source)
        facts = {"page": page, "limits": limits.facts()}
        frames = {frame.kind: frame for frame in await self._asked("inspect", facts, given)}
        try:
            return await asyncio.to_thread(_image, given, page, frames)
        except (AttributeError, LookupError, TypeError, ValueError) as nonsense:
            # What decodes strangers' pixels may have been taken over by them.
            raise DecoderCrashed(name=given.name, detail="no image came of it") from nonsense

    async def pages(self, source: ImageSource) -> tuple[bytes, ...]:
        """A thumbnail of each frame or page, of the first `PAGES_SHOWN`. Raises `ImageError`."""
        frames = await self._asked("pages", {"most": PAGES_SHOWN}, await self._given(source))
        return tuple(frame.payload for frame in frames)

    async def _given(self, source: ImageSource) -> ImageBytes:
        if isinstance(source, ImageBytes):
            return judged(source)
        (reading,) = self.read([source])
        return await reading

    async def _asked(self, verb: str, facts: Mapping[str, Any], given: ImageBytes) -> list[Frame]:
        try:
            return await self._worker.answer(verb, facts, given.data)
        except Refusal as refusal:
            raise _refused(given.name, refusal) from refusal
        except WorkerSilent as silence:
            raise DecoderSlow(name=given.name, seconds=round(silence.seconds)) from silence
        except (WorkerDied, WorkerFailed) as failure:
            raise DecoderCrashed(name=given.name, detail=str(failure)) from failure


def _refused(name: str, refusal: Refusal) -> ImageError:
    try:
        return _REFUSED[refusal.kind](name=name, detail=str(refusal.detail), **refusal.facts)
    except (LookupError, TypeError):
        return DecoderCrashed(name=name, detail=f"refused as {refusal.kind!r:.80}")


def _image(given: ImageBytes, page: int, frames: Mapping[str, Frame]) -> ImageInput:
    facts, thumbnail = frames["image"].facts, frames["image"].payload
    return ImageInput(
        name=given.name,
        media_type=_media_type(facts["media_type"]),
        data=_data(given.data, facts["remains"], frames.get("data")),
        size=_size(facts["width"], facts["height"]),
        source_digest=digest(given.data, page),
        # The window decodes it: from a child that an image took over, nothing else is passed on.
        thumbnail=thumbnail if is_small_png(thumbnail, THUMBNAIL_SIDE) else b"",
        change=_change(facts["change"]) if facts["change"] else None,
    )


def _data(given: bytes, remains: list[list[int] | str] | None, encoded: Frame | None) -> bytes:
    """Encoded anew by the worker, or what remains of the given bytes without their metadata."""
    if encoded is not None:
        return encoded.payload
    pieces = from_json(remains or ())
    spans = [each for each in pieces if isinstance(each, Span)]
    places = [0, *(place for span in spans for place in span), len(given)]
    if places != sorted(places):
        raise ValueError("pieces that lie outside, or over each other")
    return joined(given, pieces)


def _change(facts: Mapping[str, Any]) -> ImageChange:
    from_size = facts.get("from_size")
    return ImageChange(**{**facts, "from_size": _size(*from_size) if from_size else None})


def _media_type(said: object) -> MediaType:
    known: tuple[MediaType, ...] = get_args(MediaType)
    return known[known.index(said)]


def _size(width: object, height: object) -> Size:
    if type(width) is not int or type(height) is not int or min(width, height) < 1:
        raise ValueError("no size")
    return Size(width, height)
