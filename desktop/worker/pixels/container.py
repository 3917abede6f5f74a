"""What an image's bytes tell before a pixel is decoded: its format, its header, whether its end is there.

Qt's decoders fill what is missing of a JPEG, BMP or GIF with grey and call it an image, and OpenJPEG
what is missing of a codestream. The other formats' decoders refuse by themselves.
"""

import re
from typing import Literal, get_args

from desktop.worker.pixels import bmp, gif, jpeg, jpeg2000, png, tga, webp
from desktop.worker.pixels.header import Header
from desktop.worker.pixels.pieces import Piece, Span

Format = Literal["png", "jpeg", "webp", "bmp", "tiff", "gif", "heif", "avif", "jp2", "psd", "tga"]

FORMATS: tuple[Format, ...] = get_args(Format)

_MAGIC: dict[Format, re.Pattern[bytes]] = {
    "png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "jpeg": re.compile(rb"\xff\xd8\xff"),
    "webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
    # "BM" begins many a text; the header's length behind it is one of a few.
    "bmp": re.compile(rb"BM.{12}[\x0c\x28\x34\x38\x40\x6c\x7c]\0\0\0", re.DOTALL),
    "tiff": re.compile(rb"II\*\0|MM\0\*|II\+\0|MM\0\+"),
    "gif": re.compile(rb"GIF8[79]a"),
    "jp2": re.compile(rb"\0\0\0\x0cjP  \r\n\x87\n|\xff\x4f\xff\x51"),
    "psd": re.compile(rb"8BPS\x00\x01"),
}

_MEDIA_TYPES: dict[Format, str] = {
    "heif": "image/heic",
    "psd": "image/vnd.adobe.photoshop",
    "tga": "image/x-tga",
}

_AVIF_BRANDS = frozenset({b"avif", b"avis"})
_HEIF_BRANDS = frozenset(
    {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"}
)


def sniff(data: bytes) -> Format | None:
    """The format that the bytes prove; a file's suffix proves nothing."""
    known = next((name for name, magic in _MAGIC.items() if magic.match(data)), None)
    if known:
        return known
    return _of_iso_base_media(data) or ("tga" if tga.is_tga(data) else None)


def media_type(image_format: Format) -> str:
    """As "image/heic"."""
    return _MEDIA_TYPES.get(image_format, f"image/{image_format}")


def header(image_format: Format, data: bytes) -> Header | None:
    """What the container tells; None for those whose decoder is asked instead. Raises `Malformed`."""
    match image_format:
        case "png":
            return png.header(data)
        case "jpeg":
            return jpeg.header(data)
        case "webp":
            return webp.header(data)
        case "bmp":
            return bmp.header(data)
        case _:
            return None


def remains(image_format: Format, data: bytes) -> list[Piece]:
    """What is left of `data` without metadata; all of it where that is not known. Raises `Malformed`."""
    match image_format:
        case "png":
            return png.remains(data)
        case "jpeg":
            return jpeg.remains(data)
        case "webp":
            return webp.remains(data)
        case _:
            return [Span(0, len(data))]


def has_its_end(image_format: Format, data: bytes) -> bool:
    """False when the picture's last bytes are missing and the decoder would not mind."""
    match image_format:
        case "bmp":
            return bmp.is_complete(data)
        case "gif":
            return gif.shows_a_frame(data)
        case "jp2":
            return jpeg2000.has_its_end(data)
        case _:
            return True


def _of_iso_base_media(data: bytes) -> Format | None:
    """By the brands: many an AVIF calls itself first of all a `mif1`."""
    if data[4:8] != b"ftyp":
        return None
    end = min(int.from_bytes(data[:4], "big"), len(data), 512)
    brands = {data[8:12], *(data[place : place + 4] for place in range(16, end, 4))}
    if brands & _AVIF_BRANDS:
        return "avif"
    return "heif" if brands & _HEIF_BRANDS else None
