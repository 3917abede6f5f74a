"""Colours into sRGB, by the profile that an image carries."""

import io

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms
from PySide6.QtGui import QColorSpace, QImage

from desktop.worker.pixels.colour import SAME, from_lab, matters, to_srgb
from desktop.worker.pixels.planes import BAND_PX, channels, rows
from tests.support import corpus_profile
from tests.support.encoded import gradient, noise


def named(space: QColorSpace.NamedColorSpace) -> bytes:
    return bytes(QColorSpace(space).iccProfile().data())


SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
QT_SRGB = named(QColorSpace.NamedColorSpace.SRgb)
P3 = named(QColorSpace.NamedColorSpace.DisplayP3)
ADOBE = named(QColorSpace.NamedColorSpace.AdobeRgb)
INKS = corpus_profile.inks()
DARK_GREY = corpus_profile.grey(1.4)


def qimage(image: Image.Image) -> QImage:
    kinds = {
        "RGB": QImage.Format.Format_RGB32,
        "RGBA": QImage.Format.Format_ARGB32,
        "L": QImage.Format.Format_Grayscale8,
        "CMYK": QImage.Format.Format_CMYK8888,
    }
    made = QImage(image.width, image.height, kinds[image.mode])
    pixels = np.asarray(image)
    if image.mode == "L":
        rows(made, writable=True)[...] = pixels
    elif image.mode == "CMYK":
        channels(made, writable=True)[...] = pixels
    else:
        made.fill(0xFFFFFFFF)
        channels(made, writable=True)[..., :3] = pixels[..., 2::-1]
        if image.mode == "RGBA":
            channels(made, writable=True)[..., 3] = pixels[..., 3]
    return made


def expected(image: Image.Image, profile: bytes) -> NDArray[np.uint8]:
    source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    assert converted is not None
    return np.asarray(converted)


@pytest.mark.parametrize("profile", [P3, ADOBE])
@pytest.mark.parametrize("size", [(40, 30), (1500, BAND_PX // 1000)])
def test_colours_are_converted_in_every_band(profile: bytes, size: tuple[int, int]) -> None:
    image = gradient(*size)
    converted = to_srgb(qimage(image), profile)

    assert converted.recoloured
    assert np.array_equal(channels(converted.image)[..., 2::-1], expected(image, profile))
    assert (channels(converted.image)[..., 3] == 255).all()


def test_transparency_stays_as_it_was() -> None:
    image = gradient().convert("RGBA")
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    converted = to_srgb(qimage(image), P3).image

    assert np.array_equal(channels(converted)[..., 3], np.asarray(image)[..., 3])
    assert np.array_equal(channels(converted)[..., 2::-1], expected(image.convert("RGB"), P3))


def test_grey_by_its_own_curve() -> None:
    image = gradient().convert("L")
    converted = to_srgb(qimage(image), DARK_GREY)

    assert converted.recoloured
    assert np.array_equal(channels(converted.image)[..., 2::-1], expected(image, DARK_GREY))


def test_inks_by_their_profile_and_without_one() -> None:
    image = gradient().convert("CMYK")
    profiled, plain = to_srgb(qimage(image), INKS), to_srgb(qimage(image), None)

    assert (profiled.recoloured, plain.recoloured) == (True, False)
    assert np.array_equal(channels(profiled.image)[..., 2::-1], expected(image, INKS))
    assert np.array_equal(channels(plain.image)[..., 2::-1], np.asarray(image.convert("RGB")))


@pytest.mark.parametrize("profile", [SRGB, QT_SRGB, None])
def test_srgb_by_any_name_changes_nothing(profile: bytes | None) -> None:
    image = qimage(noise(40, 30))
    before = channels(image).copy()

    assert not to_srgb(image, profile).recoloured
    assert np.array_equal(channels(image), before)
    assert profile is None or not matters(profile)


@pytest.mark.parametrize("profile", [b"", b"nonsense", P3[:100], P3[:36] + bytes(500)])
def test_a_damaged_profile_is_left_out(profile: bytes) -> None:
    converted = to_srgb(qimage(gradient()), profile)

    assert not converted.recoloured
    assert np.array_equal(channels(converted.image)[..., 2::-1], np.asarray(gradient()))


@pytest.mark.parametrize(("mode", "profile"), [("L", P3), ("RGB", DARK_GREY), ("RGB", INKS), ("CMYK", P3)])
def test_a_profile_for_other_channels_is_left_out(mode: str, profile: bytes) -> None:
    assert not to_srgb(qimage(gradient().convert(mode)), profile).recoloured


def test_lab() -> None:
    lab = ImageCms.profileToProfile(
        gradient(), ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), outputMode="LAB"
    )
    assert lab is not None

    assert np.abs(np.asarray(from_lab(lab), np.int16) - np.asarray(gradient())).mean() <= SAME
