"""What was done to an image, in plain words."""

from dataclasses import replace

import pytest

from desktop.domain.images import ImageChange, MediaType, Size
from desktop.ui.image_words import change_words, described, megabytes
from tests.support.pictures import image

LARGE = Size(12_000, 9_000)


@pytest.mark.parametrize(
    ("change", "sent_as", "words"),
    [
        (ImageChange("image/heic"), "image/jpeg", "re-encoded: HEIC → JPEG"),
        (ImageChange("image/avif"), "image/png", "re-encoded: AVIF → PNG"),
        (ImageChange("image/jp2"), "image/png", "re-encoded: JPEG 2000 → PNG"),
        (ImageChange("image/x-tga"), "image/png", "re-encoded: TGA → PNG"),
        (ImageChange("image/vnd.adobe.photoshop"), "image/png", "re-encoded: PSD → PNG"),
        (ImageChange("image/webp"), "image/png", "re-encoded: WebP → PNG"),
        (ImageChange("image/bmp"), "image/webp", "re-encoded: BMP → WebP"),
        (
            ImageChange("image/png", lossy=True, limit="bytes"),
            "image/jpeg",
            "re-encoded: PNG → JPEG · JPEG at high quality: the limit of the server",
        ),
        (
            ImageChange("image/heic", lossy=True),
            "image/jpeg",
            "re-encoded: HEIC → JPEG · JPEG at high quality",
        ),
        (
            ImageChange("image/png", from_size=LARGE, limit="pixels"),
            "image/png",
            "shrunk from 12000×9000: the limit in pixels",
        ),
        (
            ImageChange("image/png", from_size=LARGE, limit="bytes"),
            "image/png",
            "shrunk from 12000×9000: the limit in bytes",
        ),
        (ImageChange("image/png", from_size=LARGE), "image/png", "shrunk from 12000×9000"),
        (ImageChange("image/jpeg", turned=True), "image/jpeg", "turned upright"),
        (ImageChange("image/png", paper="white"), "image/png", "transparency on white"),
        (ImageChange("image/png", paper="black"), "image/png", "transparency on black"),
        (
            ImageChange("image/png", recoloured=True, narrowed=True),
            "image/png",
            "colours to sRGB · 16 → 8 bits",
        ),
        (ImageChange("image/gif", frames=12), "image/png", "first of 12 frames · re-encoded: GIF → PNG"),
        (ImageChange("image/webp", frames=12, page=3), "image/webp", "frame 4 of 12"),
        (ImageChange("image/tiff", frames=12), "image/png", "page 1 of 12 · re-encoded: TIFF → PNG"),
        (ImageChange("image/tiff", frames=12, page=2), "image/png", "page 3 of 12 · re-encoded: TIFF → PNG"),
        (ImageChange("image/png"), "image/png", ""),
    ],
)
def test_every_change_is_named(change: ImageChange, sent_as: MediaType, words: str) -> None:
    assert change_words(replace(image(), media_type=sent_as), change) == words


def test_all_that_is_known_of_an_image_a_line_each() -> None:
    changed = replace(image("a.gif"), change=ImageChange("image/gif", frames=3))

    assert described(image("a.png")).splitlines() == ["a.png", "1920×1080"]
    assert described(changed).splitlines() == [
        "a.gif",
        "1920×1080",
        "first of 3 frames · re-encoded: GIF → PNG",
    ]


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0.0 MB"), (700, "0.1 MB"), (1_440_000, "1.4 MB"), (84_400_000, "84 MB")],
)
def test_bytes_are_said_in_megabytes(count: int, words: str) -> None:
    assert megabytes(count).replace(",", ".") == words
