"""What counts as a difference between two packages."""

import pytest

from tests.support.scripts import load_script

parity = load_script("proofs.parity")

FOLDER = parity.Entry("folder", 0o755, "root:root", "")
FILE = parity.Entry("file", 0o644, "root:root", "digest")
ONE = {"usr/share": FOLDER, "usr/lib/viewfinder": FOLDER, "usr/lib/viewfinder/a": FILE}


def test_a_folder_that_packages_share_may_be_left_to_others() -> None:
    assert parity.differences(ONE, {path: entry for path, entry in ONE.items() if path != "usr/share"}) == []


@pytest.mark.parametrize("path", ["usr/lib/viewfinder", "usr/lib/viewfinder/a"])
def test_what_one_lacks_is_named(path: str) -> None:
    other = {place: entry for place, entry in ONE.items() if place != path}

    assert parity.differences(ONE, other) == [f"{path}: only the first has it"]
    assert parity.differences(other, ONE) == [f"{path}: only the second has it"]


@pytest.mark.parametrize(
    "entry",
    [
        FILE._replace(mode=0o755),
        FILE._replace(owner="nobody:root"),
        FILE._replace(content="other"),
        parity.Entry("link", 0, "root:root", "b"),
    ],
)
def test_what_is_not_the_same_is_named(entry: object) -> None:
    (line,) = parity.differences(ONE, {**ONE, "usr/lib/viewfinder/a": entry})

    assert line.startswith("usr/lib/viewfinder/a: ")
