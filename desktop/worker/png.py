"""PNG as chunks: what its header tells, and what remains of it without metadata.

Kept are the chunks without which the pixels would be others: the critical ones and `tRNS`. gAMA, cHRM
and sRGB go as well: neither our decoder nor the models' (Pillow, OpenCV) applies them, so that without
them the same pixels are seen, and the measured primaries of somebody's display are a kind of signature.
"""

import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from desktop.worker import exif
from desktop.worker.header import Header
from desktop.worker.pieces import Malformed, Piece, Span, merged

SIGNATURE = b"\x89PNG\r\n\x1a\n"

PROFILE_LIMIT = 8 << 20
"""Bytes of an unpacked profile. Printers' largest have 3 MB; 8 KB of a bomb become 8 MB."""

_KEPT = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})
_ALPHA = 4
"""The bit of the colour type that says so."""


class Chunk(NamedTuple):
    """`start` and `stop` around length, kind, data and checksum."""

    kind: bytes
    start: int
    stop: int

    def data(self, png: bytes) -> bytes:
        return png[self.start + 8 : self.stop - 4]


def size(data: bytes) -> tuple[int, int] | None:
    """Width and height in px as the header declares them, if there is one, whatever follows."""
    if data[:8] != SIGNATURE or data[12:16] != b"IHDR" or len(data) < 24:  # noqa: PLR2004 - their end
        return None
    width, height = struct.unpack_from(">II", data, 16)
    return width, height


def header(data: bytes) -> Header:
    """Raises `Malformed`."""
    chunks = {chunk.kind: chunk for chunk in reversed(list(_chunks(data)))}
    depth, colour = chunks[b"IHDR"].data(data)[8:10]
    return Header(
        frames=_frames(data, chunks),
        orientation=exif.orientation(chunks[b"eXIf"].data(data)) if b"eXIf" in chunks else exif.UPRIGHT,
        profile=_profile(chunks[b"iCCP"].data(data)) if b"iCCP" in chunks else None,
        plain=depth <= 8,  # noqa: PLR2004 - bits
        alpha=bool(colour & _ALPHA) or b"tRNS" in chunks,
    )


def remains(data: bytes) -> list[Piece]:
    """The picture without metadata, animation, and what follows its end. Raises `Malformed`."""
    kept = (Span(chunk.start, chunk.stop) for chunk in _chunks(data) if chunk.kind in _KEPT)
    return merged([Span(0, len(SIGNATURE)), *kept])


def _chunks(data: bytes) -> Iterator[Chunk]:
    """IHDR first, IEND last; anything else is `Malformed`."""
    place = len(SIGNATURE)
    if size(data) is None:
        raise Malformed("no header")
    while place + 12 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, place)
        chunk = Chunk(kind, place, place + 12 + length)
        if chunk.stop > len(data):
            break
        yield chunk
        if kind == b"IEND":
            return
        place = chunk.stop
    raise Malformed("no end")


def _frames(data: bytes, chunks: dict[bytes, Chunk]) -> int:
    """Those of the animation, and the still picture if it is none of them."""
    if b"acTL" not in chunks or b"fcTL" not in chunks or b"IDAT" not in chunks:
        return 1
    animation = chunks[b"acTL"].data(data)
    count = int.from_bytes(animation[:4], "big")
    return max(1, count) + (chunks[b"fcTL"].start > chunks[b"IDAT"].start)


def _profile(data: bytes) -> bytes | None:
    packed = data.partition(b"\0")[2][1:]
    unpacking = zlib.decompressobj()
    try:
        profile = unpacking.decompress(packed, PROFILE_LIMIT)
    except zlib.error:
        return None
    return profile if unpacking.eof else None
