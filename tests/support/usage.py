"""What a process takes of the machine, as Linux tells it."""

import os
import time
from pathlib import Path
from typing import NamedTuple, Self

_TICKS = os.sysconf("SC_CLK_TCK")


class Usage(NamedTuple):
    """At one moment. `cpu` of all its threads and `main` of its first one, in seconds; `memory` in MB.

    `at` is of `time.monotonic`.
    """

    at: float
    cpu: float
    main: float
    memory: float

    @classmethod
    def of(cls, pid: int) -> Self:
        process = Path(f"/proc/{pid}")
        return cls(
            time.monotonic(),
            _seconds(process / "stat"),
            _seconds(process / "task" / str(pid) / "stat"),
            _resident(process / "status"),
        )


def _seconds(stat: Path) -> float:
    # Behind the name, which stands in brackets and may hold anything; the third is the first of them.
    fields = stat.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _resident(status: Path) -> float:
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024
