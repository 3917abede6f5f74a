"""What the child denies itself, so that one image can cost no more than that child.

Linux enforces all of it. macOS takes the limit on memory without enforcing it on what is mapped: there, and
on Windows, which has none of this, only the judgement of an image's declared size bounds what it takes.
"""

import contextlib
import ctypes
import os
import signal
import sys
from pathlib import Path

if sys.platform != "win32":
    import resource

    def _lower(kind: int, limit: int) -> None:
        _, hard = resource.getrlimit(kind)
        lowered = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(kind, (lowered, lowered))


MOST_MEMORY, LEAST_MEMORY = 3 << 30, 1 << 30
"""Bytes of writable memory: half of the machine's, between these two. 120 megapixels in 4 channels take
1.0 GB with one copy, and 1.3 GB to be read; to read a common screen takes less than 0.9 GB."""

NICENESS = 10
"""On two cores a timer of the window's is late by 1.3 ms at p99 then, instead of 4.6, while text is read; the
reading takes no longer. (By 5: 2.9 ms.)"""

LARGEST_KEPT, KEPT_MEMORY = 32 << 20, 64 << 20
"""Bytes: the most that glibc lets one block have, which is a 4K screen in 4 channels; and two of these."""

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3
"""malloc.h's numbers."""

ALONE_SECONDS = 600
"""Twice as long as the app waits for any frame: after that there is no app."""


def confine() -> None:
    """Bound this process's memory, and go first when memory ends."""
    if sys.platform != "win32":
        physical = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        # Not RLIMIT_AS: each of a network's threads reserves 64 MB of addresses that it never touches.
        _lower(resource.RLIMIT_DATA, memory_limit(physical))
    if sys.platform == "linux":
        with contextlib.suppress(OSError):  # no /proc, or a stricter parent
            Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


def memory_limit(physical: int) -> int:
    """Bytes, for a machine that has `physical` bytes."""
    return max(LEAST_MEMORY, min(MOST_MEMORY, physical // 2))


def step_back() -> None:
    """Let the window's threads go first. Only threads that are started afterwards follow."""
    if sys.platform != "win32":
        os.nice(max(0, NICENESS - os.nice(0)))


def keep_memory() -> None:
    """Keep up to `KEPT_MEMORY` that one image took for the next one.

    glibc gives large blocks back at once, and the kernel clears every page of the next one: a tenth of
    what decoding a screenshot costs. Elsewhere the system's own way holds.
    """
    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
        if mallopt is not None:
            mallopt(_M_MMAP_THRESHOLD, LARGEST_KEPT)
            mallopt(_M_TRIM_THRESHOLD, KEPT_MEMORY)


def live_for(seconds: float) -> None:
    """End this process then, whatever library it hangs in; 0: stay.

    The app kills a child that is silent. This is for the child of an app that was killed itself.
    """
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)
