"""Processes that make a check each, one after another, and how each of them ends for certain."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import IO

from desktop.selftest.finding import Finding, failed

Child = subprocess.Popen[bytes]


class Children:
    """Starts one child at a time; on POSIX what a child has started itself ends with it."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = dict(environ)
        self._child: Child | None = None

    def ask(self, command: Sequence[str], seconds: float) -> Finding:
        """What `command` finds within `seconds`. Raises `OSError` where it cannot be started."""
        with tempfile.TemporaryFile() as said:
            child = self._child = self._started(command, said)
            try:
                answer, _ = child.communicate(timeout=seconds)
            except subprocess.TimeoutExpired:
                return failed(f"It did not end within {seconds:g} s and was ended.{_words(said)}")
            finally:
                self.end()
            return _finding(answer, child.returncode, said)

    def end(self) -> None:
        """Kill the child that runs, if one does: from any thread."""
        child, self._child = self._child, None
        if child is not None:
            _kill(child)
            child.wait()

    def _started(self, command: Sequence[str], said: IO[bytes]) -> Child:
        return subprocess.Popen(  # noqa: S603 - our own program
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=said,
            env=self._environ,
            start_new_session=True,
        )


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _kill(child: Child) -> None:
    if sys.platform == "win32":
        child.kill()
    else:
        with suppress(ProcessLookupError, PermissionError):  # macOS: nobody is left in the group
            os.killpg(child.pid, signal.SIGKILL)
    if child.stdout is not None:
        child.stdout.close()


def _finding(answer: bytes, status: int, said: IO[bytes]) -> Finding:
    with suppress(ValueError, TypeError):
        return Finding.from_json(answer.decode())
    return failed(f"Its process {_end(status)} before it had found anything.{_words(said)}")


def _end(status: int) -> str:
    with suppress(ValueError):
        if status < 0:
            return f"was ended by {signal.Signals(-status).name}"
    return f"ended with status {status}"


def _words(said: IO[bytes]) -> str:
    """What a child has written on stderr, as part of a sentence."""
    said.seek(0)
    words = said.read().decode(errors="replace").strip()
    return f" It said: {words}" if words else ""
