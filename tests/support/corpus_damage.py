"""Whether what became of a damaged image is right.

A damaged file has no right picture by itself: what a decoder makes of it is its own reading, and decoders
that know nothing of each other differ. So this is what is asked of one that was taken:

- Whatever is sent is whole: another decoder reads it without so much as a warning, it fits the service,
  carries nothing but pixels, and says what was changed, as every image must.
- What is shown is what is sent: thumbnail and picture are the same.
- Where independent decoders read the damaged file without an error, at least one of them sees the same
  picture. (Where they agree among themselves, that is the one there is.)

Where none reads it, nothing confirms the picture; the test bounds how often that may be.
"""

import warnings
from collections.abc import Callable, Iterator
from typing import TypeAlias

import numpy as np

from desktop.domain.images import THUMBNAIL_SIDE, ImageInput
from tests.support import corpus_reader
from tests.support.corpus import Pixels
from tests.support.corpus_fuzz import Mutant
from tests.support.corpus_judge import difference, leaks, misfits, strictly_decoded, wrong_change
from tests.support.corpus_reference import heif_convert, opencv, pillow

Decoder: TypeAlias = Callable[[bytes], Pixels]

MEAN = 3.0
"""The largest mean difference that counts as the same picture.

Damaged blocks of a lossy image are noise, and in noise every difference between filters shows: the highest
difference tells nothing there, the mean still does.
"""

LARGEST_COMPARED = 4_000_000
"""Area in px above which nothing is compared: headers that lie make pictures of 100 MP out of nothing."""


def complaints(mutant: Mutant, image: ImageInput) -> Iterator[str]:
    """What is wrong with `image`, made of `mutant`, one sentence each."""
    yield from leaks(image)
    yield from misfits(image)
    yield from wrong_change(mutant.data, image)
    try:
        sent = strictly_decoded(image.data)
    except Exception as error:  # noqa: BLE001 - whatever another decoder says of what we send
        yield f"what is sent cannot be decoded: {error!r}"
        return
    if max(image.size) <= THUMBNAIL_SIDE:
        mean, _ = difference(sent, strictly_decoded(image.thumbnail))
        if mean > MEAN:
            yield f"the thumbnail is another picture: {mean:.1f}"
    seen = readings(mutant.data) if image.size[0] * image.size[1] <= LARGEST_COMPARED else []
    distances = [_distance(reading, sent, image) for reading in seen]
    if distances and min(distances) > MEAN:
        yield f"no other decoder sees this picture: they differ by {', '.join(f'{d:.1f}' for d in distances)}"


def _distance(reading: Pixels, sent: Pixels, image: ImageInput) -> float:
    if reading.shape != sent.shape:
        return np.inf
    return difference(reading, sent, image.change.paper if image.change else None)[0]


def readings(data: bytes) -> list[Pixels]:
    """What each decoder sees that is not the app's own for this kind, and has nothing to complain of."""
    found = []
    for decoder in _independent(data):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                found.append(decoder(data))
        except Exception:  # noqa: BLE001 - decoders raise anything of damaged bytes
            continue
    return found


def _independent(data: bytes) -> tuple[Decoder, ...]:
    if data.startswith(b"8BPS"):
        return (corpus_reader.psd,)
    if data[4:8] == b"ftyp":
        return (opencv, heif_convert)
    if data[4:8] == b"jP  " or data.startswith(b"\xff\x4f"):
        return (opencv,)
    if data[:4] in _QT_READS or data[:2] in (b"BM", b"\xff\xd8"):
        return (pillow, opencv)
    return (corpus_reader.tga,)


_QT_READS = (b"\x89PNG", b"RIFF", b"GIF8", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
