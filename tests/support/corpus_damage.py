"""Whether what became of a damaged image is right.

A damaged file has no picture of its own any more: what a decoder makes of it is that decoder's reading. So
this is asked of one that was taken:

- Whatever is sent is whole: another decoder reads it without so much as a warning, it fits the service,
  carries nothing but pixels, and says what was changed, as every image must.
- What is shown is what is sent. Where the original's encoded pixels are sent, both are read by one decoder,
  since two may read them in two ways (coefficients that overflow, codes that do not exist).
- Where decoders that know nothing of each other all read the damaged file without a word of complaint, and
  all see one picture, the damage has left one, and this is what must be sent.

Where one of them refuses or they differ there is no right picture, and a refusal and any reading are as good
as another. How often that may be is bounded, so that the last rule does not decide nothing (`Verdict`).
"""

import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from desktop.domain.images import THUMBNAIL_SIDE, ImageInput, Paper
from tests.support import corpus_reader
from tests.support.corpus import Pixels
from tests.support.corpus_fuzz import Mutant
from tests.support.corpus_judge import (
    difference,
    foreign_parts,
    misfits,
    planted_words,
    strictly_decoded,
    wrong_change,
)
from tests.support.corpus_reference import heif_convert, libheif, opencv, pillow, qt

Decoder: TypeAlias = Callable[[bytes], Pixels]

MEAN = 3.0
"""The largest mean difference that counts as the same picture.

Damaged blocks of a lossy image are noise, and in noise every difference between filters shows: the highest
difference tells nothing there, the mean still does.
"""

LARGEST_COMPARED = 4_000_000
"""Area in px above which nothing is compared: headers that lie make pictures of 100 MP out of nothing."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong with an image, one sentence each, and whether other decoders had a picture to compare."""

    complaints: list[str]
    decided: bool


def judge(mutant: Mutant, image: ImageInput) -> Verdict:
    """`image` was made of `mutant`."""
    around = [*foreign_parts(image), *wrong_change(mutant.data, image)]
    if image.change is not None:
        # Where it is None, lengths that lie may have made metadata a part of the encoded pixels.
        around += planted_words(image)
    try:
        sent = strictly_decoded(image.data)
        around += [*misfits(image), *_shown_otherwise(sent, image)]
    except Exception as error:  # noqa: BLE001 - whatever another decoder says of what was made
        return Verdict([*around, f"what is sent or shown cannot be decoded: {error!r}"], decided=True)
    small = image.size.width * image.size.height <= LARGEST_COMPARED
    reading = unanimous(mutant.data) if small else None
    if reading is None:
        return Verdict(around, decided=False)
    return Verdict([*around, *_another_picture(reading, sent, image)], decided=True)


def _shown_otherwise(sent: Pixels, image: ImageInput) -> Iterator[str]:
    if max(image.size) > THUMBNAIL_SIDE:
        return
    own = qt(image.data) if image.change is None else sent
    yield from _differs("the thumbnail", own, strictly_decoded(image.thumbnail), None)


def _another_picture(reading: Pixels, sent: Pixels, image: ImageInput) -> Iterator[str]:
    yield from _differs(
        "what other decoders see", reading, sent, image.change.paper if image.change else None
    )


def _differs(what: str, expected: Pixels, found: Pixels, paper: Paper | None) -> Iterator[str]:
    if expected.shape != found.shape:
        yield f"{what} has {expected.shape[:2]} rows and columns, not {found.shape[:2]}"
    elif (mean := difference(expected, found, paper)[0]) > MEAN:
        yield f"{what} is another picture: {mean:.1f} away"


def unanimous(data: bytes) -> Pixels | None:
    """The picture that all decoders of this kind see; None if there is none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            first, *others = [decoder(data) for decoder in _independent(data)]
    except Exception:  # noqa: BLE001 - decoders raise anything of damaged bytes
        return None
    alike = all(not list(_differs("", first, other, None)) for other in others)
    return first if alike else None


def _independent(data: bytes) -> tuple[Decoder, ...]:
    """At least two for each kind, unless one is our own, which refuses whatever is not quite right.

    Of HEIC, AVIF and JPEG 2000 there are but two, and one of them is what the app uses.
    """
    if data.startswith(b"8BPS"):
        return (corpus_reader.psd,)
    if data[4:8] == b"jP  " or data.startswith(b"\xff\x4f"):
        return pillow, opencv
    if data[4:12] == b"ftypavif":
        return pillow, heif_convert
    if data[4:8] == b"ftyp":
        return libheif, heif_convert
    if data[:4] in _QT_READS or data[:2] in (b"BM", b"\xff\xd8"):
        return pillow, opencv
    return (corpus_reader.tga,)


_QT_READS = (b"\x89PNG", b"RIFF", b"GIF8", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
