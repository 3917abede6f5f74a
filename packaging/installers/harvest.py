"""What of PyInstaller's harvest belongs in the bundle: what the app loads, and whatever that needs.

What is loaded by name at run time (Qt's plugins) is listed, and so is what comes from the building machine;
the libraries below follow from what the kept files need.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from fnmatch import fnmatch
from pathlib import Path
from typing import NamedTuple

from installers.elf import read
from installers.isolate import PATTERNS

_PLUGINS = (
    *("platforms/libqxcb.so", "platforms/libqwayland.so", "platforms/libqoffscreen.so"),
    *("xcbglintegrations/*", "platforminputcontexts/lib[!q]*", "platformthemes/libqxdgdesktopportal.so"),
    *("wayland-decoration-client/*", "wayland-graphics-integration-client/libqt-plugin-wayland-egl.so"),
    *("wayland-graphics-integration-client/libdmabuf-server.so", "wayland-shell-integration/libxdg-shell.so"),
    *("iconengines/*", "imageformats/libq[!p]*"),  # not PDF
)
"""Windows, input methods (not Qt's keyboard on the screen), the portal's dialogs, images. No TLS: of Qt's
network only local sockets are used. Not GTK's theme: it would load a second GTK on GNOME.
"""

_TRANSLATIONS = ("qtbase_en.qm", "qtbase_zh_CN.qm")

_DESCRIPTIONS = ("METADATA", "entry_points.txt")
"""What tells a package's version, and which keyrings there are. The licences are told by our own notices."""

_PYTHON = "libpython3*"

_FROM_HERE = (
    _PYTHON,
    *PATTERNS,  # by names and versions that differ between distributions
    # What Qt's X11 plugin needs and many desktops do not bring.
    *("libxcb-cursor.so.*", "libxcb-icccm.so.*", "libxcb-image.so.*", "libxcb-keysyms.so.*"),
    *("libxcb-render-util.so.*", "libxcb-util.so.*", "libxcb-xkb.so.*"),
    *("libxkbcommon.so.*", "libxkbcommon-x11.so.*"),
)
"""Libraries of the building machine that go along. All others must be the user's own, above all those that
share state with the desktop, its drivers, or its other libraries: X, GLib, fonts, GL, the C++ runtime."""

_NEVER_IMPORTED = ("readline", "_curses*", "_uuid", "_tkinter", "_test*", "_xx*", "nis", "ossaudiodev")
"""Modules of Python's that are compiled, and that the app does without; `uuid` asks the kernel itself."""


_HOOK = "pyi_rth_"
"""How the names of scripts begin that PyInstaller runs at every start, the image worker's included, and that
load much. They prepare Qt by variables that every program inherits (PySide6 does without), lead OpenSSL to
providers that we do not bring, and imitate sources, folders of modules, and forks for code that asks.
"""


class Entry(NamedTuple):
    """A file to be collected, as PyInstaller has it: where to, where from, and what it is."""

    destination: str
    source: str
    kind: str


def kept(entries: Iterable[tuple[str, str, str]]) -> list[Entry]:
    """Those of `entries` that the app loads, with the libraries that they need."""
    wanted = [entry for entry in map(Entry._make, entries) if _is_wanted(entry)]
    libraries = {_name(entry): entry for entry in wanted if _is_library(entry)}
    return [entry for entry in wanted if not _is_library(entry)] + _needed_of(wanted, libraries)


def is_run(script: str) -> bool:
    """Whether the script of this name is run at each start: our own program, and the loader's."""
    return not script.startswith(_HOOK)


def is_kept_module(name: str) -> bool:
    """Whether a module of Python goes along; the one that goes not tells how and where Python was built."""
    return not name.startswith("_sysconfigdata")


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _is_wanted(entry: Entry) -> bool:
    if entry.kind == "SYMLINK":  # every library is found by the RUNPATH of what needs it
        return False
    if "Qt/plugins/" in entry.destination:
        return _matches(entry.destination.partition("Qt/plugins/")[2], _PLUGINS)
    if ".dist-info/" in entry.destination:
        return _name(entry) in _DESCRIPTIONS
    if "Qt/translations/" in entry.destination:
        return _name(entry) in _TRANSLATIONS
    if entry.kind == "EXTENSION":
        return not _matches(_name(entry).partition(".")[0], _NEVER_IMPORTED)
    return not _is_library(entry) or not _is_the_machines(entry) or _matches(_name(entry), _FROM_HERE)


def _needed_of(entries: Iterable[Entry], libraries: dict[str, Entry]) -> list[Entry]:
    """The `libraries`, by soname, that anything of `entries` needs, or that one of these needs."""
    found = {name: entry for name, entry in libraries.items() if fnmatch(name, _PYTHON)}
    looked_at = [entry for entry in entries if entry.kind == "EXTENSION" or _is_plugin(entry)]
    looked_at += found.values()
    while looked_at:
        elf = read(Path(looked_at.pop().source))
        for name in elf.needed if elf else ():
            if name in libraries and name not in found:
                found[name] = libraries[name]
                looked_at.append(libraries[name])
    return list(found.values())


def _is_library(entry: Entry) -> bool:
    return entry.kind == "BINARY" and not _is_plugin(entry)


def _is_plugin(entry: Entry) -> bool:
    return "Qt/plugins/" in entry.destination


def _is_the_machines(entry: Entry) -> bool:
    """Whether it comes neither with a package nor with Python."""
    return not any(
        Path(entry.source).is_relative_to(place) for place in {sys.prefix, sys.base_prefix} - {"/usr"}
    )


def _matches(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatch(name, pattern) for pattern in patterns)


def _name(entry: Entry) -> str:
    return Path(entry.destination).name
