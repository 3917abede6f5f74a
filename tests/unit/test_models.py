"""The catalog of models: complete, in the vendor's order, and free of contradictions."""

import tomllib
from itertools import pairwise
from typing import get_args

import pytest

from desktop import paths
from desktop.domain import vision
from desktop.domain.models import (
    DEFAULT_MODEL,
    GROUP_NAMES,
    LISTED_GROUP,
    Catalog,
    CoordinateSystem,
    Listed,
    Model,
    Price,
    ThinkingKind,
    derive,
)

# "OpenAI Vision接口兼容", 模型分类: the vendor's list, in its order and its two groups.
QWEN = [
    "qvq-max",
    "qvq-max-latest",
    "qvq-max-2025-03-25",
    "qwen-vl-max",
    "qwen-vl-max-latest",
    "qwen-vl-max-2025-04-08",
    "qwen-vl-max-2025-04-02",
    "qwen-vl-max-2025-01-25",
    "qwen-vl-max-2024-12-30",
    "qwen-vl-max-2024-11-19",
    "qwen-vl-max-2024-10-30",
    "qwen-vl-max-2024-08-09",
    "qwen-vl-plus",
    "qwen-vl-plus-latest",
    "qwen-vl-plus-2025-01-25",
    "qwen-vl-plus-2025-01-02",
    "qwen-vl-plus-2024-08-09",
    "qwen-vl-plus-2023-12-01",
]
QWEN_OPEN = [
    "qvq-72b-preview",
    "qwen2.5-vl-72b-instruct",
    "qwen2.5-vl-32b-instruct",
    "qwen2.5-vl-7b-instruct",
    "qwen2.5-vl-3b-instruct",
    "qwen2-vl-72b-instruct",
    "qwen2-vl-7b-instruct",
    "qwen2-vl-2b-instruct",
    "qwen-vl-v1",
    "qwen-vl-chat-v1",
]

CATALOG = Catalog.from_toml(paths.resource("catalog.toml").read_text(encoding="utf-8"))
every_model = pytest.mark.parametrize("model", CATALOG.models, ids=lambda model: model.id)


def ids(group: str) -> list[str]:
    return [model.id for model in CATALOG.models if model.group == group]


def test_the_vendors_28_models_stand_in_their_order_and_groups() -> None:
    assert len(QWEN + QWEN_OPEN) == 28
    assert ids("qwen") == QWEN
    assert ids("qwen_open") == QWEN_OPEN


@pytest.mark.parametrize(
    "model_id",
    [
        "qwen3-vl-plus",
        "qwen3-vl-plus-2025-12-19",
        "qwen3-vl-flash",
        "qwen3-vl-flash-us",
        "qwen3-vl-8b-instruct",
        "qwen3-vl-235b-a22b-thinking",
        "qwen3.5-plus",
        "qwen3.6-plus",
        "qwen3.6-flash",
        "qwen3.7-plus",
        "qwen3.7-flash",
        "qwen3.8-max",
        "qwen3.8-flash",
        "qwen-vl-ocr",
        "qwen3.5-ocr",
        "gui-plus",
        "qwen3-omni-flash",
        "qwen3.5-omni-plus",
        "qwen3.8-omni-flash",
        "qvq-plus",
    ],
)
def test_the_current_line_up_is_there(model_id: str) -> None:
    assert model_id in {model.id for model in CATALOG.models}


def test_the_default_is_the_first_that_is_offered() -> None:
    assert CATALOG.models[0].id == DEFAULT_MODEL


def test_no_model_stands_twice() -> None:
    assert len({model.id for model in CATALOG.models}) == len(CATALOG.models)


def test_every_group_has_a_name() -> None:
    assert {model.group for model in CATALOG.models} | {LISTED_GROUP} == set(GROUP_NAMES)


@every_model
def test_lengths_make_sense(model: Model) -> None:
    lengths = (model.context, model.max_output, model.max_thinking)

    assert all(length is None or (type(length) is int and length > 0) for length in lengths)
    if model.context is not None and model.max_output is not None:
        assert model.max_output < model.context


@every_model
def test_what_is_said_of_thinking_is_consistent(model: Model) -> None:
    assert model.thinking in get_args(ThinkingKind)
    if model.thinking == "none":
        assert not model.thinks_by_default
        assert model.max_thinking is None
    if model.thinking == "always":
        assert model.thinks_by_default


@every_model
def test_the_patch_is_that_of_the_rule_of_the_eye(model: Model) -> None:
    assert model.patch == vision.patch(model.id)
    assert model.coordinates in (None, *get_args(CoordinateSystem))


def test_prices_are_in_two_currencies() -> None:
    assert {price.currency for model in CATALOG.models for price in model.prices} == {"CNY", "USD"}


@every_model
def test_prices_rise_with_the_length_of_the_prompt(model: Model) -> None:
    for currency in {price.currency for price in model.prices}:
        tiers = [price for price in model.prices if price.currency == currency]
        assert all(0 < tier.prompt <= tier.completion for tier in tiers)
        assert len(tiers) == 1 or all(tier.up_to for tier in tiers)
        for lower, upper in pairwise(tiers):
            assert (lower.up_to or 0) < (upper.up_to or 0)
            assert lower.prompt < upper.prompt


@every_model
def test_the_form_of_an_id_tells_nothing_that_the_catalog_denies(model: Model) -> None:
    derived = derive(model.id)

    assert derived.thinking == model.thinking
    assert derived.thinks_by_default == model.thinks_by_default
    assert derived.stream_only == model.stream_only
    assert derived.coordinates in (None, model.coordinates)
    assert model.sees
    assert derived.sees is not False


@pytest.mark.parametrize(
    ("model_id", "thinking", "thinks_by_default"),
    [
        ("qwen3-vl-plus-2027-01-01", "hybrid", False),
        ("qwen3-vl-4b-thinking-2027-01-01", "always", True),
        ("qwen3-vl-4b-instruct", "none", False),
        ("qwen3.6-plus-2027-01-01", "hybrid", True),
    ],
)
def test_new_ids_of_known_families_are_understood(
    model_id: str, thinking: str, thinks_by_default: bool
) -> None:
    derived = derive(model_id)

    assert (derived.thinking, derived.thinks_by_default) == (thinking, thinks_by_default)
    assert (derived.patch, derived.coordinates) == (32, "relative_1000")


@pytest.mark.parametrize("model_id", ["qvq-next", "qwen-omni-turbo-latest", "qwen2.5-omni-7b"])
def test_some_families_only_stream(model_id: str) -> None:
    assert derive(model_id).stream_only


@pytest.mark.parametrize("model_id", ["Qwen/Qwen3-VL-8B-Thinking", "qwen/qwen3-vl-8b-thinking"])
def test_the_same_weights_on_another_server_think_and_measure_alike(model_id: str) -> None:
    derived = derive(model_id)

    assert (derived.thinking, derived.coordinates, derived.patch) == ("always", "relative_1000", None)


@pytest.mark.parametrize("model_id", ["gpt-4", "qwen3.7-next", "llama3.2:3b", "marvel", "visionary", ""])
def test_of_an_unknown_id_nothing_is_guessed(model_id: str) -> None:
    assert derive(model_id) == Model(model_id)


@pytest.mark.parametrize("model_id", ["Qwen/Qwen3.5-9B", "../models/Qwen3.5-9B-Q4_K_M.gguf"])
def test_open_weights_can_be_told_to_think_wherever_they_are(model_id: str) -> None:
    derived = derive(model_id)

    assert (derived.thinking, derived.thinks_by_default, derived.sees) == ("hybrid", True, True)
    assert (derived.coordinates, derived.patch) == ("relative_1000", None)


@pytest.mark.parametrize("model_id", ["gpt-4o", "qwen3.5:9b", "qwen2.5vl:7b", "llava"])
def test_of_a_family_elsewhere_only_its_sight_is_known(model_id: str) -> None:
    assert derive(model_id) == Model(model_id, sees=True)


def test_what_a_server_tells_stands_over_what_an_id_does() -> None:
    assert Listed("llava").model().sees is True
    assert Listed("llava", 4_096, sees=False).model() == Model("llava", context=4_096, sees=False)
    assert Listed("m", thinking="hybrid").model() == Model("m", thinking="hybrid")
    assert Listed("qwen3-vl:8b-thinking", thinking="hybrid").model().thinking == "always"
    assert Listed("qwen3-vl-8b-thinking", thinking="none").model().thinking == "none"


def test_a_known_id_is_found_and_an_unknown_one_is_derived() -> None:
    assert CATALOG.find("qwen3-vl-plus").prices[0] == Price("CNY", 1.0, 10.0, up_to=32_768)
    assert CATALOG.find("my-model") == Model("my-model")


def test_what_a_server_lists_comes_last_once_and_sorted() -> None:
    merged = CATALOG.merged(map(Listed, ["zeta", "qwen3-vl-plus", "alpha", "zeta"]))

    assert merged.models[: len(CATALOG.models)] == CATALOG.models
    assert [model.id for model in merged.models[len(CATALOG.models) :]] == ["alpha", "zeta"]
    assert merged.merged([Listed("alpha")]) == merged


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("[[current", tomllib.TOMLDecodeError),
        ("[[current]]\ncontext = 1", KeyError),
        ('[[current]]\nids = ["a"]\nnonsense = 1', TypeError),
    ],
)
def test_a_wrong_catalog_is_refused(text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        Catalog.from_toml(text)
