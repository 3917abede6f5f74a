"""Settings are changed as a whole and saved at once; a key is kept, tried, and never shown."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.domain.errors import AppError, KeyringLocked, NoKeyring, SettingsNotSaved
from desktop.domain.models import DEFAULT_MODEL, READER_MODEL
from desktop.domain.ports import KeyOrigin
from desktop.domain.refusals import KeyRejected
from desktop.domain.settings import Endpoint, Settings
from desktop.runtime.tasks import TaskOwner
from desktop.storage.settings_file import SettingsFile
from desktop.viewmodels.settings import KeyState, SettingsViewModel
from tests.conftest import Run
from tests.support.backends import SlowBackend
from tests.support.qt import first, heard
from tests.support.scripted import ScriptedBackend

KEY = "sk-0123456789abcdef0123456789abcdef"
BEIJING = "dashscope.aliyuncs.com"
LOCAL = Endpoint("custom", base_url="http://localhost:11434/v1")


class Bench:
    """A view model over a real file and a backend that the test holds in its hand."""

    def __init__(
        self, folder: Path, settings: Settings | None = None, backend: ScriptedBackend | None = None
    ) -> None:
        self.backend = backend or ScriptedBackend()
        self.file = SettingsFile(folder / "settings.json")
        self.tasks = TaskOwner()
        self.model = SettingsViewModel(settings or Settings(), self.file, self.backend, self.tasks)
        self.states = heard(self.model.key_state_changed)
        self.key_problems = heard(self.model.key_problem_raised)
        self.problems = heard(self.model.problem_raised)
        self.tests = heard(self.model.test_ended)

    async def idle(self) -> None:
        """Until all that was begun has ended."""
        while others := asyncio.all_tasks() - {asyncio.current_task()}:
            await asyncio.wait(others)

    @property
    def stored(self) -> Settings:
        return self.file.load()[0]


def test_a_change_is_told_and_saved(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench = Bench(tmp_path)
        told = heard(bench.model.changed)
        bench.model.change(text_percent=120, theme="dark")
        bench.model.change(text_percent=120)
        await bench.idle()

        assert told == [Settings(text_percent=120, theme="dark")]
        assert bench.model.settings == bench.stored == told[0]

    run(scenario())


def test_of_several_changes_in_a_row_the_last_is_stored(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench = Bench(tmp_path)
        for percent in range(60, 251, 10):
            bench.model.change(text_percent=percent)
        await bench.idle()

        assert bench.stored.text_percent == 250

    run(scenario())


def test_what_cannot_be_saved_holds_for_now_and_is_told(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        (tmp_path / "file").write_text("in the way")
        bench = Bench(tmp_path / "file")
        bench.model.change(theme="dark")
        await bench.idle()

        assert [type(problem) for problem in bench.problems] == [SettingsNotSaved]
        assert bench.model.settings.theme == "dark"

    run(scenario())


def test_a_pasted_key_is_cleaned_kept_tried_and_chooses_the_model(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench = Bench(tmp_path)
        assert bench.model.model == READER_MODEL
        bench.model.keep_key(f'  "Bearer {KEY}"\n')
        await bench.idle()

        assert list(bench.backend.keys.values()) == [KEY]
        assert bench.states == [KeyState.ASKING, KeyState.KEYRING]
        assert bench.tests == [(BEIJING, None)]
        assert bench.model.settings.model == bench.stored.model == DEFAULT_MODEL

    run(scenario())


@pytest.mark.parametrize("before", ["qwen-vl-max", DEFAULT_MODEL])
def test_a_model_that_was_chosen_stays(run: Run, tmp_path: Path, before: str) -> None:
    async def scenario() -> None:
        bench = Bench(tmp_path, Settings(model=before))
        bench.model.keep_key(KEY)
        await bench.idle()

        assert bench.model.settings.model == before

    run(scenario())


def test_another_server_s_model_is_not_guessed(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench = Bench(tmp_path, Settings(endpoint=LOCAL))
        bench.model.keep_key(KEY)
        await bench.idle()

        assert bench.tests == [("localhost:11434", None)]
        assert bench.model.model == READER_MODEL

    run(scenario())


def test_a_key_that_is_rejected_is_kept_and_changes_no_model(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench = Bench(tmp_path)
        bench.backend.check_error = rejected = KeyRejected(host=BEIJING, status=401)
        bench.model.keep_key(KEY)
        await bench.idle()

        assert bench.tests == [(BEIJING, rejected)]
        assert bench.model.key_state is KeyState.KEYRING
        assert bench.model.settings.model == ""

    run(scenario())


@pytest.mark.parametrize("problem", [NoKeyring(), KeyringLocked()])
def test_without_a_keyring_the_key_holds_for_the_session(run: Run, tmp_path: Path, problem: AppError) -> None:
    async def scenario() -> None:
        bench = Bench(tmp_path)
        bench.backend.key_error = problem
        bench.model.keep_key(KEY)
        await bench.idle()

        assert bench.key_problems == [problem]
        assert bench.model.key_state is KeyState.SESSION
        assert bench.model.has_key
        assert bench.tests == [(BEIJING, None)]

    run(scenario())


def test_nothing_pasted_is_nothing_to_keep(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench = Bench(tmp_path)
        bench.model.keep_key("  “” ")
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
        bench = Bench(tmp_path, backend=backend)
        bench.model.look_for_key()
        await bench.idle()

        assert bench.states == [KeyState.ASKING, state]
        assert bench.model.has_key is (origin is not KeyOrigin.NONE)
        assert bench.model.needs_key is (origin is KeyOrigin.NONE)

    run(scenario())


def test_a_locked_keyring_leaves_the_key_unknown(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench = Bench(tmp_path)
        bench.backend.key_error = problem = KeyringLocked()
        bench.model.look_for_key()
        await bench.idle()

        assert bench.states == [KeyState.ASKING, KeyState.UNKNOWN]
        assert bench.key_problems == [problem]
        assert not bench.model.needs_key, "nobody knows"

    run(scenario())


def test_a_forgotten_key_is_gone(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench = Bench(tmp_path)
        bench.model.keep_key(KEY)
        await bench.idle()
        bench.model.forget_key()
        await bench.idle()

        assert not bench.backend.keys
        assert bench.model.key_state is KeyState.NONE

    run(scenario())


def test_another_region_has_another_key(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench = Bench(tmp_path)
        bench.model.keep_key(KEY)
        await bench.idle()
        bench.model.change_endpoint(region="ap-southeast-1")
        await bench.idle()

        assert bench.model.host() == "dashscope-intl.aliyuncs.com"
        assert bench.model.key_state is KeyState.NONE

    run(scenario())


def test_an_unusable_address_has_no_host(qapp: object, tmp_path: Path) -> None:
    assert Bench(tmp_path, Settings(endpoint=Endpoint("custom"))).model.host() == ""


def test_what_is_told_of_an_address_that_was_left_is_not_believed(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        backend = SlowBackend(lambda settings: settings.endpoint.region == "cn-beijing")
        backend.origins["cn-beijing"] = KeyringLocked()
        backend.origins["ap-southeast-1"] = KeyOrigin.KEYRING
        bench = Bench(tmp_path, backend=backend)
        bench.model.look_for_key()
        bench.model.change_endpoint(region="ap-southeast-1")
        while bench.model.key_state is not KeyState.KEYRING:
            await first(bench.model.key_state_changed)
        backend.gate.set()
        await bench.idle()

        assert bench.model.key_state is KeyState.KEYRING
        assert not bench.key_problems

    run(scenario())


@pytest.mark.parametrize(
    "verb",
    [lambda model: model.keep_key(KEY), lambda model: model.test(KEY)],
    ids=["keep", "test"],
)
def test_a_key_never_reaches_the_server_that_is_set_next(
    run: Run, tmp_path: Path, verb: Callable[[SettingsViewModel], None]
) -> None:
    async def scenario() -> None:
        backend = SlowBackend(lambda settings: settings.endpoint != LOCAL)
        bench = Bench(tmp_path, backend=backend)
        verb(bench.model)
        bench.model.change(endpoint=LOCAL)
        await asyncio.sleep(0)
        backend.gate.set()
        await bench.idle()

        assert {settings.endpoint for settings, _ in backend.handed} == {Endpoint()}
        assert bench.tests == [(BEIJING, None)]
        assert bench.model.settings.model == "", "the new server has not been tried"

    run(scenario())


def test_a_key_stands_in_no_representation_and_no_file(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench = Bench(tmp_path)
        bench.backend.check_error = KeyRejected(host=BEIJING, status=401)
        bench.model.keep_key(KEY)
        names = [repr(task) for task in asyncio.all_tasks()]
        await bench.idle()
        bench.model.change(theme="dark")
        await bench.idle()

        shown = [*names, repr(bench.model), repr(vars(bench.model)), repr(bench.tests), repr(bench.states)]
        assert KEY not in "".join(shown)
        assert KEY not in (tmp_path / "settings.json").read_text()

    run(scenario())


def test_a_change_made_while_the_app_closes_is_saved_too(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench = Bench(tmp_path)
        bench.model.change(text_percent=140)
        await bench.tasks.aclose()  # the save is cancelled before its first step
        await bench.model.aclose()
        assert bench.stored.text_percent == 140

    run(scenario())
