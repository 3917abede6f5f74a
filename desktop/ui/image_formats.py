"""The formats of images that can be attached, by the names that people know."""

SUFFIXES = (
    *("png", "jpg", "jpeg", "webp", "heic", "heif", "avif", "tif", "tiff"),
    *("gif", "bmp", "jp2", "j2k", "tga", "psd"),
)
"""Of file names, the usual ones first."""

DOCUMENTS = frozenset(("image/tiff",))
"""Media types whose several pictures are pages; everywhere else they are the frames of an animation."""

_NAMES = {
    "image/jp2": "JPEG 2000",
    "image/j2k": "JPEG 2000",
    "image/jpx": "JPEG 2000",
    "image/x-tga": "TGA",
    "image/vnd.adobe.photoshop": "PSD",
    "image/webp": "WebP",
    "image/heif": "HEIC",
}


def format_name(media_type: str) -> str:
    """As "JPEG", "JPEG 2000", "PSD"."""
    return _NAMES.get(media_type) or media_type.removeprefix("image/").removeprefix("x-").upper()
