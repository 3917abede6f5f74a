"""The verb `inspect`: what an image is, its thumbnail, and the bytes to send if they are not its own."""

from collections.abc import Iterator, Mapping
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

from desktop.domain.images import THUMBNAIL_SIDE
from desktop.worker.encode import RAW_LIMIT, encode, png, thumbnail_size
from desktop.worker.picture import Picture, examine
from desktop.worker.wire import Frame

SENT_AS_THEY_ARE = ("png", "jpeg", "webp")


def inspect(_facts: Mapping[str, Any], data: bytes) -> Iterator[Frame]:
    """First `image` with its facts and the thumbnail as payload; then `data`, if the bytes were changed.

    Refusals: unsupported, broken, too_large, too_narrow.
    """
    picture = examine(data)
    if _can_be_sent(picture):
        yield from _unchanged(picture)
    else:
        yield from _changed(picture)


def _can_be_sent(picture: Picture) -> bool:
    fits = picture.format in SENT_AS_THEY_ARE and len(picture.data) <= RAW_LIMIT
    return fits and picture.frames == 1 and not picture.turned


def _unchanged(picture: Picture) -> Iterator[Frame]:
    small = picture.decode(thumbnail_size(picture.size, THUMBNAIL_SIDE))
    yield _image_frame(picture.size, f"image/{picture.format}", None, small)


def _changed(picture: Picture) -> Iterator[Frame]:
    image = picture.decode()
    sent = encode(image, lossy=picture.format == "jpeg")
    change = {
        "from_type": f"image/{picture.format}",
        "frames": picture.frames,
        "turned": picture.turned,
        "from_size": (image.width(), image.height()) if sent.shrunk else None,
        "limit": "bytes" if sent.shrunk else None,
    }
    yield _image_frame(sent.size, sent.media_type, change, _small(image))
    yield Frame("data", {}, sent.data)


def _small(image: QImage) -> QImage:
    size = thumbnail_size(image.size(), THUMBNAIL_SIDE)
    return image.scaled(size, mode=Qt.TransformationMode.SmoothTransformation)


def _image_frame(size: QSize, media_type: str, change: Mapping[str, Any] | None, small: QImage) -> Frame:
    facts = {"media_type": media_type, "width": size.width(), "height": size.height(), "change": change}
    return Frame("image", facts, png(small))
