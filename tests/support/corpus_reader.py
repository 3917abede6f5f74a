"""TGA and PSD read byte by byte: hardly any decoder but Pillow's knows all that the corpus holds of them."""

import struct
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tests.support.corpus import Pixels
from tests.support.corpus_picture import opaque

_MAPPED, _COLOUR, _GREY, _RUNS = 1, 2, 3, 8
_PSD_CHANNELS = {1: 1, 2: 1, 3: 3, 4: 4}


def tga(data: bytes) -> Pixels:
    """24 and 32 bits a pixel, grey, tables of 24-bit colours. Raises ValueError, IndexError, struct.error."""
    header = struct.unpack_from("<BBBHHBHHHHBB", data)
    words, mapped, kind, first, count, entry, _, _, width, height, bits, flags = header
    place, table = 18 + words, None
    if mapped:
        table = np.frombuffer(data, np.uint8, count * entry // 8, place).reshape(count, entry // 8)
        place += count * entry // 8
    depth, size = bits // 8, width * height
    body = _tga_runs(data, place, depth, size) if kind & _RUNS else data[place : place + size * depth]
    stored = np.frombuffer(body, np.uint8, size * depth).reshape(height, width, depth)
    values = stored[:: 1 if flags & 0x20 else -1, :: -1 if flags & 0x10 else 1]
    if kind & 7 == _MAPPED and table is not None:
        return opaque(table[values[..., 0] - first][..., ::-1])
    if kind & 7 == _GREY:
        return opaque(values[..., 0])
    if kind & 7 != _COLOUR or depth not in (3, 4):
        raise ValueError("not a TGA of the corpus")
    colours = values[..., 2::-1]
    return np.dstack((colours, values[..., 3])) if depth == 4 and flags & 15 else opaque(colours)


def _tga_runs(data: bytes, place: int, depth: int, size: int) -> bytes:
    found = bytearray()
    while len(found) < size * depth:
        length, alike = (data[place] & 0x7F) + 1, data[place] & 0x80
        end = place + 1 + depth * (1 if alike else length)
        if end > len(data):
            raise ValueError("cut short")
        found += data[place + 1 : end] * (length if alike else 1)
        place = end
    return bytes(found)


def psd(data: bytes) -> Pixels:
    """8 bits of grey, indexed, RGB and CMYK without profile. Raises ValueError, IndexError, struct.error."""
    magic, version, channels, height, width, depth, mode = struct.unpack_from(">4sH6xHIIHH", data)
    if (magic, version, depth) != (b"8BPS", 1, 8) or channels < _PSD_CHANNELS[mode]:
        raise ValueError("not a PSD of the corpus")
    place, parts = 26, []
    for _ in range(3):
        length = int.from_bytes(data[place : place + 4], "big")
        parts.append(data[place + 4 : place + 4 + length])
        place += 4 + length
    packed = int.from_bytes(data[place : place + 2], "big")
    rows = _psd_rows(data, place + 2, channels * height, width, packed=packed == 1)
    planes = np.frombuffer(b"".join(rows), np.uint8).reshape(channels, height, width)
    return _psd_colours(planes, mode, parts[0])


def _psd_rows(data: bytes, place: int, count: int, width: int, *, packed: bool) -> Iterator[bytes]:
    if not packed:
        if len(data) != place + count * width:
            raise ValueError("cut short")
        yield data[place : place + count * width]
        return
    lengths = struct.unpack_from(f">{count}H", data, place)
    place += 2 * count
    if place + sum(lengths) != len(data):
        raise ValueError("rows of another length, all in all")
    for length in lengths:
        yield _unpacked(data[place : place + length], width)
        place += length


def _unpacked(row: bytes, width: int) -> bytes:
    found, place = bytearray(), 0
    while len(found) < width:
        length = row[place]
        if length > 128:
            found += row[place + 1 : place + 2] * (257 - length)
            place += 2
        else:
            found += row[place + 1 : place + 2 + length]
            place += 2 + length
    if (len(found), place) != (width, len(row)):
        raise ValueError("a row of another length")
    return bytes(found)


def _psd_colours(planes: NDArray[np.uint8], mode: int, table: bytes) -> Pixels:
    wanted = _PSD_CHANNELS[mode]
    values = planes[:wanted].transpose(1, 2, 0)
    if mode == 4:
        return np.asarray(Image.fromarray(255 - values, "CMYK").convert("RGBA"))
    if mode == 2:
        return opaque(np.frombuffer(table, np.uint8, 768).reshape(3, 256).T[values[..., 0]])
    colours = opaque(values[..., 0] if wanted == 1 else values)
    return np.dstack((colours[..., :3], planes[3])) if mode == 3 and len(planes) > 3 else colours
