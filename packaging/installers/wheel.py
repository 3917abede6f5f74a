"""The wheel, for those who have Python and bring in the dependencies themselves."""

from __future__ import annotations

import os
from pathlib import Path

from console import run_well
from environment import clean

from installers.places import CHECKOUT
from installers.release import file_name, source_date_epoch
from installers.whole import whole


def build_wheel(python: Path, into: Path) -> Path:
    """Build `into`/viewfinder-VERSION-py3-none-any.whl with the hatchling of `python`.

    Nothing is fetched. The same checkout gives the same bytes.

    Raises:
        SetupError: hatchling failed.
    """
    target = into / file_name("wheel")
    env = {**clean(os.environ), "SOURCE_DATE_EPOCH": str(source_date_epoch())}
    with whole(target) as unfinished:
        build = [
            str(python),
            "-m",
            "hatchling",
            "build",
            "--target=wheel",
            "--directory",
            str(unfinished.parent),
        ]
        run_well(build, env=env, folder=CHECKOUT)
    return target
