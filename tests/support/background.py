"""Programs that run beside a test, and end with it."""

import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any


@contextmanager
def running(
    command: Sequence[str], environ: Mapping[str, str], **streams: Any
) -> "Iterator[subprocess.Popen[bytes]]":
    """Run `command` while the `with` block runs. `streams` as for `Popen`; what is not named is dropped."""
    silent = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
    with subprocess.Popen(command, env=environ, **{**silent, **streams}) as process:
        try:
            yield process
        finally:
            _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Ask `process` to end, so that it can end what it started; make it end where it does not listen."""
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
