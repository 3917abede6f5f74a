"""Metadata goes, pixels stay: the same for every container that is sent as it is."""

import contextlib
import io
import struct
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin

from desktop.worker.pixels import container, jpeg, png, webp
from desktop.worker.pixels.container import Format
from desktop.worker.pixels.pieces import Malformed, joined
from tests.support.encoded import (
    EXIF_ORIENTATION,
    SAMPLES,
    encoded,
    gradient,
    noise,
    with_jpeg_segment,
    with_png_chunks,
    with_webp_chunk,
)

SECRET = b"51.4778N 0.0015W"
FORMATS: tuple[Format, ...] = ("png", "jpeg", "webp")


def exif() -> Image.Exif:
    block = Image.Exif()
    block[EXIF_ORIENTATION] = 6
    block[0x010E] = SECRET.decode()
    return block


def profile() -> bytes:
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    return made.tobytes() + SECRET


def told_png(image: Image.Image) -> bytes:
    about = PngImagePlugin.PngInfo()
    about.add_text("Comment", SECRET.decode())
    about.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    data = encoded(image, "PNG", exif=exif(), pnginfo=about, dpi=(96, 96), icc_profile=profile())
    chunks = (b"gAMA", struct.pack(">I", 45455)), (b"tIME", bytes(7)), (b"prVt", SECRET), (b"sBIT", b"\5\6\5")
    return with_png_chunks(data, *chunks) + SECRET


def told_jpeg(image: Image.Image, **options: object) -> bytes:
    data = encoded(
        image, "JPEG", exif=exif(), comment=SECRET, xmp=SECRET, icc_profile=profile(), dpi=(7, 7), **options
    )
    jfxx = b"JFXX\0\x13\4\4" + SECRET * 3
    for marker, content in ((0xE0, jfxx), (0xED, b"Photoshop 3.0\0" + SECRET)):
        data = with_jpeg_segment(data, marker, content)
    return data + SECRET


def told_webp(image: Image.Image, **options: object) -> bytes:
    data = encoded(image, "WEBP", exif=exif(), xmp=SECRET, icc_profile=profile(), **options)
    return with_webp_chunk(data, b"prVt", SECRET) + SECRET


TOLD: dict[str, tuple[Format, Callable[[], bytes]]] = {
    "png": ("png", lambda: told_png(gradient())),
    "png-palette": ("png", lambda: told_png(gradient().convert("P"))),
    "png-alpha": ("png", lambda: told_png(gradient().convert("LA"))),
    "jpeg": ("jpeg", lambda: told_jpeg(noise(60, 40))),
    "jpeg-progressive": ("jpeg", lambda: told_jpeg(noise(60, 40), progressive=True)),
    "jpeg-restarts": ("jpeg", lambda: told_jpeg(noise(60, 40), restart_marker_blocks=2)),
    "jpeg-grey": ("jpeg", lambda: told_jpeg(noise(60, 40).convert("L"))),
    "jpeg-inks": ("jpeg", lambda: told_jpeg(noise(60, 40).convert("CMYK"))),
    "jpeg-rgb": ("jpeg", lambda: told_jpeg(noise(60, 40), keep_rgb=True)),
    "webp": ("webp", lambda: told_webp(noise(61, 41))),
    "webp-lossless": ("webp", lambda: told_webp(noise(61, 41), lossless=True)),
    "webp-alpha": ("webp", lambda: told_webp(noise(61, 41).convert("RGBA"))),
}


def strip(image_format: Format, data: bytes) -> bytes:
    return joined(data, container.remains(image_format, data))


def pixels(data: bytes) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.asarray(Image.open(io.BytesIO(data)))


@pytest.mark.parametrize("name", TOLD)
def test_pixels_stay_and_every_word_goes(name: str) -> None:
    image_format, made = TOLD[name]
    data = made()

    bare = strip(image_format, data)

    assert SECRET in data
    assert SECRET not in bare
    assert np.array_equal(pixels(bare), pixels(data))
    image = Image.open(io.BytesIO(bare))
    image.load()
    assert not image.getexif()
    assert not set(image.info) & {"exif", "icc_profile", "xmp", "comment", "photoshop", "Comment", "gamma"}


@pytest.mark.parametrize("name", TOLD)
def test_stripping_twice_changes_nothing(name: str) -> None:
    image_format, made = TOLD[name]
    bare = strip(image_format, made())

    assert strip(image_format, bare) is bare


@pytest.mark.parametrize("image_format", FORMATS)
def test_a_bare_image_is_left_alone(image_format: Format) -> None:
    data = SAMPLES[image_format]()

    assert strip(image_format, data) is data


def test_a_thumbnail_inside_jfif_goes() -> None:
    data = encoded(gradient(), "JPEG")
    segment = b"JFIF\0\1\1\0\0\1\0\1\2\2" + SECRET[:12]
    told = data[:2] + struct.pack(">BBH", 0xFF, 0xE0, len(segment) + 2) + segment + data[20:]

    assert SECRET[:12] in told
    assert strip("jpeg", told) == data


def test_fill_bytes_and_rubbish_between_segments_go() -> None:
    data = encoded(gradient(), "JPEG")
    rubbish = data[:20] + SECRET + b"\xff\xff\xff" + data[20:]

    assert strip("jpeg", rubbish) == data


def test_transparent_colours_and_palettes_stay() -> None:
    keyed = encoded(gradient(), "PNG", transparency=(0, 0, 90))

    assert strip("png", keyed) is keyed


def test_an_animation_becomes_its_first_frame() -> None:
    pages = [gradient().rotate(turn) for turn in (0, 30)]
    data = encoded(pages[0], "PNG", save_all=True, append_images=pages[1:])
    bare = strip("png", data)

    assert getattr(Image.open(io.BytesIO(bare)), "n_frames", 1) == 1
    assert np.array_equal(pixels(bare), np.asarray(pages[0]))


def test_webp_no_longer_claims_what_is_gone() -> None:
    data = told_webp(noise(60, 40).convert("RGBA"))
    bare = strip("webp", data)

    assert int.from_bytes(bare[4:8], "little") == len(bare) - 8
    assert (data[20], bare[20]) == (data[20] | 0x2C, data[20] & ~0x2C)


@settings(max_examples=300)
@given(st.binary(max_size=120), st.sampled_from(FORMATS), st.integers(0, 60))
def test_garbage_raises_nothing_else(garbage: bytes, image_format: Format, kept: int) -> None:
    for data in (garbage, SAMPLES[image_format]()[:kept] + garbage):
        with contextlib.suppress(Malformed):
            strip(image_format, data)


@settings(max_examples=300)
@given(st.data(), st.sampled_from(list(TOLD)))
def test_a_few_wrong_bytes_raise_nothing_else(data: st.DataObject, name: str) -> None:
    image_format, _ = TOLD[name]
    damaged = bytearray(_made(name))
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))

    with contextlib.suppress(Malformed):
        container.header(image_format, bytes(damaged))
    try:
        bare = strip(image_format, bytes(damaged))
    except Malformed:
        return
    assert strip(image_format, bare) == bare


_CACHE: dict[str, bytes] = {}


def _made(name: str) -> bytes:
    return _CACHE.setdefault(name, TOLD[name][1]())


@pytest.mark.parametrize("module", [png, jpeg, webp])
def test_what_is_cut_short_is_malformed(module: object) -> None:
    name: Format = module.__name__.rpartition(".")[2]  # type: ignore[attr-defined]
    data = strip(name, _made(name))

    for cut in range(0, len(data), 7):
        with pytest.raises(Malformed):
            container.remains(name, data[:cut])
