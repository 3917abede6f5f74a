"""Small images that cost far more than they weigh, or weigh far more than they show."""

import io
import struct
import zlib
from collections.abc import Callable, Mapping

import numpy as np
from PIL import Image

from tests.support.corpus_jpeg_file import segments_of
from tests.support.corpus_picture import busy
from tests.support.corpus_png_file import COLOUR, Chunk, png, with_chunks
from tests.support.corpus_tiff_file import Page, tiff

SOS = 0xDA


def scans(count: int, side: int = 2_000) -> bytes:
    """A progressive JPEG whose last scan comes `count` times: each is a walk over all of the picture."""
    buffer = io.BytesIO()
    Image.fromarray(np.full((side, side), 90, np.uint8)).save(buffer, "JPEG", progressive=True)
    data = buffer.getvalue()
    *_, last = (content for marker, content in segments_of(data) if marker == SOS)
    scan = b"\xff\xda" + struct.pack(">H", _length_of(data)) + last
    return data.removesuffix(b"\xff\xd9") + scan * count + b"\xff\xd9"


def _length_of(data: bytes) -> int:
    place = data.rindex(b"\xff\xda") + 2
    return int.from_bytes(data[place : place + 2], "big")


def _plain(*chunks: Chunk) -> bytes:
    return with_chunks(png(busy()[..., :3], COLOUR, 8), *chunks)


def _zeros(megabytes: int) -> bytes:
    return zlib.compress(bytes(megabytes << 20), 1)


def _frames(count: int) -> bytes:
    """Declared, and not there."""
    return _plain(Chunk(b"acTL", struct.pack(">II", count, 0)))


IMAGE_BOMBS: Mapping[str, Callable[[], bytes]] = {
    "scans.jpg": lambda: scans(480),
    "profile.png": lambda: _plain(Chunk(b"iCCP", b"bomb\0\0" + _zeros(400))),
    "words.png": lambda: _plain(Chunk(b"zTXt", b"Comment\0\0" + _zeros(400))),
    "many-words.png": lambda: _plain(*[Chunk(b"tEXt", b"Comment\0x")] * 200_000),
    "long-words.png": lambda: _plain(Chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + bytes(90_000_000))),
    "empty-pieces.png": lambda: _plain(*[Chunk(b"IDAT", b"")] * 500_000),
    "frames.png": lambda: _frames(100_000_000),
    "pages.tiff": lambda: tiff(*[Page(busy(16, 16)[..., :3])] * 10_000),
}
"""By name."""
