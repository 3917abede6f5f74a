"""Settings: declared once, written whole, read with suspicion."""

import json
import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.messages import Parameters
from desktop.domain.settings import Endpoint, Settings, TimeLimits, from_json, to_json

CHANGED = Settings(
    endpoint=Endpoint("custom", "ap-southeast-1", "llm-1", "http://127.0.0.1:11434/v1"),
    model="qwen3-vl-plus",
    stream=False,
    thinking=True,
    thinking_budget=4096,
    full_detail=True,
    parameters=Parameters(0.7, 0.8, 1024, 42, "简短地回答。"),
    limits=TimeLimits(3.0, 30.0),
    language="zh_CN",
    theme="dark",
    text_percent=150,
    geometry="AdnQywADAAA=",
    side_list=True,
    keep_conversations=False,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def edited(**changes: Any) -> Settings:
    """What is read when a hand changed these fields of the written defaults."""
    return from_json(json.dumps(json.loads(to_json(Settings())) | changes))


def test_what_was_written_is_read_back() -> None:
    assert from_json(to_json(CHANGED)) == CHANGED
    assert from_json(to_json(Settings())) == Settings()


def test_every_field_is_written_and_none_is_a_key() -> None:
    text = to_json(CHANGED)

    assert "简短地回答。" in text
    assert text.endswith("}\n")
    assert not [name for name in _names(json.loads(text)) if "key" in name or "secret" in name]


@given(text=st.text())
def test_text_that_is_no_object_is_a_value_error_and_nothing_else(text: str) -> None:
    try:
        settings = from_json(text)
    except ValueError:
        return
    assert isinstance(settings, Settings)


@given(fields=st.dictionaries(st.sampled_from(sorted(_ for _ in Settings.__dataclass_fields__)), JSON))
def test_any_object_gives_settings_that_can_be_written_and_read(fields: dict[str, Any]) -> None:
    settings = from_json(json.dumps(fields))

    assert from_json(to_json(settings)) == settings
    assert all(type(value) in (bool, int, str, float, type(None)) for value in _leaves(settings))


@given(value=JSON)
def test_a_value_of_a_wrong_kind_keeps_the_default(value: Any) -> None:
    if type(value) is not bool:
        assert edited(stream=value).stream is True
    if type(value) is not int:
        assert edited(text_percent=value).text_percent == 100
    if not isinstance(value, str):
        assert edited(language=value).language == "system"


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"a"', "1", "[" * 100_000, '{"a":' * 100_000])
def test_a_broken_file_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_json(text)


def test_missing_and_unknown_fields_are_no_reason_to_complain() -> None:
    assert from_json('{"theme": "light", "from_the_future": {"a": 1}}') == Settings(theme="light")


def test_a_good_field_beside_a_bad_one_is_kept() -> None:
    settings = edited(endpoint={"provider": "telepathy", "region": "us-east-1"}, theme="neon")

    assert settings == Settings(endpoint=Endpoint(region="us-east-1"))


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_a_number_that_is_none_is_not_taken(number: float) -> None:
    settings = edited(limits={"idle": number}, parameters={"temperature": number})

    assert settings == Settings()


@pytest.mark.parametrize(("seconds", "expected"), [(-1, 1.0), (0, 1.0), (7, 7.0), (1e300, 3600.0)])
def test_time_limits_stay_usable(seconds: float, expected: float) -> None:
    limits = edited(limits={"connect": seconds, "idle": seconds}).limits

    assert limits == TimeLimits(expected, expected)


@pytest.mark.parametrize(("percent", "expected"), [(1, 60), (60, 60), (175, 175), (100_000, 250)])
def test_the_text_size_stays_readable(percent: int, expected: int) -> None:
    assert edited(text_percent=percent).text_percent == expected


def test_a_whole_number_is_a_fine_number() -> None:
    assert edited(limits={"connect": 5, "idle": 60}).limits == TimeLimits(5.0, 60.0)
    assert edited(parameters={"temperature": 1}).parameters.temperature == 1.0


def test_a_number_too_long_for_arithmetic_is_not_taken() -> None:
    assert edited(parameters={"temperature": 10**400}) == Settings()


def test_settings_are_frozen_values() -> None:
    assert replace(CHANGED) == CHANGED
    assert hash(replace(CHANGED)) == hash(CHANGED)


def _names(loaded: dict[str, Any]) -> list[str]:
    inner = [name for value in loaded.values() if isinstance(value, dict) for name in _names(value)]
    return [*loaded, *inner]


def _leaves(value: Any) -> list[Any]:
    if hasattr(value, "__dataclass_fields__"):
        return [leaf for name in value.__dataclass_fields__ for leaf in _leaves(getattr(value, name))]
    return [value]
