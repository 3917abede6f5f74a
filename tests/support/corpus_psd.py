"""PSD: the flattened picture of a Photoshop file, in every mode that has one."""

import struct
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from desktop.domain.image_errors import UnsupportedImage
from tests.support import corpus_profile
from tests.support.corpus import BLENDED, COLOURED, EXACT, INKED, NARROWED, PLANTED, Entry, Pixels, Tolerance
from tests.support.corpus_picture import (
    busy,
    grey,
    indexed,
    levels,
    narrow,
    opaque,
    sheer,
    smooth,
    stretched,
    wide,
)
from tests.support.corpus_reference import pillow_pixels

BITMAP, GREY, INDEXED, RGB, CMYK, DUOTONE, LAB = 0, 1, 2, 3, 4, 8, 9
_PROFILE, _XMP, _CAPTION = 1039, 1060, 1028
PICTURE = busy()


def psd(
    planes: NDArray[np.generic],
    mode: int,
    *,
    depth: int = 8,
    packed: bool = False,
    colours: bytes = b"",
    resources: dict[int, bytes] | None = None,
    layers: bytes = b"",
) -> bytes:
    """`planes` are channels×H×W; 1-bit ones are already packed. The flattened picture only."""
    channels, height, width = planes.shape
    header = struct.pack(
        ">4sH6xHIIHH", b"8BPS", 1, channels, height, width * (8 if depth == 1 else 1), depth, mode
    )
    blocks = b"".join(_resource(number, data) for number, data in (resources or {}).items())
    parts = b"".join(struct.pack(">I", len(part)) + part for part in (colours, blocks, layers))
    rows = [row.astype(row.dtype.newbyteorder(">")).tobytes() for plane in planes for row in plane]
    if not packed:
        return header + parts + struct.pack(">H", 0) + b"".join(rows)
    short = [packbits(row) for row in rows]
    lengths = b"".join(struct.pack(">H", len(row)) for row in short)
    return header + parts + struct.pack(">H", 1) + lengths + b"".join(short)


def _resource(number: int, data: bytes) -> bytes:
    return b"8BIM" + struct.pack(">HHI", number, 0, len(data)) + data + bytes(len(data) % 2)


def packbits(row: bytes) -> bytes:
    """Runs of three and more are told by their length, everything else as it is."""
    packed, place, plain = bytearray(), 0, bytearray()
    while place < len(row):
        length = 1
        while length < 128 and row[place : place + 1] == row[place + length : place + length + 1]:
            length += 1
        if length < 3:
            plain += row[place : place + length]
        else:
            packed += _plain(plain) + bytes((257 - length, row[place]))
            plain.clear()
        place += length
    return bytes(packed + _plain(plain))


def _plain(content: bytearray) -> bytes:
    pieces = (content[start : start + 128] for start in range(0, len(content), 128))
    return b"".join(bytes((len(piece) - 1,)) + piece for piece in pieces)


def entries() -> Iterator[Entry]:
    for packed in (False, True):
        suffix = "-packed.psd" if packed else ".psd"
        for name, planes, mode, pixels, tolerance in _modes():
            yield Entry(name + suffix, psd(planes, mode, packed=packed), pixels, tolerance)
        numbers, table = indexed(8)
        data = psd(numbers[None], INDEXED, packed=packed, colours=table.T.tobytes())
        yield Entry(f"palette{suffix}", data, opaque(table[numbers]))
        few = levels(grey(PICTURE), 1)
        data = psd(np.packbits(1 - few[:, :56], axis=1)[None], BITMAP, depth=1, packed=packed)
        yield Entry(f"bitmap{suffix}", data, opaque(stretched(few, 1))[:, :56])
        deep = wide(PICTURE)[..., :3]
        data = psd(_planes(deep), RGB, depth=16, packed=packed)
        yield Entry(f"colour-16{suffix}", data, opaque(narrow(deep)), NARROWED, errors=(UnsupportedImage,))
    yield from _around()


def _planes(values: NDArray[np.generic]) -> NDArray[np.generic]:
    return np.ascontiguousarray(values.transpose(2, 0, 1))


def _modes() -> Iterator[tuple[str, NDArray[np.generic], int, Pixels, Tolerance]]:
    plane = grey(PICTURE)
    yield "colour", _planes(PICTURE[..., :3]), RGB, PICTURE, EXACT
    yield "grey", plane[None], GREY, opaque(plane), EXACT
    yield "duotone", plane[None], DUOTONE, opaque(plane), EXACT
    yield "alpha", _planes(sheer(PICTURE)), RGB, sheer(PICTURE), BLENDED
    inks = _inks()
    # Photoshop stores how much paper is left.
    yield "cmyk", _planes(255 - inks), CMYK, pillow_pixels(Image.fromarray(inks, "CMYK")), INKED


def _inks() -> NDArray[np.uint8]:
    return np.dstack((255 - smooth()[..., :3], np.full(smooth().shape[:2], 30, np.uint8)))


def _around() -> Iterator[Entry]:
    planes = _planes(PICTURE[..., :3])
    words = {_CAPTION: PLANTED, _XMP: PLANTED}
    yield Entry("words.psd", psd(planes, RGB, resources=words), PICTURE)
    swapped = Image.fromarray(smooth()[..., :3])
    swapped.info["icc_profile"] = corpus_profile.SWAPPED
    data = psd(_planes(smooth()[..., :3]), RGB, resources={_PROFILE: corpus_profile.SWAPPED})
    yield Entry("swapped.psd", data, pillow_pixels(swapped), COLOURED, change={"recoloured": True})
