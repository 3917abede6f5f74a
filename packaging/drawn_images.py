"""Images of 3840 × 2160 to measure with: drawn here, the same each time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 3840, 2160

_WORDS = (
    "The quick brown fox jumps over the lazy dog while the build runs; tests pass, and the log says so."
    " def main() -> int: return run(arguments)  0123456789  café, naïve, 50 %  "
)


def pngs(folder: Path) -> Iterator[Path]:
    """Screenshots as PNG: text only, with an opaque alpha channel, and with a photo in a window."""
    text, photo = _desktop(), _desktop()
    photo.paste(_photo(1900, 1200, seed=1), (1700, 500))
    opaque = photo.convert("RGBA")
    for name, image in (("text", text), ("opaque", opaque), ("photo", photo)):
        path = folder / f"{name}.png"
        image.save(path)
        yield path


def jpegs(folder: Path, count: int) -> Iterator[Path]:
    """Photos as JPEG, no two of the same bytes."""
    photo = _photo(WIDTH, HEIGHT, seed=2)
    for number in range(count):
        path = folder / f"photo-{number}.jpg"
        photo.transpose(Image.Transpose(number % 2)).save(path, quality=70 + number // 2)
        yield path


def _desktop() -> Image.Image:
    """Windows with text of several sizes over a gradient."""
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH]
    paper = np.stack([rows // 20 + 40, columns // 40 + 60, (rows + columns) // 50 + 80], axis=-1)
    image = Image.fromarray(paper.astype(np.uint8))
    draw = ImageDraw.Draw(image)
    for number in range(6):
        left, top = 60 + number % 3 * 1250, 60 + number // 3 * 1030
        draw.rectangle(
            (left, top, left + 1180, top + 960), fill=(250, 250, 250) if number % 2 else (30, 32, 38)
        )
        _write(
            draw,
            left + 20,
            top + 20,
            size=16 + 4 * (number % 3),
            ink=(30, 30, 30) if number % 2 else (220, 220, 210),
        )
    return image


def _write(draw: ImageDraw.ImageDraw, left: int, top: int, *, size: int, ink: tuple[int, int, int]) -> None:
    font = ImageFont.load_default(size)
    for line in range(900 // (size + 10)):
        turned = _WORDS[line % 40 :] + _WORDS[: line % 40]
        draw.text((left, top + line * (size + 10)), turned[: 1700 // size], fill=ink, font=font)


def _photo(width: int, height: int, *, seed: int) -> Image.Image:
    """Smooth shapes, with the noise of a camera."""
    random = np.random.default_rng(seed)
    small = random.uniform(20, 235, (9, 16, 3)).astype(np.uint8)
    smooth = Image.fromarray(small).resize((width, height), Image.Resampling.BICUBIC)
    noisy: NDArray[np.float64] = np.asarray(smooth) + random.normal(0, 3, (height, width, 3))
    return Image.fromarray(noisy.clip(0, 255).astype(np.uint8))
