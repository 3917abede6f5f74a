"""WebP as chunks: what its header tells, and what remains of it without metadata."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from desktop.worker.pixels import exif
from desktop.worker.pixels.header import Header
from desktop.worker.pixels.pieces import Malformed, Piece, Span, length, merged

_KEPT = frozenset({b"VP8X", b"ALPH", b"VP8 ", b"VP8L", b"ANIM", b"ANMF"})
_PICTURE = frozenset({b"VP8 ", b"VP8L", b"ANMF"})
_HAS_PROFILE, _HAS_ALPHA, _HAS_EXIF, _HAS_XMP = 0x20, 0x10, 0x08, 0x04
_ABOUT_METADATA = _HAS_PROFILE | _HAS_EXIF | _HAS_XMP
_LOSSLESS_ALPHA = 0x10
"""The bit of VP8L's fifth byte."""


class Chunk(NamedTuple):
    """`start` and `stop` around kind, length, data and padding; `size` bytes of data."""

    kind: bytes
    start: int
    stop: int
    size: int

    def data(self, webp: bytes) -> bytes:
        return webp[self.start + 8 : self.start + 8 + self.size]


def size(data: bytes) -> tuple[int, int] | None:
    """Width and height in px as the first chunk declares them; Qt does not say when little else is there."""
    kind, content = data[12:16], data[20:30]
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP" or len(content) < 10:  # noqa: PLR2004 - their end
        return None
    if kind == b"VP8X":
        return _number(content[4:7]) + 1, _number(content[7:10]) + 1
    if kind == b"VP8L":
        bits = _number(content[1:5])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return (_number(content[6:8]) & 0x3FFF, _number(content[8:10]) & 0x3FFF) if kind == b"VP8 " else None


def header(data: bytes) -> Header:
    """Raises `Malformed`."""
    chunks = list(_chunks(data))
    first = {chunk.kind: chunk for chunk in reversed(chunks)}
    return Header(
        frames=max(1, sum(chunk.kind == b"ANMF" for chunk in chunks)),
        orientation=exif.orientation(first[b"EXIF"].data(data)) if b"EXIF" in first else exif.UPRIGHT,
        profile=first[b"ICCP"].data(data) if b"ICCP" in first else None,
        alpha=_has_alpha(data, first),
    )


def remains(data: bytes) -> list[Piece]:
    """Raises `Malformed`."""
    kept = merged(piece for chunk in _chunks(data) for piece in _kept(data, chunk))
    size = struct.pack("<I", length(kept) + 4)
    head: Piece = Span(0, 12) if data[4:8] == size else b"RIFF" + size + b"WEBP"
    return merged([head, *kept])


def _chunks(data: bytes) -> Iterator[Chunk]:
    """Up to RIFF's end, a picture among them; anything else is `Malformed`."""
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        raise Malformed("no start")
    end = 8 + int.from_bytes(data[4:8], "little")
    place, pictures = 12, 0
    while place + 8 <= min(end, len(data)):
        kind, size = struct.unpack_from("<4sI", data, place)
        chunk = Chunk(kind, place, place + 8 + size + size % 2, size)
        if chunk.stop > len(data):
            break
        pictures += kind in _PICTURE
        yield chunk
        place = chunk.stop
    if place < end or not pictures:
        raise Malformed("no end")


def _kept(data: bytes, chunk: Chunk) -> list[Piece]:
    if chunk.kind not in _KEPT:
        return []
    flags = data[chunk.start + 8 : chunk.start + 9]
    if chunk.kind == b"VP8X" and flags and flags[0] & _ABOUT_METADATA:
        return [
            Span(chunk.start, chunk.start + 8),
            bytes([flags[0] & ~_ABOUT_METADATA]),
            Span(chunk.start + 9, chunk.stop),
        ]
    return [Span(chunk.start, chunk.stop)]


def _number(content: bytes) -> int:
    return int.from_bytes(content, "little")


def _has_alpha(data: bytes, first: dict[bytes, Chunk]) -> bool:
    if b"VP8X" in first:
        return bool(int.from_bytes(first[b"VP8X"].data(data)[:1], "big") & _HAS_ALPHA)
    lossless = first[b"VP8L"].data(data) if b"VP8L" in first else b""
    return len(lossless) > 4 and bool(lossless[4] & _LOSSLESS_ALPHA)  # noqa: PLR2004 - the fifth byte
