"""What the child denies itself, seen from outside."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.worker.confine import LEAST_MEMORY, MOST_MEMORY, NICENESS, memory_limit
from desktop.worker.process import WorkerProcess

GB = 1 << 30


def confined(code: str) -> subprocess.CompletedProcess[str]:
    """Run `code` in a process that has confined itself."""
    whole = f"from desktop.worker.confine import *\nconfine()\n{code}"
    return subprocess.run([sys.executable, "-c", whole], capture_output=True, text=True, check=False)


def limits_of(pid: int) -> dict[str, str]:
    """The soft limits of a process, by Linux's names."""
    lines = Path(f"/proc/{pid}/limits").read_text(encoding="ascii").splitlines()[1:]
    return {line[:26].strip(): line[26:].split()[0] for line in lines}


def out_of_memory_score(pid: int) -> int:
    return int(Path(f"/proc/{pid}/oom_score_adj").read_text(encoding="ascii"))


def test_the_real_child_is_confined() -> None:
    async def scenario() -> None:
        process = WorkerProcess()
        try:
            await process.start("inspect")
            assert process.pid is not None
            limits = limits_of(process.pid)
            assert limits["Max core file size"] in ("0", "1")
            assert LEAST_MEMORY <= int(limits["Max data size"]) <= MOST_MEMORY
            assert out_of_memory_score(process.pid) == 1000
        finally:
            await process.aclose()

    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("physical", "expected"), [(2 * GB, GB), (4 * GB, 2 * GB), (8 * GB, 3 * GB), (64 * GB, 3 * GB)]
)
def test_memory_is_bounded_by_what_the_machine_has(physical: int, expected: int) -> None:
    assert memory_limit(physical) == expected


def test_python_is_told_when_the_memory_ends() -> None:
    ended = confined("bytearray(MOST_MEMORY + 1)")

    assert "MemoryError" in ended.stderr


def test_so_are_qts_pixels() -> None:
    ended = confined(
        "from PySide6.QtGui import QImage\n"
        "pixels = [QImage(20_000, 10_000, QImage.Format.Format_RGB32) for _ in range(5)]\n"
        "print(pixels[0].isNull(), pixels[4].isNull())"
    )

    assert ended.stdout.split() == ["False", "True"]


def test_reading_lets_the_window_go_first() -> None:
    async def scenario() -> None:
        process = WorkerProcess()
        try:
            for verb, steps in (("inspect", 0), ("read", NICENESS), ("read", NICENESS)):
                await process.start(verb)
                assert process.pid is not None
                own = os.getpriority(os.PRIO_PROCESS, 0)
                assert os.getpriority(os.PRIO_PROCESS, process.pid) == max(own, steps)
        finally:
            await process.aclose()

    asyncio.run(scenario())


def test_a_child_that_hangs_alone_ends_by_itself() -> None:
    ended = confined("live_for(0.05)\nwhile True: pass")

    assert ended.returncode == -signal.SIGALRM


def test_a_child_that_waits_stays() -> None:
    ended = confined("live_for(0.05)\nlive_for(0)\nprint(signal.getitimer(signal.ITIMER_REAL)[0])")

    assert ended.stdout.split() == ["0.0"]


@pytest.mark.parametrize(("before", "expected"), [("", False), ("keep_memory()", True)])
def test_the_memory_of_one_screenshot_serves_the_next(before: str, expected: bool) -> None:
    ended = confined(
        f"from PySide6.QtGui import QImage\n{before}\n"
        "def faults():\n"
        "    begin = resource.getrusage(resource.RUSAGE_SELF).ru_minflt\n"
        "    QImage(3840, 2160, QImage.Format.Format_RGB32).fill(1)\n"
        "    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - begin\n"
        "first, second = faults(), faults()\n"
        "print(second < first / 10)"
    )

    assert ended.stdout.split() == [str(expected)], ended.stderr
