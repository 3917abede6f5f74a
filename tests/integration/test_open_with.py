"""The desktop entry as desktops use it: through GLib, in a folder of applications of its own."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.bundles import laid_out
from tests.support.scripts import load_script

metainfo = load_script("installers.metainfo")

# The app, as far as this is about it: says what it was given. What is started inherits the output, so that
# all of it has come when `gio` is through.
PROGRAM = b'#!/bin/sh\nprintf "%s\\n" "$@"\n'
ENTRY = "applications/viewfinder.desktop"

Gio = Callable[..., str]


@pytest.fixture(scope="module")
def usr(tmp_path_factory: pytest.TempPathFactory) -> Path:
    usr = laid_out(tmp_path_factory.mktemp("installed"), PROGRAM)
    subprocess.run(["update-desktop-database", usr / "share" / "applications"], check=True)
    return usr


@pytest.fixture
def gio(usr: Path, tmp_path: Path) -> Gio:
    env = {
        "HOME": str(tmp_path),
        "LANG": "C.UTF-8",
        "PATH": f"{usr / 'bin'}:{os.environ['PATH']}",
        "XDG_DATA_DIRS": f"{usr / 'share'}:/usr/share",
    }

    def run(*arguments: str | Path) -> str:
        return subprocess.run(
            ["gio", *arguments], env=env, capture_output=True, text=True, check=True, timeout=20
        ).stdout

    return run


@pytest.mark.parametrize("media_type", metainfo.media_types())
def test_open_with_has_the_app_among_its_choices(gio: Gio, media_type: str) -> None:
    assert "viewfinder.desktop" in gio("mime", media_type)


@pytest.mark.parametrize("media_type", ["inode/directory", "text/plain", "image/svg+xml", "application/pdf"])
def test_it_is_no_choice_for_anything_else(gio: Gio, media_type: str) -> None:
    assert "viewfinder.desktop" not in gio("mime", media_type)


def test_several_files_open_in_one_start_by_their_whole_names(gio: Gio, usr: Path, tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a.png", "with a blank.png", "截图 $HOME `id`.png")]

    told = gio("launch", usr / "share" / ENTRY, *files)

    assert told.splitlines() == [str(file) for file in files]
