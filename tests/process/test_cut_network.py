"""A network that goes away without a word, as in sleep: in a network namespace of its own."""

import os
import subprocess
import sys

import pytest

from tests.support.scripts import CHECKOUT

_APART = ["unshare", "--net"] if os.geteuid() == 0 else ["unshare", "--user", "--map-root-user", "--net"]


@pytest.mark.slow
@pytest.mark.real
def test_an_answer_whose_network_went_away_is_cut_off() -> None:
    told = subprocess.run(
        [*_APART, sys.executable, "-m", "tests.support.cut_network"],
        cwd=CHECKOUT,
        capture_output=True,
        timeout=300,
        check=False,
        text=True,
    )
    print(told.stdout)
    assert told.stdout.split()[:1] == ["ConnectionLost"], told.stderr
