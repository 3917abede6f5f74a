"""The settings file, on a real disk: whole at every moment, private, and never in the way."""

import asyncio
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.errors import SettingsError, SettingsNotSaved, SettingsUnreadable
from desktop.domain.messages import Parameters
from desktop.domain.settings import Settings, from_json
from desktop.storage.settings_file import SettingsFile

ENDLESS_WRITER = """
import asyncio, sys
from dataclasses import replace
from pathlib import Path
from desktop.domain.settings import Settings
from desktop.storage.settings_file import SettingsFile

async def write():
    file = SettingsFile(Path(sys.argv[1]))
    for size in range(1, 1_000_000):
        await file.save(Settings(model=str(size), geometry="x" * (size % 500) * 1000))
        if size == 5:
            print("writing", flush=True)

asyncio.run(write())
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "viewfinder" / "settings.json"


def save(path: Path, settings: Settings) -> None:
    asyncio.run(SettingsFile(path).save(settings))


def test_without_a_file_the_defaults_hold(path: Path) -> None:
    assert SettingsFile(path).load() == (Settings(), None)
    assert not path.parent.exists(), "reading writes nothing"


def test_what_is_saved_is_loaded_by_the_next_start(path: Path) -> None:
    settings = Settings(model="qwen3-vl-plus", parameters=Parameters(instructions="用中文回答"))
    save(path, settings)

    assert SettingsFile(path).load() == (settings, None)
    assert "用中文回答" in path.read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no such modes")
def test_only_the_user_may_look(path: Path) -> None:
    save(path, Settings())

    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_nothing_else_is_left_in_the_folder(path: Path) -> None:
    save(path, Settings())
    save(path, Settings(model="other"))

    assert [file.name for file in path.parent.iterdir()] == ["settings.json"]


def test_text_that_utf8_cannot_hold_is_saved_all_the_same(path: Path) -> None:
    settings = Settings(parameters=Parameters(instructions="half an emoji: \ud83d"))
    save(path, settings)

    assert SettingsFile(path).load() == (settings, None)


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff\xfe{", b'{"model": "a"', b"[" * 100_000])
def test_a_broken_file_is_set_aside_unchanged(path: Path, data: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(data)

    settings, error = SettingsFile(path).load()

    assert settings == Settings()
    assert isinstance(error, SettingsError)
    assert error.facts == {"file": "settings.json", "aside": "settings.json.broken-1"}
    assert path.with_name("settings.json.broken-1").read_bytes() == data
    assert not path.exists()


def test_each_broken_file_is_kept(path: Path) -> None:
    path.parent.mkdir()
    for data in (b"one", b"two", b"three"):
        path.write_bytes(data)
        SettingsFile(path).load()

    kept = sorted(path.parent.iterdir())
    assert [(file.name[-1], file.read_bytes()) for file in kept] == [
        ("1", b"one"),
        ("2", b"two"),
        ("3", b"three"),
    ]


def test_what_cannot_be_read_stays_where_it_is(path: Path) -> None:
    path.mkdir(parents=True)

    settings, error = SettingsFile(path).load()

    assert settings == Settings()
    assert isinstance(error, SettingsUnreadable)
    assert path.is_dir()


def test_what_cannot_be_written_is_told_with_its_folder(tmp_path: Path) -> None:
    blocked = tmp_path / "a file, not a folder"
    blocked.write_text("")

    with pytest.raises(SettingsNotSaved) as caught:
        save(blocked / "settings.json", Settings())

    assert str(blocked) in str(caught.value)
    assert caught.value.detail


def test_a_save_that_fails_leaves_nothing_behind_and_the_next_one_works(path: Path) -> None:
    file = SettingsFile(path)
    path.mkdir(parents=True)
    with pytest.raises(SettingsNotSaved):
        asyncio.run(file.save(Settings(model="first")))
    assert list(path.parent.iterdir()) == [path]
    path.rmdir()

    asyncio.run(file.save(Settings(model="second")))

    assert file.load() == (Settings(model="second"), None)


def test_of_many_saves_at_once_the_last_one_stays(path: Path) -> None:
    async def scenario() -> None:
        file = SettingsFile(path)
        await asyncio.gather(*(file.save(Settings(text_percent=percent)) for percent in range(60, 160)))

    asyncio.run(scenario())
    assert SettingsFile(path).load() == (Settings(text_percent=159), None)


def test_a_cancelled_save_cannot_overtake_a_later_one(path: Path) -> None:
    async def scenario() -> None:
        file = SettingsFile(path)
        for percent in range(60, 110):
            overtaken = asyncio.create_task(file.save(Settings(text_percent=percent)))
            await asyncio.sleep(0)
            overtaken.cancel()
            await file.save(Settings(text_percent=percent + 100))
        await asyncio.get_running_loop().shutdown_default_executor()

    asyncio.run(scenario())
    assert SettingsFile(path).load() == (Settings(text_percent=209), None)


@pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need rights there")
def test_a_link_to_the_file_stays_a_link(path: Path, tmp_path: Path) -> None:
    real = tmp_path / "dotfiles" / "settings.json"
    real.parent.mkdir()
    path.parent.mkdir()
    path.symlink_to(real)
    save(path, Settings(model="linked"))

    assert path.is_symlink()
    assert from_json(real.read_text(encoding="utf-8")) == Settings(model="linked")


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_killed_at_any_moment_the_file_is_whole(path: Path) -> None:
    last = 0
    for _ in range(5):
        with subprocess.Popen(
            [sys.executable, "-c", ENDLESS_WRITER, path], stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "writing\n"
            writer.send_signal(signal.SIGKILL)
        settings, error = SettingsFile(path).load()
        assert error is None
        assert replace(settings, model="", geometry="") == Settings()
        assert len(settings.geometry) == int(settings.model) % 500 * 1000
        last = max(last, int(settings.model))
    assert last >= 5
