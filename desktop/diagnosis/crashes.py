"""What is left of a run that the system ended: the frames of all threads, and no word of what they held."""

import faulthandler
import os
import time
from pathlib import Path

from desktop.private import open_to_append

CRASH = "crash.txt"
WORKER_CRASH = "worker-crash.txt"
KEPT_CRASHES = 3
MAX_BYTES = 64 * 1024
"""Of a crash that is kept: some 30 threads."""


def watch_for_crashes(folder: Path) -> bool:
    """Have Python write into `crash.txt` in `folder` should this process crash; keep what is there.

    Whether the run before this one crashed. For the one process that has the folder to itself.
    """
    try:
        has_crashed = _keep(folder / CRASH)
        faulthandler.enable(open_to_append(folder / CRASH), all_threads=True)
    except OSError:
        return False
    return has_crashed


def open_for_crashes(path: Path) -> int:
    """Open the file into which children of ours write that crash; from `MAX_BYTES` on it begins anew.

    Gives its descriptor. Raises `OSError`.
    """
    handle = open_to_append(path)
    if os.fstat(handle).st_size > MAX_BYTES:
        os.ftruncate(handle, 0)
    return handle


def kept_crashes(folder: Path) -> list[Path]:
    """The crashes that were kept, the latest first."""
    return sorted(folder.glob("crash-*.txt"), reverse=True)


def _keep(left: Path) -> bool:
    """Put aside what a run has left, under the time of its end."""
    if not left.exists() or not (about := left.stat()).st_size:
        return False
    os.truncate(left, min(about.st_size, MAX_BYTES))
    left.replace(left.with_name(time.strftime("crash-%Y%m%d-%H%M%S.txt", time.gmtime(about.st_mtime))))
    for old in kept_crashes(left.parent)[KEPT_CRASHES:]:
        old.unlink(missing_ok=True)
    return True
