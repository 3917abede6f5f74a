"""How long the window's thread is held, watched from inside of a running app.

    python -m tests.support.holds REPORT [ARGUMENT…]

runs the app with these arguments, and writes into REPORT, as it ends, a list of `Hold` as JSON.
"""

import json
import sys
import threading
import time
from asyncio import AbstractEventLoop
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import NamedTuple, Self
from unittest.mock import patch

from PySide6.QtCore import QCoreApplication, Qt, QTimer

from desktop.cli import main as run
from desktop.runtime.loop import qt_loop

LEAST = 0.008
"""Seconds: what is shorter is not told."""

_BEAT_MS = 2
_LOOK_SECONDS = 0.003
_DEPTH = 14
"""So many callers are told."""


class Hold(NamedTuple):
    """The event loop did not come round for `wall` seconds. Measured a beat, 2 ms, too long at most.

    Its thread ran for `cpu` of them; else it slept, or waited for its turn behind other threads and other
    programs. `at` is of `time.monotonic`, which all processes of a machine share. `stacks` are looks at the
    thread, some ms apart: "file:line function", the innermost first.
    """

    at: float
    wall: float
    cpu: float
    stacks: list[list[str]]


class Watch:
    """A heart that beats in the window's thread, and a thread that looks where it stops."""

    def __init__(self) -> None:
        self.holds: list[Hold] = []
        self._timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=_BEAT_MS)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._thread = threading.get_ident()
        self._beat, self._cpu = time.monotonic(), time.thread_time()
        self._stacks: list[list[str]] = []
        self._ended = threading.Event()
        self._looker = threading.Thread(target=self._look, name="looks for holds", daemon=True)

    def __enter__(self) -> Self:
        self._timer.start()
        self._looker.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.stop()
        self._ended.set()
        self._looker.join()

    def _on_timer_timeout(self) -> None:
        now, cpu = time.monotonic(), time.thread_time()
        stacks, self._stacks = self._stacks, []
        if now - self._beat >= LEAST:
            self.holds.append(Hold(self._beat, now - self._beat, cpu - self._cpu, stacks))
        self._beat, self._cpu = now, cpu

    def _look(self) -> None:
        while not self._ended.wait(_LOOK_SECONDS):
            if time.monotonic() - self._beat >= LEAST / 2:
                self._stacks.append(_told(sys._current_frames().get(self._thread)))


def _told(frame: FrameType | None) -> list[str]:
    callers: list[str] = []
    while frame is not None and len(callers) < _DEPTH:
        code = frame.f_code
        callers.append(f"{'/'.join(Path(code.co_filename).parts[-2:])}:{frame.f_lineno} {code.co_qualname}")
        frame = frame.f_back
    return callers


def read(report: Path) -> list[Hold]:
    """What was written there."""
    return [Hold(*told) for told in json.loads(report.read_text("utf-8"))]


def main() -> int:
    report, arguments = Path(sys.argv[1]), sys.argv[2:]

    @contextmanager
    def watched_loop(app: QCoreApplication) -> Iterator[AbstractEventLoop]:
        with qt_loop(app) as loop, Watch() as watch:
            yield loop
        report.write_text(json.dumps(watch.holds), "utf-8")

    with patch("desktop.app.qt_loop", watched_loop):
        return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
