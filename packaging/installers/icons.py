"""The app's icons for the desktop: https://specifications.freedesktop.org/icon-theme-spec/latest/."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from empty_home import empty_home

from installers.places import CHECKOUT, LINUX
from installers.release import PACKAGE

SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
"""In px, of the drawings in pixels."""

_DRAWING = Path(__file__).with_name("draw_icons.py")
_SCALABLE = CHECKOUT / "resources" / "icons" / f"{PACKAGE}.svg"
_OTHERS = LINUX / "icons"


def put_icons(python: Path, theme: Path) -> None:
    """Fill the folder `theme`, as share/icons/hicolor; what is there under the same names is replaced.

    `python`: that of `.venv`. Raises `CalledProcessError` if an icon could not be drawn.
    """
    _copy(_SCALABLE, theme / "scalable" / "apps")
    _copy(_OTHERS / f"{PACKAGE}-symbolic.svg", theme / "symbolic" / "apps")
    tasks = []
    for size in SIZES:
        folder = theme / f"{size}x{size}" / "apps"
        folder.mkdir(parents=True, exist_ok=True)
        tasks += [str(_source(size)), str(size), str(folder / f"{PACKAGE}.png")]
    with empty_home() as env:
        subprocess.run([str(python), "-P", str(_DRAWING), *tasks], env=env, check=True)


def _source(size: int) -> Path:
    """Where lines are a pixel or two wide, a drawing of its own has them on whole pixels."""
    own = _OTHERS / f"{PACKAGE}-{size}.svg"
    return own if own.exists() else _SCALABLE


def _copy(file: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, folder / file.name)
