"""An image as the user attached it and as a model gets it: frozen bytes and proven facts."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

from desktop.domain.data_urls import decoded
from desktop.domain.visible import on_one_line, shortened

MediaType = Literal["image/png", "image/jpeg", "image/webp"]


class Size(NamedTuple):
    """Width and height in px."""

    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.width}×{self.height}"


class Box(NamedTuple):
    """A rectangle in px of the original image, upright: left, top, right, bottom."""

    x0: int
    y0: int
    x1: int
    y1: int


Paper = Literal["white", "black"]
"""What transparency is laid on: white, or black where nothing would be seen on white."""

Limit = Literal["bytes", "pixels"]
"""What made an image lose something: the server's longest data URI, or its largest area."""


@dataclass(frozen=True, slots=True)
class ImageChange:
    """What was done to the pixels or their format so that a model can take them.

    `from_type`: the original's media type. `frames`: how many frames or pages the original has, of
    which number `page` (from 0) is sent. `turned`: an EXIF orientation was applied. `paper`: what
    transparent pixels were laid on. `recoloured`: colours were converted to sRGB from the profile that
    the original carries. `narrowed`: from more than 8 bits a channel to 8. `lossy`: the pixels went
    through a lossy format that was not the original's. `from_size`: the upright size in px before the
    image was made smaller (None: it was not). `limit`: what asked for `lossy` or `from_size`, or for an
    original JPEG to be encoded anew as one.
    Metadata that was left out is no change: it never leaves.
    """

    from_type: str
    frames: int = 1
    page: int = 0
    turned: bool = False
    paper: Paper | None = None
    recoloured: bool = False
    narrowed: bool = False
    lossy: bool = False
    from_size: Size | None = None
    limit: Limit | None = None


@dataclass(frozen=True, slots=True, weakref_slot=True)
class ImageInput:
    """An image that can be sent. Equal bytes make equal images.

    `data` are the bytes to send, of `media_type`, without metadata: the user's own pixels, as they were
    encoded, unless `change` says what was changed. `size` is in px, upright. `source_digest` is the
    SHA-256 of the bytes that the user gave (and of the page's number, if it is not the first), so that
    the same file twice is one image. `thumbnail` is a PNG of at most `THUMBNAIL_SIDE` px a side.
    """

    name: str = field(compare=False)
    media_type: MediaType
    data: bytes = field(repr=False)
    size: Size
    source_digest: str
    thumbnail: bytes = field(default=b"", compare=False, repr=False)
    change: ImageChange | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        _show(self)


@dataclass(frozen=True, slots=True)
class KeptImage:
    """An image of which all is here but its bytes: those lie in the history, by their SHA-256 `digest`.

    `length`: how many they are. Everything else is as in the `ImageInput` that it was.
    """

    name: str = field(compare=False)
    media_type: MediaType
    digest: str
    length: int
    size: Size
    source_digest: str
    change: ImageChange | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        _show(self)


Picture = ImageInput | KeptImage
"""An image in a conversation, wherever its bytes are."""

THUMBNAIL_SIDE = 320
"""Longest side of a thumbnail in px: 160 device-independent px on a screen of 200 %."""


def digest(data: bytes, page: int = 0) -> str:
    """SHA-256 of `data` and of the page's number if it is not the first, as 64 hexadecimal digits."""
    counted = hashlib.sha256(data)
    if page:
        counted.update(b"page %d" % page)
    return counted.hexdigest()


@dataclass(frozen=True, slots=True)
class ImageFile:
    """A file the user named; its bytes are read at once.

    `host`: another computer, which a file URL named; such a file is never opened, by whatever `path`.
    """

    path: Path
    host: str = ""

    @property
    def name(self) -> str:
        return shown_name(self.path.name or str(self.path))


@dataclass(frozen=True, slots=True)
class ImageBytes:
    """Encoded bytes that came without a file: a paste, a drop out of a browser."""

    name: str
    data: bytes = field(repr=False)

    def __post_init__(self) -> None:
        _show(self)


@dataclass(frozen=True, slots=True)
class ImageInURL:
    """An image written out in the data URL `url`; its bytes are decoded where files are read."""

    name: str
    url: str = field(repr=False)

    def __post_init__(self) -> None:
        _show(self)

    @property
    def data(self) -> bytes:
        return decoded(self.url)


ImageSource = ImageFile | ImageBytes | ImageInURL

LONGEST_NAME = 255
"""Characters: no file system has longer ones; a clipboard or a damaged history may."""


def shown_name(name: str) -> str:
    """The name of an image, whoever gave it, as part of a line. No file is written under it."""
    return shortened(on_one_line(name[:_LOOKED_AT]), LONGEST_NAME)


_LOOKED_AT = 4096
"""Characters of a name: as long as a path can be."""


def _show(image: ImageInput | KeptImage | ImageBytes | ImageInURL) -> None:
    """Let it have a name that can be shown; it is frozen already."""
    object.__setattr__(image, "name", shown_name(image.name))
