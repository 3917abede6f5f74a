"""How the app starts itself again as the image worker."""

import sys

WORKER_ARGUMENT = "--image-worker"


def worker_command() -> list[str]:
    """Program and arguments: the frozen executable itself, or this interpreter with the package."""
    if getattr(sys, "frozen", False):
        return [sys.executable, WORKER_ARGUMENT]
    return [sys.executable, "-m", "desktop", WORKER_ARGUMENT]
