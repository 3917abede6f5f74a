"""A server's key is kept, tried, never shown, and never sent to another server."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.errors import AppError, KeyringLocked, NoKeyring
from desktop.domain.models import DEFAULT_MODEL, READER_MODEL
from desktop.domain.ports import KeyOrigin
from desktop.domain.refusals import KeyRejected
from desktop.domain.settings import Settings
from desktop.viewmodels.keys import KeyState
from desktop.viewmodels.servers import ServersViewModel
from tests.conftest import Run
from tests.support.backends import SlowBackend
from tests.support.qt import first
from tests.support.serving import BEIJING, KEY, LOCAL, OLLAMA, OPENROUTER, SINGAPORE, SettingsBench

SEVERAL = Settings(others=(OLLAMA, OPENROUTER), model=DEFAULT_MODEL)


def test_a_pasted_key_is_cleaned_kept_tried_and_chooses_the_model(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench = SettingsBench(tmp_path)
        assert bench.servers.keep_key(BEIJING, f'  "Bearer {KEY}"\n')
        await bench.idle()

        assert list(bench.backend.keys.values()) == [KEY]
        assert bench.states == [(BEIJING, KeyState.ASKING), (BEIJING, KeyState.KEYRING)]
        assert bench.tests == [(BEIJING, None)]
        assert bench.settings.model == bench.stored.model == DEFAULT_MODEL

    run(scenario())


@pytest.mark.parametrize("before", ["qwen-vl-max", DEFAULT_MODEL])
def test_a_model_that_was_chosen_stays(run: Run, tmp_path: Path, before: str) -> None:
    async def scenario() -> None:
        bench = SettingsBench(tmp_path, Settings(model=before, others=(SINGAPORE,)))
        for endpoint in (BEIJING, SINGAPORE):
            bench.servers.keep_key(endpoint, KEY)
            await bench.idle()

        assert (bench.settings.model, bench.settings.endpoint) == (before, BEIJING)

    run(scenario())


def test_the_first_key_that_works_is_asked_where_the_other_server_has_none(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench = SettingsBench(tmp_path, Settings(others=(SINGAPORE,)))
        bench.servers.look_for_keys()
        await bench.idle()
        bench.servers.keep_key(SINGAPORE, KEY)
        await bench.idle()

        assert (bench.settings.model, bench.settings.endpoint) == (DEFAULT_MODEL, SINGAPORE)

    run(scenario())


def test_another_server_s_model_is_not_guessed(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench = SettingsBench(tmp_path, Settings(endpoint=LOCAL))
        bench.servers.keep_key(LOCAL, KEY)
        await bench.idle()

        assert bench.tests == [(LOCAL, None)]
        assert bench.model.model == READER_MODEL

    run(scenario())


def test_a_server_is_tried_with_no_other_server_s_model(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        backend = SlowBackend(lambda _: False)
        bench = SettingsBench(tmp_path, replace(SEVERAL, model="qwen-vl-max"), backend)
        for endpoint in SEVERAL.endpoints:
            bench.servers.test(endpoint)
        await bench.idle()

        assert [(asked.endpoint, asked.model) for asked, _ in backend.handed] == [
            *((BEIJING, "qwen-vl-max"), (OPENROUTER, ""), (OLLAMA, ""))
        ]

    run(scenario())


def test_a_key_that_is_rejected_is_kept_and_changes_no_model(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench = SettingsBench(tmp_path)
        bench.backend.check_error = rejected = KeyRejected(host="dashscope.aliyuncs.com", status=401)
        bench.servers.keep_key(BEIJING, KEY)
        await bench.idle()

        assert bench.tests == [(BEIJING, rejected)]
        assert bench.servers.key_state(BEIJING) is KeyState.KEYRING
        assert bench.settings.model == ""

    run(scenario())


@pytest.mark.parametrize("problem", [NoKeyring(), KeyringLocked()])
def test_without_a_keyring_the_key_holds_for_the_session(run: Run, tmp_path: Path, problem: AppError) -> None:
    async def scenario() -> None:
        bench = SettingsBench(tmp_path)
        bench.backend.key_error = problem
        bench.servers.keep_key(BEIJING, KEY)
        await bench.idle()

        assert bench.key_problems == [(BEIJING, problem)]
        assert bench.servers.key_state(BEIJING) is KeyState.SESSION
        assert bench.model.has_key
        assert bench.tests == [(BEIJING, None)]

    run(scenario())


def test_nothing_pasted_is_nothing_to_keep(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench = SettingsBench(tmp_path)
        assert not bench.servers.keep_key(BEIJING, "  “” ")
        await bench.idle()

        assert not bench.states
        assert not bench.backend.keys

    run(scenario())


@pytest.mark.parametrize(
    ("origin", "state"),
    [
        (KeyOrigin.NONE, KeyState.NONE),
        (KeyOrigin.KEYRING, KeyState.KEYRING),
        (KeyOrigin.SESSION, KeyState.SESSION),
        (KeyOrigin.ENVIRONMENT, KeyState.ENVIRONMENT),
    ],
)
def test_where_the_key_comes_from_is_told(
    run: Run, tmp_path: Path, origin: KeyOrigin, state: KeyState
) -> None:
    async def scenario() -> None:
        backend = SlowBackend(lambda _: False)
        backend.origins["cn-beijing"] = origin
        bench = SettingsBench(tmp_path, Settings(others=(LOCAL,)), backend)
        bench.servers.look_for_keys()
        await bench.idle()

        assert bench.states[:2] == [(BEIJING, KeyState.ASKING), (BEIJING, state)]
        assert bench.model.has_key is (origin is not KeyOrigin.NONE)
        assert bench.model.needs_key is (origin is KeyOrigin.NONE)
        assert not bench.servers.needs_key(LOCAL)

    run(scenario())


def test_a_locked_keyring_leaves_the_keys_unknown_and_is_asked_once(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench = SettingsBench(tmp_path, SEVERAL)
        bench.backend.key_error = problem = KeyringLocked()
        bench.servers.look_for_keys()
        await bench.idle()

        assert bench.states == [(BEIJING, KeyState.ASKING), (BEIJING, KeyState.UNKNOWN)]
        assert bench.key_problems == [(BEIJING, problem)]
        assert not bench.model.needs_key, "nobody knows"

    run(scenario())


def test_a_forgotten_key_is_gone(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench = SettingsBench(tmp_path, SEVERAL)
        for endpoint in (BEIJING, OPENROUTER):
            bench.servers.keep_key(endpoint, KEY)
        await bench.idle()
        bench.servers.forget_key(BEIJING)
        await bench.idle()

        assert list(bench.backend.keys) == [repr(OPENROUTER)]
        assert bench.servers.key_state(BEIJING) is KeyState.NONE
        assert bench.servers.key_state(OPENROUTER) is KeyState.KEYRING

    run(scenario())


def test_two_addresses_at_one_host_have_one_key(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench = SettingsBench(tmp_path, Settings(others=(OLLAMA, LOCAL)))
        bench.servers.keep_key(LOCAL, KEY)
        await bench.idle()

        assert bench.servers.key_state(OLLAMA) is KeyState.KEYRING
        assert {endpoint for endpoint, _ in bench.states} == {OLLAMA, LOCAL}

    run(scenario())


def test_another_region_has_another_key(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench = SettingsBench(tmp_path)
        bench.servers.keep_key(BEIJING, KEY)
        await bench.idle()
        bench.servers.replace(BEIJING, SINGAPORE)
        await bench.idle()

        assert bench.model.host() == "dashscope-intl.aliyuncs.com"
        assert bench.model.key_state is KeyState.NONE

    run(scenario())


def test_what_is_told_of_an_address_that_was_left_is_not_believed(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        backend = SlowBackend(lambda settings: settings.endpoint == BEIJING)
        backend.origins["cn-beijing"] = KeyringLocked()
        backend.origins["ap-southeast-1"] = KeyOrigin.KEYRING
        bench = SettingsBench(tmp_path, backend=backend)
        bench.servers.look_for_keys()
        bench.servers.replace(BEIJING, SINGAPORE)
        while bench.model.key_state is not KeyState.KEYRING:
            await first(bench.model.key_state_changed)
        backend.gate.set()
        await bench.idle()

        assert bench.model.key_state is KeyState.KEYRING
        assert not bench.key_problems

    run(scenario())


def test_what_was_asked_last_of_a_key_holds(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        backend = SlowBackend(lambda _: True)
        bench = SettingsBench(tmp_path, backend=backend)
        bench.servers.look_for_keys()
        await first(bench.servers.key_state_changed)
        backend.slow = lambda _: False
        bench.servers.keep_key(BEIJING, KEY)
        await first(bench.servers.test_ended)
        backend.gate.set()  # only now the keyring says that there was none
        await bench.idle()

        assert bench.servers.key_state(BEIJING) is KeyState.KEYRING

    run(scenario())


Verb = Callable[[ServersViewModel], object]
Way = Callable[[SettingsBench], object]


@pytest.mark.parametrize(
    "verb",
    [
        lambda servers: servers.keep_key(BEIJING, KEY),
        lambda servers: servers.test(BEIJING, KEY),
        lambda servers: servers.find_home(BEIJING, KEY),
    ],
    ids=["keep", "test", "find home"],
)
@pytest.mark.parametrize(
    "leave",
    [
        lambda bench: bench.model.change(endpoint=LOCAL),
        lambda bench: bench.servers.replace(BEIJING, LOCAL),
        lambda bench: bench.servers.remove(BEIJING),
    ],
    ids=["set", "replaced", "removed"],
)
def test_a_key_never_reaches_the_server_that_is_set_next(
    run: Run, tmp_path: Path, verb: Verb, leave: Way
) -> None:
    async def scenario() -> None:
        backend = SlowBackend(lambda settings: settings.endpoint == BEIJING)
        backend.home = SINGAPORE
        bench = SettingsBench(tmp_path, Settings(others=(OPENROUTER,)), backend)
        verb(bench.servers)
        leave(bench)
        await asyncio.sleep(0)
        backend.gate.set()
        await bench.idle()

        assert {settings.endpoint for settings, key in backend.handed if key} <= {BEIJING}
        assert [*bench.tests, *bench.homes, *bench.homeless] == [], "of what is gone nothing is told"
        assert bench.settings.model == "", "the new server has not been tried"

    run(scenario())
