"""`viewfinder --selftest` with checks that end badly: `python -m tests.support.failing_selftest CHECK…`.

The option `--watchdog SECONDS` comes first. A check that starts a program writes its id to STARTED.
"""

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import NoReturn

from desktop.selftest.catalog import Check
from desktop.selftest.child import tell
from desktop.selftest.finding import CheckFailed, Finding, note, ok
from desktop.selftest.run import WATCHDOG_SECONDS, run

CHILD = "--check"
STARTED = "STARTED"
LIMIT = 2.0
"""Seconds that `hangs` has: a busy machine must start its child in them. The others have far more."""


def _works() -> Finding:
    print("what libraries print")
    return ok("as it should be")


def _lacks() -> Finding:
    return note("Something is not there.")


def _fails() -> NoReturn:
    raise CheckFailed("It does not work.\x1b[31m")


def _raises() -> NoReturn:
    raise ZeroDivisionError("of a library")


def _aborts() -> NoReturn:
    print("no Qt platform plugin", file=sys.stderr, flush=True)
    os.abort()


def _leaves() -> NoReturn:
    os._exit(7)


def _hangs() -> NoReturn:
    child = subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"])
    file = Path(os.environ[STARTED])
    file.with_suffix(".part").write_text(f"{child.pid}", "ascii")
    file.with_suffix(".part").rename(file)
    threading.Event().wait()
    raise AssertionError


_CHECKS = {
    "works": _works,
    "lacks": _lacks,
    "fails": _fails,
    "raises": _raises,
    "aborts": _aborts,
    "leaves": _leaves,
    "hangs": _hangs,
}


def main(arguments: list[str]) -> int:
    if arguments[0] == CHILD:
        return tell(_CHECKS[arguments[1]])
    watchdog_seconds, limit = WATCHDOG_SECONDS, LIMIT
    if arguments[0] == "--watchdog":
        _, seconds, *arguments = arguments
        watchdog_seconds, limit = float(seconds), WATCHDOG_SECONDS
    checks = [Check(name, name, limit if name == "hangs" else WATCHDOG_SECONDS) for name in arguments]

    def command(module: str, _folder: str) -> list[str]:
        return [sys.executable, "-m", "tests.support.failing_selftest", CHILD, module]

    return run(sys.stdout, checks=checks, command=command, watchdog_seconds=watchdog_seconds)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
