"""BMP's header: the embedded profile, and whether all rows are there."""

import struct

from desktop.worker.header import Header

_OS2, _V5 = 12, 124
"""Lengths of headers."""

_EMBEDDED = b"DEBM"
"""The colour space "MBED", as little-endian bytes."""


def header(data: bytes) -> Header:
    """Whether there is transparency, the decoder tells."""
    return Header(profile=_profile(data), alpha=True)


def has_its_rows(data: bytes) -> bool:
    """Whether uncompressed rows are all there; compressed ones (rare) are left to the decoder."""
    if len(data) < 54 or data[14] == _OS2:  # noqa: PLR2004 - the OS/2 header tells less
        return True
    start, _, width, height, _, depth, compression = struct.unpack_from("<IIiiHHI", data, 10)
    row = (width * depth + 31) // 32 * 4
    return compression not in (0, 3) or len(data) >= start + row * abs(height)


def _profile(data: bytes) -> bytes | None:
    if len(data) < 14 + _V5 or data[14] != _V5 or data[14 + 56 : 14 + 60] != _EMBEDDED:
        return None
    start, size = struct.unpack_from("<II", data, 14 + 112)
    return data[14 + start : 14 + start + size] or None
