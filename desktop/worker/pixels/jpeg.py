"""JPEG as segments: what its header tells, its several views, and what remains without metadata."""

import re
import struct
from collections.abc import Iterator
from typing import NamedTuple

from desktop.worker.pixels import exif
from desktop.worker.pixels.header import Header
from desktop.worker.pixels.pieces import Malformed, Piece, Span, merged

_SOI, _EOI, _SOS, _TEM = 0xD8, 0xD9, 0xDA, 0x01
_APP0, _APP1, _APP2, _APP14 = 0xE0, 0xE1, 0xE2, 0xEE
_DROPPED = range(0xE0, 0xFF)
"""Application data, comments, and JPGn, which are reserved and used by nobody but to hide something."""
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
"""SOFn, without the tables and the reserved one among them."""

_MOST_SCANS = 500
"""Where libjpeg-turbo's own fuzzers stop, too: each is a walk over all of the picture, for a few bytes. Real
pictures have ten.
"""

_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
"""In scans 00 and the restart markers stand for themselves; FF may stand before a marker."""

_JFIF, _ADOBE, _PROFILE, _VIEWS = b"JFIF\0", b"Adobe", b"ICC_PROFILE\0", b"MPF\0"
_JFIF_HEAD, _JFIF_SIZE = 12, 14
"""Bytes of its content before the thumbnail's size, and before the thumbnail itself."""
_ADOBE_SIZE = 12

_ENTRIES_TAG, _ENTRY = 0xB002, struct.Struct("IIIHH")
_VIEW = 0x02
"""The kind of an entry that is a view of its own; others are thumbnails and maps of light."""


class Segment(NamedTuple):
    """`start` at the marker (after its fill bytes), `stop` behind its data, and behind the scan after SOS."""

    marker: int
    start: int
    stop: int

    def data(self, jpeg: bytes) -> bytes:
        return jpeg[self.start + 4 : self.stop]


def header(data: bytes) -> Header:
    """Of the first picture; the views behind it are counted. Raises `Malformed`."""
    segments = list(_segments(data))
    if sum(segment.marker == _SOS for segment in segments) > _MOST_SCANS:
        raise Malformed("too many scans")
    frame = next((s.data(data) for s in segments if s.marker in _FRAMES), b"")
    if len(frame) < 6:  # noqa: PLR2004 - up to the number of channels
        raise Malformed("no frame")
    return Header(
        frames=len(views(data)),
        orientation=_orientation(data, segments),
        profile=_profile(data, segments),
        plain=frame[0] == 8 and frame[5] in (1, 3),  # noqa: PLR2004 - bits; grey or colour
    )


def remains(data: bytes) -> list[Piece]:
    """Without application data, comments, thumbnails and what follows the end. Raises `Malformed`."""
    pieces: list[Piece] = []
    for segment in _segments(data):
        pieces += _kept(data, segment)
    return merged(pieces)


def views(data: bytes) -> list[Span]:
    """Where the pictures of a multi-picture file stand; the whole of `data` if it is none.

    A phone's map of light behind a photo is no view. Raises `Malformed`.
    """
    for segment in _segments(data):
        if segment.marker == _APP2 and segment.data(data).startswith(_VIEWS):
            found = _views(data, segment.start + 4 + len(_VIEWS))
            return found if len(found) > 1 else [Span(0, len(data))]
    return [Span(0, len(data))]


def _segments(data: bytes) -> Iterator[Segment]:
    """From SOI to EOI; a file that has not both is `Malformed`."""
    place = 0
    if data[:2] != b"\xff\xd8":
        raise Malformed("no start")
    while found := _MARKER.search(data, place):
        start, place = found.end() - 2, found.end()
        marker = data[start + 1]
        if marker not in (_SOI, _EOI, _TEM):
            place += max(2, int.from_bytes(data[place : place + 2], "big"))
        if marker == _SOS:
            following = _MARKER.search(data, place)
            place = following.end() - 2 if following else len(data)
        if place > len(data):
            break
        yield Segment(marker, start, place)
        if marker == _EOI:
            return
    raise Malformed("no end")


def _kept(data: bytes, segment: Segment) -> list[Piece]:
    whole, content = Span(segment.start, segment.stop), segment.data(data)
    if segment.marker == _APP0 and content.startswith(_JFIF) and len(content) >= _JFIF_SIZE:
        return [whole if len(content) == _JFIF_SIZE else _rewritten(_APP0, content[:_JFIF_HEAD] + b"\0\0")]
    if segment.marker == _APP14 and content.startswith(_ADOBE) and len(content) >= _ADOBE_SIZE:
        return [whole if len(content) == _ADOBE_SIZE else _rewritten(_APP14, content[:_ADOBE_SIZE])]
    return [] if segment.marker in _DROPPED else [whole]


def _rewritten(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def _orientation(data: bytes, segments: list[Segment]) -> int:
    blocks = (s.data(data) for s in segments if s.marker == _APP1)
    return next((exif.orientation(block) for block in blocks if block.startswith(b"Exif")), exif.UPRIGHT)


def _profile(data: bytes, segments: list[Segment]) -> bytes | None:
    """Put together from its numbered parts; None when one is missing."""
    parts: dict[int, bytes] = {}
    for segment in segments:
        part = segment.data(data)
        if segment.marker == _APP2 and part.startswith(_PROFILE) and len(part) > len(_PROFILE) + 2:
            parts[part[len(_PROFILE)]] = part[len(_PROFILE) + 2 :]
    whole = parts and sorted(parts) == list(range(1, len(parts) + 1))
    return b"".join(parts[number] for number in sorted(parts)) if whole else None


def _views(data: bytes, base: int) -> list[Span]:
    """The entries of the multi-picture index at `base` (CIPA DC-007) that are views, if all are there."""
    try:
        entries = list(_entries(data, base))
    except struct.error:
        return []
    spans = [
        Span(base + start if start else 0, base + start + length if start else length)
        for kind, length, start in entries
        if kind >> 16 & 0xFF == _VIEW
    ]
    return [s for s in spans if data[s.start : s.start + 2] == b"\xff\xd8" and s.stop <= len(data)]


def _entries(data: bytes, base: int) -> Iterator[tuple[int, int, int]]:
    """Kind, length and start of each picture; the first one's start is 0, others count from `base`."""
    order = "<" if data[base : base + 4] == b"II*\0" else ">"
    (directory,) = struct.unpack_from(f"{order}I", data, base + 4)
    (tags,) = struct.unpack_from(f"{order}H", data, base + directory)
    for number in range(tags):
        tag, _, length, place = struct.unpack_from(f"{order}HHII", data, base + directory + 2 + 12 * number)
        if tag == _ENTRIES_TAG:
            for entry in range(length // _ENTRY.size):
                yield struct.unpack_from(f"{order}III", data, base + place + entry * _ENTRY.size)
