"""Files with several pictures: the first is sent and said, another on request."""

import io
from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image

from desktop.domain import image_errors
from desktop.domain.images import THUMBNAIL_SIDE, ImageChange, digest
from desktop.domain.ports import PAGES_SHOWN
from tests.support.encoded import encoded, frames, gradient, mpo, noise
from tests.support.loading import Loading, loading, rgb

MANY = ["GIF", "TIFF", "WEBP", "PNG", "AVIF"]
EXACT = {"TIFF", "PNG"}


@pytest.fixture(scope="module")
def load() -> Iterator[Loading]:
    with loading() as made:
        yield made


def frame(number: int) -> Image.Image:
    return gradient().rotate(30 * number)


@pytest.mark.parametrize("name", MANY)
@pytest.mark.parametrize("page", [0, 1, 2])
def test_each_frame_can_be_sent(load: Loading, name: str, page: int) -> None:
    image = load(frames(name), page=page)
    off = np.abs(rgb(image) - np.asarray(frame(page)))

    assert image.change == ImageChange(f"image/{name.lower()}", frames=3, page=page)
    assert image.media_type == "image/png"
    assert off.mean() <= (0 if name in EXACT else 6)
    assert not getattr(Image.open(io.BytesIO(image.data)), "is_animated", False)


@pytest.mark.parametrize("name", MANY)
def test_a_page_beyond_the_last_is_refused(load: Loading, name: str) -> None:
    with pytest.raises(image_errors.NoSuchPage, match="has 3 pages; there is no page 4"):
        load(frames(name), page=3)


@pytest.mark.parametrize("page", [1, -1, 10**9])
def test_a_single_picture_has_one_page(load: Loading, page: int) -> None:
    with pytest.raises(image_errors.NoSuchPage):
        load(encoded(gradient(), "PNG"), page=page)


def test_each_page_is_an_image_of_its_own(load: Loading) -> None:
    data = frames("TIFF")
    first, second = load(data), load(data, page=1)

    assert first.source_digest == digest(data)
    assert second.source_digest == digest(data, 1) != first.source_digest
    assert load(data, page=1) == second


def test_pages_of_several_sizes_and_depths(load: Loading) -> None:
    pages = [gradient(90, 40), gradient(30, 70).convert("L"), noise(50, 50).convert("1")]
    data = encoded(pages[0], "TIFF", save_all=True, append_images=pages[1:])

    for number, page in enumerate(pages):
        image = load(data, page=number)
        assert image.size == page.size
        assert np.array_equal(rgb(image), np.asarray(page.convert("RGB")))


def test_views_of_a_jpeg_are_sent_as_they_are(load: Loading) -> None:
    left, right = (encoded(noise(40, 30).rotate(turn), "JPEG") for turn in (0, 180))
    data = mpo(left, right)

    assert load(data).data == left
    assert load(data, page=1).data == right
    assert load(data, page=1).change == ImageChange("image/jpeg", frames=2, page=1)
    assert len(load.pages(data)) == 2


def test_a_map_of_light_behind_a_photo_does_not_count(load: Loading) -> None:
    photo = encoded(noise(40, 30), "JPEG")
    image = load(mpo(photo, encoded(noise(40, 30).convert("L"), "JPEG"), kind=0))

    assert (image.data, image.change) == (photo, None)


# ── to choose from ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", MANY)
def test_a_thumbnail_of_each_page(load: Loading, name: str) -> None:
    thumbnails = load.pages(frames(name))

    assert len(thumbnails) == 3
    for number, thumbnail in enumerate(thumbnails):
        assert np.abs(rgb(thumbnail) - np.asarray(frame(number))).mean() <= (0 if name in EXACT else 6)


def test_thumbnails_of_pages_are_small(load: Loading) -> None:
    (thumbnail,) = load.pages(encoded(gradient(900, 300), "TIFF"))

    assert Image.open(io.BytesIO(thumbnail)).size == (THUMBNAIL_SIDE, 106)


def test_no_more_pages_than_can_be_shown(load: Loading) -> None:
    blank = [Image.new("1", (20, 20), number % 2) for number in range(PAGES_SHOWN + 20)]
    data = encoded(blank[0], "TIFF", save_all=True, append_images=blank[1:])

    assert len(load.pages(data)) == PAGES_SHOWN
    assert load(data, page=PAGES_SHOWN + 19).change == ImageChange("image/tiff", len(blank), len(blank) - 1)


def test_a_page_that_cannot_be_shown_keeps_its_place(load: Loading) -> None:
    pages = [gradient(), gradient(5, 40), gradient()]
    data = encoded(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    first, narrow, last = load.pages(data)

    assert (bool(first), narrow, bool(last)) == (True, b"", True)


@pytest.mark.parametrize("data", [b"no image at all", frames("TIFF")[:4]])
def test_pages_of_what_is_no_image(load: Loading, data: bytes) -> None:
    with pytest.raises(image_errors.ImageError):
        load.pages(data)
