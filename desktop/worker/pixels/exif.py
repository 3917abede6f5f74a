"""The one thing of EXIF that concerns pixels: which way the picture is to be turned."""

import struct

UPRIGHT = 1

SIDEWAYS = 5
"""From this orientation on, width and height change places."""

_ORIENTATION, _SHORT = 0x0112, 3
_PREFIX = b"Exif\0\0"
"""JPEG puts it before the block; some writers do so in WebP and PNG as well."""


def orientation(block: bytes) -> int:
    """1 … 8 as EXIF counts; 1 (upright) for a block that says nothing or makes no sense."""
    tiff = block.removeprefix(_PREFIX)
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    try:
        return _orientation(tiff, order) if order else UPRIGHT
    except struct.error:
        return UPRIGHT


def _orientation(tiff: bytes, order: str) -> int:
    (directory,) = struct.unpack_from(f"{order}I", tiff, 4)
    (entries,) = struct.unpack_from(f"{order}H", tiff, directory)
    for number in range(entries):
        tag, kind, count, value = struct.unpack_from(f"{order}HHIH", tiff, directory + 2 + 12 * number)
        if (tag, kind, count) == (_ORIENTATION, _SHORT, 1):
            return value if UPRIGHT <= value <= 8 else UPRIGHT  # noqa: PLR2004 - EXIF counts to eight
    return UPRIGHT
