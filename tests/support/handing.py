"""Starts of the app without its window: what they claim, and what they say to a running one.

As a program, `python -m tests.support.handing DATA PATIENCE IMAGE…` claims the app of the folder DATA, and
prints `handed over`, the kind of the error, or `first`; then it is the app until its stdin ends.
"""

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from desktop.domain.handover_errors import HandoverError
from desktop.instance.claim import claim
from desktop.instance.message import Handover
from desktop.instance.place import MeetingPlace, meeting_place
from tests.support.scripts import CHECKOUT


class Start:
    """One start in a process of its own."""

    def __init__(self, process: "subprocess.Popen[str]", threads: Executor) -> None:
        self._process = process
        self._threads = threads

    async def outcome(self) -> str:
        """What came of it, once that is known."""
        assert self._process.stdout is not None
        loop = asyncio.get_running_loop()
        return (await loop.run_in_executor(self._threads, self._process.stdout.readline)).strip()

    async def kill(self) -> None:
        """End it as `kill -9` does."""
        self._process.kill()
        await asyncio.to_thread(self._process.wait)

    async def end(self) -> None:
        """Let the app end by itself."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        await asyncio.to_thread(self._process.wait)


class Starts:
    """Starts of the app whose data are in `data`, all of one user."""

    def __init__(self, data: Path, runtime: Path, stack: ExitStack) -> None:
        self._data = data
        self._stack = stack
        # The loop's own two threads could both wait for those that wait for the others.
        self._threads = stack.enter_context(ThreadPoolExecutor(16))
        self._environ = os.environ | {"XDG_RUNTIME_DIR": str(runtime), "PYTHONPATH": str(CHECKOUT)}
        self.place = meeting_place(data, self._environ)

    def begin(self, *images: str, patience: float = 20.0) -> Start:
        command = [sys.executable, "-m", "tests.support.handing", str(self._data), str(patience), *images]
        process = subprocess.Popen(
            command, env=self._environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._stack.enter_context(process)
        self._stack.callback(process.kill)
        return Start(process, self._threads)


@contextmanager
def starts() -> Iterator[Starts]:
    """Starts that know each other; those that still run are ended with the block."""
    # Not below pytest's own folder: a socket's path may have 107 bytes.
    with tempfile.TemporaryDirectory(prefix="starts-") as folder, ExitStack() as stack:
        yield Starts(Path(folder, "data"), Path(folder), stack)


class Caller:
    """Somebody on the socket who says what a start would not."""

    def __init__(self, place: MeetingPlace) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(place.address)
        self._socket.settimeout(30)

    async def say(self, words: bytes) -> None:
        await asyncio.to_thread(self._say, words)

    async def answer(self) -> bytes:
        """All that is said back until the other side hangs up."""
        heard = await asyncio.to_thread(self._heard)
        self._socket.close()
        return heard

    def leave(self) -> None:
        self._socket.close()

    def _say(self, words: bytes) -> None:
        # Of what is too much, the other side does not wait for the end.
        with suppress(BrokenPipeError, ConnectionResetError):
            self._socket.sendall(words)

    def _heard(self) -> bytes:
        heard = bytearray()
        with suppress(ConnectionResetError):
            while more := self._socket.recv(4096):
                heard += more
        return bytes(heard)


def main() -> None:
    data, patience, *images = sys.argv[1:]
    place = meeting_place(Path(data), os.environ)
    try:
        lock = claim(Handover(tuple(images)), place, float(patience))
    except HandoverError as error:
        print(error.kind, flush=True)
        return
    if lock is None:
        print("handed over", flush=True)
        return
    with lock:
        print("first", flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
