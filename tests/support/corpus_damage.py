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

import os
import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import TemporaryFile
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
    reading = unanimous(mutant.data) if _is_comparable(image) else None
    if reading is None:
        return Verdict(around, decided=False)
    return Verdict([*around, *_another_picture(reading, sent, image)], decided=True)


def _is_comparable(image: ImageInput) -> bool:
    """Of the decoders only Pillow's looks at profiles, and then alone."""
    recoloured = image.change is not None and image.change.recoloured
    return image.size.width * image.size.height <= LARGEST_COMPARED and not recoloured


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
        with silence():
            first, *others = [decoder(data) for decoder in _independent(data)]
    except Exception:  # noqa: BLE001 - decoders raise anything of damaged bytes
        return None
    alike = all(not list(_differs("", first, other, None)) for other in others)
    return first if alike else None


class Grumble(Exception):
    """A decoder went on, but not without a word."""


@contextmanager
def silence() -> Iterator[None]:
    """Raises for warnings of Python, and for what C libraries write to the standard error."""
    kept = os.dup(2)
    try:
        with TemporaryFile() as heard, warnings.catch_warnings():
            warnings.simplefilter("error")
            os.dup2(heard.fileno(), 2)
            yield
            if heard.seek(0, os.SEEK_END):
                raise Grumble
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _independent(data: bytes) -> tuple[Decoder, ...]:
    """At least two for each kind, unless one is our own, which refuses whatever is not quite right.

    Of HEIC, AVIF and JPEG 2000 there are but two, and one of them is what the app uses. All decoders of JPEG
    come of one library; what overflows in it does so in another way where it was built without SIMD, as Qt's.
    """
    found = (decoders for magic, decoders in _DECODERS.items() if re.match(magic, data, re.DOTALL))
    return next(found, (corpus_reader.tga,))


_DECODERS: Mapping[bytes, tuple[Decoder, ...]] = {
    rb"\xff\xd8": (pillow, opencv, qt),
    rb"\x89PNG|RIFF|GIF8|BM|II[*+]\0|MM\0[*+]": (pillow, opencv),
    rb"....jP  |\xff\x4f": (pillow, opencv),
    rb"....ftypavif": (pillow, heif_convert),
    rb"....ftyp": (libheif, heif_convert),
    rb"8BPS": (corpus_reader.psd,),
}
