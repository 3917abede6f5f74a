"""Start the window, the terminal form, or the image worker. The worker's way imports nothing else."""

import sys

from desktop.worker.command import WORKER_ARGUMENT


def main() -> int:
    """Return the process's exit status."""
    if sys.argv[1:2] == [WORKER_ARGUMENT]:
        from desktop.worker.child import main as work  # noqa: PLC0415 - only this way needs it

        return work()
    from desktop.cli import main as run  # noqa: PLC0415 - the worker must not pay for it

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
