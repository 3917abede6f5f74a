"""ICC profiles made from their primaries, each with the planted words in its description."""

import struct

import numpy as np
from numpy.typing import NDArray

from tests.support.corpus import PLANTED

_D50 = (0.9642, 1.0, 0.8249)

_BRADFORD_D65_TO_D50 = np.array(
    (
        (1.0478112, 0.0228866, -0.0501270),
        (0.0295424, 0.9904844, -0.0170491),
        (-0.0092345, 0.0150436, 0.7521316),
    )
)
_D65_XY, _D50_XY = (0.3127, 0.3290), (0.3457, 0.3585)


def rgb(primaries: tuple[tuple[float, float], ...], gamma: float, *, d50: bool = False) -> bytes:
    """A matrix profile: `primaries` are xy of red, green and blue."""
    columns = _matrix(primaries, d50=d50).T
    tags = {f"{name}XYZ": _xyz(*column) for name, column in zip("rgb", columns, strict=True)}
    return _profile(b"RGB ", b"XYZ ", tags | {f"{name}TRC": _curve(gamma) for name in "rgb"})


def grey(gamma: float) -> bytes:
    return _profile(b"GRAY", b"XYZ ", {"kTRC": _curve(gamma)})


def inks() -> bytes:
    """Four inks to Lab by a table of their 16 corners, linear in between."""
    corners = [_printed(*(number >> bit & 1 for bit in (3, 2, 1, 0))) for number in range(16)]
    table = b"".join(struct.pack(">3B", *corner) for corner in corners)
    ramp = bytes(range(256))
    identity = struct.pack(">9i", *(65536 if place % 4 == 0 else 0 for place in range(9)))
    lut = b"mft1\0\0\0\0" + bytes((4, 3, 2, 0)) + identity + ramp * 4 + table + ramp * 3
    return _profile(b"CMYK", b"Lab ", {"A2B0": lut}, kind=b"prtr")


def _printed(cyan: int, magenta: int, yellow: int, black: int) -> tuple[int, int, int]:
    """Lab of a corner as 8-bit numbers."""
    ink = cyan + magenta + yellow
    lightness = max(0.0, 100 - 22 * ink - 60 * black) if not black else max(0.0, 30 - 8 * ink)
    a, b = (-40 * cyan + 60 * magenta - 5 * yellow), (-45 * cyan - 5 * magenta + 70 * yellow)
    fade = 0.2 if black else 1.0
    return round(lightness * 2.55), round(128 + a * fade), round(128 + b * fade)


def _matrix(primaries: tuple[tuple[float, float], ...], *, d50: bool) -> NDArray[np.float64]:
    """From linear RGB to XYZ seen in D50."""
    colours = np.array([_from_xy(*xy) for xy in primaries]).T
    white = np.array(_from_xy(*(_D50_XY if d50 else _D65_XY)))
    scaled = colours * np.linalg.solve(colours, white)
    return scaled if d50 else np.asarray(_BRADFORD_D65_TO_D50 @ scaled)


def _from_xy(x: float, y: float) -> tuple[float, float, float]:
    return x / y, 1.0, (1 - x - y) / y


def _fixed(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))


def _xyz(*values: float) -> bytes:
    return b"XYZ \0\0\0\0" + b"".join(map(_fixed, values))


def _curve(gamma: float) -> bytes:
    return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256)) + b"\0\0"


def _text(kind: bytes) -> bytes:
    if kind == b"text":
        return b"text\0\0\0\0" + PLANTED + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(PLANTED) + 1) + PLANTED + b"\0" + bytes(78)


def _profile(space: bytes, pcs: bytes, tags: dict[str, bytes], kind: bytes = b"mntr") -> bytes:
    """An ICC profile of version 2.4."""
    tags = {"desc": _text(b"desc"), "cprt": _text(b"text"), "wtpt": _xyz(*_D50)} | tags
    table, body = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for name, tag in tags.items():
        table += struct.pack(">4sII", name.encode(), start + len(body), len(tag))
        body += tag + bytes(-len(tag) % 4)
    head = struct.pack(">I4sI4s4s4s", start + len(body), b"none", 0x02400000, kind, space, pcs)
    head += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + bytes(28) + b"".join(map(_fixed, _D50))
    return head.ljust(128, b"\0") + table + body


SRGB_LIKE = rgb(((0.64, 0.33), (0.30, 0.60), (0.15, 0.06)), 2.2)
DISPLAY_P3 = rgb(((0.680, 0.320), (0.265, 0.690), (0.150, 0.060)), 2.2)
ADOBE_RGB = rgb(((0.64, 0.33), (0.21, 0.71), (0.15, 0.06)), 2.19921875)
PROPHOTO = rgb(((0.7347, 0.2653), (0.1596, 0.8404), (0.0366, 0.0001)), 1.8, d50=True)
SWAPPED = rgb(((0.30, 0.60), (0.64, 0.33), (0.15, 0.06)), 2.2)
"""Red and green have changed places: who ignores the profile shows other colours."""

LINEAR_GREY, DARK_GREY = grey(1.0), grey(1.8)
INKS = inks()
