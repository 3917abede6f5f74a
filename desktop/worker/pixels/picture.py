"""Untrusted bytes into pixels: judged by what they declare, then decoded, upright and in sRGB."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from desktop.domain.limits import MAX_RATIO, MIN_SIDE
from desktop.worker.pixels import container, jpeg, png, webp
from desktop.worker.pixels.container import Format
from desktop.worker.pixels.exif import UPRIGHT
from desktop.worker.pixels.header import Header
from desktop.worker.pixels.pieces import Malformed, Span
from desktop.worker.pixels.qt_decoder import QtDecoder
from desktop.worker.pixels.raw import MEGAPIXELS, Raw
from desktop.worker.wire import Refusal

if TYPE_CHECKING:
    from desktop.worker.pixels.pillow_decoder import PillowDecoder

T = TypeVar("T")


class Decoder(Protocol):
    """A library and one file. Every member raises `Refusal`."""

    @property
    def frames(self) -> int: ...

    def describe(self, page: int) -> tuple[QSize, Header]: ...

    def decode(self, page: int, orientation: int, size: QSize | None = None) -> Raw: ...


class Developed(NamedTuple):
    """Pixels in RGB32, ARGB32 or Grayscale8, and what became of those that were stored.

    `sound` as in `Raw`.
    """

    image: QImage
    narrowed: bool
    recoloured: bool
    sound: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """One frame or page whose declared size has been judged. `size` in px, upright."""

    document: "Document" = field(repr=False)
    page: int
    size: QSize
    header: Header

    @property
    def turned(self) -> bool:
        return self.header.orientation != UPRIGHT

    def decode(self) -> QImage:
        """Upright, in sRGB, 8 bits a channel. Raises `Refusal`."""
        return self.develop().image

    @property
    def is_coloured(self) -> bool:
        """Whether its profile may change its colours."""
        if self.header.profile is None:
            return False
        from desktop.worker.pixels.colour import matters  # noqa: PLC0415 - LittleCMS, which most images never need

        return matters(self.header.profile)

    def develop(self, size: QSize | None = None) -> Developed:
        """Of `size`, or of any size above if the decoder itself cannot make it smaller. Raises `Refusal`."""
        raw = self.document.decode(self.page, self.header.orientation, size)
        if self.header.profile is None and raw.image.format() != QImage.Format.Format_CMYK8888:
            return Developed(raw.image, raw.narrowed, recoloured=False, sound=raw.sound)
        from desktop.worker.pixels.colour import to_srgb  # noqa: PLC0415 - LittleCMS, which most images never need

        coloured = to_srgb(raw.image, self.header.profile)
        return Developed(coloured.image, raw.narrowed, coloured.recoloured, raw.sound)


class Document:
    """The bytes of one file: its format, and its frames or pages. Every member raises `Refusal`."""

    def __init__(self, data: bytes) -> None:
        found = container.sniff(data)
        if found is None:
            raise Refusal("unsupported")
        if declared := png.size(data) or webp.size(data):
            _judge_size(*declared)
        self.data, self.format = data, found
        self._header = _header(found, data)
        if not container.has_its_end(found, data):
            raise Refusal("broken")

    @cached_property
    def frames(self) -> int:
        """How many frames, pages or views there are."""
        if self._header is not None and self.format != "bmp":
            return self._header.frames
        return self._asked(0, lambda decoder: decoder.frames)

    def picture(self, page: int = 0) -> Picture:
        """Refuses also `no_such_page`, `too_large`, `too_narrow`."""
        if not 0 <= page < self.frames:
            raise Refusal("no_such_page", page=page + 1, pages=self.frames)
        size, header = self._asked(page, lambda decoder: decoder.describe(self._number(page)))
        _judge_size(size.width(), size.height())
        return Picture(self, page, size, header)

    def decode(self, page: int, orientation: int, size: QSize | None) -> Raw:
        if self.format == "tiff" and self._is_deep_colour(page):
            # Pillow would cut the lower bits off instead of rounding.
            return self._qt.decode(page, orientation)
        return self._asked(page, lambda decoder: decoder.decode(self._number(page), orientation, size))

    def span_of(self, page: int) -> Span:
        """Where one view of a multi-picture JPEG stands; else the whole file."""
        if self.format != "jpeg" or self.frames == 1:
            return Span(0, len(self.data))
        return jpeg.views(self.data)[page]

    def _asked(self, page: int, ask: Callable[[Decoder], T]) -> T:
        """The answer of the first decoder that does not refuse."""
        refusals = []
        for decoder in self._decoders(page):
            try:
                return ask(decoder())
            except Refusal as refusal:
                refusals.append(refusal)
        raise refusals[0]

    def _decoders(self, page: int) -> tuple[Callable[[], Decoder], ...]:
        """Best first. Frames of an animation build on each other, which Pillow does."""
        match self.format:
            case "jpeg":
                return (lambda: self._view(page),)
            case "png" | "webp" if page == 0:
                return (lambda: self._qt,)
            case "bmp":
                return (lambda: self._qt, lambda: self._pillow)
            case "gif" | "tiff":
                return (lambda: self._pillow, lambda: self._qt)
            case _:
                return (lambda: self._pillow,)

    @cached_property
    def _qt(self) -> QtDecoder:
        data = self.data
        if self._header and self._header.clear:
            # Qt takes three channels of 16 bits for four when one colour of them is transparent.
            data = png.without_clear_colour(data)
        return QtDecoder(data, self.format, self._header)

    @cached_property
    def _pillow(self) -> "PillowDecoder":
        from desktop.worker.pixels.pillow_decoder import PillowDecoder  # noqa: PLC0415 - for a few formats only

        return PillowDecoder(self.data, self.format)

    def _view(self, page: int) -> QtDecoder:
        """Each view of a JPEG is a file of its own."""
        if page == 0:
            return self._qt
        data = self.data[slice(*self.span_of(page))]
        return QtDecoder(data, self.format, _header(self.format, data))

    def _number(self, page: int) -> int:
        """Of the page within what its decoder is given."""
        return 0 if self.format == "jpeg" else page

    def _is_deep_colour(self, page: int) -> bool:
        try:
            return self._pillow.is_deep_colour(page)
        except Refusal:
            return False


def examine(data: bytes, page: int = 0) -> Picture:
    """Judge `data` by what it declares, before a pixel is decoded. Raises `Refusal`."""
    return Document(data).picture(page)


def _header(image_format: Format, data: bytes) -> Header | None:
    try:
        return container.header(image_format, data)
    except Malformed as error:
        raise Refusal("broken", str(error)) from error


def _judge_size(width: int, height: int) -> None:
    if width * height > MEGAPIXELS * 1_000_000:
        raise Refusal("too_large", width=width, height=height, limit=MEGAPIXELS)
    if min(width, height) < MIN_SIDE or max(width, height) > MAX_RATIO * min(width, height):
        raise Refusal("too_narrow", width=width, height=height)
