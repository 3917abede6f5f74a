"""Whether a window can be opened at all: Qt ends the process where it cannot."""

import re
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

_SECONDS = 2.0
"""Longest wait for a display on another host."""
_X11 = re.compile(r"(?:unix|(?P<host>[^:/]*)):(?P<number>\d+)(?:\.\d+)?")
_X11_PORT = 6000
_WITHOUT_SCREEN = ("offscreen", "minimal", "vnc", "linuxfb", "eglfs")


def has_display(environ: Mapping[str, str]) -> bool:
    """Whether the display that `environ` names, as Qt reads it, answers."""
    if not sys.platform.startswith("linux"):
        return True
    if environ.get("QT_QPA_PLATFORM", "").partition(":")[0] in _WITHOUT_SCREEN:
        return True
    return _wayland_answers(environ) or _x11_answers(environ.get("DISPLAY", ""))


def _wayland_answers(environ: Mapping[str, str]) -> bool:
    name = environ.get("WAYLAND_DISPLAY", "")
    folder = environ.get("XDG_RUNTIME_DIR", "")
    return bool(name) and _connects(str(Path(folder, name)))


def _x11_answers(display: str) -> bool:
    match = _X11.fullmatch(display)
    if match is None:
        # A form of its own, such as macOS's socket paths: let Qt try.
        return bool(display)
    number = match["number"]
    if host := match["host"]:
        return _connects((host, _X11_PORT + int(number)))
    path = f"/tmp/.X11-unix/X{number}"  # noqa: S108 - where X servers listen
    return _connects(path) or _connects(f"\0{path}")


def _connects(address: str | tuple[str, int]) -> bool:
    try:
        if isinstance(address, tuple):
            socket.create_connection(address, timeout=_SECONDS).close()
        else:
            with socket.socket(socket.AF_UNIX) as unix:
                unix.connect(address)
    except OSError:
        return False
    return True
