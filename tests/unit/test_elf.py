"""What is read out of programs and libraries, held against binutils' reader."""

import re
import shutil
import subprocess
from pathlib import Path

import PySide6
import pytest

from tests.support.scripts import load_script

elf = load_script("installers.elf")

QT = Path(PySide6.__file__).parent
LIBRARIES = sorted(
    (*(QT / "Qt" / "lib").glob("libQt6[CGX]*.so.6"), *(QT / "Qt" / "plugins" / "platforms").glob("*.so"))
)


def told(kind: str, listing: str) -> list[str]:
    return re.findall(rf"\({kind}\).*\[(.*)\]", listing)


@pytest.mark.real
@pytest.mark.parametrize("library", LIBRARIES, ids=lambda path: path.name)
def test_it_reads_what_readelf_reads(library: Path) -> None:
    listing = subprocess.run(
        ["readelf", "--wide", "--dynamic", "--version-info", library],
        env={"LC_ALL": "C"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    found = elf.read(library)
    assert [found.soname] == (told("SONAME", listing) or [""])
    assert sorted(found.needed) == sorted(told("NEEDED", listing))
    assert list(found.runpath) == [each for text in told("R(?:UN)?PATH", listing) for each in text.split(":")]
    asked = listing.partition("Version needs section")[2]
    assert {version for _, version in found.versions} == set(re.findall(r"Name: (\S+)", asked))


def test_what_lies_in_the_folder_is_not_the_systems(tmp_path: Path) -> None:
    for name in ("libQt6Core.so.6", "libicuuc.so.73", "libicui18n.so.73", "libicudata.so.73"):
        shutil.copy(QT / "Qt" / "lib" / name, tmp_path)
    (tmp_path / "words").write_text("no program")
    (tmp_path / "libQt6.so").symlink_to("libQt6Core.so.6")
    assert len(elf.files(tmp_path)) == 4
    needed = elf.needed(tmp_path)
    assert {"libc.so.6", "libstdc++.so.6"} <= needed
    assert not [name for name in needed if name.startswith(("libQt6", "libicu"))]


def test_only_the_systems_versions_are_a_floor(tmp_path: Path) -> None:
    for name in ("libQt6Core.so.6", "libQt6DBus.so.6"):
        shutil.copy(QT / "Qt" / "lib" / name, tmp_path)
    asked = {version for each in elf.files(tmp_path) for _, version in each.versions}
    assert "Qt_6" in asked
    floors = elf.floors(tmp_path)
    assert floors.keys() >= {"GLIBC", "GLIBCXX"}
    assert "Qt" not in floors
    numbers = [version.removeprefix("GLIBC_").split(".") for version in asked if version.startswith("GLIBC_")]
    assert floors["GLIBC"] == max(tuple(map(int, number)) for number in numbers)


def test_a_text_is_no_program(tmp_path: Path) -> None:
    (tmp_path / "short").write_bytes(b"\x7fELF")
    assert elf.read(tmp_path / "short") is None
    assert elf.read(Path(__file__)) is None
