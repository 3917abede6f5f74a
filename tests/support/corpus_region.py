"""Where the parts of an encoded image begin: where damage is most telling."""

from collections.abc import Iterator

from tests.support.corpus_jpeg_file import segments_of
from tests.support.corpus_png_file import SIGNATURE, chunks_of

_HEAD, _STEPS = 128, 12
_CONTAINERS = {b"meta": 12, b"iprp": 8, b"ipco": 8, b"jp2h": 8, b"moov": 8}


def regions(data: bytes) -> list[int]:
    """Offsets of chunks, segments or boxes; of formats without such, of steps through the file."""
    if data.startswith(SIGNATURE):
        found = _png(data)
    elif data.startswith(b"\xff\xd8"):
        found = _jpeg(data)
    elif data[8:12] == b"WEBP":
        found = _riff(data)
    elif data[4:8] in (b"ftyp", b"jP  "):
        found = _boxes(data, 0, len(data))
    else:
        found = iter(())
    steps = (*range(0, min(_HEAD, len(data)), 8), *range(0, len(data), max(1, len(data) // _STEPS)))
    return sorted({*found, *steps})


def _png(data: bytes) -> Iterator[int]:
    place = len(SIGNATURE)
    for chunk in chunks_of(data):
        yield place
        place += 12 + len(chunk.data)


def _jpeg(data: bytes) -> Iterator[int]:
    place = 2
    for _, content in segments_of(data):
        yield place
        place += 4 + len(content)


def _riff(data: bytes) -> Iterator[int]:
    place = 12
    while place + 8 <= len(data):
        yield place
        length = int.from_bytes(data[place + 4 : place + 8], "little")
        place += 8 + length + length % 2


def _boxes(data: bytes, place: int, end: int) -> Iterator[int]:
    while place + 8 <= end:
        yield place
        size = int.from_bytes(data[place : place + 4], "big")
        if inner := _CONTAINERS.get(data[place + 4 : place + 8]):
            yield from _boxes(data, place + inner, place + size)
        if size < 8:
            return
        place += size
