"""Settings are changed as a whole and saved at once."""

from pathlib import Path

from desktop.domain.errors import SettingsNotSaved
from desktop.domain.models import DEFAULT_MODEL, READER_MODEL
from desktop.domain.settings import Endpoint, Settings
from tests.conftest import Run
from tests.support.qt import heard
from tests.support.serving import BEIJING, KEY, OPENROUTER, SettingsBench


def test_a_change_is_told_and_saved(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench = SettingsBench(tmp_path)
        told = heard(bench.model.changed)
        bench.model.change(text_percent=120, theme="dark")
        bench.model.change(text_percent=120)
        await bench.idle()

        assert told == [Settings(text_percent=120, theme="dark")]
        assert bench.model.settings == bench.stored == told[0]

    run(scenario())


def test_of_several_changes_in_a_row_the_last_is_stored(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench = SettingsBench(tmp_path)
        for percent in range(60, 251, 10):
            bench.model.change(text_percent=percent)
        await bench.idle()

        assert bench.stored.text_percent == 250

    run(scenario())


def test_what_cannot_be_saved_holds_for_now_and_is_told(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        (tmp_path / "file").write_text("in the way")
        bench = SettingsBench(tmp_path / "file")
        bench.model.change(theme="dark")
        await bench.idle()

        assert [type(problem) for problem in bench.problems] == [SettingsNotSaved]
        assert bench.model.settings.theme == "dark"

    run(scenario())


def test_a_change_made_while_the_app_closes_is_saved_too(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench = SettingsBench(tmp_path)
        bench.model.change(text_percent=140)
        await bench.tasks.aclose()  # the save is cancelled before its first step
        await bench.model.aclose()
        assert bench.stored.text_percent == 140

    run(scenario())


def test_an_unusable_address_has_no_host(qapp: object, tmp_path: Path) -> None:
    assert SettingsBench(tmp_path, Settings(endpoint=Endpoint("custom"))).model.host() == ""


def test_what_is_told_of_a_key_is_told_of_the_server_that_is_asked(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench = SettingsBench(tmp_path, Settings(others=(OPENROUTER,)))
        told = heard(bench.model.key_state_changed)
        bench.servers.keep_key(OPENROUTER, KEY)
        await bench.idle()
        assert (told, bench.model.has_key, bench.model.model) == ([], False, READER_MODEL)

        bench.model.change(endpoint=OPENROUTER, others=(BEIJING,))
        assert bench.model.has_key
        assert not bench.model.needs_key
        assert bench.model.model == READER_MODEL, "nobody knows its models"
        await bench.idle()

    run(scenario())


def test_before_any_choice_a_key_gets_the_usual_model(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench = SettingsBench(tmp_path)
        bench.backend.keys[repr(BEIJING)] = KEY
        bench.servers.look_for_keys()
        await bench.idle()

        assert (bench.settings.model, bench.model.model) == ("", DEFAULT_MODEL)

    run(scenario())
