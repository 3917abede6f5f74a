"""The formats of images, by the names that people know."""

DOCUMENTS = frozenset(("image/tiff",))
"""Media types whose several pictures are pages; everywhere else they are the frames of an animation."""

_NAMES = {
    "image/jp2": "JPEG 2000",
    "image/vnd.adobe.photoshop": "PSD",
    "image/webp": "WebP",
    "image/x-tga": "TGA",
}


def format_name(media_type: str) -> str:
    """As "JPEG", "JPEG 2000", "PSD"."""
    return _NAMES.get(media_type) or media_type.removeprefix("image/").upper()
