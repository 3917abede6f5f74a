"""Start the window, the terminal form, or the image worker. The worker's way imports next to nothing."""

import sys

from desktop.dumps import forbid_dumps
from desktop.worker.command import WORKER_ARGUMENT


def main() -> int:
    """Return the process's exit status."""
    forbid_dumps()
    if sys.argv[1:2] == [WORKER_ARGUMENT]:
        from desktop.worker.child import main as work  # noqa: PLC0415 - only this way needs it

        return work()
    from desktop.cli import main as run  # noqa: PLC0415 - the worker must not pay for it

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
