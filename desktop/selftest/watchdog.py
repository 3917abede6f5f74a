"""The end that comes by itself, whatever hangs."""

import faulthandler
import os
import select
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

STATUS = 3
"""The exit status of a process that was ended here."""

CLEANING_UP = 4.0
"""Seconds that it may take; after that the process ends without it, with status 1."""


@contextmanager
def watched(
    seconds: float, clean_up: Callable[[], object], cleaning_up: float = CLEANING_UP
) -> Iterator[None]:
    """End the process after `seconds`, with `STATUS` and a sentence on stderr, unless this is left before.

    A thread does so, after `clean_up`. Should that hang too, or the interpreter itself, a timer of
    `faulthandler` does, which needs neither, after `cleaning_up` seconds more.
    """
    timer = threading.Timer(seconds, _end, (seconds, clean_up))
    timer.daemon = True
    with open(os.devnull, "w", encoding="ascii") as nowhere:  # noqa: PTH123 - no path
        faulthandler.dump_traceback_later(seconds + cleaning_up, exit=True, file=nowhere)
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            faulthandler.cancel_dump_traceback_later()


def _end(seconds: float, clean_up: Callable[[], object]) -> None:
    try:
        _say(f"Ended by the watchdog after {seconds:g} s: not everything was checked.\n")
        clean_up()
    finally:
        os._exit(STATUS)


def _say(sentence: str) -> None:
    """Unless whoever reads it has stopped to: that may be what hangs."""
    with suppress(OSError, ValueError):
        if sys.platform == "win32" or select.select([], [2], [], 0)[1]:
            os.write(2, sentence.encode())
