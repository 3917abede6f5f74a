"""What a drop or a paste brings: files, pixels, text, in the order that users mean."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from desktop.domain.images import ImageBytes, ImageFile, ImageSource
from desktop.ui.bitmap import bitmap

_ENCODED = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/webp": "webp",
    "image/bmp": "bmp",
    "image/tiff": "tiff",
    "image/gif": "gif",
}
"""Formats whose bytes are taken as they are, best first, and the suffix of the name they get."""


@dataclass(frozen=True, slots=True)
class Intake:
    """`files` that were named, `has_pixels` that came along, `text`, and `links` to elsewhere."""

    files: tuple[ImageFile, ...] = ()
    has_pixels: bool = False
    text: str = ""
    links: tuple[str, ...] = ()

    @property
    def has_images(self) -> bool:
        return bool(self.files) or self.has_pixels

    @property
    def image_count(self) -> int:
        return len(self.files) or int(self.has_pixels)


def intake_of(mime: QMimeData) -> Intake:
    """What `mime` holds, told from its formats; no image is decoded."""
    urls = mime.urls() if mime.hasUrls() else []
    files = tuple(ImageFile(Path(url.toLocalFile())) for url in urls if url.isLocalFile())
    return Intake(
        files=files,
        has_pixels=mime.hasImage() or any(mime.hasFormat(name) for name in _ENCODED),
        text=mime.text() if mime.hasText() and not urls else "",
        links=tuple(url.toString() for url in urls if url.scheme() in ("http", "https")),
    )


def sources_of(mime: QMimeData, name: str) -> list[ImageSource]:
    """The images of `mime`: its files, or else its pixels under the given `name`."""
    intake = intake_of(mime)
    if intake.files:
        return list(intake.files)
    for media_type, suffix in _ENCODED.items():
        if data := bytes(mime.data(media_type).data()):
            return [ImageBytes(f"{name}.{suffix}", data)]
    image = mime.imageData() if mime.hasImage() else None
    if isinstance(image, QImage) and not image.isNull():
        # The image worker makes a PNG of it.
        return [ImageBytes(f"{name}.bmp", bitmap(image))]
    return []
