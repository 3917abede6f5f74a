"""Settings: declared once, written whole, read with suspicion."""

import json
import math
from dataclasses import asdict, replace
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.messages import Parameters
from desktop.domain.settings import (
    Endpoint,
    Network,
    Plan,
    ProviderKind,
    Region,
    Settings,
    TimeLimits,
    from_json,
    to_json,
)

CHANGED = Settings(
    endpoint=Endpoint("custom", "ap-southeast-1", "token", "llm-1", "http://127.0.0.1:11434/v1"),
    others=(Endpoint(), Endpoint("ollama"), Endpoint("custom", base_url="https://models.example/v1")),
    find_local=False,
    model="qwen3-vl-plus",
    stream=False,
    thinking=True,
    thinking_budget=4096,
    full_detail=True,
    parameters=Parameters(0.7, 0.8, 1024, 42, "简短地回答。"),
    limits=TimeLimits(3.0, 20.0, 30.0, 40.0),
    network=Network("custom", "http://proxy.example:3128", "wèi", "/etc/ssl/own.pem"),
    key_over_http=("models.lan:8000", "[fd00::1]:8000", "模型.lan"),
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
    names = set(_names(json.loads(text))) - {"key_over_http"}  # hosts
    assert not [name for name in names if "key" in name or "secret" in name]


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
    assert len({*settings.endpoints}) == len(settings.endpoints)


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
    limits = edited(limits=dict.fromkeys(("connect", "first", "idle", "thinking"), seconds)).limits

    assert limits == TimeLimits(expected, expected, expected, expected)


@pytest.mark.parametrize(("percent", "expected"), [(1, 60), (60, 60), (175, 175), (100_000, 250)])
def test_the_text_size_stays_readable(percent: int, expected: int) -> None:
    assert edited(text_percent=percent).text_percent == expected


def test_only_hosts_are_read_as_those_that_keys_may_go_to_unencrypted() -> None:
    good = ["models.lan:8000", "[::1]:1", "10.0.0.5"]
    bad = ["", "*", "http://models.lan", "models.lan/", "a@b", "a b", "a\n", "[", 5, None, ["models.lan"], {}]
    assert edited(key_over_http=[*good, *bad, *good]).key_over_http == tuple(good)
    for wrong in ("models.lan", {"models.lan": True}, True, None):
        assert edited(key_over_http=wrong).key_over_http == ()
    many = edited(key_over_http=[f"host-{n}" for n in range(100_000)])
    assert many.key_over_http[-1] == "host-99999"
    assert len(many.key_over_http) == len(many.with_key_over_http("new", is_allowed=True).key_over_http) == 64


def test_what_was_allowed_of_a_host_can_be_taken_back() -> None:
    once = Settings().with_key_over_http("a", is_allowed=True)
    assert once.with_key_over_http("a", is_allowed=True) == once
    both = once.with_key_over_http("b", is_allowed=True)
    assert both.with_key_over_http("a", is_allowed=False).key_over_http == ("b",)


def test_a_whole_number_is_a_fine_number() -> None:
    assert edited(limits={"connect": 5, "idle": 60}).limits == TimeLimits(connect=5.0, idle=60.0)
    assert edited(parameters={"temperature": 1}).parameters.temperature == 1.0


def test_a_number_too_long_for_arithmetic_is_not_taken() -> None:
    assert edited(parameters={"temperature": 10**400}) == Settings()


# ── several servers ─────────────────────────────────────────────────────────────────────────────

endpoints = st.builds(
    Endpoint,
    st.sampled_from(get_args(ProviderKind)),
    st.sampled_from(get_args(Region)),
    st.sampled_from(get_args(Plan)),
    st.sampled_from(["", "llm-1"]),
    st.sampled_from(["", "http://localhost:8000/v1", "https://models.example/v1"]),
)


@st.composite
def servers(draw: st.DrawFn) -> Settings:
    asked, *others = draw(st.lists(endpoints, min_size=1, max_size=5, unique=True))
    return Settings(endpoint=asked, others=tuple(others))


@given(settings=servers())
def test_all_servers_come_back_from_the_file(settings: Settings) -> None:
    assert from_json(to_json(settings)) == settings


@given(settings=servers(), endpoint=endpoints)
def test_another_server_is_asked_and_none_is_lost(settings: Settings, endpoint: Endpoint) -> None:
    changed = settings.at(endpoint)

    assert changed.endpoint == endpoint
    assert_distinct(changed, {*settings.endpoints, endpoint})
    assert changed.at(settings.endpoint).endpoints == changed.endpoints


@given(settings=servers())
def test_the_order_of_servers_does_not_depend_on_which_is_asked(settings: Settings) -> None:
    assert {settings.at(each).endpoints for each in settings.endpoints} == {settings.endpoints}


@given(settings=servers(), new=endpoints, data=st.data())
def test_a_server_is_replaced_and_the_asked_one_kept(
    settings: Settings, new: Endpoint, data: st.DataObject
) -> None:
    old = data.draw(st.sampled_from(settings.endpoints))
    changed = settings.with_replaced(old, new)

    assert changed.endpoint == (new if old == settings.endpoint else settings.endpoint)
    assert_distinct(changed, {*settings.endpoints} - {old} | {new})


@given(settings=servers(), data=st.data())
def test_a_server_is_taken_out_unless_it_is_the_last(settings: Settings, data: st.DataObject) -> None:
    gone = data.draw(st.sampled_from(settings.endpoints))
    changed = settings.without(gone)

    if not settings.others:
        assert changed == settings
    else:
        assert_distinct(changed, {*settings.endpoints} - {gone})
        assert changed.endpoint == (settings.endpoint if gone != settings.endpoint else changed.endpoints[0])


def assert_distinct(settings: Settings, expected: set[Endpoint]) -> None:
    assert len(settings.endpoints) == len(expected)
    assert {*settings.endpoints} == expected


def test_servers_of_a_file_stand_once_and_broken_ones_not_at_all() -> None:
    others = [{"provider": "ollama"}, {"provider": "ollama"}, 7, None, asdict(Endpoint())]

    assert edited(others=others).others == (Endpoint("ollama"),)
    assert edited(others={"provider": "ollama"}).others == ()


def test_a_server_of_an_unknown_kind_is_left_out() -> None:
    assert edited(others=[{"provider": "telepathy", "base_url": "https://a.example"}]).others == ()


def test_the_address_that_an_older_release_wrote_is_understood() -> None:
    old = {"provider": "openai_compatible", "region": "us-east-1", "base_url": "http://localhost:8000/v1"}

    assert edited(endpoint=old).endpoint == Endpoint("custom", "us-east-1", base_url=old["base_url"])
    assert edited(others=[old]).others == (Endpoint("custom", "us-east-1", base_url=old["base_url"]),)


@given(st.builds(TimeLimits, *[st.floats(1, 3600)] * 4))
def test_whoever_thinks_first_is_given_no_less_time(limits: TimeLimits) -> None:
    patient = limits.patient()

    assert patient.first >= max(limits.first, limits.thinking)
    assert patient.idle >= max(limits.idle, limits.thinking)
    assert patient.patient() == patient
    assert (patient.connect, patient.thinking) == (limits.connect, limits.thinking)


def test_settings_are_frozen_values() -> None:
    assert replace(CHANGED) == CHANGED
    assert hash(replace(CHANGED)) == hash(CHANGED)


def _names(loaded: dict[str, Any]) -> list[str]:
    inner = [name for value in loaded.values() if isinstance(value, dict) for name in _names(value)]
    return [*loaded, *inner]


def _leaves(value: Any) -> list[Any]:
    if isinstance(value, tuple):
        return [leaf for entry in value for leaf in _leaves(entry)]
    if hasattr(value, "__dataclass_fields__"):
        return [leaf for name in value.__dataclass_fields__ for leaf in _leaves(getattr(value, name))]
    return [value]
