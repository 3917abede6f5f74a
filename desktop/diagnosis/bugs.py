"""Where every exception arrives that nobody was to raise."""

import logging
from collections import Counter, deque
from collections.abc import Callable
from threading import RLock
from traceback import walk_tb
from types import TracebackType

MOST_PLACES = 100
"""Places that are told of; a bug that has more of them is told already."""

_INNERMOST = 3

_log = logging.getLogger(__name__)

Place = tuple[type[BaseException], str, tuple[tuple[str, int], ...]]


class Bugs:
    """Writes each bug to the log, and tells of it whoever listens, once for each place it comes from.

    From any thread. It raises nothing, and prints nothing: there is nobody above it.
    """

    def __init__(self) -> None:
        self._counts: Counter[Place] = Counter()
        # One thread may come in again: an object may be destroyed, and complain, at any moment.
        self._lock = RLock()
        self._tell: Callable[[], object] = _tell_nobody

    def listen(self, tell: Callable[[], object] | None) -> None:
        """Call `tell`, in whichever thread, for each place that is new; None: nobody any more."""
        self._tell = tell or _tell_nobody

    def note(self, error: BaseException, where: str) -> None:
        """`error` was raised in a `where` that catches nothing, a name of our own."""
        try:
            if self._write(error, where):
                self._tell()
        except Exception:  # noqa: BLE001, S110 - Python would print it, and `error` with all that it says
            pass

    def _write(self, error: BaseException, where: str) -> bool:
        """Whether it is the first of its place."""
        place = (type(error), where, _innermost(error.__traceback__))
        with self._lock:
            if place not in self._counts and len(self._counts) >= MOST_PLACES:
                return False
            self._counts[place] += 1
            times = self._counts[place]
        if times == 1:
            _log.error("a bug in a %s", where, exc_info=error)
        elif _is_round(times):
            _log.error("the same in a %s for the %d. time: %s", where, times, type(error).__name__)
        return times == 1


def _innermost(traceback: TracebackType | None) -> tuple[tuple[str, int], ...]:
    """Source file and line of the last frames."""
    frames = deque(walk_tb(traceback), _INNERMOST)
    return tuple((frame.f_code.co_filename, line) for frame, line in frames)


def _tell_nobody() -> None:
    """Before there is a window, and behind it."""


def _is_round(times: int) -> bool:
    """10, 100, 1000 …: a bug in each frame fills no log."""
    return str(times).strip("0") == "1"
