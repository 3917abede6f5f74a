import subprocess
from pathlib import Path

import pytest

from tests.support.scripts import load_script

sums = load_script("installers.sums")
whole = load_script("installers.whole").whole

DEB, RUN = "viewfinder_1.2.3_amd64.deb", "viewfinder-1.2.3-x86_64.run"


def test_sha256sum_finds_every_file_of_this_version_as_it_was_and_no_other_is_listed(tmp_path: Path) -> None:
    for name in (DEB, RUN, "viewfinder_1.2.2_amd64.deb", "notes.txt"):
        (tmp_path / name).write_bytes(name.encode())

    written = sums.write_sums(tmp_path, "1.2.3")

    check = ["sha256sum", "--check", "--strict", written.name]
    checked = subprocess.run(check, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert checked.stdout.splitlines() == [f"{RUN}: OK", f"{DEB}: OK"]


def test_a_second_writing_replaces_the_first_and_leaves_nothing_else(tmp_path: Path) -> None:
    (tmp_path / DEB).write_bytes(b"old")
    before = sums.write_sums(tmp_path, "1.2.3").read_bytes()
    (tmp_path / DEB).write_bytes(b"new")

    assert sums.write_sums(tmp_path, "1.2.3").read_bytes() != before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["SHA256SUMS", DEB]


def test_what_fails_half_way_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / DEB
    target.write_bytes(b"the last whole one")

    def fail() -> None:
        with whole(target) as unfinished:
            unfinished.write_bytes(b"half")
            tmp_path.read_bytes()

    with pytest.raises(IsADirectoryError):
        fail()

    assert [path.name for path in tmp_path.iterdir()] == [DEB]
    assert target.read_bytes() == b"the last whole one"


def test_what_a_killed_build_left_is_not_taken_for_new(tmp_path: Path) -> None:
    left = tmp_path / f".unfinished-{DEB}" / DEB
    left.parent.mkdir()
    left.write_bytes(b"half")

    with pytest.raises(FileNotFoundError), whole(tmp_path / DEB):
        pass

    assert not [*tmp_path.iterdir()]
