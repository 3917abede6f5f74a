"""What was done to an image, in plain words."""

from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.images import ImageChange, Limit, MediaType, Paper, Size
from desktop.ui.image_words import change_words, described, megabytes
from tests.support.pictures import image

LARGE = Size(12_000, 9_000)
CHANGES = st.builds(
    ImageChange,
    from_type=st.sampled_from(["image/png", "image/jpeg", "image/webp", "image/gif", "image/tiff"]),
    frames=st.integers(1, 12),
    page=st.integers(0, 11),
    turned=st.booleans(),
    paper=st.sampled_from([None, *get_args(Paper)]),
    recoloured=st.booleans(),
    narrowed=st.booleans(),
    lossy=st.booleans(),
    from_size=st.sampled_from([None, LARGE]),
    limit=st.sampled_from([None, *get_args(Limit)]),
)


@pytest.mark.parametrize(
    ("change", "sent_as", "words"),
    [
        (ImageChange("image/heic"), "image/png", "re-encoded: HEIC → PNG"),
        (ImageChange("image/avif"), "image/png", "re-encoded: AVIF → PNG"),
        (ImageChange("image/jp2"), "image/png", "re-encoded: JPEG 2000 → PNG"),
        (ImageChange("image/x-tga"), "image/png", "re-encoded: TGA → PNG"),
        (ImageChange("image/vnd.adobe.photoshop"), "image/png", "re-encoded: PSD → PNG"),
        (ImageChange("image/webp"), "image/png", "re-encoded: WebP → PNG"),
        (ImageChange("image/bmp"), "image/webp", "re-encoded: BMP → WebP"),
        (
            ImageChange("image/png", lossy=True, limit="bytes"),
            "image/jpeg",
            "re-encoded: PNG → JPEG, high quality: the limit in bytes",
        ),
        (
            ImageChange("image/png", lossy=True, from_size=LARGE, limit="bytes"),
            "image/jpeg",
            "shrunk from 12000×9000: the limit in bytes · re-encoded: PNG → JPEG, high quality",
        ),
        (ImageChange("image/heic", lossy=True), "image/jpeg", "re-encoded: HEIC → JPEG, high quality"),
        (
            ImageChange("image/jpeg", limit="bytes"),
            "image/jpeg",
            "re-encoded as JPEG, high quality: the limit in bytes",
        ),
        (ImageChange("image/jpeg"), "image/jpeg", "re-encoded as JPEG, high quality"),
        (
            ImageChange("image/jpeg", from_size=LARGE, limit="bytes"),
            "image/jpeg",
            "shrunk from 12000×9000: the limit in bytes · re-encoded as JPEG, high quality",
        ),
        (
            ImageChange("image/png", from_size=LARGE, limit="pixels"),
            "image/png",
            "shrunk from 12000×9000: the limit in pixels",
        ),
        (ImageChange("image/png", from_size=LARGE), "image/png", "shrunk from 12000×9000"),
        (
            ImageChange("image/jpeg", turned=True),
            "image/jpeg",
            "re-encoded as JPEG, high quality · turned upright",
        ),
        (ImageChange("image/png", turned=True), "image/png", "turned upright"),
        (ImageChange("image/jpeg", frames=2), "image/jpeg", "first of 2 frames"),
        (
            ImageChange("image/jpeg", frames=2, turned=True),
            "image/jpeg",
            "first of 2 frames · re-encoded as JPEG, high quality · turned upright",
        ),
        (ImageChange("image/png", paper="white"), "image/png", "transparency on white"),
        (ImageChange("image/png", paper="black"), "image/png", "transparency on black"),
        (
            ImageChange("image/png", recoloured=True, narrowed=True),
            "image/png",
            "colours to sRGB · to 8 bits a channel",
        ),
        (ImageChange("image/gif", frames=12), "image/png", "first of 12 frames · re-encoded: GIF → PNG"),
        (ImageChange("image/webp", frames=12, page=3), "image/webp", "frame 4 of 12"),
        (ImageChange("image/tiff", frames=12), "image/png", "page 1 of 12 · re-encoded: TIFF → PNG"),
        (ImageChange("image/tiff", frames=12, page=2), "image/png", "page 3 of 12 · re-encoded: TIFF → PNG"),
        (ImageChange("image/png"), "image/png", "re-encoded as PNG"),
        (ImageChange("image/png", limit="bytes"), "image/png", "re-encoded as PNG: the limit in bytes"),
    ],
)
def test_every_change_is_named(change: ImageChange, sent_as: MediaType, words: str) -> None:
    assert change_words(replace(image(), media_type=sent_as), change) == words


@given(change=CHANGES, sent_as=st.sampled_from(get_args(MediaType)))
def test_no_change_is_passed_over_in_silence(change: ImageChange, sent_as: MediaType) -> None:
    words = change_words(replace(image(), media_type=sent_as), change).split(" · ")
    begins = words[1 if change.frames > 1 else 0 :]

    assert all(words)
    assert change.from_size is None or begins[0].startswith(f"shrunk from {change.from_size}")
    assert change.from_type == sent_as or any(each.startswith("re-encoded: ") for each in words)
    assert not change.lossy or any("high quality" in each for each in words)
    if change.limit and (change.lossy or change.from_size):
        assert sum(each.endswith(f"the limit in {change.limit}") for each in words) == 1


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
