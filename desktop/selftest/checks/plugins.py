"""The plugins of Qt that the app needs, and that what they need of the system is there."""

import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QPluginLoader
from PySide6.QtGui import QIcon

from desktop.display import has_display
from desktop.paths import resource
from desktop.selftest.checks.qt import unseen_application
from desktop.selftest.finding import CheckFailed, Finding, note, ok

_EVERYWHERE = ("iconengines/qsvgicon", "imageformats/qjpeg", "imageformats/qwebp")

_OF_SYSTEM = {
    "linux": (
        *("platforms/qoffscreen", "platformthemes/qxdgdesktopportal"),
        *("wayland-shell-integration/xdg-shell", "wayland-decoration-client/bradient"),
    ),
    "darwin": ("platforms/qcocoa",),
    "win32": ("platforms/qwindows",),
}
"""Folder and name of each, without what systems put before and behind names of libraries."""

_SCREENS = {"linux": ("platforms/qxcb", "platforms/qwayland")}
"""Of these a session needs one."""

_SIDE = 32
"""Of the icon, in px; its middle is no hole."""


def check(_folder: Path) -> Finding:
    has_screen = has_display(os.environ)
    application = unseen_application()
    others, screens = (*_EVERYWHERE, *_OF_SYSTEM.get(sys.platform, ())), _SCREENS.get(sys.platform, ())
    load_all(others)
    lacking = unloadable(screens)
    # Without a display nobody can tell which will be wanted.
    if lacking and (len(lacking) == len(screens) or not has_screen):
        raise CheckFailed(_told(lacking))
    _draw_icon()
    application.quit()
    if lacking:
        return note(f"The other kind of session will have no window. {_told(lacking)}")
    names = ", ".join(name.partition("/")[2] for name in (*others, *screens))
    return ok(f"{names}: loaded, and an SVG icon drawn")


def load_all(names: Iterable[str]) -> None:
    """Load Qt's plugins by folder and name, as in the tables above. Raises `CheckFailed`."""
    if lacking := unloadable(names):
        raise CheckFailed(_told(lacking))


def unloadable(names: Iterable[str]) -> dict[str, str]:
    """What is wrong with those of the plugins `names` that do not load.

    Raises `CheckFailed` for one that the installation lacks: of the system they may need what is not there.
    """
    return {name: fault for name in names if (fault := _fault(_file(name)))}


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _told(faults: Mapping[str, str]) -> str:
    return " ".join(f"Qt's plugin {name} does not load: {fault}." for name, fault in faults.items())


def _file(name: str) -> Path:
    folder, _, plugin = name.partition("/")
    places = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath), folder)
    for file in places.glob("*"):
        if file.stem.removeprefix("lib") == plugin:
            return file
    raise CheckFailed(f"Qt's plugin {name} is not in this installation.")


def _fault(file: Path) -> str:
    loader = QPluginLoader(str(file))
    return "" if loader.load() else loader.errorString().removeprefix(f"Cannot load library {file}: ")


def _draw_icon() -> None:
    icon = QIcon(str(resource("icons", "viewfinder.svg"))).pixmap(_SIDE).toImage()
    if icon.isNull() or not icon.pixelColor(_SIDE // 2, _SIDE // 2).alpha():
        raise CheckFailed("The app's icon, an SVG, is not drawn.")
