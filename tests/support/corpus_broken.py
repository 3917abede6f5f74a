"""What must be refused: sizes that no model takes, headers that lie, files cut short, no images."""

import io
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from PIL import Image

from desktop.domain.image_errors import (
    BrokenImage,
    EmptyFile,
    ImageError,
    ImageTooLarge,
    ImageTooNarrow,
    UnsupportedImage,
)
from tests.support.corpus import DCT, EXACT, Entry, Pixels
from tests.support.corpus_bitmap import tga
from tests.support.corpus_heif_file import heic
from tests.support.corpus_picture import busy, opaque, smooth
from tests.support.corpus_psd import RGB, psd
from tests.support.corpus_reference import pillow

_WRITERS = {
    "png": "PNG",
    "jpg": "JPEG",
    "webp": "WEBP",
    "gif": "GIF",
    "tiff": "TIFF",
    "bmp": "BMP",
    "jp2": "JPEG2000",
    "avif": "AVIF",
}
_OPTIONS: Mapping[str, dict[str, Any]] = {
    "jpg": {"quality": 92},
    "webp": {"lossless": True},
    "avif": {"speed": 10},
}
_WITHOUT_LOSS = ("png", "tiff", "bmp", "tga", "psd", "jp2")
_GIANT = 100_000


def entries() -> Iterator[Entry]:
    yield from _extreme_sizes()
    yield from _giants()
    yield from _cut_short()
    yield from _no_images()
    yield from _liars()


def written(kind: str, pixels: Pixels) -> bytes:
    """`pixels` without alpha, in a format by its suffix."""
    if kind == "tga":
        return tga(pixels[..., 2::-1], 2)
    if kind == "psd":
        return psd(np.ascontiguousarray(pixels[..., :3].transpose(2, 0, 1)), RGB, packed=True)
    if kind == "heic":
        return heic(pixels)
    options = _OPTIONS.get(kind, {})
    buffer = io.BytesIO()
    Image.fromarray(pixels[..., :3]).save(buffer, _WRITERS[kind], **options)
    return buffer.getvalue()


def written_bomb(kind: str, side: int) -> bytes:
    """A grey square in next to no bytes."""
    options: dict[str, Any] = {
        "png": {"compress_level": 9},
        "tiff": {"compression": "tiff_adobe_deflate"},
        "webp": {"quality": 10, "method": 0},
    }
    buffer = io.BytesIO()
    Image.new("L", (side, side), 90).save(buffer, _WRITERS[kind], **options.get(kind, {}))
    return buffer.getvalue()


def _extreme_sizes() -> Iterator[Entry]:
    for kind in (*_WRITERS, "tga", "psd"):
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
    """Headers that declare 100 000 × 100 000 px over next to no pixels."""
    small = {kind: written(kind, busy(20, 16)) for kind in (*_WRITERS, "tga", "psd", "heic")}
    short = 65_000
    patched = {
        "png": _png_with_size(small["png"], _GIANT, _GIANT),
        "bmp": _patched(small["bmp"], 18, struct.pack("<ii", _GIANT, _GIANT)),
        "gif": _patched(small["gif"], 6, struct.pack("<HH", short, short)),
        "jpg": _jpeg_with_size(small["jpg"], short, short),
        "tga": _patched(small["tga"], 12, struct.pack("<HH", short, short)),
        "psd": _patched(small["psd"], 14, struct.pack(">II", 29_000, 29_000)),
        "jp2": _jp2_with_size(small["jp2"], _GIANT, _GIANT),
        "tiff": _tiff_with_size(small["tiff"], _GIANT, _GIANT),
        "webp": b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0"
        + (_GIANT - 1).to_bytes(3, "little") * 2
        + b"VP8 \0\0\0\0",
        "heic": _ispe_with_size(small["heic"], _GIANT, _GIANT),
        "avif": _ispe_with_size(small["avif"], _GIANT, _GIANT),
    }
    for kind, data in patched.items():
        yield Entry(f"giant.{kind}", data, errors=(ImageTooLarge, BrokenImage))


def _patched(data: bytes, place: int, content: bytes) -> bytes:
    return data[:place] + content + data[place + len(content) :]


def _png_with_size(data: bytes, width: int, height: int) -> bytes:
    header = b"IHDR" + struct.pack(">II", width, height) + data[24:29]
    return _patched(data, 12, header + struct.pack(">I", zlib.crc32(header)))


def _jpeg_with_size(data: bytes, width: int, height: int) -> bytes:
    return _patched(data, data.index(b"\xff\xc0") + 5, struct.pack(">HH", height, width))


def _jp2_with_size(data: bytes, width: int, height: int) -> bytes:
    data = _patched(data, data.index(b"ihdr") + 4, struct.pack(">II", height, width))
    return _patched(data, data.index(b"\xff\x51") + 6, struct.pack(">II", width, height))


def _tiff_with_size(data: bytes, width: int, height: int) -> bytes:
    place = int.from_bytes(data[4:8], "little") + 2
    for tag, value in ((256, width), (257, height)):
        entry = data.index(struct.pack("<H", tag), place)
        data = _patched(data, entry, struct.pack("<HHII", tag, 4, 1, value))
    return data


def _ispe_with_size(data: bytes, width: int, height: int) -> bytes:
    return _patched(data, data.index(b"ispe") + 8, struct.pack(">II", width, height))


def _cut_short() -> Iterator[Entry]:
    """The first half of each kind, its first 40 bytes, and all but its last tenth."""
    for kind in (*_WRITERS, "tga", "psd", "heic"):
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
