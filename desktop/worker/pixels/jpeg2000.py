"""JPEG 2000 as boxes: whether the codestream has its end, and the embedded profile.

OpenJPEG paints what is there of a codestream and is content; Pillow does not tell the profile.
"""

from collections.abc import Iterator
from typing import NamedTuple

_START, _END = b"\xff\x4f\xff\x51", b"\xff\xd9"
_PROFILE = 2
"""The method of a colour box that holds an ICC profile."""


class Box(NamedTuple):
    """Its content stands from `start` up to, but without, `stop`."""

    kind: bytes
    start: int
    stop: int


def has_its_end(data: bytes) -> bool:
    """Of a raw codestream, or of the one in a file; other boxes may follow it."""
    if data.startswith(_START):
        return data.rstrip(b"\0").endswith(_END)
    stream = next((box for box in _boxes(data, 0, len(data)) if box.kind == b"jp2c"), None)
    if stream is None or stream.stop > len(data):
        return False
    return data[stream.start : stream.stop].startswith(_START) and data[: stream.stop].endswith(_END)


def profile(data: bytes) -> bytes | None:
    """The ICC profile of a file; a raw codestream has none."""
    if data.startswith(_START):
        return None
    for head in _boxes(data, 0, len(data)):
        if head.kind == b"jp2h":
            for box in _boxes(data, head.start, min(head.stop, len(data))):
                if box.kind == b"colr" and data[box.start : box.start + 1] == bytes([_PROFILE]):
                    return data[box.start + 3 : box.stop]
    return None


def _boxes(data: bytes, place: int, end: int) -> Iterator[Box]:
    """A size of 0 reaches to the end, of 1 is told in the next eight bytes; `stop` may be behind the data."""
    while place + 8 <= end:
        size, kind, head = int.from_bytes(data[place : place + 4], "big"), data[place + 4 : place + 8], 8
        if size == 1:
            size, head = int.from_bytes(data[place + 8 : place + 16], "big"), 16
        stop = max(place + head, place + size) if size else end
        yield Box(kind, place + head, stop)
        place = stop
