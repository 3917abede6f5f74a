"""What a drop or a paste brings: files, pixels, text, links, in the order that users mean."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage

from desktop.domain.data_urls import holds_image, media_type_of
from desktop.domain.images import ImageBytes, ImageFile, ImageInURL, ImageSource
from desktop.domain.named import file_in_url
from desktop.ui import virtual_files
from desktop.ui.bitmap import bitmap

_ENCODED = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/webp": "webp",
    "image/heic": "heic",
    "image/avif": "avif",
    "image/jp2": "jp2",
    "image/bmp": "bmp",
    "image/tiff": "tiff",
    "image/gif": "gif",
    "image/x-tga": "tga",
    "image/vnd.adobe.photoshop": "psd",
}
"""Formats whose bytes are taken as they are, best first, and the suffix of the name they get."""

_FILE_LISTS = ("x-special/gnome-copied-files", "x-special/mate-copied-files")
"""What file managers put beside, or instead of, a list of addresses: a verb, then an address a line."""

_ELSEWHERE = frozenset(
    (
        *("content", "blob", "trash", "recent", "computer", "network"),
        *("mtp", "gphoto2", "afc", "smb", "sftp", "fish", "ssh", "nfs", "dav", "davs", "ftp", "ftps"),
    )
)
"""Schemes of addresses at which some other program keeps files: phones, shares, sandboxes."""

_PROMISES = ("promised-file", "NSFilesPromisePboardType", "file-promise", "FileGroupDescriptor")
"""Parts of the names of formats by which programs offer files that are not on disk yet."""


@dataclass(frozen=True, slots=True)
class Intake:
    """`files` that were named, `has_pixels` that came along, `text`, and `links` to elsewhere.

    `written_out`: so many images are written out in data URLs. `virtual` are the names of images that a
    program gives without a file. `is_out_of_reach`: there are files, but only the other program can get at
    them.
    """

    files: tuple[ImageFile, ...] = ()
    has_pixels: bool = False
    written_out: int = 0
    text: str = ""
    links: tuple[str, ...] = ()
    virtual: tuple[str, ...] = ()
    is_out_of_reach: bool = False

    @property
    def has_images(self) -> bool:
        return self.image_count > 0

    @property
    def image_count(self) -> int:
        return len(self.files) or len(self.virtual) or int(self.has_pixels) or self.written_out


def intake_of(mime: QMimeData) -> Intake:
    """What `mime` holds, told from its formats; no image is decoded."""
    urls = _urls(mime)
    text = mime.text() if mime.hasText() and not urls else ""
    is_written_out = holds_image(text)
    return Intake(
        files=tuple(filter(None, map(_file, urls))),
        has_pixels=mime.hasImage() or any(mime.hasFormat(name) for name in _ENCODED),
        written_out=sum(url.scheme() == "data" for url in urls) + is_written_out,
        text="" if is_written_out else text,
        links=tuple(url.toString() for url in urls if url.scheme() in ("http", "https")),
        virtual=tuple(virtual_files.image_names(mime).values()),
        is_out_of_reach=any(url.scheme() in _ELSEWHERE for url in urls) or _is_promise(mime),
    )


def sources_of(mime: QMimeData, name: str) -> list[ImageSource]:
    """The images of `mime`: its files, or else what it holds of images under the given `name`.

    Files that are named but not there are passed over where pixels came along.
    """
    intake = intake_of(mime)
    if intake.files and not (intake.has_pixels and not any(map(_is_there, intake.files))):
        return list(intake.files)
    return [*next(filter(None, _contents(mime, name)), [])]


def _contents(mime: QMimeData, name: str) -> Iterator[Sequence[ImageBytes | ImageInURL]]:
    """What `mime` itself holds, best first: each is the whole of it."""
    yield list(virtual_files.virtual_images(mime))
    for media_type, suffix in _ENCODED.items():
        if data := bytes(mime.data(media_type).data()):
            yield [ImageBytes(f"{name}.{suffix}", data)]
    image = mime.imageData() if mime.hasImage() else None
    if isinstance(image, QImage) and not image.isNull():
        # The image worker makes a PNG of it.
        yield [ImageBytes(f"{name}.bmp", bitmap(image))]
    yield [_written_out(url, name) for url in _data_urls(mime)]


def _urls(mime: QMimeData) -> list[QUrl]:
    if mime.hasUrls():
        return mime.urls()
    lists = (bytes(mime.data(name).data()) for name in _FILE_LISTS if mime.hasFormat(name))
    return [QUrl.fromEncoded(line.strip()) for line in next(lists, b"").split(b"\n")[1:]]


def _file(url: QUrl) -> ImageFile | None:
    # Not `toLocalFile`: it makes a path of this machine of `file://elsewhere/a.png`, and of bytes in a name
    # that are no UTF-8 something else.
    return (
        file_in_url(bytes(url.toEncoded().data()).decode("ascii", "replace")) if url.isLocalFile() else None
    )


def _is_there(file: ImageFile) -> bool:
    # Of another computer nothing is asked, not even this.
    return not file.host and file.path.exists()


def _data_urls(mime: QMimeData) -> list[str]:
    if urls := _urls(mime):
        whole = QUrl.ComponentFormattingOption.FullyEncoded
        return [url.toString(whole) for url in urls if url.scheme() == "data"]
    text = mime.text() if mime.hasText() else ""
    return [text] if holds_image(text) else []


def _written_out(url: str, name: str) -> ImageInURL:
    suffix = _ENCODED.get(media_type_of(url))
    return ImageInURL(f"{name}.{suffix}" if suffix else name, url)


def _is_promise(mime: QMimeData) -> bool:
    return any(part in name for name in mime.formats() for part in _PROMISES)
