"""Colours into sRGB, from the profile that the image itself carries.

Only an embedded profile counts: gAMA and cHRM are mostly wrong where they stand without one, and no
viewer of the models' kind heeds them.
"""

import functools
import io
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageCms
from PySide6.QtGui import QImage

from desktop.worker.pixels.planes import bands, channels, rows

SAME = 2
"""Levels of 255: a profile that moves no colour further is sRGB under another name."""

_GRID = np.linspace(0, 255, 9, dtype=np.uint8)
_SRGB = ImageCms.createProfile("sRGB")
_SPACES = {"RGB ": "RGB", "GRAY": "L", "CMYK": "CMYK"}


class Coloured(NamedTuple):
    """`recoloured`: a profile was heeded, and it changed something."""

    image: QImage
    recoloured: bool


def to_srgb(image: QImage, profile: bytes | None) -> Coloured:
    """In RGB32, ARGB32 or Grayscale8; inks without a usable profile are mixed in the simple way."""
    mode = _mode(image)
    transform = _transform(profile, mode) if profile else None
    if transform is None and mode != "CMYK":
        return Coloured(image, recoloured=False)
    target = image if mode == "RGB" else QImage(image.size(), QImage.Format.Format_RGB32)
    written = channels(target, writable=True)
    for band in bands(image):
        before = _as_pillow(image, mode, band)
        after = ImageCms.applyTransform(before, transform) if transform else before.convert("RGB")
        assert after is not None
        written[band, :, :3] = np.asarray(after)[..., ::-1]
        if target is not image:
            written[band, :, 3] = 255
    return Coloured(target, recoloured=transform is not None)


def matters(profile: bytes) -> bool:
    """Whether pixels with `profile` may have to be changed."""
    return any(_transform(profile, mode) for mode in _SPACES.values())


def from_lab(image: Image.Image) -> Image.Image:
    """CIE L*a*b* (D50) as TIFF keeps it, in sRGB."""
    converted = ImageCms.profileToProfile(image, ImageCms.createProfile("LAB"), _SRGB, outputMode="RGB")
    assert converted is not None
    return converted


def _mode(image: QImage) -> str:
    match image.format():
        case QImage.Format.Format_CMYK8888:
            return "CMYK"
        case QImage.Format.Format_Grayscale8:
            return "L"
        case _:
            return "RGB"


def _as_pillow(image: QImage, mode: str, band: slice) -> Image.Image:
    size = image.width(), band.stop - band.start
    if mode == "L":
        return Image.fromarray(np.ascontiguousarray(rows(image)[band]))
    raw = "CMYK" if mode == "CMYK" else "BGRX"
    return Image.frombuffer(mode, size, np.ascontiguousarray(channels(image)[band]), "raw", raw, 0, 1)


@functools.lru_cache(maxsize=8)
def _transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """None for a profile that is damaged, that is for other channels, or that changes nothing."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if _SPACES.get(source.profile.xcolor_space) != mode:
            return None
        transform = ImageCms.buildTransform(source, _SRGB, mode, "RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None
    return None if mode != "CMYK" and _changes_nothing(transform, mode) else transform


def _changes_nothing(transform: ImageCms.ImageCmsTransform, mode: str) -> bool:
    if mode == "L":
        probe = Image.fromarray(np.arange(256, dtype=np.uint8)[None])
    else:
        probe = Image.fromarray(np.stack(np.meshgrid(_GRID, _GRID, _GRID), -1).reshape(1, -1, 3))
    after = ImageCms.applyTransform(probe, transform)
    assert after is not None
    change = np.asarray(after, np.int16) - np.asarray(probe.convert("RGB"), np.int16)
    return int(np.abs(change).max()) <= SAME
