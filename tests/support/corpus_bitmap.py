"""BMP and TGA, byte by byte: depths, masks, run lengths, either way up, headers of every age."""

import struct
from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from desktop.domain.image_errors import BrokenImage
from tests.support import corpus_profile
from tests.support.corpus import BLENDED, COLOURED, PLANTED, Entry, Pixels, Tolerance
from tests.support.corpus_picture import busy, cut_out, grey, indexed, opaque, sheer, smooth, stretched
from tests.support.corpus_reference import pillow_pixels

PICTURE = busy()
_CORE, _INFO, _V3, _V4, _V5 = 12, 40, 56, 108, 124
_RAW, _RLE8, _RLE4, _MASKS = 0, 1, 2, 3
_888 = (0xFF0000, 0xFF00, 0xFF, 0xFF000000)


def entries() -> Iterator[Entry]:
    yield from _bmp_palettes()
    yield from _bmp_colours()
    yield from _tga_plain()
    yield from _tga_odd()


def bmp(
    rows: Sequence[bytes],
    size: tuple[int, int],
    bits: int,
    *,
    header: int = _INFO,
    compression: int = _RAW,
    masks: Sequence[int] = (),
    table: NDArray[np.uint8] | None = None,
    top_down: bool = False,
    packed: bytes | None = None,
) -> bytes:
    """`rows` from the top, already padded; `packed` stands for them when they are run lengths."""
    width, height = size
    body = packed if packed is not None else b"".join(rows if top_down else rows[::-1])
    entry = 3 if header == _CORE else 4
    colours = b"".join(bytes(rgb[::-1]).ljust(entry, b"\0") for rgb in table) if table is not None else b""
    if header == _CORE:
        info = struct.pack("<IHHHH", header, width, height, 1, bits)
    else:
        lines = -height if top_down else height
        count = 0 if table is None else len(table)
        info = struct.pack(
            "<IiiHHIIiiII", _INFO, width, lines, 1, bits, compression, len(body), 2835, 2835, count, 0
        )
        info = struct.pack("<I", header) + info[4:]
        info += b"".join(struct.pack("<I", mask) for mask in masks)
        if header in (_V4, _V5):
            info = info.ljust(_INFO + 16, b"\0") + b"BGRs"
        info = info.ljust(header, b"\0") if header > _INFO else info
    start = 14 + len(info) + len(colours)
    return b"BM" + struct.pack("<IHHI", start + len(body), 0, 0, start) + info + colours + body


def with_profile(data: bytes, profile: bytes) -> bytes:
    """A BMP of version 5 with a profile behind its pixels; places count from the header's start."""
    place = struct.pack("<II", len(data) - 14, len(profile))
    data = data[: 14 + 56] + b"DEBM" + data[14 + 60 :]
    return data[: 14 + 112] + place + data[14 + 120 :] + profile


def _padded(rows: NDArray[np.uint8]) -> list[bytes]:
    return [row.tobytes() + bytes(-row.nbytes % 4) for row in rows]


def _size(pixels: NDArray[np.generic]) -> tuple[int, int]:
    return pixels.shape[1], pixels.shape[0]


def _bits_of(numbers: NDArray[np.uint8], bits: int) -> NDArray[np.uint8]:
    spread = (numbers[..., None] >> np.arange(bits - 1, -1, -1, dtype=np.uint8)) & 1
    return np.packbits(spread.reshape(len(numbers), -1), axis=1)


def _bmp_palettes() -> Iterator[Entry]:
    for bits in (1, 4, 8):
        numbers, table = indexed(bits)
        rows, pixels = _padded(_bits_of(numbers, bits)), opaque(table[numbers])
        for header in (_CORE, _INFO, _V5):
            data = bmp(rows, _size(numbers), bits, header=header, table=table)
            yield Entry(f"palette-{bits}-header-{header}.bmp", data, pixels)
        data = bmp(rows, _size(numbers), bits, table=table, top_down=True)
        yield Entry(f"palette-{bits}-top-down.bmp", data, pixels)
    numbers, table = indexed(4)
    lying = bytearray(bmp(_padded(_bits_of(numbers, 4)), _size(numbers), 4, table=table))
    lying[46] += 4  # more colours than there is room for before the pixels
    yield Entry("palette-into-pixels.bmp", bytes(lying), opaque(table[numbers]), errors=(BrokenImage,))
    for bits, compression, encode in ((8, _RLE8, _rle8), (4, _RLE4, _rle4)):
        numbers, table = indexed(bits)
        packed = b"".join(encode(row) + b"\0\0" for row in numbers[::-1]) + b"\0\1"
        data = bmp((), _size(numbers), bits, compression=compression, table=table, packed=packed)
        yield Entry(f"run-lengths-{bits}.bmp", data, opaque(table[numbers]))


def _rle8(row: NDArray[np.uint8]) -> bytes:
    runs = ((value, len(list(run))) for value, run in groupby(row.tolist()))
    return b"".join(bytes((length, value)) for value, length in runs)


def _rle4(row: NDArray[np.uint8]) -> bytes:
    runs = ((value, len(list(run))) for value, run in groupby(row.tolist()))
    return b"".join(bytes((length, value * 17)) for value, length in runs)


def _bmp_colours() -> Iterator[Entry]:
    blue_first = np.ascontiguousarray(PICTURE[..., 2::-1])
    for header in (_CORE, _INFO, _V4, _V5):
        masks: tuple[int, ...] = _888 if header in (_V4, _V5) else ()
        data = bmp(_padded(blue_first), _size(PICTURE), 24, header=header, masks=masks)
        yield Entry(f"colour-24-header-{header}.bmp", data, PICTURE)
    data = bmp(_padded(blue_first), _size(PICTURE), 24, top_down=True)
    yield Entry("colour-24-top-down.bmp", data, PICTURE)
    five = bmp(
        _padded(np.ascontiguousarray(smooth()[..., 2::-1])), _size(PICTURE), 24, header=_V5, masks=_888
    )
    data = with_profile(five, corpus_profile.SWAPPED)
    profiled = Image.fromarray(smooth()[..., :3])
    profiled.info["icc_profile"] = corpus_profile.SWAPPED
    yield Entry("swapped.bmp", data, pillow_pixels(profiled), COLOURED, change={"recoloured": True})
    filled = np.dstack((blue_first, np.zeros(PICTURE.shape[:2], np.uint8)))
    yield Entry("colour-32.bmp", bmp(_padded(filled), _size(PICTURE), 32), PICTURE)
    yield Entry("colour-32-top-down.bmp", bmp(_padded(filled), _size(PICTURE), 32, top_down=True), PICTURE)
    for name, widths in (("555", (5, 5, 5)), ("565", (5, 6, 5))):
        words, masks, pixels = _squeezed(PICTURE, widths)
        rows = _padded(words.view(np.uint8).reshape(len(words), -1))
        data = bmp(rows, _size(PICTURE), 16, compression=_MASKS, masks=masks)
        yield Entry(f"colour-{name}.bmp", data, pixels, SQUEEZED)
    words, _, pixels = _squeezed(PICTURE, (5, 5, 5))
    rows = _padded(words.view(np.uint8).reshape(len(words), -1))
    yield Entry("colour-16-no-masks.bmp", bmp(rows, _size(PICTURE), 16), pixels, SQUEEZED)
    clear = sheer(PICTURE)
    rows = _padded(np.ascontiguousarray(clear[..., (2, 1, 0, 3)]))
    for header in (_V3, _V4, _V5):
        data = bmp(rows, _size(PICTURE), 32, header=header, compression=_MASKS, masks=_888)
        yield Entry(f"alpha-header-{header}.bmp", data, clear, BLENDED)
    rows = _padded(np.ascontiguousarray(clear[..., (3, 2, 1, 0)]))
    shifted = tuple(mask << 8 & 0xFFFFFFFF for mask in _888[:3])
    data = bmp(rows, _size(PICTURE), 32, header=_V4, compression=_MASKS, masks=(*shifted, 0xFF))
    yield Entry("alpha-first.bmp", data, clear, BLENDED)


SQUEEZED = Tolerance(4.0, 8, "5 bits become 8 by repeating, by stretching or by a shift alone")


def _squeezed(
    pixels: Pixels, widths: tuple[int, int, int]
) -> tuple[NDArray[np.uint16], tuple[int, ...], Pixels]:
    """The picture in 16-bit words, the masks, and what is left of it in 8 bits."""
    shifts = widths[1] + widths[2], widths[2], 0
    words, seen = np.zeros(pixels.shape[:2], "<u2"), pixels.copy()
    for channel, (width, shift) in enumerate(zip(widths, shifts, strict=True)):
        few = pixels[..., channel] >> (8 - width)
        words |= few.astype(np.uint16) << shift
        seen[..., channel] = stretched(few, width)
    return words, tuple(((1 << w) - 1) << s for w, s in zip(widths, shifts, strict=True)), seen


# ── TGA ─────────────────────────────────────────────────────────────────────────────────────────

_MAPPED, _COLOUR, _GREY = 1, 2, 3
_ORIGINS = {"bottom-left": 0x00, "bottom-right": 0x10, "top-left": 0x20, "top-right": 0x30}
_FOOTER = bytes(8) + b"TRUEVISION-XFILE.\0"


def tga(
    values: NDArray[np.uint8],
    kind: int,
    *,
    origin: str = "bottom-left",
    runs: bool = False,
    alpha_bits: int = 0,
    table: NDArray[np.uint8] | None = None,
    words: bytes = b"",
    footer: bool = True,
) -> bytes:
    """`values` are H×W×bytes of a pixel, blue first, from the upper left; a file begins at `origin`."""
    height, width, depth = values.shape
    flags = _ORIGINS[origin]
    stored = values[:: 1 if flags & 0x20 else -1, :: -1 if flags & 0x10 else 1]
    colour_map = b"" if table is None else np.ascontiguousarray(table[:, ::-1]).tobytes()
    count, entry = (0, 0) if table is None else (len(table), 24)
    header = struct.pack(
        "<BBBHHBHHHHBB",
        len(words),
        table is not None,
        kind | (8 if runs else 0),
        0,
        count,
        entry,
        0,
        0,
        width,
        height,
        depth * 8,
        flags | alpha_bits,
    )
    body = b"".join(_runs(row) for row in stored) if runs else stored.tobytes()
    return header + words + colour_map + body + (_FOOTER if footer else b"")


def _runs(row: NDArray[np.uint8]) -> bytes:
    """Packets of up to 128 px, of one colour or of several."""
    packed, pending = bytearray(), bytearray()
    depth = row.shape[1]
    for value, run in groupby(row.tolist()):
        length = len(list(run))
        if length == 1:
            pending += bytes(value)
            continue
        packed += _literal(pending, depth) + bytes((0x80 | length - 1,)) + bytes(value)
        pending.clear()
    return bytes(packed + _literal(pending, depth))


def _literal(pending: bytearray, depth: int) -> bytes:
    return bytes((len(pending) // depth - 1,)) + bytes(pending) if pending else b""


def _tga_plain() -> Iterator[Entry]:
    blue_first = PICTURE[..., 2::-1]
    clear = sheer(PICTURE)
    plane = grey(PICTURE)
    for runs in (False, True):
        suffix = "-runs.tga" if runs else ".tga"
        for origin in _ORIGINS:
            yield Entry(
                f"colour-{origin}{suffix}", tga(blue_first, _COLOUR, origin=origin, runs=runs), PICTURE
            )
        data = tga(clear[..., (2, 1, 0, 3)], _COLOUR, runs=runs, alpha_bits=8)
        yield Entry(f"alpha{suffix}", data, clear, BLENDED)
        yield Entry(f"grey{suffix}", tga(plane[..., None], _GREY, runs=runs), opaque(plane))
        numbers, table = indexed(8)
        yield Entry(
            f"palette{suffix}",
            tga(numbers[..., None], _MAPPED, runs=runs, table=table),
            opaque(table[numbers]),
        )
        words, _, pixels = _squeezed(PICTURE, (5, 5, 5))
        halves = words.view(np.uint8).reshape(*words.shape, 2)
        yield Entry(f"colour-16{suffix}", tga(halves, _COLOUR, runs=runs), pixels, SQUEEZED)


def _tga_odd() -> Iterator[Entry]:
    blue_first = PICTURE[..., 2::-1]
    yield Entry("words.tga", tga(blue_first, _COLOUR, words=PLANTED), PICTURE)
    yield Entry("old.tga", tga(blue_first, _COLOUR, footer=False), PICTURE)
    yield Entry(
        "old-top-left-runs.tga", tga(blue_first, _COLOUR, footer=False, runs=True, origin="top-left"), PICTURE
    )
    all_or_nothing = cut_out(PICTURE)
    yield Entry(
        "cut-out.tga", tga(all_or_nothing[..., (2, 1, 0, 3)], _COLOUR, alpha_bits=8), all_or_nothing, BLENDED
    )
