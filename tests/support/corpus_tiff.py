"""TIFF: layouts and byte orders by hand, compressions by libtiff, pages, orientation, profiles."""

import io
from collections.abc import Iterator
from typing import Any

import numpy as np
from PIL import Image

from tests.support import corpus_metadata, corpus_profile
from tests.support import corpus_tiff_file as file
from tests.support.corpus import (
    BLENDED,
    CHROMA,
    COLOURED,
    CONVERTED,
    DCT,
    EXACT,
    INKED,
    NARROWED,
    PLANTED,
    Entry,
)
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
from tests.support.corpus_reference import pillow
from tests.support.corpus_tiff_file import Page, tiff

PICTURE = busy()
COLOURS = PICTURE[..., :3]
PLANE = grey(PICTURE)


def entries() -> Iterator[Entry]:
    yield from _layouts()
    yield from _depths()
    yield from _see_through()
    yield from _compressed()
    yield from _turned()
    yield from _coloured()
    yield from _pages()


def _layouts() -> Iterator[Entry]:
    layouts: dict[str, dict[str, Any]] = {
        "strips": {},
        "one-strip": {"rows": 43},
        "rows": {"rows": 1},
        "tiles": {"tile": 16},
        "planes": {"planar": True},
        "tiled-planes": {"planar": True, "tile": 32},
        "deflate": {"compression": file.DEFLATE},
        "deflate-tiles": {"compression": file.DEFLATE, "tile": 32},
        "predicted": {"compression": file.DEFLATE, "predictor": True},
    }
    for name, options in layouts.items():
        for big_endian in (False, True):
            for big in (False, True):
                suffix = ("-motorola" if big_endian else "") + ("-big" if big else "")
                data = tiff(Page(COLOURS, **options), big_endian=big_endian, big=big)
                yield Entry(f"{name}{suffix}.tiff", data, PICTURE)


def _depths() -> Iterator[Entry]:
    for bits in (1, 4, 8):
        few = levels(PLANE, bits)
        for name, kind, values in (
            ("black", file.BLACK_IS_ZERO, few),
            ("white", file.WHITE_IS_ZERO, (1 << bits) - 1 - few),
        ):
            data = tiff(Page(values[..., None], kind, bits))
            yield Entry(f"{name}-is-zero-{bits}.tiff", data, opaque(stretched(few, bits)))
    for bits in (1, 4, 8):
        numbers, table = indexed(bits)
        tags = {file.COLOURS: (table.astype(int) * 257).T.reshape(-1).tolist()}
        data = tiff(Page(numbers[..., None], file.PALETTE, bits, tags=tags))
        yield Entry(f"palette-{bits}.tiff", data, opaque(table[numbers]))
    deep = wide(PICTURE)
    for big_endian in (False, True):
        suffix = "-motorola" if big_endian else ""
        data = tiff(Page(deep[..., :1], file.BLACK_IS_ZERO, 16), big_endian=big_endian)
        yield Entry(f"grey-16{suffix}.tiff", data, opaque(narrow(deep[..., 0])), NARROWED)
        data = tiff(Page(deep[..., :3], file.RGB, 16), big_endian=big_endian)
        yield Entry(f"colour-16{suffix}.tiff", data, opaque(narrow(deep[..., :3])), NARROWED)


def _see_through() -> Iterator[Entry]:
    """Alpha beside the colours (2), or already multiplied into them (1)."""
    clear = sheer(PICTURE)
    yield Entry("alpha.tiff", tiff(Page(clear, tags={file.EXTRA: (2,)})), clear, BLENDED)
    yield Entry("alpha-tiles.tiff", tiff(Page(clear, tile=16, tags={file.EXTRA: (2,)})), clear, BLENDED)
    multiplied = clear.copy()
    multiplied[..., :3] = (clear[..., :3].astype(int) * clear[..., 3:] + 127) // 255
    data = tiff(Page(multiplied, tags={file.EXTRA: (1,)}))
    yield Entry("alpha-multiplied.tiff", data, clear, BLENDED + BLENDED)
    grey_clear = sheer(opaque(PLANE))
    data = tiff(Page(grey_clear[..., 2:], file.BLACK_IS_ZERO, tags={file.EXTRA: (2,)}))
    yield Entry("grey-alpha.tiff", data, grey_clear, BLENDED)
    deep = wide(clear)
    data = tiff(Page(deep, file.RGB, 16, tags={file.EXTRA: (2,)}))
    yield Entry("alpha-16.tiff", data, narrow(deep), NARROWED + BLENDED)


def _compressed() -> Iterator[Entry]:
    line = Image.fromarray(PLANE).convert("1", dither=Image.Dither.NONE)
    black_and_white = opaque(np.asarray(line).astype(np.uint8) * 255)
    for compression in ("tiff_ccitt", "group3", "group4", "packbits", "tiff_lzw", "tiff_adobe_deflate"):
        yield Entry(f"bilevel-{compression}.tiff", saved(line, compression=compression), black_and_white)
    whole = Image.fromarray(COLOURS), Image.fromarray(PLANE), Image.fromarray(sheer(PICTURE))
    pixels = PICTURE, opaque(PLANE), sheer(PICTURE)
    for compression in ("packbits", "tiff_lzw", "tiff_deflate", "zstd", "lzma"):
        for name, image, expected in zip(("colour", "grey", "alpha"), whole, pixels, strict=True):
            tolerance = BLENDED if name == "alpha" else EXACT
            yield Entry(
                f"{name}-{compression}.tiff", saved(image, compression=compression), expected, tolerance
            )
    for name, image in (
        ("colour", Image.fromarray(smooth()[..., :3])),
        ("grey", Image.fromarray(grey(smooth()))),
    ):
        data = saved(image, compression="jpeg", quality=95)
        yield Entry(f"{name}-jpeg.tiff", data, pillow(data), DCT + CHROMA)


def saved(image: Image.Image, **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "TIFF", **options)
    return buffer.getvalue()


def _turned() -> Iterator[Entry]:
    for orientation in ORIENTATIONS:
        stored = as_stored(PICTURE, orientation)[..., :3]
        data = tiff(Page(stored, tags={file.ORIENTATION: (orientation,)}))
        yield Entry(f"orientation-{orientation}.tiff", data, PICTURE, change={"turned": orientation > 1})


def _coloured() -> Iterator[Entry]:
    for name in ("DISPLAY_P3", "ADOBE_RGB", "SWAPPED"):
        tags = {file.ICC: getattr(corpus_profile, name)}
        data = tiff(Page(smooth()[..., :3], tags=tags))
        yield Entry(f"{name.lower()}.tiff", data, pillow(data), COLOURED, change={"recoloured": True})
    data = tiff(
        Page(grey(smooth())[..., None], file.BLACK_IS_ZERO, tags={file.ICC: corpus_profile.DARK_GREY})
    )
    yield Entry("dark_grey.tiff", data, pillow(data), COLOURED, change={"recoloured": True})
    inks = np.dstack((255 - smooth()[..., :3], np.full(PLANE.shape, 30, np.uint8)))
    for planar in (False, True):
        data = tiff(Page(inks, file.INKS, planar=planar))
        yield Entry(
            f"cmyk{'-planes' if planar else ''}.tiff", data, pillow(tiff(Page(inks, file.INKS))), INKED
        )
    data = tiff(Page(inks, file.INKS, tags={file.ICC: corpus_profile.INKS}))
    yield Entry("cmyk-profile.tiff", data, pillow(data), COLOURED + INKED, change={"recoloured": True})
    lab = Image.frombytes("LAB", (61, 43), _lab().tobytes())
    data = saved(lab)
    yield Entry("lab.tiff", data, pillow(data), COLOURED)
    yield Entry("ycbcr.tiff", saved(Image.fromarray(smooth()[..., :3]).convert("YCbCr")), smooth(), CONVERTED)
    tags = {file.DESCRIPTION: PLANTED + b"\0", file.XMP: corpus_metadata.XMP, file.PHOTOSHOP: PLANTED}
    yield Entry("words.tiff", tiff(Page(COLOURS, tags=tags)), PICTURE)


def _lab() -> np.ndarray:
    across, down = np.meshgrid(np.linspace(0, 1, 61), np.linspace(0, 1, 43))
    lab = np.dstack((60 + 140 * across, 20 * down, -20 + 30 * across))
    return lab.round().astype(np.int16).astype(np.uint8)


def _pages() -> Iterator[Entry]:
    others = [Page(np.ascontiguousarray(COLOURS[::-1])), Page(COLOURS[:20, :30])]
    for big in (False, True):
        data = tiff(Page(COLOURS), *others, big=big)
        yield Entry(f"pages{'-big' if big else ''}.tiff", data, PICTURE, change={"frames": 3, "page": 0})
