"""The rule of the eye: every number that the vendor prints, and what must hold for all others."""

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.images import Size
from desktop.domain.vision import MAX_ASPECT, Seen, has_full_detail, patch, seen_by

ROWS: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parents[1] / "data" / "image_tokens.json").read_text(encoding="utf-8")
)


class Limits(NamedTuple):
    """`factor` in px a side, the others in px of area."""

    model: str
    factor: int
    least: int
    most: int
    most_in_detail: int


LIMITS = [
    Limits("qwen3-vl-plus", 32, 65_536, 2_621_440, 16_777_216),
    Limits("qwen3.8-max", 32, 65_536, 2_621_440, 16_777_216),
    Limits("qwen-vl-max", 32, 4_096, 1_310_720, 16_777_216),
    Limits("qwen2-vl-72b-instruct", 28, 3_136, 1_003_520, 12_845_056),
    Limits("qwen-vl-ocr", 32, 3_072, 8_388_608, 8_388_608),
    Limits("qwen-vl-ocr-2025-04-13", 28, 3_136, 6_422_528, 6_422_528),
]
SIDES = st.integers(1, 12_000)


@pytest.mark.parametrize(
    "row", ROWS["rule"], ids=lambda row: f"{row['model']}-{row['width']}x{row['height']}"
)
def test_the_rule_gives_every_expected_row(row: dict[str, Any]) -> None:
    seen = seen_by(row["model"], Size(row["width"], row["height"]), full_detail=row["high_resolution"])

    assert seen == Seen(Size(*row["resized"]), row["tokens"])


@pytest.mark.parametrize("row", ROWS["documented"], ids=lambda row: row["model"])
def test_the_rule_gives_what_the_vendor_prints(row: dict[str, Any]) -> None:
    seen = seen_by(row["model"], Size(row["width"], row["height"]))

    assert seen is not None
    assert seen.tokens == row["tokens"]


@pytest.mark.parametrize("limits", LIMITS, ids=lambda limits: limits.model)
@given(width=SIDES, height=SIDES, full_detail=st.booleans())
def test_what_is_seen_stays_within_the_limits(
    limits: Limits, width: int, height: int, full_detail: bool
) -> None:
    seen = seen_by(limits.model, Size(width, height), full_detail=full_detail)

    if max(width, height) > MAX_ASPECT * min(width, height):
        assert seen is None
        return
    assert seen is not None
    columns, left_of_width = divmod(seen.size.width, limits.factor)
    rows, left_of_height = divmod(seen.size.height, limits.factor)
    most = limits.most_in_detail if full_detail else limits.most
    assert left_of_width == left_of_height == 0
    assert limits.least <= seen.size.width * seen.size.height <= most
    assert seen.tokens == columns * rows + 2


@given(width=SIDES, height=SIDES)
def test_a_turned_image_is_seen_turned(width: int, height: int) -> None:
    upright, turned = (seen_by("qwen3-vl-plus", size) for size in (Size(width, height), Size(height, width)))

    if upright is None:
        assert turned is None
    else:
        assert turned == Seen(Size(upright.size.height, upright.size.width), upright.tokens)


@given(width=st.integers(200, 8_000), height=st.integers(200, 8_000))
def test_full_detail_never_shows_less(width: int, height: int) -> None:
    plain, detailed = (
        seen_by("qwen3-vl-plus", Size(width, height), full_detail=wanted) for wanted in (False, True)
    )

    assert plain is not None
    assert detailed is not None
    assert detailed.tokens >= plain.tokens


@pytest.mark.parametrize("size", [Size(201, 1), Size(1, 201), Size(0, 10), Size(10, 0)])
def test_what_the_service_refuses_has_no_number(size: Size) -> None:
    assert seen_by("qwen3-vl-plus", size) is None


def test_two_hundred_to_one_is_still_taken() -> None:
    assert seen_by("qwen3-vl-plus", Size(2_400, 12)) is not None


@pytest.mark.parametrize(
    "model",
    [
        "qwen-vl-v1",  # the vendor prints no rule
        "qwen3.5-ocr",
        "qwen3-omni-flash",
        "gui-plus",
        "qwen3.7-max",  # reads no images
        "qwen2.5vl:7b",  # other servers prepare images in their own way
        "qwen3-vl:8b",
        "qwen3-vl-8b:free",
        "qwen/qwen3-vl-235b-a22b-instruct",
        "Qwen/Qwen3-VL-8B-Instruct",
        "qwen/qwen3-vl-8b",
        "gpt-4o",
        "on-device-reader",
        "",
    ],
)
def test_an_unknown_family_has_no_number(model: str) -> None:
    assert seen_by(model, Size(1920, 1080)) is None
    assert patch(model) is None
    assert not has_full_detail(model)


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ("qwen3-vl-flash-2026-01-22", True),
        ("qwen3.5-397b-a17b", True),
        ("qwen-vl-max-2025-04-08", True),
        ("qvq-72b-preview", True),
        ("qwen-vl-ocr", False),
        ("qwen-vl-ocr-2024-10-28", False),
    ],
)
def test_full_detail_is_offered_where_it_changes_something(model: str, expected: bool) -> None:
    assert has_full_detail(model) is expected
    assert patch(model) is not None
