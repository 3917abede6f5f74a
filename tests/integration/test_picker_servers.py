"""Servers are asked for their models: all at once, seldom, and each tells how it goes."""

import asyncio
from dataclasses import replace

import pytest

from desktop.domain.errors import AppError, KeyringLocked
from desktop.domain.models import Listed
from desktop.domain.ports import FoundServer
from desktop.domain.provider_errors import NetworkDown, NothingListens
from desktop.domain.refusals import KeyMissing, KeyRejected, ServerFailed
from desktop.domain.settings import Endpoint, Network, Settings
from desktop.viewmodels.picker_groups import ListState
from tests.conftest import Run
from tests.support.choosing import BEIJING, CUSTOM, OLLAMA, OPENROUTER, SERVERS, Choosing
from tests.support.qt import first, heard

State = ListState
DOWN = NothingListens(host="localhost:11434")
FOUND = FoundServer(Endpoint("lmstudio"), (Listed("gemma"),))


def test_all_are_asked_at_once_and_each_tells_how_it_goes(run: Run) -> None:
    async def scenario() -> None:
        choosing = Choosing(replace(SERVERS, others=(CUSTOM, OLLAMA, OPENROUTER)))
        await choosing.give_key(BEIJING)
        gates = choosing.backend.list_gates = {each: asyncio.Event() for each in (BEIJING, CUSTOM, OLLAMA)}
        choosing.backend.listed_at = {BEIJING: ("qwen9",), OLLAMA: DOWN, CUSTOM: ("a",)}
        asking = heard(choosing.picker.asking_changed)
        choosing.picker.ask()
        for endpoint in choosing.settings.endpoints:
            assert choosing.state(endpoint) is State.ASKING
        for endpoint in (CUSTOM, OLLAMA, BEIJING):
            gates[endpoint].set()
            await choosing.told(endpoint)
        assert asking == [True, False]
        assert choosing.state(BEIJING) is choosing.state(CUSTOM) is State.LISTED
        assert choosing.state(OPENROUTER) is State.NEEDS_KEY
        assert choosing.heading(OLLAMA).error is DOWN
        assert choosing.heading(BEIJING).count == 3
        assert sorted(map(repr, choosing.backend.asked)) == sorted(map(repr, (BEIJING, CUSTOM, OLLAMA)))

    run(scenario())


def test_a_server_is_asked_once_a_minute_unless_the_user_wants_it(run: Run) -> None:
    async def scenario() -> None:
        choosing = Choosing(Settings(endpoint=CUSTOM, find_local=False))
        for now, anew, times in (
            (0, False, 1),
            (59, False, 1),
            (59, True, 2),
            (118, False, 2),
            (119, False, 3),
        ):
            choosing.now = now
            if len(choosing.backend.asked) < times:
                await choosing.asked(anew=anew)
            else:
                choosing.picker.ask()
            assert choosing.state(CUSTOM) is State.LISTED
            assert len(choosing.backend.asked) == times

    run(scenario())


def test_who_is_being_asked_is_not_asked_again(run: Run) -> None:
    async def scenario() -> None:
        choosing = Choosing(Settings(endpoint=CUSTOM))
        gate = choosing.backend.list_gates[CUSTOM] = asyncio.Event()
        choosing.picker.ask()
        choosing.picker.refresh()
        await asyncio.sleep(0)
        gate.set()
        await first(choosing.picker.asking_changed)
        assert choosing.backend.asked == [CUSTOM]

    run(scenario())


@pytest.mark.parametrize(
    ("error", "state"),
    [(DOWN, State.FAILED), (KeyMissing(host="x", status=401), State.NEEDS_KEY)],
)
def test_what_a_server_listed_before_stays_when_it_fails(run: Run, error: AppError, state: ListState) -> None:
    async def scenario() -> None:
        choosing = Choosing()
        choosing.backend.listed_at = {CUSTOM: ("a", "b")}
        await choosing.asked()
        choosing.backend.listed_at = {CUSTOM: error}
        await choosing.asked(anew=True)
        assert choosing.state(CUSTOM) is state
        assert choosing.models(CUSTOM) == ["a", "b"]
        choosing.backend.listed_at = {CUSTOM: ("b", "c")}
        await choosing.asked(anew=True)
        assert choosing.heading(CUSTOM).error is None
        assert choosing.models(CUSTOM) == ["b", "c"]

    run(scenario())


def test_the_same_list_again_changes_nothing(run: Run) -> None:
    async def scenario() -> None:
        choosing = Choosing(SERVERS.at(CUSTOM), "a")
        choosing.backend.listed_at = {CUSTOM: ("a", "b")}
        await choosing.asked()
        before, catalogs = choosing.choices(CUSTOM), heard(choosing.picker.catalog_changed)
        await choosing.asked(anew=True)
        assert all(old is new for old, new in zip(before, choosing.choices(CUSTOM), strict=True))
        assert catalogs == []

    run(scenario())


def test_a_keyring_that_does_not_answer_is_told_too(run: Run) -> None:
    async def scenario() -> None:
        choosing = Choosing()
        choosing.backend.key_error = KeyringLocked()
        await choosing.asked()
        assert choosing.heading(BEIJING).error is choosing.backend.key_error

    run(scenario())


@pytest.mark.parametrize(
    ("told", "times"),
    [
        (KeyRejected(host="x", status=401), 2),
        (KeyMissing(host="x", status=401), 2),
        (DOWN, 2),
        (ServerFailed(host="x", status=503), 1),
        (NetworkDown(host="x"), 1),
    ],
)
def test_what_the_user_may_have_mended_is_tried_at_once(run: Run, told: AppError, times: int) -> None:
    async def scenario() -> None:
        choosing = Choosing(Settings(endpoint=CUSTOM))
        choosing.backend.listed_at = {CUSTOM: told}
        await choosing.asked()
        await choosing.asked()
        assert len(choosing.backend.asked) == times

    run(scenario())


def test_by_another_way_out_all_are_asked_again(run: Run) -> None:
    async def scenario() -> None:
        choosing = Choosing(Settings(endpoint=CUSTOM))
        await choosing.asked()
        choosing.configure(replace(choosing.settings, network=Network(proxy="none")))
        await choosing.asked()
        assert len(choosing.backend.asked) == 2

    run(scenario())


def test_the_answer_of_a_server_that_is_gone_is_dropped(run: Run) -> None:
    async def scenario() -> None:
        choosing = Choosing()
        gate = choosing.backend.list_gates[CUSTOM] = asyncio.Event()
        choosing.backend.listed_at = {CUSTOM: ("a",)}
        choosing.picker.ask()
        await asyncio.sleep(0)
        moved = replace(CUSTOM, base_url="https://other.example/v1")
        choosing.configure(choosing.settings.with_replaced(CUSTOM, moved))
        gate.set()
        await choosing.tasks_done()
        assert choosing.backend.asked == [OLLAMA, CUSTOM]
        assert choosing.models(moved) == []
        assert "a" not in choosing.shown

    run(scenario())


def test_only_the_catalog_of_who_is_asked_next_is_told(run: Run) -> None:
    async def scenario() -> None:
        choosing = Choosing()
        catalogs = heard(choosing.picker.catalog_changed)
        choosing.backend.listed_at = {OLLAMA: ("llava",), CUSTOM: ("a",)}
        await choosing.asked()
        assert catalogs == []
        choosing.configure(SERVERS.at(CUSTOM))
        choosing.backend.listed_at = {OLLAMA: ("llava",), CUSTOM: ("b",)}
        await choosing.asked(anew=True)
        assert catalogs == [choosing.picker.catalog]
        assert [model.id for model in choosing.picker.catalog.models] == ["b"]

    run(scenario())


# ── servers of this machine ─────────────────────────────────────────────────────────────────────


def test_a_server_that_is_found_stands_below_the_reader(run: Run) -> None:
    async def scenario() -> None:
        choosing = Choosing()
        choosing.backend.found = (FOUND,)
        await choosing.asked()
        assert choosing.shown[2:4] == ["[lmstudio]", "gemma"]
        heading = choosing.heading(FOUND.endpoint)
        assert (heading.is_found, heading.state, heading.count) == (True, State.LISTED, 1)
        choosing.backend.found = ()
        await choosing.asked()
        assert "gemma" not in choosing.shown

    run(scenario())


@pytest.mark.parametrize(
    "address", ["http://localhost:1234/v1", "http://127.0.0.1:1234", "http://[::1]:1234/v1"]
)
def test_one_that_was_entered_is_not_found(run: Run, address: str) -> None:
    async def scenario() -> None:
        choosing = Choosing(Settings(endpoint=Endpoint("custom", base_url=address)))
        choosing.backend.found = (FOUND,)
        await choosing.asked()
        assert "[lmstudio]" not in choosing.shown

    run(scenario())


def test_one_that_is_chosen_becomes_the_users_and_keeps_its_models(run: Run) -> None:
    async def scenario() -> None:
        choosing = Choosing()
        choosing.backend.found = (FOUND,)
        await choosing.asked()
        choosing.picker.choose(choosing.row("gemma", FOUND.endpoint))
        assert choosing.chosen == [(FOUND.endpoint, "gemma")]
        choosing.configure(choosing.settings.at(FOUND.endpoint), "gemma")
        assert choosing.models(FOUND.endpoint) == ["gemma"]
        assert not choosing.heading(FOUND.endpoint).is_found
        assert choosing.picker.catalog.models == choosing.picker.catalog_of(FOUND.endpoint).models

    run(scenario())


def test_nobody_is_looked_for_when_that_is_switched_off(run: Run) -> None:
    async def scenario() -> None:
        choosing = Choosing()
        choosing.backend.found = (FOUND,)
        await choosing.asked()
        choosing.configure(replace(choosing.settings, find_local=False))
        assert "gemma" not in choosing.shown
        await choosing.asked(anew=True)
        assert "gemma" not in choosing.shown

    run(scenario())


def test_a_server_without_an_address_says_so(run: Run) -> None:
    async def scenario() -> None:
        nowhere = Endpoint("custom", base_url="no address")
        choosing = Choosing(Settings(endpoint=nowhere))
        choosing.backend.found = (FOUND,)
        await choosing.asked()
        assert choosing.shown[2:] == ["[lmstudio]", "gemma", "[custom]", "qwen3-vl-plus"]

    run(scenario())


def test_what_nobody_thought_of_leaves_no_server_asking(run: Run, caplog: pytest.LogCaptureFixture) -> None:
    async def scenario() -> None:
        choosing = Choosing(Settings(endpoint=BEIJING))
        choosing.backend.keyring_gate = None  # type: ignore[assignment] # whatever a library may do
        await choosing.asked()
        assert choosing.state(BEIJING) is State.UNASKED
        await asyncio.sleep(0)
        assert "list models" in caplog.text
        caplog.clear()

    run(scenario())


def test_an_error_that_stays_in_the_list_holds_no_frames_with_a_key(run: Run) -> None:
    async def scenario() -> None:
        choosing = Choosing(Settings(endpoint=CUSTOM, find_local=False))
        choosing.backend.listed_at = {CUSTOM: KeyRejected(host="models.example", status=401)}
        await choosing.asked()
        error = choosing.heading(CUSTOM).error
        assert error is not None
        assert (error.__traceback__, error.__cause__, error.__context__) == (None, None, None)

    run(scenario())
