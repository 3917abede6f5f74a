"""Start the window, the terminal form, the image worker, or a check of `--selftest`.

The worker's way imports next to nothing.
"""

import os
import sys

from desktop.bundled import hold_modules, restore
from desktop.dumps import forbid_dumps
from desktop.worker.command import CHECK_ARGUMENT, WORKER_ARGUMENT


def main() -> int:
    """Return the process's exit status."""
    restore(os.environ)
    forbid_dumps()
    if sys.argv[1:2] == [WORKER_ARGUMENT]:
        from desktop.worker.child import main as work  # noqa: PLC0415 - only this way needs it

        return work()
    if sys.argv[1:2] == [CHECK_ARGUMENT]:
        from desktop.selftest.child import main as check  # noqa: PLC0415 - the same

        return check(sys.argv[2:])
    hold_modules()
    from desktop.cli import main as run  # noqa: PLC0415 - the worker must not pay for it

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
