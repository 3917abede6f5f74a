"""Processes that make a check each, one after another, and how each of them ends for certain."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import IO

from desktop.selftest.finding import Finding, failed

Child = subprocess.Popen[bytes]

_FATAL = "Fatal Python error:"
"""How `faulthandler` begins to tell of a crash."""


class Closed(Exception):
    """No child is started any more."""


class Children:
    """Starts one child at a time; on POSIX what a child has started itself ends with it."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = dict(environ)
        self._lock = threading.Lock()
        self._child: Child | None = None
        self._is_closed = False

    def ask(self, command: Sequence[str], seconds: float) -> Finding:
        """What `command` finds within `seconds`.

        Raises `OSError` where it cannot be started, `Closed` after `close`.
        """
        with tempfile.TemporaryFile() as said:
            with self._started(command, said) as child:
                try:
                    answer, _ = child.communicate(timeout=seconds)
                except subprocess.TimeoutExpired:
                    return failed(f"It did not end within {seconds:g} s and was ended.{_words(said)}")
            return _finding(answer, child.returncode, said)

    def close(self) -> None:
        """Kill the child that runs, if one does, and start no other: from any thread."""
        with self._lock:
            self._is_closed = True
            if self._child is not None:
                _kill(self._child)

    @contextmanager
    def _started(self, command: Sequence[str], said: IO[bytes]) -> Iterator[Child]:
        """A child; it is gone afterwards, and all that it started."""
        with self._lock:
            if self._is_closed:
                raise Closed
            self._child = self._process(command, said)
        try:
            with self._child as child:
                try:
                    yield child
                finally:
                    _kill(child)
        finally:
            with self._lock:
                self._child = None

    def _process(self, command: Sequence[str], said: IO[bytes]) -> Child:
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
    words = said.read().decode(errors="replace")
    # Behind it stand the frames of Python, which say less than the library that gave up.
    why = words.partition(_FATAL)[0].strip() or words.strip()
    return f" It said: {why}" if why else ""
