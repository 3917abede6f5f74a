"""PNG: every colour type and depth, transparency, interlacing, colour spaces, metadata, animation."""

import io
import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tests.support import corpus_metadata, corpus_profile
from tests.support.corpus import BLENDED, COLOURED, EXACT, GAMMA, NARROWED, PLANTED, Entry, Pixels
from tests.support.corpus_picture import (
    ORIENTATIONS,
    as_stored,
    busy,
    grey,
    indexed,
    levels,
    narrow,
    opaque,
    sheer,
    smooth,
    stretched,
    wide,
)
from tests.support.corpus_png_file import (
    COLOUR,
    COLOUR_ALPHA,
    GREY,
    GREY_ALPHA,
    PALETTE,
    Chunk,
    png,
    with_chunks,
)
from tests.support.corpus_reference import pillow


class Stored(NamedTuple):
    """A picture as the file has it, and as it is to be seen."""

    name: str
    values: NDArray[np.integer]
    colour_type: int
    bits: int
    pixels: Pixels


PICTURE = busy()
PLAIN = png(PICTURE[..., :3], COLOUR, 8)


def entries() -> Iterator[Entry]:
    for interlaced in (False, True):
        yield from _depths(interlaced=interlaced)
    yield from _see_through()
    opaque_all_over = png(PICTURE, COLOUR_ALPHA, 8)
    yield Entry("alpha-of-nothing.png", opaque_all_over, PICTURE, untouched=True)
    yield from _turned()
    yield from _profiled()
    yield from _annotated()
    yield from _animated()


def _depths(*, interlaced: bool) -> Iterator[Entry]:
    suffix = "-adam7.png" if interlaced else ".png"
    for name, values, colour_type, bits, pixels in (*_few_bits(), *_whole_bytes()):
        before = [Chunk(b"PLTE", indexed(bits)[1].tobytes())] if colour_type == PALETTE else []
        data = png(values, colour_type, bits, interlaced=interlaced, before=before)
        tolerance = NARROWED if bits == 16 else EXACT
        if colour_type in (GREY_ALPHA, COLOUR_ALPHA):
            tolerance += BLENDED
        yield Entry(name + suffix, data, pixels, tolerance, untouched=bits < 16)


def _few_bits() -> Iterator[Stored]:
    for bits in (1, 2, 4, 8):
        few = levels(grey(PICTURE), bits)
        yield Stored(f"grey-{bits}", few, GREY, bits, opaque(stretched(few, bits)))
        numbers, table = indexed(bits)
        yield Stored(f"palette-{bits}", numbers, PALETTE, bits, opaque(table[numbers]))


def _whole_bytes() -> Iterator[Stored]:
    clear, clear_grey, deep = sheer(PICTURE), sheer(opaque(grey(PICTURE))), wide(sheer(PICTURE))
    yield Stored("colour-8", PICTURE[..., :3], COLOUR, 8, PICTURE)
    yield Stored("grey-alpha-8", clear_grey[..., 2:], GREY_ALPHA, 8, clear_grey)
    yield Stored("colour-alpha-8", clear, COLOUR_ALPHA, 8, clear)
    yield Stored("grey-16", deep[..., 0], GREY, 16, opaque(narrow(deep[..., 0])))
    yield Stored("colour-16", deep[..., :3], COLOUR, 16, opaque(narrow(deep[..., :3])))
    yield Stored("grey-alpha-16", deep[..., 2:], GREY_ALPHA, 16, narrow(deep[..., (2, 2, 2, 3)]))
    yield Stored("colour-alpha-16", deep, COLOUR_ALPHA, 16, narrow(deep))


def _see_through() -> Iterator[Entry]:
    """An alpha for each colour of the table, or one value that is clear."""
    for bits in (1, 2, 4, 8):
        numbers, table = indexed(bits)
        alphas = (np.arange(len(table)) * 255 // (len(table) - 1)).astype(np.uint8)
        chunks = Chunk(b"PLTE", table.tobytes()), Chunk(b"tRNS", alphas.tobytes())
        data = png(numbers, PALETTE, bits, before=chunks)
        pixels = np.concatenate((table, alphas[:, None]), 1)[numbers]
        yield Entry(f"palette-{bits}-clear.png", data, pixels, BLENDED, untouched=True)
    for bits in (1, 2, 4, 8):
        few = levels(grey(PICTURE), bits)
        pixels = opaque(stretched(few, bits))
        pixels[few == few[0, 0], 3] = 0
        data = png(few, GREY, bits, before=[_key(few[:1, 0])])
        yield Entry(f"grey-{bits}-clear.png", data, pixels, BLENDED, untouched=True)
    pixels = PICTURE.copy()
    pixels[:4, :7, 3] = 0
    data = png(PICTURE[..., :3], COLOUR, 8, before=[_key(PICTURE[0, 0, :3])])
    yield Entry("colour-8-clear.png", data, pixels, BLENDED, untouched=True)
    deep = wide(PICTURE)[..., :3]
    # A key that differs in a lower byte: nothing is clear. Who compares 8 bits makes a corner clear.
    data = png(deep, COLOUR, 16, before=[_key(deep[0, 0] ^ 1)])
    yield Entry("colour-16-clear.png", data, opaque(narrow(deep)), NARROWED)


def _key(values: NDArray[np.integer]) -> Chunk:
    return Chunk(b"tRNS", values.astype(">u2").tobytes())


def _turned() -> Iterator[Entry]:
    for orientation in ORIENTATIONS:
        block = corpus_metadata.tiff_block(corpus_metadata.exif(orientation))
        stored = png(as_stored(PICTURE, orientation)[..., :3], COLOUR, 8)
        change = {"turned": True} if orientation > 1 else {}
        yield Entry(
            f"exif-{orientation}.png",
            with_chunks(stored, Chunk(b"eXIf", block)),
            PICTURE,
            change=change,
            untouched=orientation == 1,
        )


def _profiled() -> Iterator[Entry]:
    picture = smooth()
    for name in ("DISPLAY_P3", "ADOBE_RGB", "PROPHOTO", "SWAPPED"):
        profile = profile_chunk(getattr(corpus_profile, name))
        for kind, values, pixels in (
            (COLOUR, picture[..., :3], picture),
            (COLOUR_ALPHA, sheer(picture), None),
        ):
            data = png(values, kind, 8, before=[profile])
            blended = EXACT if pixels is not None else BLENDED
            file = f"{name.lower()}-{'colour' if kind == COLOUR else 'alpha'}.png"
            yield Entry(file, data, pillow(data), COLOURED + blended, change={"recoloured": True})
    numbers, table = indexed(8)
    data = png(
        numbers, PALETTE, 8, before=[profile_chunk(corpus_profile.SWAPPED), Chunk(b"PLTE", table.tobytes())]
    )
    yield Entry("swapped-palette.png", data, pillow(data), COLOURED, change={"recoloured": True})
    for name in ("LINEAR_GREY", "DARK_GREY"):
        data = png(grey(picture), GREY, 8, before=[profile_chunk(getattr(corpus_profile, name))])
        yield Entry(f"{name.lower()}.png", data, pillow(data), COLOURED, change={"recoloured": True})
    srgb = Chunk(b"sRGB", b"\0"), Chunk(b"gAMA", struct.pack(">I", 45455))
    yield Entry("srgb-chunk.png", png(picture[..., :3], COLOUR, 8, before=srgb), picture, untouched=True)
    yield Entry(
        "gamma-2.2.png", png(picture[..., :3], COLOUR, 8, before=srgb[1:]), picture, GAMMA, untouched=True
    )


def profile_chunk(profile: bytes) -> Chunk:
    return Chunk(b"iCCP", PLANTED[:20] + b"\0\0" + zlib.compress(profile))


def _annotated() -> Iterator[Entry]:
    """What is no pixel, and must not be sent."""
    text = b"Comment\0" + PLANTED
    packed = b"Comment\0\0" + zlib.compress(PLANTED)
    international = b"XML:com.adobe.xmp\0\0\0\0\0" + corpus_metadata.XMP
    hidden = b"Title\0\1\0zh\0\0" + zlib.compress(PLANTED)
    exif = corpus_metadata.tiff_block(corpus_metadata.exif())
    kinds = {
        "text": Chunk(b"tEXt", text),
        "packed-text": Chunk(b"zTXt", packed),
        "xmp": Chunk(b"iTXt", international),
        "hidden-text": Chunk(b"iTXt", hidden),
        "time": Chunk(b"tIME", struct.pack(">H5B", 2026, 1, 2, 3, 4, 5)),
        "density": Chunk(b"pHYs", struct.pack(">IIB", 3780, 3780, 1)),
        "background": Chunk(b"bKGD", struct.pack(">3H", 1, 2, 3)),
        "private": Chunk(b"prVt", PLANTED),
        "suggested": Chunk(b"sPLT", PLANTED + b"\0\x08" + bytes(6)),
        "old-exif": Chunk(b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(_as_magick(exif))),
    }
    for name, chunk in kinds.items():
        yield Entry(f"{name}.png", with_chunks(PLAIN, chunk), PICTURE, untouched=True)
        if name not in ("background", "suggested"):
            late = with_chunks(PLAIN, chunk, after=b"IDAT")
            yield Entry(f"{name}-late.png", late, PICTURE, untouched=True)
    late = with_chunks(PLAIN, Chunk(b"eXIf", exif), after=b"IDAT")
    yield Entry("exif-late.png", late, PICTURE, untouched=True)
    yield Entry("trailer.png", PLAIN + PLANTED, PICTURE, untouched=True)
    yield Entry("pieces.png", png(PICTURE[..., :3], COLOUR, 8, pieces=40), PICTURE, untouched=True)
    yield Entry("empty-piece.png", with_chunks(PLAIN, Chunk(b"IDAT", b"")), PICTURE, untouched=True)


def _as_magick(exif: bytes) -> bytes:
    return b"\nexif\n%8d\n" % len(exif) + exif.hex().encode()


def _animated() -> Iterator[Entry]:
    """An APNG's pixels are its first frame, or a picture of its own that is no frame."""
    animation = _apng(default_image=False)
    yield Entry("animated.png", animation, PICTURE, change={"frames": 3})
    yield Entry("animated-with-cover.png", _apng(default_image=True), PICTURE)
    control = Chunk(b"acTL", struct.pack(">II", 3, 0)).packed()
    boast = animation.replace(control, Chunk(b"acTL", struct.pack(">II", 1 << 27, 0)).packed())
    yield Entry("animated-boast.png", boast, PICTURE, change={"frames": 3})
    alone = with_chunks(PLAIN, Chunk(b"acTL", struct.pack(">II", 1, 0)))
    yield Entry("animation-header-only.png", alone, PICTURE, untouched=True)


def _apng(*, default_image: bool) -> bytes:
    stills = PICTURE, smooth(), PICTURE[::-1]
    first, *rest = [Image.fromarray(np.ascontiguousarray(still[..., :3])) for still in stills]
    buffer = io.BytesIO()
    first.save(buffer, "PNG", save_all=True, append_images=rest, default_image=default_image, duration=100)
    return buffer.getvalue()
