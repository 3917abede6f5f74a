"""What must be refused: sizes that no model takes, headers that lie, files cut short, no images."""

import re
import struct
import zlib
from collections.abc import Iterator, Sequence

import numpy as np

from desktop.domain.image_errors import (
    BrokenImage,
    EmptyFile,
    ImageError,
    ImageTooLarge,
    ImageTooNarrow,
    UnsupportedImage,
)
from tests.support.corpus import DCT, EXACT, Entry
from tests.support.corpus_picture import busy, grey, levels, opaque, smooth
from tests.support.corpus_png_file import COLOUR, PALETTE, Chunk, chunks_of, joined, png
from tests.support.corpus_reference import pillow
from tests.support.corpus_size import KINDS, claiming, patched, written
from tests.support.corpus_tiff_file import Page, in_a_ring, tiff

_WITHOUT_LOSS = ("png", "tiff", "bmp", "tga", "psd", "jp2")
_GIANT, _LARGEST_SHORT = 100_000, 65_000


def entries() -> Iterator[Entry]:
    yield from _extreme_sizes()
    yield from _giants()
    yield from _cut_short()
    yield from _no_images()
    yield from _liars()
    yield from _wrong_inside()


def _extreme_sizes() -> Iterator[Entry]:
    for kind in (each for each in KINDS if each != "heic"):
        for width, height in ((10, 300), (300, 10), (1, 1), (2211, 11), (11, 2211)):
            data = written(kind, opaque(np.full((height, width, 3), 90, np.uint8)))
            yield Entry(f"{width}-by-{height}.{kind}", data, errors=(ImageTooNarrow,))
        for width, height in ((11, 11), (300, 11), (11, 2200), (2200, 11)):
            pixels = smooth(width, height)
            data = written(kind, pixels)
            exact = kind in _WITHOUT_LOSS
            yield Entry(
                f"{width}-by-{height}.{kind}",
                data,
                pixels if exact else pillow(data),
                EXACT if exact else DCT,
            )


def _giants() -> Iterator[Entry]:
    """Headers that declare 100 000 × 100 000 px, or what they can, over next to no pixels."""
    for kind in KINDS:
        side = _LARGEST_SHORT if kind in ("gif", "jpg", "tga") else _GIANT
        yield Entry(f"giant.{kind}", claiming(kind, side, side), errors=(ImageTooLarge, BrokenImage))


def _cut_short() -> Iterator[Entry]:
    """The first half of each kind, its first 40 bytes, and all but its last tenth."""
    for kind in KINDS:
        data = written(kind, busy(90, 70))
        for name, end in (("head", 40), ("half", len(data) // 2), ("most", len(data) * 9 // 10)):
            yield Entry(f"{name}.{kind}", data[:end], errors=(BrokenImage, UnsupportedImage))


def _no_images() -> Iterator[Entry]:
    texts: dict[str, bytes] = {
        "letter.txt": b"Dear Sir or Madam,\n" * 50,
        "car.bmp": b"BMW and others\n" * 50,
        "document.pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Type/Catalog>>endobj\n",
        "drawing.svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><rect/></svg>',
        "page.html": b"<!DOCTYPE html><html><body>404</body></html>",
        "archive.zip": b"PK\x03\x04" + bytes(60),
        "film.mp4": b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41" + bytes(60),
        "sound.webp": b"RIFF\x24\0\0\0WAVEfmt " + bytes(60),
        "bits.xbm": b"#define a_width 32\n#define a_height 32\nstatic char a_bits[] = {0};\n",
        "map.xpm": b'/* XPM */\nstatic char *a[] = {"32 32 1 1"};\n',
        "pixels.ppm": b"P6 32 32 255\n" + bytes(3072),
        "icon.ico": b"\0\0\1\0\1\0\x10\x10\0\0\1\0\x20\0\x68\4\0\0\x16\0\0\0" + bytes(1128),
        "shot.eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 90 90\n",
        "program.exe": b"MZ\x90\0" + bytes(200),
        "zeros.png": bytes(4096),
        "ones.jpg": b"\xff" * 4096,
        "noise.heic": np.random.default_rng(3).integers(0, 256, 4096, np.uint8).tobytes(),
        "noise.tga": np.random.default_rng(4).integers(0, 256, 4096, np.uint8).tobytes(),
        "signature.png": b"\x89PNG\r\n\x1a\n",
        "start.jpg": b"\xff\xd8\xff",
        "nothing.png": b"",
    }
    for name, data in texts.items():
        errors: Sequence[type[ImageError]] = (EmptyFile,) if not data else (UnsupportedImage, BrokenImage)
        yield Entry(name, data, errors=tuple(errors))


def _liars() -> Iterator[Entry]:
    """A suffix proves nothing: the bytes are judged."""
    for kind, suffix in (
        ("png", "jpg"),
        ("jpg", "png"),
        ("webp", "gif"),
        ("gif", "heic"),
        ("tiff", "webp"),
        ("bmp", "tga"),
        ("heic", "jpg"),
        ("avif", "png"),
        ("jp2", "psd"),
        ("psd", "bmp"),
    ):
        data = written(kind, smooth(62, 44))
        expected = smooth(62, 44) if kind in (*_WITHOUT_LOSS, "heic") else pillow(data)
        yield Entry(f"really-{kind}.{suffix}", data, expected, DCT)


def _with_code_size(data: bytes, bits: int) -> bytes:
    """A GIF whose codes begin with so many bits. (Its palette of 256 colours is the screen's.)"""
    frame = data.index(b",", 13 + 3 * 256)
    return patched(data, frame + 10, bytes((bits,)))


def _wrong_inside() -> Iterator[Entry]:
    """Whole files in which one thing cannot be."""
    small = {kind: written(kind, busy(40, 30)) for kind in KINDS}
    rows = png(busy(40, 30)[..., :3], COLOUR, 8)
    header, pixels, end = chunks_of(rows)
    wrong: dict[str, bytes] = {
        "no-end.png": rows[:-12],
        "no-pixels.png": joined((header, end)),
        "no-header.png": joined((pixels, end)),
        "no-palette.png": png(levels(grey(busy()), 4), PALETTE, 4),
        "no-width.png": claiming("png", 0, 30),
        "wrong-sum.png": rows.replace(pixels.packed()[-4:], b"\0\1\2\3"),
        "no-stream.png": joined((header, Chunk(b"IDAT", b"no zlib at all" * 9), end)),
        "too-few-rows.png": joined((header, Chunk(b"IDAT", zlib.compress(bytes(121 * 9))), end)),
        "no-end.jpg": small["jpg"][:-2],
        "no-height.jpg": claiming("jpg", 40, 0),
        "no-tables.jpg": re.sub(rb"\xff\xdb\0\x43.{65}", b"", small["jpg"], flags=re.DOTALL),
        "no-frame.gif": small["gif"][:13] + b";",
        "lengths-of-13-bits.gif": _with_code_size(small["gif"], 13),
        "pixels-far-away.bmp": patched(small["bmp"], 10, struct.pack("<I", 1 << 30)),
        "bits-of-57.bmp": patched(small["bmp"], 28, struct.pack("<H", 57)),
        "no-directory.tiff": patched(small["tiff"], 4, struct.pack("<I", 1 << 30)),
        "nothing-in-the-directory.tiff": small["tiff"][:4] + struct.pack("<IH", 8, 0) + bytes(60),
        "no-pixels.webp": small["webp"][:12],
        "channels-of-57.psd": patched(small["psd"], 12, struct.pack(">H", 57)),
        "channels-of-2.psd": patched(small["psd"], 12, struct.pack(">H", 2)),
        "bits-of-57.tga": patched(small["tga"], 16, b"\x39"),
        "no-items.heic": re.sub(b"iinf", b"free", small["heic"]),
        "no-codestream.jp2": small["jp2"].replace(b"jp2c", b"free"),
        "no-items.avif": re.sub(b"iinf", b"free", small["avif"]),
    }
    refusals = BrokenImage, UnsupportedImage, ImageTooNarrow
    for name, data in wrong.items():
        yield Entry(name, data, errors=refusals)
    ring = Page(np.ascontiguousarray(busy(40, 30)[..., :3]))
    yield Entry("pages-in-a-ring.tiff", in_a_ring(tiff(ring, ring)), busy(40, 30))
