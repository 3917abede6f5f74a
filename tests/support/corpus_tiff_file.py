"""TIFF as the specification has it: strips or tiles, either byte order, classic or Big, planes, any tags."""

import struct
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

Values: TypeAlias = NDArray[np.integer]
Order: TypeAlias = Literal["<", ">"]
Pack: TypeAlias = Callable[[bytes], bytes]

WIDTH, HEIGHT, BITS, COMPRESSION, PHOTOMETRIC, DESCRIPTION = 256, 257, 258, 259, 262, 270
STRIPS, ORIENTATION, SAMPLES, ROWS, STRIP_BYTES, PLANAR = 273, 274, 277, 278, 279, 284
PREDICTOR, COLOURS, TILE_WIDTH, TILE_HEIGHT, TILES, TILE_BYTES = 317, 320, 322, 323, 324, 325
EXTRA, FORMAT, XMP, PHOTOSHOP, ICC = 338, 339, 700, 34377, 34675

RAW, LZW, DEFLATE, PACKBITS = 1, 5, 8, 32773
WHITE_IS_ZERO, BLACK_IS_ZERO, RGB, PALETTE, INKS = 0, 1, 2, 3, 5

_PACKERS: Mapping[int, Pack] = {RAW: bytes, DEFLATE: zlib.compress}

_SHORT, _LONG, _BYTES, _LONG8 = 3, 4, 7, 16
_SIZES = {_SHORT: 2, _LONG: 4, _BYTES: 1, _LONG8: 8}


@dataclass(frozen=True)
class Page:
    """`values` are H×W×channels, of whole bytes a value; `bits` below 8 packs them."""

    values: Values = field(repr=False)
    photometric: int = RGB
    bits: int = 8
    compression: int = RAW
    rows: int = 16
    tile: int = 0
    planar: bool = False
    predictor: bool = False
    tags: Mapping[int, Sequence[int] | bytes] = field(default_factory=dict)


def tiff(*pages: Page, big_endian: bool = False, big: bool = False) -> bytes:
    order: Order = ">" if big_endian else "<"
    head = (b"MM" if big_endian else b"II") + struct.pack(f"{order}H", 43 if big else 42)
    head += struct.pack(f"{order}HHQ", 8, 0, 0) if big else bytes(4)
    writer = _Writer(order, big, bytearray(head), link=8 if big else 4)
    for page in pages:
        writer.add(page)
    return bytes(writer.data)


def in_a_ring(data: bytes) -> bytes:
    """A classic little-endian TIFF whose last page says that the first one is next."""
    first = data[4:8]
    place = int.from_bytes(first, "little")
    while True:
        link = place + 2 + 12 * int.from_bytes(data[place : place + 2], "little")
        place = int.from_bytes(data[link : link + 4], "little")
        if not place:
            return data[:link] + first + data[link + 4 :]


@dataclass
class _Writer:
    """`link` is where the next directory's place is to be written: in the head, or behind the last one."""

    order: Order
    big: bool
    data: bytearray
    link: int

    def add(self, page: Page) -> None:
        """Append the pixels and the directory, and enter it where the last one ended."""
        pieces = [_PACKERS[page.compression](piece) for piece in _pieces(page, self.order)]
        places = [self._append(piece) for piece in pieces]
        tags = dict(_described(page)) | _placed(page, places, [len(piece) for piece in pieces])
        self._append_directory(tags | dict(page.tags))

    def _append(self, content: bytes) -> int:
        self.data += bytes(-len(self.data) % 8)
        place = len(self.data)
        self.data += content
        return place

    def _append_directory(self, tags: Mapping[int, Sequence[int] | bytes]) -> None:
        rows = b"".join(self._row(tag, tags[tag]) for tag in sorted(tags))
        count = struct.pack(self.order + ("Q" if self.big else "H"), len(tags))
        width = 8 if self.big else 4
        place = self._append(count + rows + bytes(width))
        self.data[self.link : self.link + width] = self._offset(place)
        self.link = len(self.data) - width

    def _row(self, tag: int, values: Sequence[int] | bytes) -> bytes:
        kind, packed = self._packed(values)
        width = 8 if self.big else 4
        count = struct.pack(self.order + ("Q" if self.big else "I"), len(packed) // _SIZES[kind])
        held = packed.ljust(width, b"\0") if len(packed) <= width else self._offset(self._append(packed))
        return struct.pack(f"{self.order}HH", tag, kind) + count + held

    def _packed(self, values: Sequence[int] | bytes) -> tuple[int, bytes]:
        if isinstance(values, bytes):
            return _BYTES, values
        kind = _SHORT if max(values) < 1 << 16 else _LONG
        return kind, struct.pack(f"{self.order}{len(values)}{'H' if kind == _SHORT else 'I'}", *values)

    def _offset(self, place: int) -> bytes:
        return struct.pack(self.order + ("Q" if self.big else "I"), place)


def _described(page: Page) -> Iterator[tuple[int, Sequence[int]]]:
    height, width, samples = page.values.shape
    yield WIDTH, (width,)
    yield HEIGHT, (height,)
    yield BITS, (page.bits,) * samples
    yield COMPRESSION, (page.compression,)
    yield PHOTOMETRIC, (page.photometric,)
    yield SAMPLES, (samples,)
    yield PLANAR, (2 if page.planar else 1,)
    if page.predictor:
        yield PREDICTOR, (2,)


def _placed(page: Page, places: list[int], lengths: list[int]) -> dict[int, Sequence[int]]:
    if page.tile:
        return {TILE_WIDTH: (page.tile,), TILE_HEIGHT: (page.tile,), TILES: places, TILE_BYTES: lengths}
    return {ROWS: (page.rows,), STRIPS: places, STRIP_BYTES: lengths}


def _pieces(page: Page, order: Order) -> Iterator[bytes]:
    planes = np.split(page.values, page.values.shape[2], axis=2) if page.planar else [page.values]
    for plane in planes:
        for block in _blocks(plane, page):
            yield _encoded(_differences(block) if page.predictor else block, page.bits, order)


def _differences(block: Values) -> Values:
    return np.concatenate((block[:, :1], block[:, 1:] - block[:, :-1]), 1)


def _blocks(plane: Values, page: Page) -> Iterator[Values]:
    height, width = plane.shape[:2]
    if not page.tile:
        for y in range(0, height, page.rows):
            yield plane[y : y + page.rows]
        return
    side = page.tile
    padded = np.pad(plane, ((0, -height % side), (0, -width % side), (0, 0)))
    for y in range(0, height, side):
        for x in range(0, width, side):
            yield padded[y : y + side, x : x + side]


def _encoded(block: Values, bits: int, order: Order) -> bytes:
    if bits >= 8:
        return block.astype(block.dtype.newbyteorder(order)).tobytes()
    rows = block.reshape(len(block), -1).astype(np.uint8)
    spread = (rows[..., None] >> np.arange(bits - 1, -1, -1)) & 1
    return np.packbits(spread.reshape(len(rows), -1), axis=1).tobytes()
