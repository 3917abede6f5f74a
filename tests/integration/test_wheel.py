"""The wheel, built with the pinned tools and installed beside the packages that are here."""

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from tests.support.scripts import load_script

wheel = load_script("installers.wheel")
VERSION = load_script("installers.release").VERSION


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = wheel.build_wheel(Path(sys.executable), tmp_path_factory.mktemp("dist"))
    assert isinstance(path, Path)
    return path


def test_it_has_the_name_that_is_listed_and_lies_alone(built: Path) -> None:
    assert [path.name for path in built.parent.iterdir()] == [f"viewfinder-{VERSION}-py3-none-any.whl"]


def test_the_same_checkout_gives_the_same_bytes(built: Path, tmp_path: Path) -> None:
    again: Path = wheel.build_wheel(Path(sys.executable), tmp_path)

    assert again.read_bytes() == built.read_bytes()


def test_installed_it_starts_and_finds_its_resources(built: Path, tmp_path: Path) -> None:
    program = installed(built, tmp_path / "venv")
    environ = {**os.environ, "PYTHONPATH": sysconfig.get_path("purelib")}

    version = subprocess.run(
        [program, "--version"], cwd=tmp_path, env=environ, capture_output=True, text=True, check=True
    )
    assert version.stdout == f"Viewfinder {VERSION}\n"
    find = (
        "from desktop.paths import resource; print(resource('samples', 'receipt.png').resolve(strict=True))"
    )
    found = subprocess.run(
        [program.with_name("python"), "-c", find],
        cwd=tmp_path,
        env=environ,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(found.stdout.strip()).is_relative_to(tmp_path / "venv")


def installed(built: Path, folder: Path) -> Path:
    """Install the wheel alone in a new environment, without a network; its program."""
    venv.create(folder, symlinks=True)
    python = folder / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check"]
    offline = ["--no-deps", "--no-index", "--no-compile", "--quiet"]
    subprocess.run([*pip, "install", *offline, built], check=True)
    return folder / "bin" / "viewfinder"
