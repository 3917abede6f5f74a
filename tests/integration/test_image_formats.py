"""Whatever container an image comes in, its right pixels are sent, and what was changed is said."""

import io
from collections.abc import Iterator

import cv2
import numpy as np
import pytest
from PIL import Image, ImageCms
from PySide6.QtGui import QColorSpace

from desktop.domain import image_errors
from desktop.domain.images import ImageChange, MediaType
from desktop.worker.pixels.container import FORMATS, Format, media_type
from tests.support import corpus_profile
from tests.support.encoded import (
    EXIF_ORIENTATION,
    SAMPLES,
    encoded,
    gradient,
    noise,
    psd,
    with_jp2_profile,
    with_png_chunks,
)
from tests.support.loading import READER, Loading, loading, rgb

P3 = bytes(QColorSpace(QColorSpace.NamedColorSpace.DisplayP3).iccProfile().data())
AS_THEY_ARE: dict[Format, MediaType] = {"png": "image/png", "jpeg": "image/jpeg", "webp": "image/webp"}
LOSSY = {"jpeg", "webp", "avif", "heif"}


@pytest.fixture(scope="module")
def load() -> Iterator[Loading]:
    with loading() as made:
        yield made


def converted(image: Image.Image, profile: bytes) -> Image.Image:
    source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    done = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    assert done is not None
    return done


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_read(load: Loading, name: Format) -> None:
    image = load(SAMPLES[name]())
    off = np.abs(rgb(image) - np.asarray(gradient()))

    assert image.size == (60, 40)
    assert image.media_type == AS_THEY_ARE.get(name, "image/png")
    assert image.change == (None if name in AS_THEY_ARE else ImageChange(media_type(name)))
    assert off.mean() <= (3 if name in LOSSY else 4 if name == "gif" else 0)
    assert np.abs(rgb(image.thumbnail) - rgb(image)).mean() <= 3


@pytest.mark.parametrize("name", AS_THEY_ARE)
def test_what_fits_is_sent_as_it_is(load: Loading, name: Format) -> None:
    data = SAMPLES[name]()

    assert load(data).data == data


@pytest.mark.parametrize("name", [*FORMATS])
@pytest.mark.parametrize("missing", [0.5, 0.1])
def test_what_is_cut_short_is_refused(load: Loading, name: Format, missing: float) -> None:
    data = SAMPLES[name]() if name in ("heif", "psd") else encoded(noise(90, 70), _pillow(name))

    with pytest.raises(image_errors.BrokenImage):
        load(data[: int(len(data) * (1 - missing))])


def _pillow(name: Format) -> str:
    return {"jp2": "JPEG2000"}.get(name, name.upper())


def test_a_jpeg_cut_short_and_closed_again_is_refused(load: Loading) -> None:
    data = encoded(noise(90, 70), "JPEG")

    with pytest.raises(image_errors.BrokenImage):
        load(data[: len(data) // 2] + b"\xff\xd9")


def test_a_jpeg_that_its_decoder_doubts_is_encoded_anew(load: Loading) -> None:
    data = encoded(gradient(), "JPEG")
    doubtful = data[:-2] + bytes(40) + data[-2:]
    image = load(doubtful)

    assert image.change == ImageChange("image/jpeg")
    assert image.data != doubtful
    assert np.abs(rgb(image) - rgb(doubtful)).mean() < 1


# ── more than eight bits, fewer channels, other channels ────────────────────────────────────────


@pytest.mark.parametrize("name", ["PNG", "TIFF", "JPEG2000"])
def test_sixteen_bits_of_grey_are_rounded(load: Loading, name: str) -> None:
    deep = np.arange(65_536, dtype=np.uint16).reshape(256, 256)
    image = load(encoded(Image.fromarray(deep), name))

    assert image.change is not None
    assert image.change.narrowed
    assert np.abs(rgb(image)[..., 0] - deep / 257).max() <= 0.5


def deep_colours() -> np.ndarray[tuple[int, ...], np.dtype[np.uint16]]:
    return np.random.default_rng(1).integers(0, 65_536, (40, 60, 3), dtype=np.uint16)


@pytest.mark.parametrize("name", [".png", ".tiff"])
def test_sixteen_bits_of_colour_are_rounded(load: Loading, name: str) -> None:
    deep = deep_colours()
    image = load(cv2.imencode(name, deep[..., ::-1])[1].tobytes())

    assert image.change is not None
    assert image.change.narrowed
    assert np.abs(rgb(image) - deep / 257).max() <= 0.5


def test_a_clear_colour_of_sixteen_bits_is_clear_in_every_bit(load: Loading) -> None:
    deep = deep_colours()
    deep[:, :30] = 0x1234
    deep[:, 30:35] = 0x1235
    data = cv2.imencode(".png", deep)[1].tobytes()
    image = load(with_png_chunks(data, (b"tRNS", b"\x12\x34" * 3)))

    assert image.change == ImageChange("image/png", paper="white", narrowed=True)
    assert (rgb(image)[:, :30] == 255).all()
    assert (rgb(image)[:, 30:35] == 0x12).all()


def test_a_damaged_clear_colour_is_left_out(load: Loading) -> None:
    data = with_png_chunks(encoded(gradient(), "PNG"), (b"tRNS", bytes(6)))
    place = data.index(b"tRNS") + 4 + 6
    image = load(data[:place] + b"oops" + data[place + 4 :])

    assert image.change == ImageChange("image/png")
    assert np.array_equal(rgb(image), np.asarray(gradient()))


def test_a_psd_of_one_bit_and_of_sixteen(load: Loading) -> None:
    bits = np.random.default_rng(1).integers(0, 2, (40, 64), dtype=np.uint8)
    head = bytearray(psd(Image.new("L", (64, 40)))[: 26 + 14])
    head[22:26] = b"\0\1\0\0"

    assert np.array_equal(rgb(load(bytes(head) + np.packbits(bits).tobytes()))[..., 0], 255 * (1 - bits))
    head[22:26] = b"\0\x10\0\1"
    with pytest.raises(image_errors.UnsupportedImage):
        load(bytes(head) + bytes(64 * 40 * 2))


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA"])
@pytest.mark.parametrize("name", ["PNG", "TIFF", "TGA"])
def test_other_depths_and_channels(load: Loading, mode: str, name: str) -> None:
    source = gradient().convert(mode)

    assert np.array_equal(rgb(load(encoded(source, name))), np.asarray(source.convert("RGB")))


@pytest.mark.parametrize("name", ["PNG", "WEBP"])
def test_an_opaque_alpha_channel_is_no_change(load: Loading, name: str) -> None:
    data = encoded(gradient().convert("RGBA"), name, lossless=True)
    image = load(data)

    assert (image.data, image.change) == (data, None)


@pytest.mark.parametrize("name", ["JPEG", "TIFF", "JPEG2000", "PSD"])
@pytest.mark.parametrize("profiled", [False, True])
def test_inks(load: Loading, name: str, profiled: bool) -> None:
    source, inks = gradient().convert("CMYK"), corpus_profile.inks()
    if name == "PSD":
        inverted = Image.merge("CMYK", [plane.point(lambda v: 255 - v) for plane in source.split()])
        data, profiled = psd(inverted), False
    elif name == "JPEG2000":
        data, profiled = encoded(source, name), False
    else:
        data = encoded(source, name, **({"icc_profile": inks} if profiled else {}), quality=100)
    expected = converted(source, inks) if profiled else source.convert("RGB")
    image = load(data)

    assert image.change is not None
    assert image.change.recoloured is profiled
    assert np.abs(rgb(image) - np.asarray(expected)).mean() <= (1.5 if name == "JPEG" else 0)


def test_inks_without_adobes_mark(load: Loading) -> None:
    data = encoded(gradient().convert("CMYK"), "JPEG", quality=95)
    mark = data.index(b"\xff\xee")
    unmarked = data[:mark] + data[mark + 2 + 14 :]

    assert b"Adobe" not in unmarked
    assert np.array_equal(rgb(load(unmarked)), rgb(load(data)))


@pytest.mark.parametrize("option", [{"compression": "jpeg", "quality": 95}, {"compression": "tiff_lzw"}])
def test_compressed_tiffs(load: Loading, option: dict[str, object]) -> None:
    assert np.abs(rgb(load(encoded(gradient(), "TIFF", **option))) - np.asarray(gradient())).mean() < 2


# ── turns ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("orientation", range(2, 9))
@pytest.mark.parametrize("name", ["PNG", "JPEG", "WEBP", "TIFF"])
def test_turns_are_applied(load: Loading, name: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[EXIF_ORIENTATION] = orientation
    options = {"tiffinfo": {EXIF_ORIENTATION: orientation}} if name == "TIFF" else {"exif": exif}
    image = load(encoded(gradient(), name, lossless=True, quality=95, **options))
    stored = Image.open(io.BytesIO(encoded(gradient(), "PNG", exif=exif)))
    expected = np.asarray(_upright(stored))

    assert image.change is not None
    assert image.change.turned
    assert image.size == expected.shape[1::-1]
    assert image.media_type == ("image/jpeg" if name == "JPEG" else "image/png")
    assert np.abs(rgb(image) - expected).mean() <= (2 if name == "JPEG" else 0)
    assert np.abs(rgb(image.thumbnail) - expected).mean() <= (2 if name == "JPEG" else 0)


def _upright(image: Image.Image) -> Image.Image:
    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }
    return image.transpose(turns[image.getexif()[EXIF_ORIENTATION]])


# ── colours ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["PNG", "JPEG", "WEBP", "TIFF", "AVIF", "JPEG2000"])
def test_a_profile_is_heeded(load: Loading, name: str) -> None:
    data = encoded(gradient(), name, icc_profile=P3, quality=95)
    data = with_jp2_profile(data, P3) if name == "JPEG2000" else data
    image = load(data)

    assert image.change is not None
    assert image.change.recoloured
    assert np.abs(rgb(image) - np.asarray(converted(gradient(), P3))).mean() < 2.5
    assert np.abs(rgb(image.thumbnail) - rgb(image)).mean() < 1
    assert b"Display P3" not in image.data


@pytest.mark.parametrize("name", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("profile", [b"damaged", corpus_profile.grey(1.4)])
def test_a_senseless_profile_is_left_out(load: Loading, name: str, profile: bytes) -> None:
    data = encoded(gradient(), name)
    image = load(encoded(gradient(), name, icc_profile=profile))

    assert image.change is None
    assert np.array_equal(rgb(image), rgb(data))


# ── transparency ────────────────────────────────────────────────────────────────────────────────


def icon(colour: str) -> Image.Image:
    image = Image.new("RGBA", (60, 40))
    image.paste(colour, (20, 10, 40, 30))
    return image


@pytest.mark.parametrize("name", ["PNG", "WEBP", "TIFF", "TGA", "GIF", "AVIF", "JPEG2000"])
@pytest.mark.parametrize(("colour", "paper"), [("darkred", "white"), ("white", "black")])
def test_transparency_becomes_paper(load: Loading, name: str, colour: str, paper: str) -> None:
    image = load(encoded(icon(colour), name))
    expected = Image.new("RGB", (60, 40), paper)
    expected.paste(colour, (20, 10, 40, 30))

    assert image.change is not None
    assert image.change.paper == paper
    assert np.abs(rgb(image) - np.asarray(expected)).mean() < 2
    assert Image.open(io.BytesIO(image.data)).mode == "RGB"
    assert Image.open(io.BytesIO(image.thumbnail)).mode == "RGB"


def test_the_reader_gets_the_same(load: Loading) -> None:
    image = load(encoded(icon("darkred"), "PNG"), READER)

    assert image.change == ImageChange("image/png", paper="white")
