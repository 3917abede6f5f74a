"""When a program's first window stands on the screen, seen from outside as a user would: by its pixels."""

from __future__ import annotations

import ctypes
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence

from cpu_time import cpu_of

_ALL_PLANES, _Z_PIXMAP = 0xFFFFFFFF, 2  # <X11/Xlib.h>
_SECONDS_BETWEEN_LOOKS = 0.0005
_PATIENCE = 30.0
"""Seconds."""


class Screen:
    """The X screen `name`, on which no program but the measured one paints. No window manager moves it."""

    def __init__(self, name: str) -> None:
        self._x = ctypes.CDLL("libX11.so.6")
        for pointer in (self._x.XOpenDisplay, self._x.XGetImage):
            pointer.restype = ctypes.c_void_p
        for number in (self._x.XDefaultRootWindow, self._x.XGetPixel):
            number.restype = ctypes.c_ulong
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(name.encode()))
        assert self._display.value, f"no X server answers at {name}"
        self._root = ctypes.c_ulong(self._x.XDefaultRootWindow(self._display))
        sides = self._x.XDisplayWidth, self._x.XDisplayHeight
        self._middle = tuple(side(self._display, 0) // 2 for side in sides)
        self._empty = self._pixel()

    @property
    def is_painted(self) -> bool:
        """Whether the pixel in the middle is another one than it was without any window."""
        return self._pixel() != self._empty

    def _pixel(self) -> int:
        one = 1, 1, ctypes.c_ulong(_ALL_PLANES), _Z_PIXMAP
        image = ctypes.c_void_p(self._x.XGetImage(self._display, self._root, *self._middle, *one))
        try:
            return int(self._x.XGetPixel(image, 0, 0))
        finally:
            self._x.XDestroyImage(image)


def cpu_to_first_paint(screen: Screen, command: Sequence[str], environ: Mapping[str, str]) -> float:
    """Seconds of CPU that `command` takes until a window of its has painted the middle of `screen`."""
    _wait_until(lambda: not screen.is_painted, "what was there has gone")
    with subprocess.Popen(command, env=environ, stdin=subprocess.DEVNULL) as process:
        try:
            _wait_until(lambda: screen.is_painted or process.poll() is not None, f"{command} shows a window")
            assert process.poll() is None, f"{command} ended without a window"
            return cpu_of(process.pid)
        finally:
            process.terminate()


def _wait_until(is_so: Callable[[], bool], words: str) -> None:
    given_up = time.monotonic() + _PATIENCE
    while not is_so():
        assert time.monotonic() < given_up, f"not in {_PATIENCE:.0f} s: {words}"
        time.sleep(_SECONDS_BETWEEN_LOOKS)
