"""The way out is set at once; a proxy's password goes into the keyring, and nowhere else."""

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.errors import KeyringLocked, NoKeyring
from desktop.domain.provider_errors import AuthoritiesUnusable, InvalidProxy
from desktop.domain.settings import Network, Settings, TimeLimits
from desktop.viewmodels.network import PasswordState
from tests.conftest import Run
from tests.support.backends import SlowBackend
from tests.support.qt import first, heard
from tests.support.serving import SettingsBench

PROXY = Network("custom", "http://proxy.example:8080", "anna")
OTHER = replace(PROXY, proxy_url="http://other.example:3128")
PASSWORD = "p@ss:word"


def test_a_pasted_proxy_is_taken_apart(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench = SettingsBench(tmp_path, Settings(network=Network("custom")))
        bench.model.network.set_address(f"http://anna:{PASSWORD}@proxy.example:8080/")
        await bench.idle()

        assert bench.stored.network == PROXY
        assert bench.backend.proxy_passwords == {PROXY: PASSWORD}
        assert bench.model.network.password_state is PasswordState.KEYRING
        assert "ss:word" not in (tmp_path / "settings.json").read_text() + repr(vars(bench.model.network))

    run(scenario())


def test_an_address_without_a_user_leaves_the_user_that_is_set(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench = SettingsBench(tmp_path, Settings(network=PROXY))
        bench.model.network.set_address("other.example:3128")
        await bench.idle()
        assert bench.settings.network == OTHER
        bench.model.network.set_address(" ")
        await bench.idle()
        assert bench.settings.network == replace(PROXY, proxy_url="")
        assert bench.model.network.password_state is PasswordState.NONE

    run(scenario())


def test_what_is_no_proxy_changes_nothing(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench = SettingsBench(tmp_path, Settings(network=PROXY))
        refused = heard(bench.model.network.address_refused)
        bench.model.network.set_address("ftp://anna:secret@proxy.example")
        await bench.idle()

        assert [type(error) for error in refused] == [InvalidProxy]
        assert "secret" not in str(refused[0])
        assert bench.settings.network == PROXY

    run(scenario())


def test_each_proxy_has_its_own_password(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench = SettingsBench(tmp_path, Settings(network=PROXY))
        network = bench.model.network
        states = heard(network.password_state_changed)
        bench.backend.proxy_passwords[OTHER] = PASSWORD
        network.look()
        await bench.idle()
        network.change(proxy_url=OTHER.proxy_url)
        await bench.idle()
        network.change(proxy_user="bert")
        await bench.idle()

        assert states == [PasswordState.NONE, PasswordState.KEYRING, PasswordState.NONE]

    run(scenario())


def test_a_forgotten_password_is_gone(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench = SettingsBench(tmp_path, Settings(network=PROXY))
        for password in (PASSWORD, ""):
            bench.model.network.keep_password(password)
            await bench.idle()

        assert bench.model.network.password_state is PasswordState.NONE
        assert not bench.backend.proxy_passwords[PROXY]

    run(scenario())


@pytest.mark.parametrize(
    ("password", "state"), [(PASSWORD, PasswordState.SESSION), ("", PasswordState.UNKNOWN)]
)
def test_without_a_keyring_the_password_holds_for_the_session(
    run: Run, tmp_path: Path, password: str, state: PasswordState
) -> None:
    async def scenario() -> None:
        bench = SettingsBench(tmp_path, Settings(network=PROXY))
        problems = heard(bench.model.network.password_problem_raised)
        bench.backend.proxy_error = problem = NoKeyring()
        bench.model.network.keep_password(password)
        await bench.idle()

        assert problems == [problem]
        assert bench.model.network.password_state is state

    run(scenario())


def test_what_is_told_of_a_proxy_that_was_left_is_not_believed(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        backend = SlowBackend(lambda settings: settings.network == PROXY)
        backend.proxy_error = KeyringLocked()
        bench = SettingsBench(tmp_path, Settings(network=PROXY), backend)
        network = bench.model.network
        problems = heard(network.password_problem_raised)
        network.look()
        network.change(proxy_url="")
        await first(network.password_state_changed)
        backend.gate.set()
        await bench.idle()

        assert network.password_state is PasswordState.NONE
        assert not problems

    run(scenario())


def test_a_certificate_file_that_is_missing_is_told_at_once(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench = SettingsBench(tmp_path)
        network = bench.model.network
        checked = heard(network.authorities_checked)
        (there := tmp_path / "company.pem").write_text("-")
        for file in (str(tmp_path / "gone.pem"), str(there), ""):
            network.set_authorities(file)
            await bench.idle()

        assert [error and error.facts for error in checked] == [{"file": "gone.pem"}, None, None]
        assert isinstance(checked[0], AuthoritiesUnusable)
        assert bench.stored.network == Network()

    run(scenario())


def test_of_two_certificate_files_the_last_is_judged(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench = SettingsBench(tmp_path)
        checked = heard(bench.model.network.authorities_checked)
        bench.model.network.set_authorities(str(tmp_path / "gone.pem"))
        bench.model.network.set_authorities("")
        await bench.idle()

        assert checked == [None]

    run(scenario())


def test_a_limit_is_kept(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench = SettingsBench(tmp_path)
        bench.model.network.set_limit(thinking=900.0)
        await bench.idle()

        assert bench.stored.limits == TimeLimits(thinking=900.0)

    run(scenario())
