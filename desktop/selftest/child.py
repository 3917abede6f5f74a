"""One check in a process of its own: its finding goes to stdout, whatever libraries print to stderr."""

import faulthandler
import importlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from desktop.selftest.finding import CheckFailed, Finding, failed
from desktop.worker.command import CHECK_ARGUMENT, own_command

ALONE_SECONDS = 60
"""After that nobody waits for the finding any more, and the process ends whatever it hangs in."""


def check_command(module: str, folder: str) -> list[str]:
    """The command line that makes a check in a temporary `folder`."""
    return own_command(CHECK_ARGUMENT, module, folder)


def main(arguments: Sequence[str]) -> int:
    """Make the check that `check_command` names; return the exit status."""
    module, folder = arguments

    def check() -> Finding:
        found: Finding = importlib.import_module(f"desktop.selftest.checks.{module}").check(Path(folder))
        return found

    return tell(check)


def tell(check: Callable[[], Finding]) -> int:
    """Write what `check` finds on stdout, as one line of JSON."""
    faulthandler.enable()
    faulthandler.dump_traceback_later(ALONE_SECONDS, exit=True)
    answer = os.dup(1)
    os.dup2(2, 1)
    with os.fdopen(answer, "w", encoding="utf-8") as stdout:
        stdout.write(f"{_found(check).to_json()}\n")
    return 0


def _found(check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except CheckFailed as failure:
        return failed(str(failure))
    except Exception as error:  # noqa: BLE001 - whatever does not work is what is looked for
        return failed(f"{type(error).__name__}: {error}")
