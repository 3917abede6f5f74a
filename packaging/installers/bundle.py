"""The bundle: a folder with the program and all it needs, for machines without Python."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from console import SetupError, run_well, say

from installers.faults import faults
from installers.isolate import isolate
from installers.notices import require_notices
from installers.places import CHECKOUT
from installers.sizes import table
from installers.trim import trim

_SPEC = CHECKOUT / "packaging" / "viewfinder.spec"
_SIZES = CHECKOUT / "build" / "bundle-sizes.txt"


def build_bundle(python: Path, into: Path) -> Path:
    """Freeze the app with what `python` has installed; return the folder `into`/viewfinder, there whole.

    The table of what holds its size is printed, and written to build/bundle-sizes.txt.

    Raises:
        SetupError: It could not be made, or breaks a rule; the sentences tell which.
    """
    into.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".building-", dir=into) as folder:
        made = _freeze(python, Path(folder))
        if sys.platform == "linux":
            _finish(made, python)
        return _put(made, into / made.name)


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _freeze(python: Path, work: Path) -> Path:
    places = ["--distpath", str(work / "made"), "--workpath", str(work)]
    options = ["--noconfirm", "--log-level=ERROR", *places]
    # "-P": the scripts here are no libraries
    run_well([str(python), "-P", "-m", "PyInstaller", *options, str(_SPEC)])
    return work / "made" / "viewfinder"


def _finish(made: Path, python: Path) -> None:
    trim(made, _home_of(python))
    isolate(made)  # last: strip breaks what is rewritten
    told = table(made)
    say(f"What holds the size of the bundle:\n{told}")
    _SIZES.parent.mkdir(exist_ok=True)
    _SIZES.write_text(told, encoding="utf-8")
    if found := faults(made):
        raise SetupError("The bundle cannot be handed to users: " + " ".join(found))
    require_notices(made, python)


def _home_of(python: Path) -> Path:
    """Where the interpreter that `python` is made of was installed."""
    asked = subprocess.run(
        [python, "-I", "-c", "import sys; print(sys.base_prefix)"], capture_output=True, text=True, check=True
    )
    return Path(asked.stdout.strip())


def _put(made: Path, place: Path) -> Path:
    """Move the folder `made` to `place`; what lay there goes with what was left of the building."""
    if place.exists():
        place.rename(made.with_name("former"))
    return made.rename(place)
