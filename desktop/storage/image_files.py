"""The bytes of images as files named by their SHA-256, one however often an image was sent."""

import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from weakref import WeakKeyDictionary

from desktop import private
from desktop.domain.image_formats import is_small_png
from desktop.domain.images import THUMBNAIL_SIDE, ImageInput, KeptImage, digest
from desktop.regular import NotRegular, TooLarge, read_regular
from desktop.storage.soundness import is_digest

_LARGEST_THUMBNAIL = 4 * THUMBNAIL_SIDE * THUMBNAIL_SIDE + 65_536
"""Bytes: of its pixels as they are, and what a PNG adds to them."""

_ENDINGS = {"image/png": ".png", "image/jpeg": ".jpg", "image/webp": ".webp"}

_OURS = re.compile(r"[0-9a-f]{64}\.(png|jpg|webp)|\.half-\w+")


class ImageFiles:
    """Images and thumbnails in two folders under `folder`. All methods raise `OSError`."""

    def __init__(self, folder: Path) -> None:
        self._images = folder / "images"
        self._thumbnails = folder / "thumbnails"
        self._digests: WeakKeyDictionary[ImageInput, str] = WeakKeyDictionary()

    def digest_of(self, image: ImageInput) -> str:
        """The SHA-256 of its bytes. A draft asks again at every few letters: it is counted once."""
        known = self._digests.get(image)
        if known is None:
            known = self._digests[image] = digest(image.data)
        return known

    def keep(self, image: ImageInput, kept: KeptImage) -> bool:
        """Put the bytes of `image` on the disk, and its thumbnail; whether that is new."""
        is_new = _write(self._image(kept.digest, kept.media_type), image.data)
        if image.thumbnail:
            _write(self._thumbnail(kept.digest), image.thumbnail)
        return is_new

    def read(self, kept: KeptImage) -> bytes | None:
        """The bytes; None if they are not there, or not the same any more."""
        if not is_digest(kept.digest) or kept.media_type not in _ENDINGS:
            return None
        data = _read(self._image(kept.digest, kept.media_type), kept.length)
        return data if data is not None and digest(data) == kept.digest else None

    def thumbnail(self, image_digest: str) -> bytes:
        """A PNG, which no larger one has taken the place of; empty if there is none."""
        found = _read(self._thumbnail(image_digest), _LARGEST_THUMBNAIL) if is_digest(image_digest) else None
        return found if found is not None and is_small_png(found, THUMBNAIL_SIDE) else b""

    def remove(self, image_digest: str) -> None:
        """Remove the image and its thumbnail, if they are there; nothing for what names no file of ours."""
        if not is_digest(image_digest):
            return
        for ending in _ENDINGS.values():
            _place(self._images, image_digest, ending).unlink(missing_ok=True)
        self._thumbnail(image_digest).unlink(missing_ok=True)

    def all(self) -> Iterator[Path]:
        """Every file of ours that is there, half-written ones too; what else lies there is not."""
        for folder in (self._images, self._thumbnails):
            for path in folder.glob("*/*"):
                if _OURS.fullmatch(path.name) and path.is_file():
                    yield path

    def _image(self, image_digest: str, media_type: str) -> Path:
        return _place(self._images, image_digest, _ENDINGS[media_type])

    def _thumbnail(self, image_digest: str) -> Path:
        return _place(self._thumbnails, image_digest, ".png")


def _place(folder: Path, image_digest: str, ending: str) -> Path:
    return folder / image_digest[:2] / f"{image_digest}{ending}"


def _read(path: Path, limit: int) -> bytes | None:
    """None: it is not there, or it is none of ours, which is a file of at most `limit` bytes."""
    try:
        return read_regular(path, limit)
    except (FileNotFoundError, IsADirectoryError, NotRegular, TooLarge):
        return None


def _write(path: Path, data: bytes) -> bool:
    """Put `data` at `path` in one step, unless there is a file of that length; whether there was none."""
    if path.is_file() and not path.is_symlink() and path.stat().st_size == len(data):
        return False
    for folder in (path.parent.parent, path.parent):
        private.make_folder(folder)
    handle, name = tempfile.mkstemp(prefix=".half-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        private.tighten(Path(name), private.FILE)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    private.sync_folder(path.parent)
    return True
