"""JPEG: colour spaces, sampling, progression, restarts, turns, profiles, segments that are no pixels."""

import io
import struct
from collections.abc import Iterator
from typing import Any

import numpy as np
from PIL import Image

from tests.support import corpus_metadata, corpus_profile
from tests.support.corpus import CHROMA, COLOURED, DCT, INKED, PLANTED, Entry, Pixels, Tolerance
from tests.support.corpus_jpeg_file import with_segment
from tests.support.corpus_picture import ORIENTATIONS, as_stored, busy, grey, smooth
from tests.support.corpus_reference import pillow

PICTURE = smooth()
APP1, APP2, APP13, APP14, COM = 0xE1, 0xE2, 0xED, 0xEE, 0xFE
_RESOLUTIONS = {"444": 0, "422": 1, "420": 2}


def encoded(pixels: Pixels, **options: Any) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(pixels[..., :3]).save(buffer, "JPEG", **{"quality": 90, "subsampling": 0} | options)
    return buffer.getvalue()


PLAIN = encoded(PICTURE)


def entries() -> Iterator[Entry]:
    yield from _sampled()
    yield from _spaces()
    yield from _turned()
    yield from _profiled()
    yield from _annotated()


def _entry(name: str, data: bytes, tolerance: Tolerance = DCT, **expected: Any) -> Entry:
    return Entry(name, data, pillow(data), tolerance, **expected)


def _sampled() -> Iterator[Entry]:
    for name, picture, more in (("smooth", PICTURE, DCT), ("busy", busy(), DCT + CHROMA)):
        for sampling, number in _RESOLUTIONS.items():
            for progressive in (False, True):
                data = encoded(picture, subsampling=number, progressive=progressive)
                suffix = "-progressive" if progressive else ""
                yield _entry(f"{name}-{sampling}{suffix}.jpg", data, more, untouched=True)
    for quality in (5, 50, 100):
        yield _entry(f"quality-{quality}.jpg", encoded(PICTURE, quality=quality), untouched=True)
    yield _entry("optimised.jpg", encoded(PICTURE, optimize=True), untouched=True)
    for unit in ("blocks", "rows"):
        every: dict[str, Any] = {f"restart_marker_{unit}": 1}
        yield _entry(f"restart-{unit}.jpg", encoded(PICTURE, **every), untouched=True)
        progressive_data = encoded(PICTURE, progressive=True, **every)
        yield _entry(f"restart-{unit}-progressive.jpg", progressive_data, untouched=True)


def _spaces() -> Iterator[Entry]:
    plane = Image.fromarray(grey(PICTURE))
    for progressive in (False, True):
        data = _saved(plane, progressive=progressive)
        yield _entry(f"grey{'-progressive' if progressive else ''}.jpg", data, untouched=True)
    yield _entry("rgb-as-it-is.jpg", encoded(PICTURE, keep_rgb=True), untouched=True)
    black = np.full(PICTURE.shape[:2], 40, np.uint8)
    inks = Image.fromarray(np.dstack((255 - PICTURE[..., :3], black)), "CMYK")
    yield _entry("cmyk.jpg", _saved(inks), DCT + INKED)
    yield _entry("cmyk-progressive.jpg", _saved(inks, progressive=True), DCT + INKED)
    # Without Adobe's mark: nothing says so, but every decoder takes the inks as inverted all the same.
    marked = _saved(inks)
    assert marked[2:4] == b"\xff\xee"
    yield _entry("cmyk-unmarked.jpg", marked[:2] + marked[18:], DCT + INKED)
    yield _entry("ycck.jpg", _ycck(PICTURE, 40), DCT + INKED)
    yield _entry(
        "cmyk-profile.jpg",
        _saved(inks, icc_profile=corpus_profile.INKS),
        DCT + COLOURED,
        change={"recoloured": True},
    )


def _saved(image: Image.Image, **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", **{"quality": 95, "subsampling": 0} | options)
    return buffer.getvalue()


def _ycck(pixels: Pixels, black: int) -> bytes:
    """YCbCr of the light that is left, and black, inverted as Adobe does; Pillow itself writes CMYK only."""
    light = np.asarray(Image.fromarray(pixels[..., :3]).convert("YCbCr"))
    stored = np.dstack((light, np.full(light.shape[:2], 255 - black, np.uint8)))
    # Pillow inverts what it writes.
    data = _saved(Image.fromarray(255 - stored, "CMYK"))
    place = data.index(b"Adobe") + 11
    return data[:place] + b"\2" + data[place + 1 :]


def _turned() -> Iterator[Entry]:
    blocks = {"": corpus_metadata.exif, "-big-endian": corpus_metadata.exif_big_endian}
    for orientation in ORIENTATIONS:
        change = {"turned": True} if orientation > 1 else {}
        stored = as_stored(PICTURE, orientation)
        for suffix, block in blocks.items():
            data = encoded(stored, exif=block(orientation))
            yield _entry(f"exif-{orientation}{suffix}.jpg", data, change=change, untouched=orientation == 1)
    for orientation in (0, 9, 65535):
        data = encoded(PICTURE, exif=corpus_metadata.exif(orientation))
        yield _entry(f"exif-no-such-{orientation}.jpg", data, untouched=True)
    data = encoded(as_stored(PICTURE, 6), exif=corpus_metadata.exif(6), progressive=True, subsampling=2)
    yield _entry("exif-6-progressive-420.jpg", data, DCT + CHROMA, change={"turned": True})


def _profiled() -> Iterator[Entry]:
    for name in ("DISPLAY_P3", "ADOBE_RGB", "PROPHOTO", "SWAPPED"):
        data = encoded(PICTURE, icc_profile=getattr(corpus_profile, name))
        yield _entry(f"{name.lower()}.jpg", data, DCT + COLOURED, change={"recoloured": True})
    for name in ("LINEAR_GREY", "DARK_GREY"):
        data = _saved(Image.fromarray(grey(PICTURE)), icc_profile=getattr(corpus_profile, name))
        yield _entry(f"{name.lower()}.jpg", data, DCT + COLOURED, change={"recoloured": True})
    # A profile is cut into segments of 64 KB.
    long = corpus_profile.SWAPPED + bytes(100_000)
    data = encoded(PICTURE, icc_profile=len(long).to_bytes(4, "big") + long[4:])
    yield _entry("profile-in-pieces.jpg", data, DCT + COLOURED, change={"recoloured": True})
    turned = encoded(as_stored(PICTURE, 8), icc_profile=corpus_profile.SWAPPED, exif=corpus_metadata.exif(8))
    yield _entry("exif-8-swapped.jpg", turned, DCT + COLOURED, change={"recoloured": True, "turned": True})


def _annotated() -> Iterator[Entry]:
    """What is no pixel, and must not be sent."""
    photoshop = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(PLANTED)) + PLANTED
    thumbnail = corpus_metadata.exif() + encoded(busy(32, 20))
    segments = {
        "comment": (COM, PLANTED),
        "xmp": (APP1, b"http://ns.adobe.com/xap/1.0/\0" + corpus_metadata.XMP),
        "exif-thumbnail": (APP1, thumbnail),
        "photoshop": (APP13, photoshop),
        "formats": (APP2, b"FPXR\0" + PLANTED),
        "maker": (0xEA, PLANTED),
        "ducky": (0xEC, b"Ducky" + PLANTED),
    }
    for name, (marker, content) in segments.items():
        yield _entry(f"{name}.jpg", with_segment(PLAIN, marker, content), untouched=True)
    all_of_them = PLAIN
    for marker, content in segments.values():
        all_of_them = with_segment(all_of_them, marker, content)
    yield _entry("everything.jpg", all_of_them, untouched=True)
    yield _entry("trailer.jpg", PLAIN + PLANTED, untouched=True)
    yield _entry("second-picture-behind.jpg", PLAIN + encoded(busy()), untouched=True)
    yield _entry("filled.jpg", PLAIN[:-2] + b"\xff\xff\xff\xd9", untouched=True)
    pages = [Image.fromarray(p[..., :3]) for p in (PICTURE, busy())]
    buffer = io.BytesIO()
    pages[0].save(
        buffer, "MPO", save_all=True, append_images=pages[1:], exif=corpus_metadata.exif(), quality=90
    )
    yield _entry("stereo.jpg", buffer.getvalue(), DCT + CHROMA)
    yield _entry("no-jfif.jpg", b"\xff\xd8" + PLAIN[20:], untouched=True)
