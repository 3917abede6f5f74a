"""One child process and the thread that talks with it.

The pipes are blocking ones and the thread waits for them: a loop's own pipes would have its thread write
every 64 KB of an image itself, which costs the window 4 ms on 4 MB.
"""

import asyncio
import contextlib
import os
import subprocess
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from desktop.diagnosis.crashes import open_for_crashes
from desktop.worker.environment import child_environment
from desktop.worker.wire import LAST, Frame, WireError, read_frame, write_frame

_NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)

Result = TypeVar("Result")


class Channel:
    """Starts `command` and speaks frames with it. Methods raise `OSError`, and `WireError` at its end.

    What it writes on stderr, which is where it was if it crashes, goes into `crashes` (None: nowhere).
    """

    def __init__(self, command: Sequence[str], crashes: Path | None = None) -> None:
        self._command = command
        self._crashes = crashes
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="image worker")
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The child's process id, once it was started."""
        return self._process.pid if self._process else None

    @property
    def has_left(self) -> bool:
        """Whether the child has ended by itself."""
        return self._process is not None and self._process.poll() is not None

    async def open(self) -> None:
        await self._in_thread(self._spawn)

    async def ask(self, request: Frame) -> Frame:
        """Send `request` and wait for the first frame of its answer."""
        return await self._in_thread(lambda: self._ask(request))

    async def ask_for_all(self, request: Frame) -> list[Frame]:
        """Send `request` and wait for all frames of its answer; the last says how it ended."""
        return await self._in_thread(lambda: self._ask_for_all(request))

    async def next(self) -> Frame:
        """Wait for the next frame of an answer."""
        return await self._in_thread(self._next)

    def end(self) -> "Future[None]":
        """Kill the child at once, whatever it is at; done when it is gone."""
        self.kill()
        # Behind whatever the thread is at; the child's death ends that.
        gone = self._thread.submit(self._bury)
        self._thread.shutdown(wait=False)
        return gone

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()

    async def _in_thread(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    # ── in the thread ───────────────────────────────────────────────────────────────────────────

    def _spawn(self) -> None:
        with _errors(self._crashes) as errors:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=child_environment(),
                creationflags=_NO_WINDOW,
            )

    def _ask(self, request: Frame) -> Frame:
        assert self._process is not None
        assert self._process.stdin is not None
        write_frame(self._process.stdin, request)
        return self._next()

    def _ask_for_all(self, request: Frame) -> list[Frame]:
        frames = [self._ask(request)]
        while frames[-1].kind not in LAST:
            frames.append(self._next())
        return frames

    def _next(self) -> Frame:
        assert self._process is not None
        assert self._process.stdout is not None
        frame = read_frame(self._process.stdout)
        if frame is None:
            raise WireError("the stream ended between frames")
        return frame

    def _bury(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            with contextlib.suppress(OSError):  # what was not taken cannot be flushed
                pipe.close()
        self._process.wait()


@contextlib.contextmanager
def _errors(crashes: Path | None) -> Iterator[int]:
    """What a child gets as stderr."""
    try:
        handle = subprocess.DEVNULL if crashes is None else open_for_crashes(crashes)
    except OSError:
        handle = subprocess.DEVNULL
    try:
        yield handle
    finally:
        if handle != subprocess.DEVNULL:
            os.close(handle)
