"""Transparency becomes paper: white, or black where nothing would be seen on white."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PySide6.QtGui import QImage

from desktop.domain.images import Paper
from desktop.worker.pixels.paper import CONTRAST, laid
from desktop.worker.pixels.planes import channels, words
from desktop.worker.reading.array import bgr

Rgb = tuple[int, int, int]

CLEAR, WHITE, BLACK, YELLOW = (0, 0, 0, 0), (255, 255, 255), (0, 0, 0), (255, 255, 0)
SHADE = 255 - CONTRAST


def drawing(colour: Rgb, alpha: int = 255, *, ground: tuple[int, int, int, int] = CLEAR) -> QImage:
    """A bar of `colour` in the middle of a transparent image."""
    image = Image.new("RGBA", (60, 40), ground)
    image.paste((*colour, alpha), (20, 15, 40, 25))
    made = QImage(60, 40, QImage.Format.Format_ARGB32)
    channels(made, writable=True)[...] = np.asarray(image)[..., (2, 1, 0, 3)]
    return made


@pytest.mark.parametrize(
    ("image", "paper"),
    [
        (drawing(BLACK), "white"),
        (drawing((255, 0, 0)), "white"),
        (drawing((SHADE, SHADE, SHADE)), "white"),
        (drawing(BLACK, 40), "white"),
        (drawing(WHITE), "black"),
        (drawing((240, 240, 240)), "black"),
        (drawing(YELLOW), "black"),
        (drawing(WHITE, 128), "black"),
        (drawing(BLACK, 0), "white"),
        (drawing(WHITE, 5), "white"),
        (drawing(BLACK, ground=(255, 255, 255, 200)), "white"),
        (drawing(WHITE, ground=(255, 255, 255, 254)), "black"),
    ],
)
def test_the_paper_on_which_something_is_seen(image: QImage, paper: Paper) -> None:
    assert laid(image).paper == paper


def test_a_speck_is_no_picture() -> None:
    image = drawing(WHITE).scaled(600, 400)
    words(image)  # the scaled one has the same format
    pixels = channels(image, writable=True)
    pixels[200, 300, :3] = 0

    assert laid(image).paper == "black"
    pixels[200, 250:290, :3] = 0
    assert laid(image).paper == "white"


def test_an_opaque_alpha_channel_is_no_transparency() -> None:
    image = drawing(BLACK, ground=(255, 0, 0, 255))
    before = channels(image).copy()

    flat, paper = laid(image)

    assert paper is None
    assert not flat.hasAlphaChannel()
    assert np.array_equal(channels(flat), before)


def test_one_pixel_that_is_not_quite_opaque_counts() -> None:
    image = drawing(BLACK, ground=(255, 0, 0, 255))
    channels(image, writable=True)[39, 59, 3] = 254

    assert laid(image).paper == "white"


@given(st.integers(0, 2**32 - 1))
def test_pixels_on_white_are_as_another_library_blends_them(seed: int) -> None:
    pixels = np.random.default_rng(seed).integers(0, 256, (12, 15, 4), dtype=np.uint8)
    image = QImage(15, 12, QImage.Format.Format_ARGB32)
    channels(image, writable=True)[...] = pixels[..., (2, 1, 0, 3)]
    source = Image.fromarray(pixels)
    white = Image.new("RGBA", source.size, (255, 255, 255, 255))
    expected = np.asarray(Image.alpha_composite(white, source))[..., 2::-1]

    assert np.abs(bgr(image).astype(int) - expected).max() <= 1


def test_the_reader_gets_rows_without_padding() -> None:
    image = QImage(13, 7, QImage.Format.Format_Grayscale8)
    image.fill(77)

    assert np.array_equal(bgr(image), np.full((7, 13, 3), 77))
