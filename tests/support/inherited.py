"""A process that begins as `viewfinder` does and then starts programs; it prints what each of them was told.

    python -m tests.support.inherited

The environment of each is read from /proc, or told by a stand-in for a program that is looked for in PATH.
"""

import asyncio
import ctypes.util
import json
import os
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QProcess

from desktop.cli import main
from desktop.worker.process import WorkerProcess

_TELL_TALE = "#!/bin/sh\ncat /proc/$$/environ >> {told}\nexit 1\n"


def of_a_program() -> str:
    return subprocess.run(["cat", "/proc/self/environ"], capture_output=True, text=True, check=True).stdout


def of_a_program_of_qt() -> str:
    """As `QDesktopServices` starts `xdg-open`."""
    process = QProcess()
    process.start("cat", ["/proc/self/environ"])
    process.waitForFinished()
    return process.readAllStandardOutput().toStdString()


def of_a_search_for_a_library(folder: Path) -> str:
    """As keyring's backends look for libsecret: `find_library` asks gcc and ld, if there are any."""
    told = folder / "told"
    for name in ("gcc", "cc", "ld"):
        (folder / name).write_text(_TELL_TALE.format(told=told))
        (folder / name).chmod(0o700)
    os.environ["PATH"] = f"{folder}{os.pathsep}{os.environ['PATH']}"
    ctypes.util.find_library("no-such-library")
    return told.read_text()


async def of_the_image_worker() -> str:
    worker = WorkerProcess()
    try:
        await worker.start("inspect")
        return await asyncio.to_thread(Path(f"/proc/{worker.pid}/environ").read_text)
    finally:
        await worker.aclose()


def _report() -> dict[str, str]:
    with tempfile.TemporaryDirectory() as folder:
        return {
            "program": of_a_program(),
            "Qt": of_a_program_of_qt(),
            "library": of_a_search_for_a_library(Path(folder)),
            "worker": asyncio.run(of_the_image_worker()),
        }


if __name__ == "__main__":
    with suppress(SystemExit):
        main(["--version"])
    json.dump(_report(), sys.stdout)
