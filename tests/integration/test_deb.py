"""A small .deb from a tree of our own, packed and read back by dpkg-deb."""

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.scripts import load_script

deb = load_script("installers.deb")
release = load_script("installers.release")
sizes = load_script("installers.sizes")
SetupError = load_script("console").SetupError

VERSION = "1.2.3"
TEXT = "A text of more than a KiB.\n" * 40


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A tree with a program that needs the C library only."""
    root = tmp_path / "build" / "root"
    program = root / "usr" / "lib" / "viewfinder" / "viewfinder"
    text = root / "usr" / "share" / "doc" / "viewfinder" / "a text"
    for file in (program, text):
        file.parent.mkdir(parents=True)
    shutil.copy("/bin/true", program)
    text.write_text(TEXT)
    (root / "usr" / "bin").mkdir()
    (root / "usr" / "bin" / "viewfinder").symlink_to("../lib/viewfinder/viewfinder")
    for path in root.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path == program else 0o644)
    return root


def dpkg_deb(*arguments: str | Path) -> str:
    command = ["env", "TZ=UTC", "dpkg-deb", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_dpkg_reads_what_it_is_and_what_it_needs(root: Path, tmp_path: Path) -> None:
    package = deb.build_deb(root, tmp_path / "dist", VERSION, quick=True)

    assert package == tmp_path / "dist" / "viewfinder_1.2.3_amd64.deb"
    fields = ("Package", "Version", "Architecture", "Maintainer", "Homepage")
    values = [dpkg_deb("--field", package, field).strip() for field in fields]
    assert values == ["viewfinder", VERSION, "amd64", release.MAINTAINER, release.HOMEPAGE]
    depends = dpkg_deb("--field", package, "Depends").strip()
    assert depends.startswith("libc6 (>= 2.")
    assert depends.endswith(", xkb-data")
    assert int(dpkg_deb("--field", package, "Installed-Size")) > sizes.installed_size(root)


def test_every_file_belongs_to_root_and_bears_the_day_of_the_release(root: Path, tmp_path: Path) -> None:
    package = deb.build_deb(root, tmp_path / "dist", VERSION, quick=True)

    lines = [line.split(maxsplit=5) for line in dpkg_deb("--contents", package).splitlines()]
    day = release.releases()[0].date.isoformat()
    assert {(owner, date) for _, owner, _, date, *_ in lines} == {("root/root", day)}
    names = [line[-1] for line in lines]
    assert "./usr/share/doc/viewfinder/a text" in names
    assert "./usr/bin/viewfinder -> ../lib/viewfinder/viewfinder" in names


def test_its_sums_are_those_of_its_files(root: Path, tmp_path: Path) -> None:
    package = deb.build_deb(root, tmp_path / "dist", VERSION, quick=True)

    sums = dpkg_deb("--info", package, "md5sums").splitlines()
    assert [line.partition("  ")[2] for line in sums] == [
        "usr/lib/viewfinder/viewfinder",
        "usr/share/doc/viewfinder/a text",
        str(deb.LINTIAN),
    ]
    assert sums[1].startswith(hashlib.md5(TEXT.encode()).hexdigest())


def test_the_same_tree_gives_the_same_bytes(root: Path, tmp_path: Path) -> None:
    first = deb.build_deb(root, tmp_path / "first", VERSION).read_bytes()
    again = root.parent / "again"
    shutil.copytree(root, again, symlinks=True, copy_function=shutil.copyfile)
    (again / "usr" / "lib" / "viewfinder" / "viewfinder").chmod(0o755)

    assert deb.build_deb(again, tmp_path / "second", VERSION).read_bytes() == first


def test_the_tree_stays_as_it_was_and_nothing_else_is_left(root: Path, tmp_path: Path) -> None:
    before = sorted(root.rglob("*"))

    deb.build_deb(root, tmp_path / "dist", VERSION, quick=True)

    assert sorted(root.rglob("*")) == before
    assert [path.name for path in root.parent.iterdir()] == ["root"]
    assert [path.name for path in (tmp_path / "dist").iterdir()] == ["viewfinder_1.2.3_amd64.deb"]


def test_where_dpkg_deb_refuses_no_package_is_left_under_the_final_name(root: Path, tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"^dpkg-deb ended with 2, see above"):
        deb.build_deb(root, tmp_path / "dist", "no-version", quick=True)

    assert [*(tmp_path / "dist").iterdir()] == []
