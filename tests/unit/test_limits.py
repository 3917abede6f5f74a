"""What servers take of an image as it is."""

import json

import pytest

from desktop.domain.image_rules import image_limits
from desktop.domain.images import ImageInput, MediaType, Size, digest
from desktop.domain.limits import ImageLimits
from desktop.domain.models import READER_MODEL
from desktop.domain.settings import Endpoint

MODEL, OCR = "qwen3-vl-plus", "qwen-vl-ocr"
SERVICE = Endpoint()
ELSEWHERE = Endpoint("custom", base_url="https://models.example/v1")
NEAR = Endpoint("custom", base_url="http://127.0.0.1:1234/v1")
NEAR_AND_UNKNOWN = Endpoint("custom", base_url="http://127.0.0.1:4000/v1")
LONGEST = (10_485_760 - len("data:image/png;base64,")) // 4 * 3
"""Bytes of the largest image that the service takes as a data URI."""


def encoded(media_type: MediaType, size: Size, count: int = 9) -> ImageInput:
    data = bytes(count)
    return ImageInput("a", media_type, data, size, digest(data))


@pytest.mark.parametrize(
    ("given", "model", "endpoint", "is_fit"),
    [
        (encoded("image/webp", Size(3840, 2160)), MODEL, SERVICE, True),
        (encoded("image/webp", Size(3841, 2160)), MODEL, SERVICE, False),  # WebP up to 4K only
        (encoded("image/png", Size(7680, 4320)), MODEL, SERVICE, True),
        (encoded("image/png", Size(7680, 4321)), MODEL, SERVICE, False),
        (encoded("image/png", Size(4000, 3921)), OCR, SERVICE, False),
        (encoded("image/png", Size(9, 9), LONGEST), MODEL, SERVICE, True),
        (encoded("image/png", Size(9, 9), LONGEST + 1), MODEL, SERVICE, False),
        (encoded("image/png", Size(9, 9), LONGEST + 1), MODEL, ELSEWHERE, True),
        (encoded("image/webp", Size(9, 9)), MODEL, NEAR, False),
        (encoded("image/webp", Size(9, 9)), MODEL, NEAR_AND_UNKNOWN, False),
        (encoded("image/png", Size(9, 9), 60_000_000), MODEL, NEAR_AND_UNKNOWN, True),
        (encoded("image/webp", Size(9, 9)), MODEL, Endpoint("vllm"), True),
        (
            encoded("image/webp", Size(9, 9)),
            MODEL,
            Endpoint("ollama", base_url="https://far.example/v1"),
            False,
        ),
        (encoded("image/webp", Size(20_000, 20_000), LONGEST + 1), READER_MODEL, NEAR, True),
    ],
    ids=str,
)
def test_what_a_server_takes_as_it_is(
    given: ImageInput, model: str, endpoint: Endpoint, is_fit: bool
) -> None:
    assert image_limits(endpoint, model).fit(given) is is_fit


@pytest.mark.parametrize(
    ("media_type", "size", "length", "taken"),
    [
        ("image/png", (3840, 2160), 7_000_000, True),
        ("image/webp", (3840, 2160), 7_000_000, True),
        ("image/webp", (3840, 2161), 7_000_000, False),
        ("image/png", (7681, 4320), 7_000_000, False),
        ("image/png", (100, 100), 7_864_302, True),
        ("image/png", (100, 100), 7_864_303, False),
        ("image/gif", (100, 100), 100, False),
    ],
)
def test_what_the_service_takes(media_type: str, size: tuple[int, int], length: int, taken: bool) -> None:
    limits = image_limits(Endpoint(), "qwen3-vl-plus")

    assert limits.take(media_type, Size(*size), length) is taken


@pytest.mark.parametrize(
    ("endpoint", "opens_links"),
    [
        (SERVICE, True),
        (ELSEWHERE, True),
        (Endpoint("vllm"), True),
        (Endpoint("vllm", base_url="http://gpu.example:9000/v1"), True),
        (NEAR, False),
        (NEAR_AND_UNKNOWN, False),
        (Endpoint("ollama", base_url="http://far.example:11434/v1"), False),
        (Endpoint("custom", base_url="http://"), True),
    ],
)
def test_who_is_sent_the_address_of_an_image(endpoint: Endpoint, opens_links: bool) -> None:
    assert image_limits(endpoint, MODEL).links is opens_links


def test_limits_pass_the_pipe_as_they_are() -> None:
    limits = image_limits(Endpoint(), "qwen-vl-ocr")

    assert ImageLimits.from_facts(json.loads(json.dumps(limits.facts()))) == limits
