"""PNG as chunks: what its header tells, and what remains of it without metadata.

Kept are the chunks without which the pixels would be others: the critical ones and `tRNS`. gAMA, cHRM
and sRGB go as well: neither our decoder nor the models' (Pillow, OpenCV) applies them, so that without
them the same pixels are seen, and the measured primaries of somebody's display are a kind of signature.
"""

import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from desktop.worker.pixels import exif
from desktop.worker.pixels.header import Header
from desktop.worker.pixels.pieces import Malformed, Piece, Span, joined, merged

SIGNATURE = b"\x89PNG\r\n\x1a\n"

PROFILE_LIMIT = 8 << 20
"""Bytes of an unpacked profile. Printers' largest have 3 MB; 8 KB of a bomb become 8 MB."""

_CRITICAL = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND"})
_KEPT = _CRITICAL | {b"tRNS"}
_ALPHA = 4
"""The bit of the colour type that says so."""
_EIGHT_BITS = 8
_DEEP_COLOUR = 16, 2
"""Depth and colour type."""


class Chunk(NamedTuple):
    """`start` and `stop` around length, kind, data and checksum."""

    kind: bytes
    start: int
    stop: int

    def data(self, png: bytes) -> bytes:
        return png[self.start + 8 : self.stop - 4]

    def is_whole(self, png: bytes) -> bool:
        """Whether its checksum is right. Decoders leave out a chunk that is not critical and is damaged."""
        check = int.from_bytes(png[self.stop - 4 : self.stop], "big")
        return zlib.crc32(memoryview(png)[self.start + 4 : self.stop - 4]) == check


def size(data: bytes) -> tuple[int, int] | None:
    """Width and height in px as the header declares them, if there is one, whatever follows."""
    if data[:8] != SIGNATURE or data[12:16] != b"IHDR" or len(data) < 24:  # noqa: PLR2004 - their end
        return None
    width, height = struct.unpack_from(">II", data, 16)
    return width, height


def header(data: bytes) -> Header:
    """Raises `Malformed`."""
    every = list(_chunks(data))
    chunks = {chunk.kind: chunk for chunk in reversed(every)}
    depth, colour = chunks[b"IHDR"].data(data)[8:10]
    told = {kind: _whole(data, chunks.get(kind)) for kind in (b"eXIf", b"iCCP", b"tRNS")}
    return Header(
        frames=_frames(data, every, chunks),
        orientation=exif.orientation(told[b"eXIf"]),
        profile=_profile(told[b"iCCP"]),
        plain=depth <= _EIGHT_BITS,
        alpha=bool(colour & _ALPHA) or bool(told[b"tRNS"]),
        clear=_clear(told[b"tRNS"]) if (depth, colour) == _DEEP_COLOUR else None,
    )


def remains(data: bytes) -> list[Piece]:
    """The picture without metadata, animation, and what follows its end. Raises `Malformed`."""
    kept = (Span(chunk.start, chunk.stop) for chunk in _chunks(data) if chunk.kind in _KEPT)
    return merged([Span(0, len(SIGNATURE)), *kept])


def without_clear_colour(data: bytes) -> bytes:
    """The same pixels, all of them opaque. Raises `Malformed`."""
    kept = (Span(chunk.start, chunk.stop) for chunk in _chunks(data) if chunk.kind in _CRITICAL)
    return joined(data, [Span(0, len(SIGNATURE)), *kept])


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


def _frames(data: bytes, every: list[Chunk], chunks: dict[bytes, Chunk]) -> int:
    """Those of the animation that are there, and the still picture if it is none of them."""
    declared = int.from_bytes(_whole(data, chunks.get(b"acTL"))[:4], "big")
    count = min(declared, sum(chunk.kind == b"fcTL" for chunk in every))
    if not count or b"IDAT" not in chunks:
        return 1
    return count + (chunks[b"fcTL"].start > chunks[b"IDAT"].start)


def _whole(data: bytes, chunk: Chunk | None) -> bytes:
    """Its content; nothing if there is no such chunk, or a damaged one."""
    return chunk.data(data) if chunk and chunk.is_whole(data) else b""


def _clear(content: bytes) -> tuple[int, int, int] | None:
    return struct.unpack(">3H", content) if len(content) == 6 else None  # noqa: PLR2004 - three numbers


def _profile(data: bytes) -> bytes | None:
    packed = data.partition(b"\0")[2][1:]
    unpacking = zlib.decompressobj()
    try:
        profile = unpacking.decompress(packed, PROFILE_LIMIT)
    except zlib.error:
        return None
    return profile if unpacking.eof else None
