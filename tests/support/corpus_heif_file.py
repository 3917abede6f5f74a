"""HEIC by libheif's own encoder, and the boxes that turn it: the encoder writes none."""

import struct
import subprocess
import tempfile
from pathlib import Path

from PIL import Image

from tests.support.corpus import Pixels

LOSSLESS = ("-L", "-p", "chroma=444", "--matrix_coefficients=0")


def heic(*pictures: Pixels, options: tuple[str, ...] = LOSSLESS) -> bytes:
    """One or more pictures in a file; alpha is kept where there is some."""
    with tempfile.TemporaryDirectory() as folder:
        sources = [Path(folder, f"{number}.png") for number in range(len(pictures))]
        for source, pixels in zip(sources, pictures, strict=True):
            image = Image.fromarray(pixels)
            (image if (pixels[..., 3] < 255).any() else image.convert("RGB")).save(source)
        return _run(folder, options, sources)


def heic_from(suffix: str, data: bytes, options: tuple[str, ...] = LOSSLESS) -> bytes:
    """From a file in another format, whose metadata goes with it."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, f"source.{suffix}")
        source.write_bytes(data)
        return _run(folder, options, [source])


def _run(folder: str, options: tuple[str, ...], sources: list[Path]) -> bytes:
    target = Path(folder, "image.heic")
    subprocess.run(["heif-enc", *options, *sources, "-o", target], check=True, capture_output=True)
    return target.read_bytes()


IROT, IMIR = b"irot", b"imir"


def turned(data: bytes, *boxes: tuple[bytes, int]) -> bytes:
    """With properties of one byte for the primary picture: `irot` in quarters to the left, `imir` an axis."""
    meta = _find(data, b"meta", 0, len(data))
    properties = _find(data, b"iprp", meta + 12, len(data))
    container = _find(data, b"ipco", properties + 8, len(data))
    known = _count(data, container)
    packed = b"".join(struct.pack(">I4sB", 9, kind, value) for kind, value in boxes)
    numbers = bytes(0x80 | known + 1 + number for number in range(len(boxes)))
    associations = _find(data, b"ipma", properties + 8, len(data))
    count = _associations_of(data, associations, data[_find(data, b"pitm", meta + 12, len(data)) :][12:14])
    inserted = [(container + _size(data, container), packed), (count + 1 + data[count], numbers)]
    changed = bytearray(data)
    changed[count] += len(boxes)
    for box, grown in (
        (container, packed),
        (associations, numbers),
        (properties, packed + numbers),
        (meta, packed + numbers),
    ):
        struct.pack_into(">I", changed, box, _size(data, box) + len(grown))
    _move_items(changed, _find(data, b"iloc", meta + 12, len(data)), len(packed) + len(numbers))
    for place, content in sorted(inserted, reverse=True):
        changed[place:place] = content
    return bytes(changed)


def _associations_of(data: bytes, box: int, item: bytes) -> int:
    """Where the count of the item's properties stands; version 0, flags 0: items of 16 bits, numbers of 8."""
    place = box + 16
    while data[place : place + 2] != item:
        place += 3 + data[place + 2]
    return place + 2


def _move_items(data: bytearray, box: int, distance: int) -> None:
    """Version 1 of `iloc`, with offsets of 32 bits; items that lie in `idat` move with their box."""
    assert (data[box + 8], data[box + 12]) == (1, 0x44)
    base = data[box + 13] >> 4
    place = box + 16
    for _ in range(int.from_bytes(data[box + 14 : box + 16], "big")):
        in_file = data[place + 3] == 0
        extents = int.from_bytes(data[place + 6 + base : place + 8 + base], "big")
        place += 8 + base
        for _ in range(extents):
            offset = int.from_bytes(data[place : place + 4], "big")
            struct.pack_into(">I", data, place, offset + distance * in_file)
            place += 8


def _find(data: bytes, kind: bytes, start: int, end: int) -> int:
    """Where the box begins among its siblings."""
    place = start
    while place < end:
        if data[place + 4 : place + 8] == kind:
            return place
        place += _size(data, place)
    raise ValueError(f"no box {kind!r}")


def _size(data: bytes, box: int) -> int:
    return int.from_bytes(data[box : box + 4], "big")


def _count(data: bytes, box: int) -> int:
    """How many children the box has."""
    place, children = box + 8, 0
    while place < box + _size(data, box):
        place += _size(data, place)
        children += 1
    return children
