"""How the app starts itself again, as the image worker or for a check of `--selftest`."""

import sys

WORKER_ARGUMENT = "--image-worker"
CHECK_ARGUMENT = "--selftest-check"


def worker_command() -> list[str]:
    """The program as the image worker, and its arguments."""
    return own_command(WORKER_ARGUMENT)


def own_command(*arguments: str) -> list[str]:
    """Program and arguments: the frozen executable itself, or this interpreter with the package."""
    program = [] if getattr(sys, "frozen", False) else ["-m", "desktop"]
    return [sys.executable, *program, *arguments]
