"""Decoding by Pillow and libheif: what Qt cannot read, and frames that Qt cannot turn to."""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray
from pi_heif import register_heif_opener
from PIL import (  # noqa: F401 - a plugin is there once it is imported
    AvifImagePlugin,
    BmpImagePlugin,
    ExifTags,
    GifImagePlugin,
    Image,
    ImageChops,
    ImageOps,
    Jpeg2KImagePlugin,
    PngImagePlugin,
    PsdImagePlugin,
    TgaImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from desktop.worker.pixels import colour, jpeg2000
from desktop.worker.pixels.exif import SIDEWAYS
from desktop.worker.pixels.header import Header
from desktop.worker.pixels.planes import bands, channels, rows
from desktop.worker.pixels.raw import MEGAPIXELS, Raw
from desktop.worker.wire import Refusal

_PLUGINS = {"jp2": "JPEG2000"}
_EIGHT_BITS, _TEN_BITS, _SIXTEEN_BITS = 8, 10, 16
_HIGH_DEPTH = 0x40
"""The bit of the third byte of AVIF's configuration that says so."""
_PSD_CHANNELS = 56
"""The most there can be. Source: Adobe's specification of the format."""
_PSD_DEPTHS = b"\0\1", b"\0\x08"

Image.MAX_IMAGE_PIXELS = MEGAPIXELS * 1_000_000
register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)


class PillowDecoder:
    """The frames or pages of one file, opened once; frames of an animation build on those before.

    Every method raises `Refusal`.
    """

    def __init__(self, data: bytes, image_format: str) -> None:
        if image_format == "psd":
            _judge_psd(data)
        self._format = image_format
        with _refusing():
            plugin = _PLUGINS.get(image_format, image_format.upper())
            self._image = Image.open(io.BytesIO(data), formats=[plugin])
            # Layers of a PSD are no pages; its first picture is all of them together.
            count = 1 if image_format == "psd" else getattr(self._image, "n_frames", 1)
        self.frames: int = count
        # A burst's best photo may stand anywhere among the others.
        first = self._image.tell() if image_format == "heif" else 0
        self._order = sorted(range(count), key=lambda number: number != first)
        self._depth = _declared_depth(data, image_format)
        self._boxed_profile = jpeg2000.profile(data) if image_format == "jp2" else None

    def describe(self, page: int) -> tuple[QSize, Header]:
        """The upright size in px, and what the page tells of itself."""
        with _refusing():
            image = self._page(page)
            size = QSize(*image.size)
            return size.transposed() if self._is_sideways() else size, self._header()

    def decode(self, page: int, _orientation: int, _size: QSize | None = None) -> Raw:
        """Upright, of its own size."""
        with _refusing():
            image = self._page(page)
            narrowed = self._bits() > _EIGHT_BITS
            image.load()
            return Raw(_as_qimage(self._mended(image)), narrowed)

    def is_deep_colour(self, page: int) -> bool:
        """Whether it has more than 8 bits a channel in colour, which Pillow cuts off instead of rounding."""
        with _refusing():
            image = self._page(page)
            return self._bits() > _EIGHT_BITS and image.mode in ("RGB", "RGBA", "RGBX")

    def _page(self, page: int) -> Image.Image:
        if self.frames > 1:
            self._image.seek(self._order[page])
        return self._image

    def _mended(self, image: Image.Image) -> Image.Image:
        """What Pillow leaves to its callers: AVIF's turn, and that a PSD's ones are black."""
        if self._format == "avif":
            return ImageOps.exif_transpose(image)
        return ImageChops.invert(image) if self._format == "psd" and image.mode == "1" else image

    def _is_sideways(self) -> bool:
        """AVIF's own turn, which Pillow tells as EXIF; TIFF's size is told upright."""
        return self._format == "avif" and _exif_turn(self._image) >= SIDEWAYS

    def _header(self) -> Header:
        tags = getattr(self._image, "tag_v2", {})
        orientation = tags.get(ExifTags.Base.Orientation, 1) if self._format == "tiff" else 1
        return Header(
            frames=self.frames,
            orientation=orientation if orientation in range(1, 9) else 1,
            profile=self._image.info.get("icc_profile") or self._boxed_profile,
        )

    def _bits(self) -> int:
        if self._format == "tiff":
            return int(max(getattr(self._image, "tag_v2", {}).get(ExifTags.Base.BitsPerSample, (1,))))
        if self._image.mode.startswith(("I", "F")):
            return _SIXTEEN_BITS
        return int(self._image.info.get("bit_depth", self._depth))


def _judge_psd(data: bytes) -> None:
    if int.from_bytes(data[12:14], "big") not in range(1, _PSD_CHANNELS + 1):
        raise Refusal("broken", "a PSD of impossibly many channels")
    if data[22:24] not in _PSD_DEPTHS:
        raise Refusal("unsupported", "a PSD of more than 8 bits a channel")


def _declared_depth(data: bytes, image_format: str) -> int:
    """AVIF's configuration box says whether its decoder narrowed the channels."""
    place = data.find(b"av1C") if image_format == "avif" else -1
    flags = data[place + 6 : place + 7] if place >= 0 else b""
    return _TEN_BITS if flags and flags[0] & _HIGH_DEPTH else _EIGHT_BITS


def _exif_turn(image: Image.Image) -> int:
    return int(image.getexif().get(ExifTags.Base.Orientation, 1))


@contextmanager
def _refusing() -> Iterator[None]:
    """Whatever a decoder of untrusted bytes raises means that they are no good."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    except MemoryError:  # no fault of the image's
        raise
    except Exception as error:
        raise Refusal("broken", f"{type(error).__name__}: {error}") from error


def _as_qimage(image: Image.Image) -> QImage:
    plain = _plain(image)
    formats = {
        "L": QImage.Format.Format_Grayscale8,
        "RGB": QImage.Format.Format_RGB32,
        "RGBA": QImage.Format.Format_ARGB32,
        "CMYK": QImage.Format.Format_CMYK8888,
    }
    made = QImage(QSize(*plain.size), formats[plain.mode])
    for band in bands(made):
        pixels = np.asarray(plain.crop((0, band.start, plain.width, band.stop)))
        _write(made, band, pixels, plain.mode)
    return made


def _write(made: QImage, band: slice, pixels: NDArray[np.uint8], mode: str) -> None:
    match mode:
        case "L":
            rows(made, writable=True)[band] = pixels
        case "CMYK":
            channels(made, writable=True)[band] = pixels
        case _:
            written = channels(made, writable=True)[band]
            written[..., :3] = pixels[..., 2::-1]
            written[..., 3] = pixels[..., 3] if mode == "RGBA" else 255


def _plain(image: Image.Image) -> Image.Image:
    """In one of the modes L, RGB, RGBA and CMYK."""
    if "transparency" in image.info and image.mode in ("1", "L", "RGB", "P"):
        return image.convert("RGBA")
    match image.mode:
        case "L" | "RGB" | "RGBA" | "CMYK":
            return image
        case "LAB":
            return colour.from_lab(image)
        case "I" | "F" | "I;16" | "I;16B" | "I;16L" | "I;16N":
            return _narrowed(image)
        case _:
            return image.convert(_wider(image))


def _wider(image: Image.Image) -> str:
    if image.mode == "1":
        return "L"
    has_alpha = image.mode in ("LA", "La", "PA", "RGBa")
    return "RGBA" if has_alpha or (image.palette and image.palette.mode == "RGBA") else "RGB"


def _narrowed(image: Image.Image) -> Image.Image:
    """16 bits by rounding; measured values (32 bits, fractions) from their least to their greatest."""
    values = np.asarray(image)
    if image.mode.startswith("I;16"):
        return Image.fromarray(((values.astype(np.uint32) * 255 + 32_767) // 65_535).astype(np.uint8))
    finite = np.nan_to_num(values.astype(np.float64), posinf=0.0, neginf=0.0)
    low, high = finite.min(), finite.max()
    return Image.fromarray(np.rint((finite - low) / max(high - low, 1e-30) * 255).astype(np.uint8))
