"""Which plugins Qt takes: in a bundle its own alone, and what works where the one that is wanted does not."""

import sys
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QLibraryInfo

_PLATFORM = "QT_QPA_PLATFORM"
_WANTED, _LISTED = "QT_IM_MODULE", "QT_IM_MODULES"


def keep_to_own_plugins() -> None:
    """In a bundle, do not look where QT_PLUGIN_PATH leads: those of the system would bring its Qt along."""
    if getattr(sys, "frozen", False):
        QCoreApplication.setLibraryPaths([QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)])


@contextmanager
def platform_at_hand(environ: MutableMapping[str, str]) -> Iterator[None]:
    """While the application object is made, let Qt open its windows wherever it can.

    Many have QT_QPA_PLATFORM=wayland in all their sessions, or the name of a plugin that is not in the
    bundle; with that alone Qt ends the process, and who clicked in a menu sees nothing. Afterwards `environ`
    is as it was.
    """
    wanted = environ.get(_PLATFORM, "")
    if not wanted or ";" in wanted:
        yield
        return
    environ[_PLATFORM] = f"{wanted};wayland;xcb"
    try:
        yield
    finally:
        environ[_PLATFORM] = wanted


@contextmanager
def input_method_at_hand(environ: MutableMapping[str, str]) -> Iterator[None]:
    """While the application object is made, let Qt fall back on IBus for users of Fcitx.

    PySide6 brings no plugin for Fcitx, which speaks IBus's protocol too. Afterwards `environ` is as it was,
    for programs that the app starts.
    """
    wanted = environ.get(_WANTED, "")
    if not wanted.startswith("fcitx") or _LISTED in environ:
        yield
        return
    environ[_LISTED] = f"{wanted};ibus"
    try:
        yield
    finally:
        del environ[_LISTED]
