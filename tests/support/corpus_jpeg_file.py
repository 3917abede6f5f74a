"""The segments of a JPEG: which are pixels, and how to add others."""

import re
import struct
from collections.abc import Iterator

_SOI, _EOI, _SOS, _APP0, _APP14, _APP15, _COM = 0xD8, 0xD9, 0xDA, 0xE0, 0xEE, 0xEF, 0xFE
_MARKER = re.compile(rb"\xff[^\x00\xff]", re.DOTALL)
_JFIF_LENGTH = 14
"""Of an APP0 segment without a thumbnail, its own length left out."""


def segments_of(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and content; the entropy-coded bytes belong to the scan's header before them.

    Bytes between segments belong to none: decoders skip them too.
    """
    place = 2
    while found := _MARKER.search(data, place):
        marker, start = found[0][1], found.end()
        if marker == _EOI:
            yield marker, data[start:]
            return
        end = start + int.from_bytes(data[start : start + 2], "big")
        if marker == _SOS:
            end = _end_of_scan(data, end)
        yield marker, data[start + 2 : end]
        place = end


def _end_of_scan(data: bytes, place: int) -> int:
    while place + 1 < len(data):
        if data[place] == 0xFF and data[place + 1] != 0 and not 0xD0 <= data[place + 1] <= 0xD7:
            return place
        place += 1
    return len(data)


def picture_segments(data: bytes) -> bytes:
    """All that a decoder needs for pixels: tables, frame, scans."""
    kept = ((marker, content) for marker, content in segments_of(data) if not _is_application(marker))
    return b"".join(bytes((marker,)) + (content if marker != _EOI else b"") for marker, content in kept)


def foreign_segments(data: bytes) -> set[str]:
    """Application segments but JFIF's density and Adobe's transform, comments, bytes behind the end."""
    return {name for marker, content in segments_of(data) if (name := _foreign(marker, content))}


def _foreign(marker: int, content: bytes) -> str:
    if marker == _EOI:
        return "bytes behind the end" if content else ""
    if marker == _APP0 and content[:5] == b"JFIF\0" and len(content) == _JFIF_LENGTH:
        return ""
    if marker == _APP14 and content[:5] == b"Adobe" and len(content) == 12:
        return ""
    return f"{marker:#x}" if _is_application(marker) else ""


def _is_application(marker: int) -> bool:
    return _APP0 <= marker <= _APP15 or marker == _COM


def with_segment(data: bytes, marker: int, content: bytes) -> bytes:
    """A JPEG with one more segment, right after its start or, as JFIF asks, after JFIF's own."""
    place = 2
    if data[2:4] == b"\xff\xe0":
        place = 4 + int.from_bytes(data[4:6], "big")
    return data[:place] + segment(marker, content) + data[place:]


def segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content
