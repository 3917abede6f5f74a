import subprocess
import sys

import pytest

from tests.support.scripts import PACKAGING, load_script

build = load_script("build")

ALL = ["bundle", "deb", "rpm", "run", "wheel", "screenshots"]


@pytest.mark.parametrize(
    ("arguments", "targets"),
    [
        ([], ALL),
        (["deb"], ["deb"]),
        (["wheel", "deb", "wheel"], ["deb", "wheel"]),
        ([*reversed(ALL)], ALL),
    ],
)
def test_each_target_is_built_once_in_an_order_of_its_own(arguments: list[str], targets: list[str]) -> None:
    assert build.parsed(arguments).targets == targets


def test_it_packs_small_unless_told_otherwise() -> None:
    assert not build.parsed(["deb"]).quick
    assert build.parsed(["--quick", "deb"]).quick


def test_what_it_does_not_know_is_refused_with_what_it_knows_before_anything_is_set_up() -> None:
    script = [sys.executable, str(PACKAGING / "build.py"), "dmg"]
    refused = subprocess.run(script, capture_output=True, text=True, check=False)

    assert refused.returncode == 2
    assert "bundle|deb|rpm|run|wheel" in refused.stderr
    assert "'dmg'" in refused.stderr
