"""The bundle: a folder with the program and all it needs, for machines without Python."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from console import SetupError, say

from installers.faults import faults
from installers.notices import require_notices
from installers.sizes import table
from installers.trim import trim

_CHECKOUT = Path(__file__).resolve().parents[2]
_SPEC = _CHECKOUT / "packaging" / "viewfinder.spec"
_WORK = _CHECKOUT / "build" / "pyinstaller"


def build_bundle(python: Path, into: Path) -> Path:
    """Freeze the app with what `python` has installed; return the folder `into`/viewfinder, there whole.

    The table of what holds its size is printed, and written to build/bundle-sizes.txt.

    Raises:
        SetupError: It could not be made, or breaks a rule; the sentences tell which.
    """
    made = _freeze(python, _WORK / "dist")
    if sys.platform == "linux":
        _finish(made, python)
    into.mkdir(parents=True, exist_ok=True)
    return _put(made, into / made.name)


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _freeze(python: Path, into: Path) -> Path:
    places = ["--distpath", str(into), "--workpath", str(_WORK)]
    options = ["--noconfirm", "--log-level=ERROR", *places]
    # PyInstaller tells where it writes to of its own accord; "-P": the scripts here are no libraries
    _run("freeze the app", [str(python), "-P", "-m", "PyInstaller", *options, str(_SPEC)])
    return into / "viewfinder"


def _finish(made: Path, python: Path) -> None:
    trim(made, _home_of(python))
    told = table(made)
    say(f"What holds the size of the bundle:\n{told}")
    (_CHECKOUT / "build" / "bundle-sizes.txt").write_text(told, encoding="utf-8")
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
    """Move the folder `made` to `place`, where at each moment lies the old one or the new one."""
    former = _WORK / "former"
    shutil.rmtree(former, ignore_errors=True)
    if place.exists():
        place.rename(former)
    made.rename(place)
    shutil.rmtree(former, ignore_errors=True)
    return place


def _run(aim: str, command: list[str]) -> None:
    if status := subprocess.run(command, check=False, stdout=sys.stderr).returncode:
        raise SetupError(f"Could not {aim}: {Path(command[0]).name} ended with {status}, see above.")
