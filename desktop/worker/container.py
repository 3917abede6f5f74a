"""What an image's bytes tell before a pixel is decoded: its format, and whether its end is there.

Qt's decoders fill what is missing of a JPEG, BMP or GIF with grey and call it an image. The other
formats' decoders refuse by themselves.
"""

import re
import struct
from typing import Literal, get_args

Format = Literal["png", "jpeg", "webp", "bmp", "tiff", "gif"]

FORMATS: tuple[Format, ...] = get_args(Format)

_MAGIC: dict[Format, re.Pattern[bytes]] = {
    "png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "jpeg": re.compile(rb"\xff\xd8\xff"),
    "webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
    # "BM" begins many a text; the header's length behind it is one of a few.
    "bmp": re.compile(rb"BM.{12}[\x0c\x28\x34\x38\x40\x6c\x7c]\0\0\0", re.DOTALL),
    "tiff": re.compile(rb"II\*\0|MM\0\*|II\+\0|MM\0\+"),
    "gif": re.compile(rb"GIF8[79]a"),
}


def sniff(data: bytes) -> Format | None:
    """The format that the first bytes prove; a file's suffix proves nothing."""
    return next((name for name, magic in _MAGIC.items() if magic.match(data)), None)


def declared_png_size(data: bytes) -> tuple[int, int] | None:
    """Width and height in px as a PNG's header declares them; Qt says nothing when little else is there."""
    if sniff(data) != "png" or data[12:16] != b"IHDR" or len(data) < 24:  # noqa: PLR2004 - the header's end
        return None
    width, height = struct.unpack_from(">II", data, 16)
    return width, height


def has_its_end(image_format: Format, data: bytes) -> bool:
    """False when the picture's last bytes are missing and the decoder would not mind."""
    match image_format:
        case "jpeg":
            return _jpeg_ends(data)
        case "bmp":
            return _bmp_ends(data)
        case "gif":
            return _gif_shows_a_frame(data)
        case _:
            return True


_JPEG_MARKER = re.compile(rb"\xff[^\x00\xff]")
_JPEG_EOI, _JPEG_SOS = 0xD9, 0xDA
_JPEG_ALONE = {0x01, *range(0xD0, 0xD9)}
"""Markers without a segment: TEM, the restart markers, SOI."""


def _jpeg_ends(data: bytes) -> bool:
    """Whether the end marker follows the scans; one inside an embedded thumbnail is not it."""
    place = 0
    while found := _JPEG_MARKER.search(data, place):
        marker, place = data[found.start() + 1], found.end()
        if marker == _JPEG_EOI:
            return True
        if marker not in _JPEG_ALONE:
            place += int.from_bytes(data[place : place + 2], "big")
    return False


def _bmp_ends(data: bytes) -> bool:
    """Whether uncompressed rows are all there; compressed ones (rare) are left to the decoder."""
    if len(data) < 54 or data[14] == 12:  # noqa: PLR2004 - the OS/2 header tells less
        return True
    start, _, width, height, _, depth, compression = struct.unpack_from("<IIiiHHI", data, 10)
    row = (width * depth + 31) // 32 * 4
    return compression not in (0, 3) or len(data) >= start + row * abs(height)


_GIF_EXTENSION, _GIF_FRAME = 0x21, 0x2C


def _gif_shows_a_frame(data: bytes) -> bool:
    """Whether the first frame's blocks are complete; only this frame is used."""
    place = 13 + _gif_colours(data[10:11])
    while place < len(data):
        introducer = data[place]
        if introducer == _GIF_EXTENSION:
            place = _after_gif_blocks(data, place + 2)
        elif introducer == _GIF_FRAME:
            first_block = place + 11 + _gif_colours(data[place + 9 : place + 10])
            return _after_gif_blocks(data, first_block) <= len(data)
        else:
            return False
    return False


def _gif_colours(flags: bytes) -> int:
    """Bytes of the colour table that `flags` announce."""
    return 3 << (flags[0] & 7) + 1 if flags and flags[0] & 0x80 else 0


def _after_gif_blocks(data: bytes, place: int) -> int:
    """Where the chain of length-prefixed blocks at `place` ends; past the data when it does not."""
    while place < len(data):
        length = data[place]
        place += 1 + length
        if not length:
            return place
    return len(data) + 1
