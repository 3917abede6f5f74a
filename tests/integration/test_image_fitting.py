"""The least change with which a server takes an image, and what is said of it."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from desktop.domain import image_errors
from desktop.domain.image_rules import image_limits
from desktop.domain.images import ImageChange, Size
from desktop.domain.limits import DATA_URI_BYTES, READER, ImageLimits
from desktop.domain.settings import Endpoint
from tests.support.encoded import encoded, frames, gradient, noise, turned_jpeg, with_png_chunks
from tests.support.loading import DASHSCOPE, Loading, loading, rgb

ROOM = (DATA_URI_BYTES - len("data:image/jpeg;base64,")) // 4 * 3
NEAR = image_limits(Endpoint("custom", base_url="http://127.0.0.1:1234/v1"), "any")


@pytest.fixture(scope="module")
def load() -> Iterator[Loading]:
    with loading() as made:
        yield made


def test_a_png_too_long_for_the_service_loses_nothing_if_it_can(load: Loading) -> None:
    data = encoded(gradient(2000, 1400), "PNG", compress_level=0)
    image = load(data)

    assert len(data) > ROOM
    assert (image.media_type, image.change) == ("image/png", ImageChange("image/png"))
    assert np.array_equal(rgb(image), rgb(data))


def test_what_no_lossless_format_makes_fit_becomes_jpeg(load: Loading) -> None:
    image = load(encoded(noise(600, 400), "PNG"), replace(DASHSCOPE, data_uri_bytes=600_000))

    assert image.change == ImageChange("image/png", lossy=True, limit="bytes")
    assert (image.media_type, image.size) == ("image/jpeg", (600, 400))
    assert 300_000 < len(image.data) <= 450_000


def test_what_no_quality_makes_fit_becomes_smaller(load: Loading) -> None:
    image = load(encoded(noise(600, 400), "PNG"), replace(DASHSCOPE, data_uri_bytes=100_000))

    assert image.change == ImageChange("image/png", lossy=True, from_size=Size(600, 400), limit="bytes")
    assert image.size.width < 600
    assert rgb(image).shape[:2] == image.size[::-1]


def test_a_jpeg_made_to_fit_is_no_lossier_in_kind(load: Loading) -> None:
    data = encoded(noise(600, 400), "JPEG", quality=100, subsampling=0)
    image = load(data, replace(DASHSCOPE, data_uri_bytes=len(data)))

    assert image.change == ImageChange("image/jpeg", limit="bytes")


def test_too_large_an_area_is_said_as_such(load: Loading) -> None:
    image = load(encoded(gradient(400, 300), "PNG"), replace(DASHSCOPE, max_px=30_000))

    assert image.change == ImageChange("image/png", from_size=Size(400, 300), limit="pixels")
    assert (image.media_type, image.size) == ("image/png", (200, 150))
    assert np.abs(rgb(image) - np.asarray(gradient(200, 150))).mean() < 2


def test_webp_beyond_the_size_that_is_taken(load: Loading) -> None:
    data = encoded(gradient(400, 300), "WEBP", lossless=True)
    small = replace(DASHSCOPE, large_px=100_000)

    assert load(data).change is None
    assert load(data, small).change == ImageChange("image/webp")
    assert load(data, small).media_type == "image/png"


def test_a_server_nearby_takes_no_webp(load: Loading) -> None:
    image = load(encoded(gradient(), "WEBP"), NEAR)

    assert (image.media_type, image.change) == ("image/png", ImageChange("image/webp"))


@pytest.mark.parametrize("uri", [0, 30, 400])
def test_what_cannot_be_made_to_fit(load: Loading, uri: int) -> None:
    with pytest.raises(image_errors.ImageWontFit, match="pasted"):
        load(encoded(noise(60, 40), "PNG"), replace(DASHSCOPE, data_uri_bytes=uri))


@pytest.mark.parametrize("limits", [READER, NEAR])
def test_without_a_limit_nothing_becomes_lossy_or_smaller(load: Loading, limits: ImageLimits) -> None:
    data = encoded(noise(1100, 1000), "BMP")
    image = load(data, limits)

    assert image.change == ImageChange("image/bmp")
    assert np.array_equal(rgb(image), rgb(data))


def test_a_turned_jpeg_stays_a_jpeg(load: Loading) -> None:
    image = load(turned_jpeg(6))

    assert (image.media_type, image.change) == ("image/jpeg", ImageChange("image/jpeg", turned=True))


def test_metadata_is_no_change_and_never_sent(load: Loading) -> None:
    data = encoded(gradient(), "PNG")
    told = with_png_chunks(data, (b"tEXt", b"Comment\0secret"), (b"gAMA", bytes(4)), (b"prVt", b"secret"))
    image = load(told)

    assert (image.data, image.change) == (data, None)
    assert image.source_digest != load(data).source_digest


@pytest.mark.parametrize("name", ["PNG", "BMP", "TIFF", "GIF", "JPEG"])
def test_what_is_encoded_anew_carries_nothing_but_pixels(load: Loading, name: str) -> None:
    told = encoded(gradient(300, 200), name, comment=b"secret", description="secret", dpi=(300, 300))
    image = load(told, replace(DASHSCOPE, max_px=5000))

    for data in (image.data, image.thumbnail):
        assert not {b"secret", b"tEXt", b"iCCP", b"pHYs", b"Exif"} & {
            word for word in (b"secret", b"tEXt", b"iCCP", b"pHYs", b"Exif") if word in data
        }


def test_an_animated_png_is_sent_as_its_first_frame(load: Loading) -> None:
    data = frames("PNG")
    image = load(data)

    assert image.change == ImageChange("image/png", frames=3)
    assert b"acTL" not in image.data
    assert np.array_equal(rgb(image), rgb(data))
