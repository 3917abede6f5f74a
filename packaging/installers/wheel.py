"""The wheel, for those who have Python and bring in the dependencies themselves."""

from __future__ import annotations

import os
from pathlib import Path

from console import SetupError, run
from environment import clean

from installers.release import CHECKOUT, VERSION, source_date_epoch
from installers.whole import whole


def build_wheel(python: Path, into: Path) -> Path:
    """Build `into`/viewfinder-VERSION-py3-none-any.whl with the hatchling of `python`.

    Nothing is fetched. The same checkout gives the same bytes.

    Raises:
        SetupError: hatchling failed.
    """
    target = into / f"viewfinder-{VERSION}-py3-none-any.whl"
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
        if status := run(build, env=env, folder=CHECKOUT):
            raise SetupError(f"hatchling ended with {status}, see above.")
    return target
