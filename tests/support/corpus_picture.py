"""The pictures that the corpus encodes: odd sides, no symmetry, so that wrong turns and strides are seen."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from tests.support.corpus import Pixels

WIDTH, HEIGHT = 61, 43

Plane: TypeAlias = NDArray[np.uint8]


def smooth(width: int = WIDTH, height: int = HEIGHT) -> Pixels:
    """Slopes of another direction in each channel, and no edge: what lossy formats keep well."""
    across = np.linspace(0, 1, width)[None, :]
    down = np.linspace(0, 1, height)[:, None]
    planes = 30 + 200 * across + 0 * down, 220 - 180 * down + 0 * across, 60 + 130 * across * down
    return opaque(np.dstack(planes).round().astype(np.uint8))


def busy(width: int = WIDTH, height: int = HEIGHT, seed: int = 1) -> Pixels:
    """The slopes with a square of noise and a mark in one corner: what formats without loss keep."""
    pixels = smooth(width, height)
    noise = np.random.default_rng(seed).integers(0, 256, (height // 2, width // 2, 3), np.uint8)
    pixels[-noise.shape[0] :, -noise.shape[1] :, :3] = noise
    pixels[:4, :7, :3] = (250, 10, 20)
    return pixels


def sheer(pixels: Pixels) -> Pixels:
    """With alpha: a slope from the left, a band that is clear and one that is opaque."""
    height, width = pixels.shape[:2]
    alpha = np.linspace(0, 255, width).round().astype(np.uint8)[None, :].repeat(height, 0)
    alpha[height // 3 : height // 2], alpha[height // 2 : height * 2 // 3] = 0, 255
    return np.dstack((pixels[..., :3], alpha))


def cut_out(pixels: Pixels) -> Pixels:
    """With an alpha that knows all or nothing."""
    alpha = np.full(pixels.shape[:2], 255, np.uint8)
    alpha[5:20, 9:30] = 0
    return np.dstack((pixels[..., :3], alpha))


def opaque(colours: NDArray[np.uint8]) -> Pixels:
    """H×W or H×W×3 as RGBA."""
    if colours.ndim == 2:
        colours = np.dstack((colours,) * 3)
    return np.dstack((colours, np.full(colours.shape[:2], 255, np.uint8)))


def grey(pixels: Pixels) -> Plane:
    """One plane that is no channel of it: their mean."""
    total = pixels[..., :3].astype(np.uint16).sum(2)
    return np.asarray(total // 3, np.uint8)


def levels(plane: Plane, bits: int) -> Plane:
    """`plane` in 2**`bits` levels, from 0."""
    return np.asarray(plane >> (8 - bits), np.uint8)


def stretched(plane: NDArray[np.integer], bits: int) -> Plane:
    """Levels of `bits` as 8-bit values: black is 0, white is 255."""
    full = (1 << bits) - 1
    return ((plane.astype(np.uint32) * 255 + full // 2) // full).astype(np.uint8)


def indexed(bits: int, width: int = WIDTH, height: int = HEIGHT) -> tuple[Plane, Plane]:
    """Numbers of colours and the table of 2**`bits` of them, n × 3, with no two alike."""
    numbers = levels(grey(busy(width, height)), bits)
    count = 1 << bits
    step = np.arange(count)
    table = np.dstack((255 - step * 255 // (count - 1), step * 97 % 256, step * 31 % 251))[0]
    return numbers, table.astype(np.uint8)


def wide(pixels: Pixels) -> NDArray[np.uint16]:
    """16 bits a value, with lower bytes that are not the upper ones."""
    lower = np.random.default_rng(2).integers(0, 256, pixels.shape, np.uint16)
    return np.asarray(pixels.astype(np.uint16) << 8 | lower, np.uint16)


def narrow(values: NDArray[np.uint16]) -> NDArray[np.uint8]:
    return stretched(values, 16)


ORIENTATIONS = range(1, 9)


def as_stored(upright: Pixels, orientation: int) -> Pixels:
    """`upright` as a camera stores it that writes `orientation` (1…8) into EXIF."""
    undone = {
        1: lambda p: p,
        2: lambda p: p[:, ::-1],
        3: lambda p: p[::-1, ::-1],
        4: lambda p: p[::-1],
        5: lambda p: p.transpose(1, 0, 2),
        6: lambda p: np.rot90(p, 1),
        7: lambda p: p[::-1, ::-1].transpose(1, 0, 2),
        8: lambda p: np.rot90(p, -1),
    }
    return np.ascontiguousarray(undone[orientation](upright))
