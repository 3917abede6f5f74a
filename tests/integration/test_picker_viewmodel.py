"""The models to choose from: those of all servers, grouped, and filtered as one types."""

import asyncio
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject

from desktop.domain.models import READER_MODEL, Listed
from desktop.domain.settings import Endpoint, Settings
from desktop.viewmodels.picker_rows import PickerRole
from tests.conftest import Run
from tests.support.choosing import BEIJING, CATALOG, CUSTOM, OLLAMA, SERVERS, SINGAPORE, Choosing
from tests.support.qt import heard

AT_CUSTOM = SERVERS.at(CUSTOM)


def listing(run: Run, **listed: tuple[str | Listed, ...]) -> Choosing:
    """Servers, by the kind they are of, that have listed these."""
    choosing = Choosing()

    async def scenario() -> None:
        await choosing.give_key(BEIJING)
        choosing.backend.listed_at = {
            each: listed.get(each.provider, ()) for each in choosing.settings.endpoints
        }
        await choosing.asked()

    run(scenario())
    return choosing


def test_the_reader_comes_first_then_each_server_in_its_order(qapp: QObject) -> None:
    assert Choosing().shown == [
        "[reader]",
        READER_MODEL,
        "[dashscope]",
        "qwen3-vl-plus",
        "qwen-vl-max",
        "[ollama]",
        "[custom]",
    ]


def test_the_order_does_not_depend_on_who_is_asked(qapp: QObject) -> None:
    choosing = Choosing()
    before = choosing.shown
    choosing.configure(AT_CUSTOM, READER_MODEL)

    assert choosing.shown == before


def test_what_a_server_lists_stands_below_its_own_heading(run: Run) -> None:
    choosing = listing(run, dashscope=("qwen-vl-max", "qwen9"), ollama=("llava",), custom=("b", "a"))

    assert choosing.models(BEIJING) == ["qwen3-vl-plus", "qwen-vl-max", "qwen9"]
    assert choosing.models(OLLAMA) == ["llava"]
    assert choosing.models(CUSTOM) == ["a", "b"]


def test_the_shipped_catalog_is_of_the_servers_that_have_it(run: Run) -> None:
    choosing = listing(run, ollama=("llava",))
    picker = choosing.picker

    assert picker.catalog == picker.catalog_of(BEIJING) == picker.catalog_of(SINGAPORE) == CATALOG
    assert [model.id for model in picker.catalog_of(OLLAMA).models] == ["llava"]
    assert picker.catalog_of(Endpoint("vllm")).models == ()


def test_models_that_see_nothing_come_last_in_their_group(run: Run) -> None:
    choosing = listing(run, ollama=(Listed("a-text", sees=False), Listed("b-vision", sees=True), "c-unknown"))

    assert choosing.models(OLLAMA) == ["b-vision", "c-unknown", "a-text"]


def test_prices_are_told_where_they_are_known(run: Run) -> None:
    settings = replace(SERVERS, others=(SINGAPORE, CUSTOM))
    choosing = Choosing(settings)
    choosing.backend.listed = ("qwen3-vl-plus",)
    run(choosing.asked())
    prices = {
        choice.endpoint: choice.price and choice.price.currency
        for endpoint in settings.endpoints
        for choice in choosing.choices(endpoint)
        if choice.model.id == "qwen3-vl-plus"
    }

    assert prices == {BEIJING: "CNY", SINGAPORE: "USD", CUSTOM: None}


# ── the model that answers ──────────────────────────────────────────────────────────────────────


def marked(choosing: Choosing) -> list[int]:
    rows = choosing.picker.rows
    indexes = (rows.index(row, 0) for row in range(rows.rowCount()))
    return [index.row() for index in indexes if index.data(PickerRole.IS_CURRENT)]


def test_the_model_that_answers_is_marked_at_its_own_server_only(run: Run) -> None:
    choosing = listing(run, custom=("qwen3-vl-plus",))
    assert marked(choosing) == [choosing.row("qwen3-vl-plus", BEIJING)] == [choosing.picker.row_to_mark]
    choosing.configure(AT_CUSTOM)
    assert marked(choosing) == [choosing.row("qwen3-vl-plus", CUSTOM)] == [choosing.picker.row_to_mark]
    choosing.configure(AT_CUSTOM, READER_MODEL)
    assert marked(choosing) == [choosing.row(READER_MODEL, None)] == [choosing.picker.row_to_mark]


def test_a_model_that_answers_has_a_row_even_if_nobody_lists_it(run: Run) -> None:
    choosing = listing(run, custom=("a",))
    choosing.configure(AT_CUSTOM, "my-own")
    assert [(each.model.id, each.is_listed) for each in choosing.choices(CUSTOM)] == [
        ("a", True),
        ("my-own", False),
    ]
    choosing.configure(AT_CUSTOM, "a")
    assert choosing.models(CUSTOM) == ["a"]


# ── typing ──────────────────────────────────────────────────────────────────────────────────────


def test_typing_filters_without_regard_to_case_and_takes_no_pattern(qapp: QObject) -> None:
    choosing = Choosing()
    choosing.picker.filter(" QWEN3 ")
    assert choosing.shown == ["[dashscope]", "qwen3-vl-plus"]
    choosing.picker.filter("qwen.*")
    assert choosing.shown == []
    choosing.picker.filter("")
    assert len(choosing.shown) == 7


@pytest.mark.parametrize("typed", ["ollama", "llav", "olla LLA", "llava ollama"])
def test_a_word_is_found_in_the_name_or_in_the_servers(run: Run, typed: str) -> None:
    choosing = listing(run, ollama=("llava",), custom=("other",))
    choosing.picker.filter(typed)

    assert choosing.shown == ["[ollama]", "llava"]


def test_a_server_is_found_by_its_name_though_it_has_no_model(qapp: QObject) -> None:
    choosing = Choosing()
    choosing.picker.filter("ollama")
    assert choosing.shown == ["[ollama]"]
    choosing.picker.filter("ollama x")
    assert choosing.shown == []


@pytest.mark.parametrize("typed", ["lama", "lla", "1434"])
def test_the_midst_of_a_servers_name_finds_nothing(run: Run, typed: str) -> None:
    choosing = listing(run, ollama=("gemma",))
    choosing.picker.filter(typed)

    assert choosing.shown == []


def test_servers_are_searched_for_as_they_are_called_where_they_are_shown(qapp: QObject) -> None:
    choosing = Choosing()
    choosing.picker.set_words(lambda endpoint: "Dieses Gerät（北京）" if endpoint is None else "anderswo")
    for typed in ("GERÄT", "北京", "京"):
        choosing.picker.filter(typed)
        assert choosing.shown == ["[reader]", READER_MODEL]


def test_what_comes_while_one_types_is_filtered_too(run: Run) -> None:
    async def scenario() -> None:
        choosing = Choosing()
        choosing.picker.filter("vision")
        choosing.backend.listed_at = {CUSTOM: ("vision-1", "text-1")}
        await choosing.asked()
        assert choosing.shown == ["[custom]", "vision-1"]
        choosing.picker.filter("")
        assert choosing.models(CUSTOM) == ["text-1", "vision-1"]

    run(scenario())


def test_the_name_that_is_typed_whole_is_marked_where_it_would_be_asked(run: Run) -> None:
    choosing = listing(run, ollama=("qwen-vl", "qwen-vl-max"), custom=("qwen-vl-max-2",))
    picker = choosing.picker
    picker.filter("qwen-vl-max")
    assert (picker.row_to_mark, picker.is_known) == (choosing.row("qwen-vl-max", BEIJING), True)
    choosing.configure(SERVERS.at(OLLAMA))
    assert (picker.row_to_mark, picker.is_known) == (choosing.row("qwen-vl-max", OLLAMA), True)
    choosing.configure(AT_CUSTOM)
    assert (picker.row_to_mark, picker.is_known) == (choosing.row("qwen-vl-max", BEIJING), False)
    picker.filter("vl-max-2")
    assert picker.row_to_mark == choosing.row("qwen-vl-max-2", CUSTOM)
    picker.filter("nothing like it")
    assert picker.row_to_mark == -1


# ── choosing ────────────────────────────────────────────────────────────────────────────────────


def test_a_row_is_a_model_at_its_server_and_a_heading_is_none(run: Run) -> None:
    choosing = listing(run, ollama=("llava",))
    for row in range(choosing.picker.rows.rowCount()):
        choosing.picker.choose(row)

    assert choosing.chosen == [
        (None, READER_MODEL),
        (BEIJING, "qwen3-vl-plus"),
        (BEIJING, "qwen-vl-max"),
        (OLLAMA, "llava"),
    ]


def test_any_name_can_be_chosen_at_the_server_that_is_asked(qapp: QObject) -> None:
    choosing = Choosing(AT_CUSTOM)
    for name in (" my-own-model ", "  ", "qwen-vl-max"):
        choosing.picker.filter(name)
        choosing.picker.choose_typed()

    assert choosing.chosen == [(CUSTOM, "my-own-model"), (CUSTOM, "qwen-vl-max")]


def test_the_same_settings_again_change_nothing(qapp: QObject) -> None:
    choosing = Choosing()
    told = heard(choosing.picker.rows.dataChanged)
    choosing.configure(Settings(**{name: getattr(SERVERS, name) for name in Settings.__slots__}))

    assert told == []


def test_closing_the_app_ends_the_asking(run: Run) -> None:
    async def scenario() -> None:
        choosing = Choosing()
        choosing.backend.list_gates = {CUSTOM: asyncio.Event()}
        choosing.picker.ask()
        await choosing.tasks.aclose()
        assert asyncio.all_tasks() == {asyncio.current_task()}

    run(scenario())
