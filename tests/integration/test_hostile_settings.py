"""A settings file as a stranger might have left it: the window opens all the same, and nothing is trusted."""

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.endpoints import provider_host
from desktop.domain.errors import SettingsError, SettingsNotSaved, SettingsOpenToOthers
from desktop.domain.provider_errors import AuthoritiesUnusable
from desktop.domain.settings import Endpoint, Network, Settings
from desktop.providers.trust import trusted
from desktop.storage.settings_file import LARGEST, SettingsFile
from tests.support.others import NOBODY, needs_root

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no such files there")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


def loaded(path: Path, **fields: Any) -> Settings:
    path.write_text(json.dumps(fields), encoding="utf-8")
    settings, error = SettingsFile(path).load()
    assert error is None
    return settings


@pytest.mark.parametrize("size", [LARGEST + 1, 1 << 40])
def test_a_file_that_is_far_too_large_is_set_aside_unread(path: Path, size: int) -> None:
    path.touch()
    os.truncate(path, min(size, 1 << 34))

    settings, error = SettingsFile(path).load()

    assert settings == Settings()
    assert type(error) is SettingsError
    assert not path.exists()


@pytest.mark.parametrize("place", ["/dev/stdin", "/proc/self/mem", "/dev/tty", "fifo", "folder", "circle"])
def test_what_is_no_file_is_neither_read_nor_written(path: Path, place: str) -> None:
    os.mkfifo(path.with_name("fifo"))
    path.with_name("folder").mkdir()
    path.with_name("circle").symlink_to("circle")
    path.symlink_to(place)

    settings, error = SettingsFile(path).load()

    assert settings == Settings()
    assert isinstance(error, SettingsError)


@pytest.mark.parametrize("place", ["/dev/null", "fifo"])
def test_nothing_is_put_in_the_place_of_what_is_no_file(path: Path, place: str) -> None:
    os.mkfifo(path.with_name("fifo"))
    path.symlink_to(place)

    with pytest.raises(SettingsNotSaved):
        asyncio.run(SettingsFile(path).save(Settings()))

    assert not path.is_file()
    assert sorted(file.name for file in path.parent.iterdir()) == ["fifo", "settings.json"]


def test_what_anyone_can_write_is_set_aside(path: Path) -> None:
    path.write_text('{"model": "theirs"}')
    path.chmod(0o666)

    settings, error = SettingsFile(path).load()

    assert settings == Settings()
    assert isinstance(error, SettingsOpenToOthers)
    assert "settings.json.broken-1" in str(error)


@needs_root
def test_what_somebody_else_wrote_is_set_aside(path: Path) -> None:
    path.write_text('{"model": "theirs"}')
    os.chown(path, NOBODY, NOBODY)

    settings, error = SettingsFile(path).load()

    assert settings == Settings()
    assert isinstance(error, SettingsOpenToOthers)


def test_a_broken_link_in_the_way_is_not_replaced(path: Path) -> None:
    path.write_text("{")
    aside = path.with_name("settings.json.broken-1")
    aside.symlink_to("nowhere")

    _, error = SettingsFile(path).load()

    assert isinstance(error, SettingsError)
    assert aside.is_symlink()
    assert path.with_name("settings.json.broken-2").read_text() == "{"


@pytest.mark.parametrize(
    ("network", "kept"),
    [
        (
            {"proxy_url": "http://me:secret@proxy.example:3128"},
            Network(proxy_url="http://proxy.example:3128", proxy_user="me"),
        ),
        (
            {"proxy_url": "http://me:se@cret@proxy.example", "proxy_user": "you"},
            Network(proxy_url="http://proxy.example", proxy_user="you"),
        ),
        ({"proxy_url": "gopher://me:secret@proxy.example"}, Network()),
        ({"proxy_url": "http://me:secret@"}, Network()),
        ({"proxy_url": "proxy.example:3128"}, Network(proxy_url="proxy.example:3128")),
    ],
)
def test_a_password_that_was_written_in_by_hand_is_not_kept(
    path: Path, network: dict[str, str], kept: Network
) -> None:
    settings = loaded(path, network=network)
    assert settings.network == kept

    asyncio.run(SettingsFile(path).save(settings))
    assert "secret" not in path.read_text()


def test_no_more_servers_are_taken_than_anyone_has(path: Path) -> None:
    others = [{"provider": "custom", "base_url": f"http://host{number}"} for number in range(5_000)]

    assert len(loaded(path, others=others).others) == 250


@pytest.mark.parametrize(
    "text",
    [
        '{"text_percent": ' + "9" * 5_000 + "}",
        '{"limits": {"idle": 1e999, "first": NaN, "connect": -Infinity}}',
        '{"limits": ' * 500 + "{}" + "}" * 500,
        '{"model": "a", "model": 1, "stream": 0, "network": [], "others": {"a": 1}}',
        '{"parameters": {"seed": 1e400, "temperature": true, "instructions": null}}',
    ],
)
def test_numbers_and_shapes_that_make_no_sense_are_defaults(path: Path, text: str) -> None:
    path.write_text(text)

    assert SettingsFile(path).load()[0] == Settings()


@pytest.mark.parametrize("place", ["/dev/zero", "/dev/tty", "fifo", ".", "nowhere", "nul\0"])
def test_an_authority_that_is_no_file_is_said_and_waits_for_nobody(tmp_path: Path, place: str) -> None:
    os.mkfifo(tmp_path / "fifo")

    with pytest.raises(AuthoritiesUnusable):
        trusted(str(tmp_path / place))


def test_a_hostile_address_is_only_an_address(path: Path) -> None:
    addresses = [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "http://a\nb",
        "\ud800",
        "http://h?a#b",
    ]
    found = loaded(path, others=[{"provider": "custom", "base_url": address} for address in addresses])

    assert [each.base_url for each in found.others] == addresses
    assert [each for each in found.others if provider_host(each)] == []


def test_a_password_in_a_servers_address_is_not_kept(path: Path) -> None:
    server = {"provider": "custom", "base_url": "http://me:secret@models.example/v1"}
    same = {"provider": "custom", "base_url": "http://models.example/v1"}
    settings = loaded(path, endpoint=server, others=[server, same, {"provider": "ollama"}])

    assert settings.endpoint == Endpoint("custom", base_url="http://models.example/v1")
    assert settings.others == (Endpoint("ollama"),)
