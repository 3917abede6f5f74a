"""Small images that declare another size, and large ones in few bytes."""

import io
import re
import struct
import zlib
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from PIL import Image

from tests.support.corpus import Pixels
from tests.support.corpus_bitmap import tga
from tests.support.corpus_heif_file import heic
from tests.support.corpus_picture import busy
from tests.support.corpus_psd import RGB, psd
from tests.support.corpus_webp_file import joined

WRITERS: Mapping[str, str] = {
    "png": "PNG",
    "jpg": "JPEG",
    "webp": "WEBP",
    "gif": "GIF",
    "tiff": "TIFF",
    "bmp": "BMP",
    "jp2": "JPEG2000",
    "avif": "AVIF",
}
"""Suffixes, and Pillow's names of the formats that it writes."""

KINDS = (*WRITERS, "tga", "psd", "heic")

_OPTIONS: Mapping[str, dict[str, Any]] = {
    "jpg": {"quality": 92},
    "webp": {"lossless": True},
    "avif": {"speed": 10},
}
_SMALL: Mapping[str, dict[str, Any]] = {
    "png": {"compress_level": 9},
    "tiff": {"compression": "tiff_adobe_deflate"},
    "webp": {"quality": 10, "method": 0},
}


def written(kind: str, pixels: Pixels) -> bytes:
    """`pixels` without alpha, in a format by its suffix."""
    if kind == "tga":
        return tga(pixels[..., 2::-1], 2)
    if kind == "psd":
        return psd(np.ascontiguousarray(pixels[..., :3].transpose(2, 0, 1)), RGB, packed=True)
    if kind == "heic":
        return heic(pixels)
    buffer = io.BytesIO()
    Image.fromarray(pixels[..., :3]).save(buffer, WRITERS[kind], **_OPTIONS.get(kind, {}))
    return buffer.getvalue()


def bomb(kind: str, side: int) -> bytes:
    """A true grey square in next to no bytes."""
    buffer = io.BytesIO()
    Image.new("L", (side, side), 90).save(buffer, WRITERS[kind], **_SMALL.get(kind, {}))
    return buffer.getvalue()


def claiming(kind: str, width: int, height: int) -> bytes:
    """An image of 20×16 px whose header says otherwise; GIF, JPEG and TGA can say 65 535 at most."""
    return _CLAIMS[kind](written(kind, busy(20, 16)), width, height)


def patched(data: bytes, place: int, content: bytes) -> bytes:
    return data[:place] + content + data[place + len(content) :]


def _png(data: bytes, width: int, height: int) -> bytes:
    header = b"IHDR" + struct.pack(">II", width, height) + data[24:29]
    return patched(data, 12, header + struct.pack(">I", zlib.crc32(header)))


def _jpeg(data: bytes, width: int, height: int) -> bytes:
    return patched(data, data.index(b"\xff\xc0") + 5, struct.pack(">HH", height, width))


def _webp(_: bytes, width: int, height: int) -> bytes:
    sides = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return joined([(b"VP8X", bytes(4) + sides), (b"VP8 ", bytes(10))])


def _tiff(data: bytes, width: int, height: int) -> bytes:
    first = int.from_bytes(data[4:8], "little") + 2
    for number, (tag, value) in enumerate(((256, width), (257, height))):
        data = patched(data, first + 12 * number, struct.pack("<HHII", tag, 4, 1, value))
    return data


def _jp2(data: bytes, width: int, height: int) -> bytes:
    data = patched(data, data.index(b"ihdr") + 4, struct.pack(">II", height, width))
    return patched(data, data.index(b"\xff\x51") + 6, struct.pack(">II", width, height))


def _heif(data: bytes, width: int, height: int) -> bytes:
    for found in re.finditer(b"ispe", data):
        data = patched(data, found.end() + 4, struct.pack(">II", width, height))
    return data


_CLAIMS: Mapping[str, Callable[[bytes, int, int], bytes]] = {
    "png": _png,
    "jpg": _jpeg,
    "webp": _webp,
    "gif": lambda data, width, height: patched(data, 6, struct.pack("<HH", width, height)),
    "tiff": _tiff,
    "bmp": lambda data, width, height: patched(data, 18, struct.pack("<ii", width, height)),
    "jp2": _jp2,
    "avif": _heif,
    "tga": lambda data, width, height: patched(data, 12, struct.pack("<HH", width, height)),
    "psd": lambda data, width, height: patched(data, 14, struct.pack(">II", height, width)),
    "heic": _heif,
}
