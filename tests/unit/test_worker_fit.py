"""The least change to pixels with which a server takes them."""

import io
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from desktop.domain.limits import ImageLimits
from desktop.domain.vision import LARGEST_SEEN_PX
from desktop.worker.pixels import fit
from desktop.worker.pixels.encode import jpeg, png, webp
from desktop.worker.pixels.fit import HIGH_QUALITIES, LOW_QUALITIES
from desktop.worker.pixels.planes import channels
from desktop.worker.pixels.scale import area
from desktop.worker.wire import Refusal

FREE = ImageLimits()


def image(width: int, height: int, *, noisy: bool = True, contrast: int = 256) -> QImage:
    made = QImage(width, height, QImage.Format.Format_RGB32)
    made.fill(0xFF306090)
    if noisy:
        pixels = np.random.default_rng(1).integers(0, contrast, (height, width, 3), dtype=np.uint8)
        channels(made, writable=True)[..., :3] = pixels
    return made


def within(limits: ImageLimits, count: int) -> ImageLimits:
    """`limits` with room for `count` bytes of JPEG."""
    return replace(limits, data_uri_bytes=len("data:image/jpeg;base64,") + (count + 2) // 3 * 4)


def pixels(data: bytes) -> NDArray[np.uint8]:
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))


def rgb(made: QImage) -> NDArray[np.uint8]:
    return channels(made)[..., 2::-1]


def test_without_limits_nothing_is_lost() -> None:
    made = image(90, 70)
    fitted = fit.fit(made, FREE, was_jpeg=False)

    assert (fitted.media_type, fitted.size, fitted.lossy, fitted.limit) == (
        *("image/png", QSize(90, 70), False, None),
    )
    assert np.array_equal(pixels(fitted.data), rgb(made))


def test_what_was_a_jpeg_stays_one() -> None:
    made = image(90, 70)
    fitted = fit.fit(made, FREE, was_jpeg=True)

    assert (fitted.media_type, fitted.limit) == ("image/jpeg", None)
    assert fitted.data == jpeg(made, HIGH_QUALITIES[0])


def test_lossless_webp_where_png_does_not_fit() -> None:
    made = image(300, 300, contrast=5)
    assert len(webp(made)) < len(png(made))
    limits = within(FREE, (len(webp(made)) + len(png(made))) // 2)

    fitted = fit.fit(made, limits, was_jpeg=False)
    old = fit.fit(made, replace(limits, media_types=FREE.media_types - {"image/webp"}), was_jpeg=False)

    assert (fitted.media_type, fitted.lossy, fitted.limit) == ("image/webp", False, None)
    assert np.array_equal(pixels(fitted.data), rgb(made))
    assert (old.media_type, old.lossy, old.limit) == ("image/jpeg", True, "bytes")


@pytest.mark.parametrize("quality", [*HIGH_QUALITIES, *LOW_QUALITIES])
@pytest.mark.parametrize("was_jpeg", [False, True])
def test_the_highest_quality_that_fits(quality: int, was_jpeg: bool) -> None:
    made = image(300, 200)
    wanted = jpeg(made, quality)

    fitted = fit.fit(made, within(FREE, len(wanted)), was_jpeg=was_jpeg)

    assert fitted.data == wanted
    assert fitted.size == QSize(300, 200)
    assert fitted.limit == (None if was_jpeg and quality == HIGH_QUALITIES[0] else "bytes")


def test_smaller_only_when_no_quality_fits() -> None:
    made = image(300, 200)
    fitted = fit.fit(made, within(FREE, len(jpeg(made, LOW_QUALITIES[-1])) // 2), was_jpeg=False)

    assert fitted.limit == "bytes"
    assert 140 < fitted.size.width() < 300
    assert fitted.size.width() / fitted.size.height() == pytest.approx(1.5, abs=0.02)
    assert pixels(fitted.data).shape[:2] == (fitted.size.height(), fitted.size.width())


def test_beyond_what_models_see_size_goes_before_quality() -> None:
    made = image(5000, 4000)
    room = len(jpeg(made, HIGH_QUALITIES[-1])) * 9 // 10

    fitted = fit.fit(made, within(FREE, room), was_jpeg=True)

    assert LARGEST_SEEN_PX - 10_000 <= area(fitted.size) < 20_000_000
    assert len(fitted.data) > room * 0.7


def test_too_large_an_area_is_made_smaller_without_other_loss() -> None:
    made = image(300, 200, noisy=False)
    fitted = fit.fit(made, replace(FREE, max_px=15_000), was_jpeg=False)

    assert (fitted.media_type, fitted.size, fitted.lossy, fitted.limit) == (
        *("image/png", QSize(150, 100), False, "pixels"),
    )


@pytest.mark.parametrize("count", [-100, 0, 50])
def test_what_cannot_be_made_to_fit(count: int) -> None:
    with pytest.raises(Refusal) as refused:
        fit.fit(image(60, 40), within(FREE, count), was_jpeg=False)
    assert refused.value.kind == "wont_fit"


def test_a_sample_spares_the_whole_in_vain(monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[int] = []

    def counted(made: QImage) -> bytes:
        rows.append(made.height())
        return png(made)

    monkeypatch.setitem(fit._LOSSLESS, "image/png", counted)
    made = image(1100, 1000)

    fit.fit(
        made, replace(within(FREE, 2_000_000), media_types=FREE.media_types - {"image/webp"}), was_jpeg=False
    )
    assert max(rows) < 1000

    fit.fit(made, within(FREE, 3_200_000), was_jpeg=False)
    assert max(rows) == 1000
