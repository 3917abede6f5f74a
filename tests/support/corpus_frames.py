"""WebP and GIF: without loss and with, see-through, moving, turned, with profiles and words."""

import io
from collections.abc import Iterator
from typing import Any

import numpy as np
from PIL import Image

from tests.support import corpus_metadata, corpus_profile
from tests.support.corpus import BLENDED, CHROMA, COLOURED, DCT, EXACT, PLANTED, Entry, Pixels
from tests.support.corpus_picture import (
    ORIENTATIONS,
    as_stored,
    busy,
    cut_out,
    indexed,
    opaque,
    sheer,
    smooth,
)
from tests.support.corpus_reference import pillow
from tests.support.corpus_webp_file import chunks_of, joined


def entries() -> Iterator[Entry]:
    yield from _webp_pixels()
    yield from _webp_around()
    yield from _gif_static()
    yield from _gif_moving()


def webp(pixels: Pixels, **options: Any) -> bytes:
    buffer = io.BytesIO()
    image = Image.fromarray(pixels)
    see_through = bool((pixels[..., 3] < 255).any())
    (image if see_through else image.convert("RGB")).save(buffer, "WEBP", **options)
    return buffer.getvalue()


def _webp_pixels() -> Iterator[Entry]:
    yield Entry("lossless.webp", webp(busy(), lossless=True), busy(), untouched=True)
    yield Entry("lossless-even.webp", webp(busy(64, 48), lossless=True), busy(64, 48), untouched=True)
    clear = webp(sheer(busy()), lossless=True, exact=True)
    yield Entry("lossless-alpha.webp", clear, sheer(busy()), BLENDED, untouched=True)
    for quality in (5, 50, 95):
        for name, picture in (("smooth", smooth()), ("busy", busy())):
            data = webp(picture, quality=quality)
            yield Entry(f"lossy-{name}-{quality}.webp", data, pillow(data), DCT + CHROMA, untouched=True)
    for name, picture in (("sheer", sheer(smooth())), ("cut-out", cut_out(smooth()))):
        for alpha_quality in (50, 100):
            data = webp(picture, quality=80, alpha_quality=alpha_quality)
            yield Entry(
                f"lossy-{name}-{alpha_quality}.webp",
                data,
                pillow(data),
                DCT + CHROMA + BLENDED,
                untouched=True,
            )


def _webp_around() -> Iterator[Entry]:
    for orientation in ORIENTATIONS:
        block = corpus_metadata.exif(orientation)
        change = {"turned": True} if orientation > 1 else {}
        for suffix, prefixed in (("", False), ("-prefixed", True)):
            exif = block if prefixed else corpus_metadata.tiff_block(block)
            data = webp(as_stored(busy(), orientation), lossless=True)
            data = _with(data, (b"EXIF", exif), flag=0x08)
            yield Entry(
                f"exif-{orientation}{suffix}.webp", data, busy(), change=change, untouched=orientation == 1
            )
    for name in ("DISPLAY_P3", "ADOBE_RGB", "SWAPPED"):
        data = webp(smooth(), lossless=True, icc_profile=getattr(corpus_profile, name))
        yield Entry(f"{name.lower()}.webp", data, pillow(data), COLOURED, change={"recoloured": True})
    lossy = webp(smooth(), quality=90, icc_profile=corpus_profile.SWAPPED)
    yield Entry(
        "swapped-lossy.webp", lossy, pillow(lossy), COLOURED + DCT + CHROMA, change={"recoloured": True}
    )
    yield Entry("xmp.webp", webp(busy(), lossless=True, xmp=corpus_metadata.XMP), busy(), untouched=True)
    unknown = _with(webp(busy(), lossless=True), (b"prVt", PLANTED), flag=0)
    yield Entry("private.webp", unknown, busy(), untouched=True)
    yield Entry("trailer.webp", webp(busy(), lossless=True) + PLANTED, busy(), untouched=True)
    for name, picture in (("moving", busy()), ("moving-alpha", sheer(busy()))):
        data = _moving(picture)
        yield Entry(f"{name}.webp", data, picture, BLENDED, change={"frames": 3})


def _with(data: bytes, chunk: tuple[bytes, bytes], *, flag: int) -> bytes:
    """A simple WebP made an extended one, with another chunk at its end."""
    with Image.open(io.BytesIO(data)) as image:
        width, height = image.size
    header = bytes((flag, 0, 0, 0)) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return joined([(b"VP8X", header), *chunks_of(data), chunk])


def _moving(picture: Pixels) -> bytes:
    frames = [Image.fromarray(np.ascontiguousarray(picture[:, :: (-1) ** n])) for n in range(3)]
    buffer = io.BytesIO()
    frames[0].save(
        buffer, "WEBP", save_all=True, append_images=frames[1:], lossless=True, exact=True, duration=50
    )
    return buffer.getvalue()


# ── GIF ─────────────────────────────────────────────────────────────────────────────────────────


def _gif(images: list[Image.Image], **options: Any) -> bytes:
    buffer = io.BytesIO()
    images[0].save(buffer, "GIF", save_all=len(images) > 1, append_images=images[1:], **options)
    return buffer.getvalue()


def _painted(bits: int, turned: bool = False) -> tuple[Image.Image, Pixels]:
    numbers, table = indexed(bits)
    if turned:
        numbers = np.ascontiguousarray(numbers[::-1])
    image = Image.fromarray(numbers, "P")
    image.putpalette(table.tobytes())
    return image, opaque(table[numbers])


def _gif_static() -> Iterator[Entry]:
    for bits in (1, 2, 4, 8):
        for interlaced in (0, 1):
            image, pixels = _painted(bits)
            data = _gif([image], interlace=interlaced, optimize=False)
            yield Entry(f"colours-{bits}{'-interlaced' if interlaced else ''}.gif", data, pixels)
    image, pixels = _painted(4)
    clear = pixels.copy()
    clear[np.asarray(image) == 3, 3] = 0
    yield Entry("clear.gif", _gif([image], transparency=3, optimize=False, interlace=0), clear, EXACT)
    yield Entry("clear-interlaced.gif", _gif([image], transparency=3, optimize=False, interlace=1), clear)
    yield Entry("comment.gif", _gif([image], comment=PLANTED, optimize=False), pixels)
    yield Entry("89a.gif", b"GIF89a" + _gif([image], optimize=False)[6:], pixels)
    grey = Image.fromarray(np.asarray(image) * 16)
    yield Entry("grey.gif", _gif([grey]), opaque(np.asarray(grey)))
    yield Entry("trailer.gif", _gif([image], optimize=False) + PLANTED, pixels)
    yield Entry("aside.gif", *_aside())


def _aside() -> tuple[bytes, Pixels]:
    """A picture of 30×20 px that lies at 9, 7 on a screen of 61×43 px.

    Around it is the background, which is the first colour: so say all decoders but those of browsers.
    """
    image, pixels = _painted(4)
    image = image.crop((0, 0, 30, 20))
    data = bytearray(_gif([image], optimize=False, interlace=0))
    data[6:10] = (61).to_bytes(2, "little") + (43).to_bytes(2, "little")
    frame = 13 + 48
    assert data[frame] == 0x2C
    data[frame + 1 : frame + 5] = (9).to_bytes(2, "little") + (7).to_bytes(2, "little")
    screen = np.empty((43, 61, 4), np.uint8)
    screen[:] = (*indexed(4)[1][0], 255)
    screen[7:27, 9:39] = pixels[:20, :30]
    return bytes(data), screen


def _gif_moving() -> Iterator[Entry]:
    (first, pixels), (second, _) = _painted(8), _painted(8, turned=True)
    for loop in (None, 0):
        options = {} if loop is None else {"loop": loop}
        data = _gif([first, second, first], duration=80, **options)
        yield Entry(f"moving{'' if loop is None else '-for-ever'}.gif", data, pixels, change={"frames": 3})
    disposed = _gif([first, second], duration=80, disposal=2, transparency=200, optimize=False)
    clear = pixels.copy()
    clear[np.asarray(first) == 200, 3] = 0
    yield Entry("moving-clear.gif", disposed, clear, change={"frames": 2})
