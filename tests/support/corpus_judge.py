"""Whether what became of an image is right: its pixels, its format, what it says, what it lets out."""

import base64
import io
import re
import warnings
import zlib
from collections.abc import Iterator
from contextlib import suppress

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from desktop.domain.images import THUMBNAIL_SIDE, ImageInput, Paper
from desktop.domain.limits import DATA_URI_BYTES, MAX_RATIO, MIN_SIDE
from tests.support import corpus_jpeg_file, corpus_webp_file
from tests.support.corpus import PLANTED, REENCODED, Entry, Pixels, Tolerance
from tests.support.corpus_png_file import COLOUR_CHUNKS, PICTURE_CHUNKS, chunks_of, picture_chunks
from tests.support.corpus_reference import pillow

OPAQUE = 255

_4K, _8K = 3840 * 2160, 7680 * 4320
"""What DashScope takes in px: in any format, and in JPEG and PNG alone."""


def complaints(entry: Entry, image: ImageInput) -> Iterator[str]:
    """What is wrong with `image`, made of `entry`, one sentence each."""
    if entry.pixels is None:
        yield f"taken, but must be refused: {[error.__name__ for error in entry.errors]}"
        return
    yield from wrong_pixels(entry.pixels, entry.tolerance, image)
    yield from planted_words(image)
    yield from foreign_parts(image)
    with suppress(UnidentifiedImageError):
        yield from misfits(image)
    yield from wrong_change(entry.data, image)
    yield from _unsaid(entry, image)


def wrong_pixels(expected: Pixels, tolerance: Tolerance, image: ImageInput) -> Iterator[str]:
    """Both what is sent and the thumbnail, which is the picture itself when that is small."""
    lossy = image.media_type == "image/jpeg" and image.change is not None
    paper = image.change.paper if image.change else None
    allowed = tolerance + REENCODED if lossy else tolerance
    yield from _difference("sent", expected, image.data, allowed, paper)
    if max(expected.shape[:2]) <= THUMBNAIL_SIDE:
        yield from _difference("thumbnail", expected, image.thumbnail, tolerance, paper)


def strictly_decoded(data: bytes) -> Pixels:
    """By Pillow, which must not even have a warning for it."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return pillow(data)


def _difference(
    what: str, expected: Pixels, data: bytes, tolerance: Tolerance, paper: Paper | None
) -> Iterator[str]:
    try:
        found = strictly_decoded(data)
    except Exception as error:  # noqa: BLE001 - whatever another decoder says of what we made
        yield f"{what}: another decoder says {error!r}"
        return
    if expected.shape != found.shape:
        yield f"{what}: {found.shape[1]}×{found.shape[0]}, not {expected.shape[1]}×{expected.shape[0]} px"
        return
    mean, highest = difference(expected, found, paper)
    if mean > tolerance.mean or highest > tolerance.highest:
        allowed = f"allowed: {tolerance.mean:g}, {tolerance.highest}"
        yield f"{what}: differs by {mean:.2f} on the average, at most by {highest} ({allowed})"


def difference(expected: Pixels, found: Pixels, paper: Paper | None = None) -> tuple[float, int]:
    """Mean and highest difference on the paper that `found` was laid on, else on the one that shows more."""
    papers: tuple[Paper, ...] = (paper,) if paper else ("white", "black")
    each = [np.abs(on_paper(expected, paper) - on_paper(found, paper)) for paper in papers]
    worst = max(each, key=lambda differences: float(differences.mean()))
    return float(worst.mean()), int(worst.max().round())


def on_paper(pixels: Pixels, paper: Paper) -> NDArray[np.float64]:
    alpha = pixels[..., 3:].astype(np.float64) / 255
    return pixels[..., :3] * alpha + (255.0 if paper == "white" else 0.0) * (1 - alpha)


# ── what leaves ─────────────────────────────────────────────────────────────────────────────────


def planted_words(image: ImageInput) -> Iterator[str]:
    """Planted words in what is sent, packed or not."""
    if any(PLANTED[:20] in layer for layer in _layers(image.data)):
        yield "sends the planted words"


def foreign_parts(image: ImageInput) -> Iterator[str]:
    """Parts of what is sent that are no pixels."""
    unknown = sorted(_foreign_parts(image.media_type, image.data))
    if unknown:
        yield f"sends more than pixels: {unknown}"


def _layers(data: bytes) -> Iterator[bytes]:
    """The bytes, and whatever in them is packed by zlib."""
    yield data
    for start in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", data):
        try:
            yield zlib.decompressobj().decompress(data[start.start() :], 1 << 16)
        except zlib.error:
            continue


def _foreign_parts(media_type: str, data: bytes) -> set[str]:
    if media_type == "image/png":
        kinds = {chunk.kind for chunk in chunks_of(data)} - PICTURE_CHUNKS - COLOUR_CHUNKS
        return {kind.decode("latin-1") for kind in kinds}
    if media_type == "image/webp":
        return corpus_webp_file.foreign_chunks(data)
    return corpus_jpeg_file.foreign_segments(data)


def misfits(image: ImageInput) -> Iterator[str]:
    """Against DashScope's limits, and what the value says of itself. Raises if it cannot be opened."""
    with Image.open(io.BytesIO(image.data)) as opened:
        size, media_type, frames = opened.size, opened.get_format_mimetype(), getattr(opened, "n_frames", 1)
    if (size, media_type) != (tuple(image.size), image.media_type):
        yield f"says {image.size}, {image.media_type}; is {size}, {media_type}"
    if len(f"data:{media_type};base64,") + len(base64.b64encode(image.data)) > DATA_URI_BYTES:
        yield f"{len(image.data)} bytes do not fit a data URI"
    if min(size) < MIN_SIDE or max(size) > MAX_RATIO * min(size):
        yield f"{size} px are refused by the service"
    if size[0] * size[1] > (_4K if media_type == "image/webp" else _8K):
        yield f"{size} px are too many for {media_type}"
    if frames != 1:
        yield f"sends {frames} frames"


# ── what is said ────────────────────────────────────────────────────────────────────────────────


def wrong_change(data: bytes, image: ImageInput) -> Iterator[str]:
    """`change` must be None exactly when the sent pixels are the original's encoded data."""
    same = essence(data) == essence(image.data)
    if same and image.change is not None:
        yield f"the original's encoded pixels are sent, but it says {image.change}"
    if not same and image.change is None:
        yield "says nothing, but the encoded pixels are not the original's"


def essence(data: bytes) -> tuple[str, bytes]:
    """The encoded pixels of a PNG, JPEG or WebP, without all that is around them; else the bytes."""
    if data.startswith(b"\x89PNG"):
        return "png", picture_chunks(data)
    if data.startswith(b"\xff\xd8"):
        return "jpeg", corpus_jpeg_file.picture_segments(data)
    if data[8:12] == b"WEBP":
        return "webp", corpus_webp_file.picture_chunks(data)
    return "other", data


def _unsaid(entry: Entry, image: ImageInput) -> Iterator[str]:
    """Facts that are missing, changes that were not needed, transparency that went without a word."""
    assert entry.pixels is not None
    see_through = bool((entry.pixels[..., 3] < OPAQUE).any())
    if entry.untouched and image.change is not None and not see_through:
        yield f"need not be changed, but {image.change}"
    for fact, value in entry.change.items():
        if (said := getattr(image.change, fact, None)) != value:
            yield f"{fact} must be {value!r}, but it says {said!r}"
    paper = image.change.paper if image.change else None
    if paper and not see_through:
        yield f"laid on {paper} paper, but nothing can be seen through"
