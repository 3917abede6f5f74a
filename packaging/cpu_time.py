"""CPU time, user and system together, of this process and of others; Linux only."""

from __future__ import annotations

import time

_PROCESS_CLOCK = 2  # CPUCLOCK_SCHED of Linux's <linux/posix-timers.h>, for a whole process


def cpu_of(pid: int) -> float:
    """Seconds of CPU that process `pid` has used, by all its threads, those that ended included."""
    return time.clock_gettime((~pid << 3) | _PROCESS_CLOCK)
