"""The RIFF container of WebP: which chunks are pixels, and how to add others."""

import struct
from collections.abc import Iterator

_PICTURE = {b"VP8 ", b"VP8L", b"ALPH", b"ANMF"}
_EXIF, _XMP, _ICC, _ANIMATION = 0x08, 0x04, 0x20, 0x02


def chunks_of(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and content, as far as they reach."""
    place, end = 12, 8 + int.from_bytes(data[4:8], "little")
    while place + 8 <= min(end, len(data)):
        length = int.from_bytes(data[place + 4 : place + 8], "little")
        yield data[place : place + 4], data[place + 8 : place + 8 + length]
        place += 8 + length + length % 2


def joined(chunks: list[tuple[bytes, bytes]]) -> bytes:
    body = b"".join(kind + struct.pack("<I", len(c)) + c + bytes(len(c) % 2) for kind, c in chunks)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def picture_chunks(data: bytes) -> bytes:
    """What is decoded into pixels."""
    return b"".join(kind + content for kind, content in chunks_of(data) if kind in _PICTURE)


def foreign_chunks(data: bytes) -> set[str]:
    """What is neither pixels nor their size, and flags that promise such."""
    foreign = {kind.decode("latin-1") for kind, _ in chunks_of(data) if kind not in _PICTURE | {b"VP8X"}}
    flags = next((content[0] for kind, content in chunks_of(data) if kind == b"VP8X" and content), 0)
    if flags & (_EXIF | _XMP | _ICC | _ANIMATION):
        foreign.add(f"flags {flags:#x}")
    if len(data) != 8 + int.from_bytes(data[4:8], "little"):
        foreign.add("bytes behind the end")
    return foreign
