"""Small encoded images of every format, good and bad, made by another library than the one under test."""

import io
import struct
import zlib
from typing import Any

import numpy as np
from PIL import Image

EXIF_ORIENTATION = 0x0112


def gradient(width: int = 60, height: int = 40) -> Image.Image:
    """Left to right darker red to brighter red, top to bottom darker green to brighter green."""
    red = np.linspace(0, 255, width, dtype=np.uint8)[None, :].repeat(height, 0)
    green = np.linspace(0, 255, height, dtype=np.uint8)[:, None].repeat(width, 1)
    return Image.fromarray(np.dstack((red, green, np.full_like(red, 90))))


def noise(width: int, height: int) -> Image.Image:
    """What no encoder makes small."""
    pixels = np.random.default_rng(1).integers(0, 256, (height, width, 3), dtype=np.uint8)
    return Image.fromarray(pixels)


def encoded(image: Image.Image, image_format: str, **options: Any) -> bytes:
    """`image_format` in Pillow's names: PNG, JPEG, WEBP, BMP, TIFF, GIF."""
    buffer = io.BytesIO()
    image.save(buffer, image_format, **options)
    return buffer.getvalue()


def turned_jpeg(orientation: int, width: int = 60, height: int = 40) -> bytes:
    """A JPEG whose EXIF block says how to turn it: 1…8."""
    exif = Image.Exif()
    exif[EXIF_ORIENTATION] = orientation
    return encoded(gradient(width, height), "JPEG", exif=exif, quality=95)


def frames(image_format: str, count: int = 3) -> bytes:
    """An animation or a document of `count` different pages."""
    pages = [gradient().rotate(30 * number) for number in range(count)]
    return encoded(pages[0], image_format, save_all=True, append_images=pages[1:])


def png_claiming(width: int, height: int) -> bytes:
    """A PNG with a correct header of that size and next to no pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = (b"IHDR", header), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
