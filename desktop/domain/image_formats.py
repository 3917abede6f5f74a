"""What gives an image away before anything decodes it: the first bytes, or a file's suffix.

A first guess, to leave out what is no image; what is one, the decoder says.
"""

import re

MEGABYTES = 100
"""The largest image that is taken, wherever it comes from."""

HEAD = 64
"""So many first bytes are enough for `looks_like_image`."""

SUFFIXES = frozenset(
    (
        *(".png", ".apng", ".jpg", ".jpeg", ".jpe", ".jfif", ".webp"),
        *(".heic", ".heif", ".hif", ".avif", ".tif", ".tiff", ".gif", ".bmp", ".dib"),
        *(".jp2", ".jpx", ".jpf", ".j2k", ".j2c", ".jpc", ".tga", ".psd"),
    )
)
"""Of files that hold an image, in small letters."""

_MAGIC = re.compile(
    rb"\x89PNG\r\n\x1a\n"
    rb"|\xff\xd8\xff"
    rb"|RIFF....WEBP"
    rb"|GIF8[79]a"
    # "BM" begins many a text; the header's length behind it is one of a few.
    rb"|BM.{12}[\x0c\x28\x34\x38\x40\x6c\x7c]\0\0\0"
    rb"|II\*\0|MM\0\*|II\+\0|MM\0\+"
    # ISO base media files: AVIF and HEIC, still and in sequence (ISO/IEC 23008-12, annex B; AV1 Image File
    # Format, section 6). Films begin in the same way, with other brands.
    rb"|....ftyp(?:avi[fs]|hei[cmsx]|hev[cmsx]|mi[af]1|msf1|mif2)"
    # JPEG 2000, boxed and bare.
    rb"|\0\0\0\x0cjP  \r\n\x87\n|\xff\x4f\xff\x51"
    rb"|8BPS\0\x01",
    re.DOTALL,
)


_PNG = re.compile(rb"\x89PNG\r\n\x1a\n\0\0\0\rIHDR(....)(....)", re.DOTALL)


def is_small_png(data: bytes, side: int) -> bool:
    """Whether `data` begins as a PNG of at most `side` px a side."""
    match = _PNG.match(data)
    return match is not None and all(0 < int.from_bytes(each) <= side for each in match.groups())


def looks_like_image(head: bytes) -> bool:
    """Whether a file that begins with `head` says that it is an image. TGA files say nothing."""
    return _MAGIC.match(head) is not None
