"""Where an image worker was when it crashed, and nothing of what it had before it."""

import os
import signal
import stat
from pathlib import Path

import pytest

from desktop.diagnosis.crashes import MAX_BYTES, WORKER_CRASH
from desktop.diagnosis.report import report
from desktop.worker.process import WorkerDied, WorkerFailed, WorkerProcess
from tests.conftest import Run
from tests.support.diagnosing import SECRET


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS])
def test_its_frames_are_kept_for_the_report(number: signal.Signals, run: Run, tmp_path: Path) -> None:
    crashes = tmp_path / "log" / WORKER_CRASH

    async def scenario() -> None:
        process = WorkerProcess(crashes=crashes)
        await ended_by(process, number)
        await process.start("inspect")  # another takes its place
        await process.aclose()

    run(scenario())
    text = report({}, crashes.parent)
    assert text.startswith(f"{WORKER_CRASH}:\n```\nFatal Python error: ")
    assert "\n  desktop/worker/child.py, line " in text
    assert stat.S_IMODE(crashes.stat().st_mode) == 0o600


def test_what_is_said_on_stderr_goes_nowhere(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        process = WorkerProcess(crashes=tmp_path / WORKER_CRASH)
        await process.start("inspect")
        assert streams_of(process) == [Path(os.devnull)] * 3
        with pytest.raises(WorkerFailed):
            async for _ in process.request(SECRET):
                pass
        await process.aclose()

    run(scenario())
    assert (tmp_path / WORKER_CRASH).read_bytes() == b""


def test_who_is_killed_has_not_crashed(run: Run, tmp_path: Path) -> None:
    run(ended_by(WorkerProcess(crashes=tmp_path / WORKER_CRASH), signal.SIGKILL))

    assert (tmp_path / WORKER_CRASH).read_bytes() == b""


def test_thousands_of_crashes_are_not_all_kept(run: Run, tmp_path: Path) -> None:
    crashes = tmp_path / WORKER_CRASH
    crashes.write_bytes(b"x" * (MAX_BYTES + 1))
    run(ended_by(WorkerProcess(crashes=crashes), signal.SIGSEGV))

    assert crashes.stat().st_size < MAX_BYTES


def test_where_nothing_can_be_written_it_works_all_the_same(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    async def scenario() -> None:
        process = WorkerProcess(crashes=tmp_path / "file" / WORKER_CRASH)
        await process.start("inspect")
        await process.aclose()

    run(scenario())


def streams_of(process: WorkerProcess) -> list[Path]:
    """Where its stdin, stdout and stderr lead."""
    return [Path(f"/proc/{process.pid}/fd/{number}").readlink() for number in range(3)]


async def ended_by(process: WorkerProcess, number: signal.Signals) -> None:
    """Until the child has died of a signal."""
    await process.start("inspect")
    assert process.pid is not None
    os.kill(process.pid, number)
    try:
        await process.start("inspect")
    except WorkerDied:
        return
    await process.aclose()
