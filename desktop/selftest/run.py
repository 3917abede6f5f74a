"""Makes the checks one after another, and ends by itself within a minute."""

import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from typing import TextIO

from desktop.selftest import watchdog
from desktop.selftest.catalog import CHECKS, Check
from desktop.selftest.child import check_command
from desktop.selftest.finding import Finding, failed
from desktop.selftest.process import Children, Closed
from desktop.selftest.report import Report
from desktop.worker.environment import child_environment

FAILED = 1
INTERRUPTED = 130

SECONDS, WATCHDOG_SECONDS = 50.0, 55.0
"""For all checks together, and until the watchdog bites. With what that may take it is a minute at most."""

Command = Callable[[str, str], Sequence[str]]


def run(
    out: TextIO,
    *,
    as_json: bool = False,
    checks: Sequence[Check] = CHECKS,
    command: Command = check_command,
    seconds: float = SECONDS,
    watchdog_seconds: float = WATCHDOG_SECONDS,
) -> int:
    """Make `checks`, each in the process that `command` starts; return the exit status.

    0: all is well. 1: something failed. 3: the watchdog ended it, or there was no time left for a check.
    Nothing of the user's is touched: what is written goes into a folder of its own.
    """
    folder = tempfile.mkdtemp(prefix="viewfinder-selftest-")
    children = Children(_environ(folder))

    def clean_up() -> None:
        children.close()
        shutil.rmtree(folder, ignore_errors=True)

    def make(check: Check, left: float) -> Finding:
        try:
            return children.ask(command(check.module, folder), min(left, check.seconds))
        except OSError as error:
            return failed(f"Its process could not be started: {error}")

    # As Ctrl+C does: it leaves no child behind.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with watchdog.watched(watchdog_seconds, clean_up):
            return _checked(checks, make, Report(out, checks, as_json=as_json), time.monotonic() + seconds)
    except Closed:
        # By the watchdog, which is about to end the process.
        return watchdog.STATUS
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read it has seen enough. At its end Python would write again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return INTERRUPTED
    finally:
        clean_up()


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _checked(
    checks: Sequence[Check], make: Callable[[Check, float], Finding], report: Report, end: float
) -> int:
    """Make `checks` until `end`, on the monotonic clock; return the exit status."""
    report.begin()
    for check in checks:
        left = end - time.monotonic()
        if left <= 0:
            report.tell(check.name, failed("There was no time left for it."))
            return watchdog.STATUS
        report.tell(check.name, make(check, left))
    report.end()
    return 0 if report.is_well else FAILED


def _environ(folder: str) -> dict[str, str]:
    """What children are told: to find this very package, and to leave nothing but in `folder`."""
    return {**os.environ, **child_environment({}), "TMPDIR": folder}
