"""PNG as the specification has it, for what Pillow does not write: 16-bit colour, 2 bits, Adam7."""

import struct
import zlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

SIGNATURE = b"\x89PNG\r\n\x1a\n"

GREY, COLOUR, PALETTE, GREY_ALPHA, COLOUR_ALPHA = 0, 2, 3, 4, 6

_ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""Of each pass: first column, first row, step across, step down."""


PICTURE_CHUNKS = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
COLOUR_CHUNKS = {b"gAMA", b"cHRM", b"sRGB", b"sBIT"}
"""They tell of colours and of nothing else."""


class Chunk(NamedTuple):
    kind: bytes
    data: bytes

    def packed(self) -> bytes:
        checksum = zlib.crc32(self.kind + self.data)
        return struct.pack(">I", len(self.data)) + self.kind + self.data + struct.pack(">I", checksum)


def png(
    values: NDArray[np.integer],
    colour_type: int,
    bits: int,
    *,
    before: Iterable[Chunk] = (),
    after: Iterable[Chunk] = (),
    interlaced: bool = False,
    pieces: int = 1,
) -> bytes:
    """`values` are H×W or H×W×channels; PLTE and its like stand `before` the pixels, others `after` them."""
    height, width = values.shape[:2]
    header = struct.pack(">IIBBBBB", width, height, bits, colour_type, 0, 0, interlaced)
    stored = zlib.compress(_scanlines(values.reshape(height, width, -1), bits, interlaced=interlaced))
    chunks = [Chunk(b"IHDR", header), *before, *_cut(stored, pieces), *after, Chunk(b"IEND", b"")]
    return joined(chunks)


def joined(chunks: Iterable[Chunk]) -> bytes:
    return SIGNATURE + b"".join(chunk.packed() for chunk in chunks)


def chunks_of(data: bytes) -> Iterator[Chunk]:
    """The chunks up to IEND, without a look at their checksums."""
    place = len(SIGNATURE)
    while place + 12 <= len(data):
        length = int.from_bytes(data[place : place + 4], "big")
        chunk = Chunk(data[place + 4 : place + 8], data[place + 8 : place + 8 + length])
        yield chunk
        if chunk.kind == b"IEND":
            return
        place += 12 + length


def picture_chunks(data: bytes) -> bytes:
    """What is decoded into pixels, however it was cut into chunks, and the frames of an animation.

    A damaged tRNS is none of it: decoders pass over it. So they do over frames without a sound acTL.
    """
    critical = PICTURE_CHUNKS - {b"tRNS"}
    chunks = [chunk for chunk in chunks_of(data) if chunk.kind in critical or chunk.packed() in data]
    kinds = PICTURE_CHUNKS - {b"IDAT"}
    if any(chunk.kind == b"acTL" for chunk in chunks):
        kinds |= {b"fdAT"}
    around = (kind + content for kind, content in chunks if kind in kinds)
    return b"".join(around) + b"".join(content for kind, content in chunks if kind == b"IDAT")


def with_chunks(data: bytes, *added: Chunk, after: bytes = b"IHDR") -> bytes:
    """A PNG with more chunks, behind the first one of a kind."""
    chunks = list(chunks_of(data))
    place = [chunk.kind for chunk in chunks].index(after) + 1
    return joined([*chunks[:place], *added, *chunks[place:]])


def _cut(stored: bytes, pieces: int) -> Iterator[Chunk]:
    length = -(-len(stored) // pieces)
    for start in range(0, len(stored), length):
        yield Chunk(b"IDAT", stored[start : start + length])


def _scanlines(values: NDArray[np.integer], bits: int, *, interlaced: bool) -> bytes:
    if not interlaced:
        return _rows(values, bits)
    return b"".join(_rows(values[y::down, x::across], bits) for x, y, across, down in _ADAM7)


def _rows(values: NDArray[np.integer], bits: int) -> bytes:
    """Every row by the next of the five filters, so that each of them is used."""
    if not values.size:
        return b""
    width = max(1, values.shape[2] * bits // 8)
    rows = [_packed(row.reshape(-1), bits) for row in values]
    above = np.zeros_like(rows[0])
    filtered = []
    for number, row in enumerate(rows):
        filtered.append(bytes((number % 5,)) + _filtered(row, above, width, number % 5))
        above = row
    return b"".join(filtered)


def _packed(row: NDArray[np.integer], bits: int) -> NDArray[np.uint8]:
    """Values of `bits` bits as bytes, the first value in the upper bits."""
    if bits == 16:
        return row.astype(">u2").view(np.uint8)
    spread = (row.astype(np.uint8)[:, None] >> np.arange(bits - 1, -1, -1)) & 1
    return np.packbits(spread.reshape(-1))


def _filtered(row: NDArray[np.uint8], above: NDArray[np.uint8], width: int, kind: int) -> bytes:
    left, corner = (np.concatenate((np.zeros(width, np.uint8), line))[: len(row)] for line in (row, above))
    a, b, c = (line.astype(int) for line in (left, above, corner))
    guess = (0 * a, a, b, (a + b) // 2, _paeth(a, b, c))[kind]
    return (row.astype(int) - guess).astype(np.uint8).tobytes()


def _paeth(a: NDArray[np.int_], b: NDArray[np.int_], c: NDArray[np.int_]) -> NDArray[np.int_]:
    far_a, far_b, far_c = abs(b - c), abs(a - c), abs(a + b - 2 * c)
    return np.where((far_a <= far_b) & (far_a <= far_c), a, np.where(far_b <= far_c, b, c))
