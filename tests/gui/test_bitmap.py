"""Pixels in memory as a file that every decoder reads alike."""

import io

import pytest
from PIL import Image
from PySide6.QtGui import QColor, QImage

from desktop.ui.bitmap import bitmap

Format = QImage.Format


def drawn(form: Format) -> QImage:
    """Red above, half transparent blue below, of an odd width."""
    image = QImage(13, 4, form)
    image.fill(QColor(255, 0, 0))
    for x in range(13):
        image.setPixelColor(x, 3, QColor(0, 0, 255, 128))
    return image


@pytest.mark.parametrize("form", [Format.Format_RGB32, Format.Format_RGB888, Format.Format_Indexed8])
def test_opaque_pixels_are_kept(form: Format) -> None:
    image = drawn(Format.Format_RGB32).convertToFormat(form)
    data = bitmap(image)

    assert QImage.fromData(data).convertToFormat(Format.Format_RGB32) == image.convertToFormat(
        Format.Format_RGB32
    )
    with Image.open(io.BytesIO(data)) as picture:
        assert (picture.format, picture.size) == ("BMP", (13, 4))
        assert picture.convert("RGB").getpixel((12, 0)) == (255, 0, 0)


@pytest.mark.parametrize("form", [Format.Format_ARGB32, Format.Format_RGBA8888])
def test_transparency_is_kept(form: Format) -> None:
    data = bitmap(drawn(form))

    assert QImage.fromData(data).pixelColor(6, 3) == QColor(0, 0, 255, 128)
    with Image.open(io.BytesIO(data)) as picture:
        assert picture.convert("RGBA").getpixel((6, 3)) == (0, 0, 255, 128)
        assert picture.convert("RGBA").getpixel((6, 0)) == (255, 0, 0, 255)
