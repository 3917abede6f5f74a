"""Servers stand side by side, each at an address of its own, and a key moves where it is at home."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.errors import NoKeyring
from desktop.domain.models import DEFAULT_MODEL, READER_MODEL
from desktop.domain.provider_errors import NetworkDown
from desktop.domain.refusals import HomelessKeyRejected, KeyRejected
from desktop.domain.settings import Endpoint, Settings
from desktop.viewmodels.keys import KeyState
from desktop.viewmodels.servers import ServersViewModel
from tests.conftest import Run
from tests.support.backends import SlowBackend
from tests.support.qt import heard
from tests.support.serving import (
    BEIJING,
    KEY,
    LOCAL,
    OLLAMA,
    OPENROUTER,
    PLAN_KEY,
    SINGAPORE,
    SettingsBench,
)

SEVERAL = Settings(others=(OLLAMA, OPENROUTER), model=DEFAULT_MODEL)


# ── which there are ─────────────────────────────────────────────────────────────────────────────


def test_a_server_is_added_once_and_kept(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench = SettingsBench(tmp_path)
        told = heard(bench.servers.changed)
        bench.servers.add(OLLAMA)
        bench.servers.add(OLLAMA)
        bench.servers.add(BEIJING)
        await bench.idle()

        assert len(told) == 1
        assert bench.servers.endpoints == bench.stored.endpoints == (BEIJING, OLLAMA)
        assert bench.settings.endpoint == BEIJING, "it is not asked by being there"

    run(scenario())


def test_the_last_server_stays(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench = SettingsBench(tmp_path, SEVERAL)
        for endpoint in (OPENROUTER, BEIJING, OLLAMA):
            bench.servers.remove(endpoint)
        await bench.idle()

        assert bench.servers.endpoints == (OLLAMA,)
        assert bench.settings.model == "", "the model was another server's"

    run(scenario())


def test_a_removed_server_s_key_stays_where_it_is(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench = SettingsBench(tmp_path, SEVERAL)
        bench.servers.keep_key(OPENROUTER, KEY)
        await bench.idle()
        bench.servers.remove(OPENROUTER)
        bench.servers.add(OPENROUTER)
        await bench.idle()

        assert bench.servers.key_state(OPENROUTER) is KeyState.KEYRING

    run(scenario())


def test_a_server_is_moved_but_onto_no_other(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench = SettingsBench(tmp_path, SEVERAL)
        assert bench.servers.replace(BEIJING, SINGAPORE)
        assert not bench.servers.replace(SINGAPORE, OLLAMA)
        await bench.idle()

        assert bench.servers.endpoints == (SINGAPORE, OPENROUTER, OLLAMA)
        assert bench.settings.endpoint == SINGAPORE
        assert bench.settings.model == DEFAULT_MODEL, "it was chosen for this very server"

    run(scenario())


@pytest.mark.parametrize(
    ("model", "then"), [("qwen-vl-max", ""), (READER_MODEL, READER_MODEL)], ids=["a model", "the reader"]
)
def test_another_server_is_asked_with_a_model_of_its_own(
    run: Run, tmp_path: Path, model: str, then: str
) -> None:
    async def scenario() -> None:
        bench = SettingsBench(tmp_path, replace(SEVERAL, model=model))
        bench.servers.choose(OLLAMA)
        assert (bench.settings.endpoint, bench.settings.model) == (OLLAMA, then)
        bench.servers.choose(LOCAL)
        assert bench.settings.endpoint == OLLAMA, "the other one is not there"
        await bench.idle()

    run(scenario())


# ── at home elsewhere ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("verb", [ServersViewModel.keep_key, ServersViewModel.test])
def test_a_plan_s_key_is_not_sent_to_an_ordinary_address(
    run: Run, tmp_path: Path, verb: Callable[[ServersViewModel, Endpoint, str], object]
) -> None:
    async def scenario() -> None:
        backend = SlowBackend(lambda _: False)
        bench = SettingsBench(tmp_path, backend=backend)
        assert not verb(bench.servers, BEIJING, f"Bearer {PLAN_KEY}")
        await bench.idle()
        assert (backend.handed, bench.plans) == ([], [BEIJING])

        bench.servers.replace(BEIJING, coding := Endpoint(plan="coding"))
        verb(bench.servers, coding, PLAN_KEY)
        await bench.idle()
        assert {(settings.endpoint, key) for settings, key in backend.handed} == {(coding, PLAN_KEY)}

    run(scenario())


@pytest.mark.parametrize("pasted", [KEY, ""], ids=["pasted", "kept"])
def test_a_key_moves_to_where_it_is_at_home(run: Run, tmp_path: Path, pasted: str) -> None:
    async def scenario() -> None:
        bench = SettingsBench(tmp_path, SEVERAL)
        bench.backend.home = SINGAPORE
        if not pasted:
            bench.servers.keep_key(BEIJING, KEY)
            await bench.idle()
            bench.tests.clear()
        bench.servers.find_home(BEIJING, pasted)
        await bench.idle()
        assert bench.homes == [(BEIJING, SINGAPORE)]

        bench.servers.move_home(BEIJING, SINGAPORE, pasted)
        await bench.idle()
        assert bench.backend.keys[repr(SINGAPORE)] == KEY
        assert bench.stored == replace(SEVERAL, endpoint=SINGAPORE)
        assert bench.tests == [(SINGAPORE, None)]
        assert bench.servers.key_state(SINGAPORE) is KeyState.KEYRING

    run(scenario())


def test_a_move_without_a_keyring_holds_for_the_session(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench = SettingsBench(tmp_path)
        bench.backend.key_error = problem = NoKeyring()
        bench.servers.move_home(BEIJING, SINGAPORE, KEY)
        await bench.idle()

        assert bench.settings.endpoint == SINGAPORE
        assert (SINGAPORE, problem) in bench.key_problems
        assert bench.tests == [(SINGAPORE, None)]

    run(scenario())


def test_a_key_that_is_at_home_nowhere_is_told_of(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench = SettingsBench(tmp_path)
        offline = NetworkDown(host="dashscope.aliyuncs.com")
        rejected = KeyRejected(host="dashscope.aliyuncs.com", status=401, detail="Incorrect API key.")
        for bench.backend.home in (offline, rejected):
            bench.servers.find_home(BEIJING, KEY)
            await bench.idle()

        (_, first), (_, second) = bench.homeless
        assert first is offline
        assert type(second) is HomelessKeyRejected, "the others can be tried no more"
        assert second.detail == "Incorrect API key."
        assert bench.settings == Settings()

    run(scenario())


def test_a_key_stands_in_no_representation_and_no_file(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench = SettingsBench(tmp_path)
        rejected = KeyRejected(host="dashscope.aliyuncs.com", status=401)
        bench.backend.check_error = rejected
        bench.backend.home = SINGAPORE
        bench.servers.keep_key(BEIJING, KEY)
        bench.servers.find_home(BEIJING, KEY)
        names = [repr(task) for task in asyncio.all_tasks()]
        await bench.idle()
        bench.servers.move_home(BEIJING, SINGAPORE, KEY)
        await bench.idle()

        models = (bench.model, bench.servers)
        shown = [*names, *map(repr, models), *(repr(vars(each)) for each in models), repr(bench.tests)]
        assert KEY not in "".join(shown)
        assert KEY not in (tmp_path / "settings.json").read_text()
        assert rejected.__traceback__ is None, "its frames hold the key"

    run(scenario())
