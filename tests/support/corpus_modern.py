"""JPEG 2000, AVIF and HEIC."""

import io
from collections.abc import Iterator
from typing import Any

import numpy as np
from PIL import Image

from tests.support import corpus_metadata, corpus_profile
from tests.support.corpus import (
    BLENDED,
    CHROMA,
    COLOURED,
    CONVERTED,
    DCT,
    NARROWED,
    PLANTED,
    Entry,
    Tolerance,
)
from tests.support.corpus_heif_file import IMIR, IROT, LOSSLESS, heic, heic_from, turned
from tests.support.corpus_jpeg import encoded as jpeg
from tests.support.corpus_picture import as_stored, busy, grey, narrow, opaque, sheer, smooth, wide
from tests.support.corpus_png_file import COLOUR, png
from tests.support.corpus_reference import heif_convert, opencv, pillow

EVEN = 62, 44
"""Sides that 4:2:0 can halve."""

ROUND_TRIP = Tolerance(0.6, 2, "RGB through the encoder's planes and back")
WAVELETS = Tolerance(1.5, 8, "inverse wavelets in whole or in broken numbers")


def entries() -> Iterator[Entry]:
    yield from _jpeg_2000()
    yield from _avif()
    yield from _heic_pixels()
    yield from _heic_around()


def _saved(pixels: np.ndarray, image_format: str, **options: Any) -> bytes:
    image = Image.fromarray(pixels)
    if pixels.ndim == 3 and (pixels[..., 3] == 255).all():
        image = image.convert("RGB")
    buffer = io.BytesIO()
    image.save(buffer, image_format, **options)
    return buffer.getvalue()


def _jpeg_2000() -> Iterator[Entry]:
    for suffix, no_jp2 in ((".jp2", False), (".j2k", True)):
        options: dict[str, Any] = {"no_jp2": no_jp2}
        yield Entry(f"colour{suffix}", _saved(busy(), "JPEG2000", **options), busy())
        yield Entry(
            f"one-resolution{suffix}", _saved(busy(), "JPEG2000", num_resolutions=1, **options), busy()
        )
        yield Entry(f"tiles{suffix}", _saved(busy(), "JPEG2000", tile_size=(32, 32), **options), busy())
        plane = grey(busy())
        yield Entry(f"grey{suffix}", _saved(plane, "JPEG2000", **options), opaque(plane))
        lossy = _saved(smooth(), "JPEG2000", irreversible=True, quality_layers=[20], **options)
        yield Entry(f"lossy{suffix}", lossy, opencv(lossy), WAVELETS)
        deep = wide(busy())[..., 0]
        yield Entry(f"grey-16{suffix}", _saved(deep, "JPEG2000", **options), opaque(narrow(deep)), NARROWED)
    yield Entry("alpha.jp2", _saved(sheer(busy()), "JPEG2000"), sheer(busy()), BLENDED)
    yield Entry(
        "layers.jp2", _saved(busy(), "JPEG2000", quality_layers=[40, 10, 0], progression="RPCL"), busy()
    )
    words = _saved(busy(), "JPEG2000", comment=PLANTED)
    yield Entry("words.jp2", words, busy())


def _avif() -> Iterator[Entry]:
    exact = {"quality": 100, "subsampling": "4:4:4", "speed": 10}
    fast = {"speed": 10, "quality": 90, "subsampling": "4:4:4"}
    near = ROUND_TRIP + CONVERTED
    yield Entry("colour.avif", _saved(smooth(), "AVIF", **exact), smooth(), near)
    yield Entry("busy.avif", _saved(busy(), "AVIF", **exact), busy(), near)
    for sampling in ("4:4:4", "4:2:2", "4:2:0"):
        data = _saved(smooth(*EVEN), "AVIF", quality=80, speed=10, subsampling=sampling)
        yield Entry(f"lossy-{sampling.replace(':', '')}.avif", data, opencv(data), DCT + CHROMA)
    plane = opaque(grey(smooth()))
    grey_data = _saved(plane[..., 0], "AVIF", quality=100, speed=10)
    yield Entry("grey.avif", grey_data, plane, near)
    yield Entry("alpha.avif", _saved(sheer(smooth()), "AVIF", **exact), sheer(smooth()), near + BLENDED)
    for orientation in (3, 5, 6, 8):
        stored = as_stored(smooth(), orientation)
        data = _saved(stored, "AVIF", exif=corpus_metadata.exif(orientation), **exact)
        yield Entry(f"exif-{orientation}.avif", data, smooth(), near)
    data = _saved(smooth(), "AVIF", icc_profile=corpus_profile.SWAPPED, **fast)
    swapped = _saved(smooth(), "PNG", icc_profile=corpus_profile.SWAPPED)
    yield Entry("swapped.avif", data, pillow(swapped), near + DCT + COLOURED, change={"recoloured": True})
    yield Entry("xmp.avif", _saved(smooth(), "AVIF", xmp=corpus_metadata.XMP, **exact), smooth(), near)
    frames = [Image.fromarray(p).convert("RGB") for p in (smooth(), busy(), smooth())]
    buffer = io.BytesIO()
    frames[0].save(buffer, "AVIF", save_all=True, append_images=frames[1:], **exact)
    yield Entry("moving.avif", buffer.getvalue(), smooth(), near, change={"frames": 3})


def _heic_pixels() -> Iterator[Entry]:
    picture = busy(*EVEN)
    yield Entry("colour.heic", heic(picture), picture, ROUND_TRIP)
    yield Entry("odd.heic", heic(busy()), busy(), ROUND_TRIP)
    yield Entry("large.heic", heic(busy(200, 150)), busy(200, 150), ROUND_TRIP)
    for bits in ("10", "12"):
        data = heic_from("png", png(wide(picture)[..., :3], COLOUR, 16), (*LOSSLESS, "-b", bits))
        yield Entry(f"bits-{bits}.heic", data, picture, ROUND_TRIP + NARROWED)
    yield Entry("alpha.heic", heic(sheer(picture)), sheer(picture), ROUND_TRIP + BLENDED)
    for quality in ("20", "90"):
        for chroma in ("420", "444"):
            data = heic(smooth(*EVEN), options=("-q", quality, "-p", f"chroma={chroma}"))
            yield Entry(f"lossy-{quality}-{chroma}.heic", data, heif_convert(data), DCT + CHROMA)


def _heic_around() -> Iterator[Entry]:
    """`irot` and `imir` turn the picture; what Exif says besides is for readers of other formats."""
    upright = busy(*EVEN)
    for quarters in (1, 2, 3):
        data = turned(heic(np.ascontiguousarray(np.rot90(upright, -quarters))), (IROT, quarters))
        yield Entry(f"turned-{quarters}.heic", data, upright, ROUND_TRIP)
    for axis, stored in ((0, upright[::-1]), (1, upright[:, ::-1])):
        data = turned(heic(np.ascontiguousarray(stored)), (IMIR, axis))
        yield Entry(f"mirrored-{axis}.heic", data, upright, ROUND_TRIP)
    camera, lost = corpus_metadata.exif(6), ROUND_TRIP + CONVERTED + DCT
    sideways = jpeg(as_stored(smooth(*EVEN), 6), quality=100, exif=camera)
    yield Entry("camera.heic", turned(heic_from("jpg", sideways), (IROT, 3)), smooth(*EVEN), lost)
    upright_already = jpeg(smooth(*EVEN), quality=100, exif=camera)
    yield Entry("exif-alone.heic", heic_from("jpg", upright_already), smooth(*EVEN), lost)
    yield Entry("two.heic", heic(upright, smooth(*EVEN)), upright, ROUND_TRIP)
    yield Entry(
        "thumbnail.heic", heic(busy(128, 96), options=("-t", "32", *LOSSLESS)), busy(128, 96), ROUND_TRIP
    )
