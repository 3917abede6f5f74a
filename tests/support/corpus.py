"""What an image of the corpus is: its bytes, and what must become of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from desktop.domain.image_errors import ImageError

Pixels: TypeAlias = NDArray[np.uint8]
"""Height × width × 4, not premultiplied, upright, sRGB, red first."""

PLANTED = b"PLANTED-AND-NOT-TO-BE-SENT"
"""Stands in every kind of metadata that the corpus writes."""


@dataclass(frozen=True, slots=True)
class Tolerance:
    """The largest mean and single difference of 8-bit values from the reference, and why they may differ."""

    mean: float
    highest: int
    reason: str

    def __add__(self, other: "Tolerance") -> "Tolerance":
        reason = "; ".join(each.reason for each in (self, other) if each.reason)
        return Tolerance(self.mean + other.mean, self.highest + other.highest, reason)


EXACT = Tolerance(0.0, 0, "")
NARROWED = Tolerance(0.6, 1, "16 bits become 8 by cutting, by rounding, or by the upper byte")
BLENDED = Tolerance(0.6, 1, "premultiplied colours on paper round once more")
DCT = Tolerance(0.75, 6, "decoders of a lossy format round its transform and YCbCr each in its own way")
CHROMA = Tolerance(1.5, 24, "decoders fill halved colour planes by other filters, seen at hard edges only")
COLOURED = Tolerance(1.0, 4, "colour engines tabulate curves with unlike precision")
GAMMA = Tolerance(1.5, 8, "a gamma of 2.2 may or may not be told from sRGB's curve")
CONVERTED = Tolerance(1.5, 4, "YCbCr in whole numbers loses a level or two each way")
INKED = Tolerance(1.0, 2, "products of 8-bit inks round")
REENCODED = Tolerance(1.5, 16, "a turned or recoloured JPEG is encoded once more, at quality 95 and 4:4:4")


@dataclass(frozen=True, slots=True)
class Entry:
    """One file, and what must become of it.

    `pixels`: what a person should see of it, by a decoder that the app does not use for it or from what it
    was made of; None: it must be refused, with one of `errors`. Both: it may be refused. `change`: facts
    that the `ImageChange` must state. `untouched`: the encoded pixels themselves must be sent, unless
    some are see-through: those may be laid on paper.
    """

    name: str
    data: bytes = field(repr=False)
    pixels: Pixels | None = field(repr=False, default=None)
    tolerance: Tolerance = EXACT
    errors: tuple[type[ImageError], ...] = ()
    change: Mapping[str, Any] = field(default_factory=dict)
    untouched: bool = False

    @property
    def kind(self) -> str:
        """The format, as the corpus names it: the suffix of the file."""
        return PurePath(self.name).suffix[1:]
