"""BMP's header: the embedded profile, and whether its picture is complete."""

import struct

from desktop.worker.pixels.header import Header

_OS2, _V5 = 12, 124
"""Lengths of headers."""

_PLAIN, _MASKED = 0, 3
"""Kinds of rows without compression."""

_EMBEDDED = b"DEBM"
"""The colour space "MBED", as little-endian bytes."""


def header(data: bytes) -> Header:
    """Whether there is transparency, the decoder tells."""
    return Header(profile=_profile(data), alpha=True)


def is_complete(data: bytes) -> bool:
    """Whether uncompressed rows are all there, the masks that tell their channels, and room for the palette.

    Compressed rows (rare) are left to the decoder.
    """
    if len(data) < 66 or data[14] == _OS2:  # noqa: PLR2004 - the OS/2 header tells less
        return True
    start, _, width, height, _, depth, compression = struct.unpack_from("<IIiiHHI", data, 10)
    if compression == _MASKED and 0 in struct.unpack_from("<3I", data, 54):
        return False
    if depth <= 8 and _palette_end(data) > start:  # noqa: PLR2004 - more bits are colours themselves
        return False
    row = (width * depth + 31) // 32 * 4
    return compression not in (_PLAIN, _MASKED) or len(data) >= start + row * abs(height)


def _palette_end(data: bytes) -> int:
    """Where the colours end that the header counts; 0 stands for as many as there can be."""
    header, used = int.from_bytes(data[14:18], "little"), int.from_bytes(data[46:50], "little")
    return 14 + header + 4 * used


def _profile(data: bytes) -> bytes | None:
    if len(data) < 14 + _V5 or data[14] != _V5 or data[14 + 56 : 14 + 60] != _EMBEDDED:
        return None
    start, size = struct.unpack_from("<II", data, 14 + 112)
    return data[14 + start : 14 + start + size] or None
