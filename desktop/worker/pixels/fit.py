"""The least change to pixels with which a server takes them.

In this order: without loss; as JPEG in full colour, at high qualities; smaller, down to the largest area
that any model sees; at lower qualities, down to one at which small text is still read; and only then
smaller than what a model could have seen. What was a JPEG stays one.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from desktop.domain.images import Limit, MediaType, Size
from desktop.domain.limits import MIN_SIDE, ImageLimits
from desktop.domain.vision import LARGEST_SEEN_PX
from desktop.worker.pixels import encode
from desktop.worker.pixels.scale import area, scaled, within
from desktop.worker.wire import MAX_PAYLOAD, Refusal

HIGH_QUALITIES = 95, 92, 88
"""libjpeg's, in full colour. At 95 a JPEG's pixels move by 0.3 levels on the average; encoding it at 90
moved them by 1.6."""

LOW_QUALITIES = 80, 70
"""At 70 the on-device reader makes no more mistakes than with a PNG, in red text of 11 px on blue; at 60,
twice as many. (WebP is as good in half the bytes, but the one service whose limit is felt takes it only up
to a size that JPEG makes fit at 95.)"""

SAMPLE_ROWS, SAMPLES = 16, 8
CHEAP_PX = 1_000_000
HOPELESS = 1.3
"""To encode a photo of 8 megapixels takes 1.5 s as PNG and 3 s as lossless WebP: in vain, if a sample of its
rows alone takes so many times the room."""

_MARGIN = 0.96
"""A smaller picture holds more detail per px: aim below the limit."""


_LOSSLESS: dict[MediaType, Callable[[QImage], bytes]] = {"image/png": encode.png, "image/webp": encode.webp}


class Fitted(NamedTuple):
    """`lossy`: it went through JPEG. `limit`: what asked for that, or for less than the whole size."""

    data: bytes
    media_type: MediaType
    size: QSize
    lossy: bool = False
    limit: Limit | None = None


def fit(image: QImage, limits: ImageLimits, *, was_jpeg: bool) -> Fitted:
    """Encode pixels without transparency. Refuses `wont_fit`."""
    narrowed: Limit | None = None
    if limits.max_px is not None and area(image.size()) > limits.max_px:
        image, narrowed = scaled(image, within(image.size(), limits.max_px)), "pixels"
    whole = image.size()
    if not was_jpeg and (lossless := _lossless(image, limits)):
        return lossless._replace(limit=narrowed)
    room = _room(limits, "image/jpeg")
    for number, (data, size) in enumerate(_jpegs(image, room)):
        if len(data) <= room:
            by_bytes = size != whole or number > 0 or not was_jpeg
            limit: Limit | None = "bytes" if by_bytes and narrowed is None else narrowed
            return Fitted(data, "image/jpeg", size, lossy=True, limit=limit)
    raise Refusal("wont_fit", limit=round((limits.data_uri_bytes or MAX_PAYLOAD) / 1_000_000))


def _room(limits: ImageLimits, media_type: MediaType) -> int:
    """In bytes; never more than the pipe takes."""
    return round(min(MAX_PAYLOAD, limits.bytes_of(media_type)))


def _lossless(image: QImage, limits: ImageLimits) -> Fitted | None:
    size = Size(image.width(), image.height())
    for media_type, encoded in _LOSSLESS.items():
        room = _room(limits, media_type)
        if limits.know(media_type, size) and _expected(image, encoded) <= room * HOPELESS:
            data = encoded(image)
            if len(data) <= room:
                return Fitted(data, media_type, image.size())
    return None


def _expected(image: QImage, encoded: Callable[[QImage], bytes]) -> float:
    """Bytes, from a few bands of rows; 0 for an image that is cheap to try."""
    if area(image.size()) < CHEAP_PX:
        return 0.0
    step = image.height() // SAMPLES
    tops = range(step // 2, image.height() - SAMPLE_ROWS, max(1, step))
    sample = sum(len(encoded(image.copy(0, top, image.width(), SAMPLE_ROWS))) for top in tops)
    return sample * image.height() / (len(tops) * SAMPLE_ROWS)


def _jpegs(image: QImage, room: int) -> Iterator[tuple[bytes, QSize]]:
    """One try after the other, each with less left than the one before."""
    data = b""
    for quality in HIGH_QUALITIES:
        yield (data := encode.jpeg(image, quality)), image.size()
    while area(image.size()) > LARGEST_SEEN_PX:
        wanted = max(LARGEST_SEEN_PX, _area_for(room, data, image))
        image = scaled(image, within(image.size(), wanted))
        yield (data := encode.jpeg(image, HIGH_QUALITIES[-1])), image.size()
    for quality in LOW_QUALITIES:
        yield (data := encode.jpeg(image, quality)), image.size()
    while min(smaller := within(image.size(), _area_for(room, data, image)).toTuple()) >= MIN_SIDE:
        image = scaled(image, QSize(*smaller))
        yield (data := encode.jpeg(image, LOW_QUALITIES[-1])), image.size()


def _area_for(room: int, data: bytes, image: QImage) -> float:
    """At which `image`, of which JPEG makes `data`, should fit; surely less than it has."""
    return area(image.size()) * _MARGIN * min(0.98, max(0, room) / len(data))
