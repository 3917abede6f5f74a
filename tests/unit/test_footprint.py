"""How a folder is told from what it was before."""

import os
from pathlib import Path

import pytest

from tests.support.scripts import load_script

footprint = load_script("proofs.footprint")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with a file, a link and an empty folder in it, and a pipe as /dev has them."""
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc" / "hosts").write_text("localhost")
    (tmp_path / "etc" / "mtab").symlink_to("../proc/mounts")
    (tmp_path / "home").mkdir()
    (tmp_path / "dev").mkdir()
    os.mkfifo(tmp_path / "dev" / "initctl")
    return tmp_path


def test_what_is_left_alone_does_not_differ(root: Path) -> None:
    before = footprint.footprint(root)
    assert sorted(before) == ["etc", "etc/hosts", "etc/mtab", "home"]
    assert footprint.differences(before, footprint.footprint(root)) == []


def test_whatever_changes_is_told(root: Path) -> None:
    before = footprint.footprint(root)
    (root / "etc" / "hosts").write_text("somewhere")
    (root / "etc" / "mtab").unlink()
    (root / "etc" / "mtab").symlink_to("elsewhere")
    (root / "home").chmod(0o700)
    (root / "etc" / "new").touch()

    told = footprint.differences(before, footprint.footprint(root))

    assert [line.split(":")[0] for line in told] == ["etc/hosts", "etc/mtab", "etc/new", "home"]


def test_what_may_differ_is_passed_over(root: Path) -> None:
    before = footprint.footprint(root)
    (root / "home" / "tester").mkdir()
    (root / "etc" / "new").touch()

    told = footprint.differences(before, footprint.footprint(root), but=("home/*",))

    assert [line.split(":")[0] for line in told] == ["etc/new"]
