"""What of the image worker's cage this kernel gives, and that the worker stands in it."""

import asyncio
import socket
import sys
from collections.abc import Callable
from pathlib import Path

from desktop.selftest.finding import CheckFailed, Finding, note, ok
from desktop.worker import landlock, seccomp
from desktop.worker.process import WorkerDied, WorkerProcess

_FILTERED = "Seccomp:\t2"
"""In /proc/PID/status, by proc(5)."""


def check(folder: Path) -> Finding:
    if sys.platform != "linux":
        return note("There is no cage on this system: the image worker is bounded in memory and time alone.")
    filters, version = seccomp.is_there(), landlock.version()
    if filters and _FILTERED not in asyncio.run(_status()):
        raise CheckFailed(
            "The image worker runs without its filter of system calls, though there are filters."
        )
    _enclose(folder, filters=filters, landlock_version=version)
    if filters and version:
        return ok(f"the image worker is shut in by Landlock {version} and seccomp")
    missing = " and ".join(name for name, there in (("Landlock", version), ("seccomp", filters)) if not there)
    return note(f"This kernel has no {missing}: images are decoded in a process with weaker bounds.")


async def _status() -> str:
    """What the kernel says of a worker at work."""
    worker = WorkerProcess(idle=None)
    try:
        await worker.start("inspect")
        status = Path(f"/proc/{worker.pid}/status")
        return await asyncio.to_thread(status.read_text, "utf-8")
    except WorkerDied as death:
        raise CheckFailed(f"The image worker cannot work: {death}.") from death
    finally:
        await worker.aclose()


def _enclose(folder: Path, *, filters: bool, landlock_version: int) -> None:
    """Do to this process as the worker does to itself, and try what it could not do then."""
    stranger = folder / "stranger"
    stranger.write_bytes(b"")
    if landlock_version and not (landlock.enclose() and _is_denied(stranger.read_bytes)):
        raise CheckFailed("Landlock is there, but a file of strangers could be read all the same.")
    if filters and not (seccomp.enclose() and _is_denied(socket.socket)):
        raise CheckFailed("Filters of system calls are there, but the network could be reached all the same.")


def _is_denied(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except PermissionError:
        return True
    return False
