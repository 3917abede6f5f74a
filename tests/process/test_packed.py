"""The packages, made of a small tree by the real packers."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.own_install import OwnInstall, own_install
from tests.support.scripts import load_script

build_deb = load_script("installers.deb").build_deb
build_rpm = load_script("installers.rpm").build_rpm
build_run = load_script("installers.run_file").build_run
parity = load_script("proofs.parity")

pytestmark = pytest.mark.slow


@pytest.fixture
def install() -> Iterator[OwnInstall]:
    with own_install() as it:
        it.write("usr/lib/viewfinder/_internal/it's [a] file.txt", "and `its` $content")
        it.write("usr/share/doc/viewfinder/copyright", "MIT")
        it.write("usr/share/man/man1/viewfinder.1", "manual")
        shutil.copyfile("/bin/cat", it.tree / "usr/lib/viewfinder/_internal/lib.so.1")
        (it.tree / "usr/lib/viewfinder/_internal/lib.so").symlink_to("lib.so.1")
        yield it


def query(package: Path, form: str) -> list[str]:
    command = ["rpm", "--query", "--package", "--queryformat", form, str(package)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


def test_all_hold_the_same(install: OwnInstall, tmp_path: Path) -> None:
    deb = parity.of_deb(build_deb(install.tree, tmp_path, quick=True))

    assert parity.differences(deb, parity.of_rpm(build_rpm(install.tree, tmp_path, quick=True))) == []
    assert parity.differences(deb, parity.of_run(build_run(install.tree, tmp_path, quick=True))) == []


@pytest.mark.parametrize("build", [build_rpm, build_run])
def test_the_same_tree_gives_the_same_bytes(install: OwnInstall, tmp_path: Path, build: type) -> None:
    first = build(install.tree, tmp_path / "1", quick=True)
    second = build(install.tree, tmp_path / "2", quick=True)

    assert first.read_bytes() == second.read_bytes()
    assert [path.name for path in (tmp_path / "1").iterdir()] == [first.name]


def test_an_rpm_knows_what_is_reading_matter(install: OwnInstall, tmp_path: Path) -> None:
    package = build_rpm(install.tree, tmp_path, quick=True)

    flags = dict(line.split("\t") for line in query(package, "[%{FILENAMES}\t%{FILEFLAGS:fflags}\n]"))
    assert flags["/usr/share/doc/viewfinder/copyright"] == "l"
    assert flags["/usr/share/man/man1/viewfinder.1"] == "d"
    assert "/usr/share" not in flags


def test_an_rpm_takes_libraries_and_offers_none(install: OwnInstall, tmp_path: Path) -> None:
    package = build_rpm(install.tree, tmp_path, quick=True)

    assert {line.split("(")[0] for line in query(package, "[%{PROVIDENAME}\n]")} == {"viewfinder"}
    assert {"libc.so.6()(64bit)", "xkeyboard-config"} <= set(query(package, "[%{REQUIRENAME}\n]"))


def test_the_run_installs_and_goes(install: OwnInstall, tmp_path: Path) -> None:
    package = build_run(install.tree, install.home.parent, quick=True)

    assert install.run([package]).returncode == 0
    assert install.run([install.program]).stdout == "Viewfinder 1 \n"
    gone = install.run([package, "--uninstall"])
    assert gone.returncode == 0, gone.stdout
    assert list(install.home.iterdir()) == []


def test_a_run_that_arrived_cut_off_installs_nothing(install: OwnInstall) -> None:
    package = build_run(install.tree, install.home.parent, quick=True)
    package.write_bytes(package.read_bytes()[:-5000])
    install.environ["TMPDIR"] = str(install.home)

    assert install.run([package]).returncode != 0
    assert list(install.home.iterdir()) == []
