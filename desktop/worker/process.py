"""A handle on one child process that answers requests about images.

The app makes two of them, one that inspects pixels and one that reads text: stopping a read kills its
child, and that must not disturb an image that is being decoded for the next question.
"""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import Any

from desktop.worker.command import worker_command
from desktop.worker.environment import child_environment
from desktop.worker.wire import (
    END,
    FAILED,
    PREFIX,
    REFUSED,
    Frame,
    Refusal,
    WireError,
    lengths,
    pack,
    unpack,
)

CHUNK = 1 << 20
"""Bytes written at once: a larger payload is not copied whole into the pipe's buffer."""

_NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)


class WorkerDied(Exception):
    """The child ended, was silent for too long, or said what no worker says."""


class WorkerFailed(Exception):
    """A library in the child raised an exception; its words are in `str(error)`. The child lives on."""


class WorkerProcess:
    """One child process, started when it is first needed; requests are answered one after another.

    `silence` is the longest wait for the next frame (to find the lines of 120 megapixels takes minutes)
    and `idle` the time without a request after which the child is let go, both in seconds. Works on any
    asyncio loop with subprocesses, qasync's included.
    """

    def __init__(
        self, command: Sequence[str] = (), *, silence: float = 300.0, idle: float | None = 300.0
    ) -> None:
        self._command = tuple(command) or tuple(worker_command())
        self._silence = silence
        self._idle = idle
        self._turn = asyncio.Lock()
        self._child: Process | None = None
        self._clock: asyncio.TimerHandle | None = None

    @property
    def pid(self) -> int | None:
        """The child's process id, while there is one."""
        return self._child.pid if self._child else None

    async def start(self, verb: str) -> None:
        """Start the child and let it import what `verb` needs, so that the first request finds it warm."""
        async with contextlib.aclosing(self.request("prepare", {"verb": verb})) as replies:
            async for _ in replies:
                pass

    async def request(
        self, verb: str, facts: Mapping[str, Any] | None = None, payload: bytes = b""
    ) -> AsyncGenerator[Frame, None]:
        """The frames of the answer, as they come. Raises `Refusal`, `WorkerFailed`, `WorkerDied`.

        Closing the generator before its end kills the child at once. Consume it under `aclosing`: until
        it is closed, the next request waits.
        """
        async with self._turn:
            self._stop_clock()
            child = await self._living()
            try:
                await self._send(child, Frame(verb, facts or {}, payload))
                while (frame := await self._receive(child)).kind not in (END, REFUSED, FAILED):
                    yield frame
            except BaseException:
                await self._bury(child)
                raise
            self._start_clock(child)
        _judge(frame)

    async def aclose(self) -> None:
        """Kill the child, if there is one. A request that is still under way raises `WorkerDied`."""
        if self._child is not None:
            _kill(self._child)
        async with self._turn:
            self._stop_clock()
            if self._child is not None:
                await self._bury(self._child)

    async def _living(self) -> Process:
        if self._child is not None and _has_left(self._child):
            await self._bury(self._child)
        if self._child is None:
            self._child = await self._spawn()
        return self._child

    async def _spawn(self) -> Process:
        try:
            return await asyncio.create_subprocess_exec(
                *self._command,
                stdin=PIPE,
                stdout=PIPE,
                stderr=DEVNULL,
                env=child_environment(),
                creationflags=_NO_WINDOW,
            )
        except OSError as error:
            raise WorkerDied("the worker could not be started") from error

    async def _bury(self, child: Process) -> None:
        self._child = None
        _kill(child)
        assert child.stdin is not None
        child.stdin.close()
        # Reads what is left in the pipe: a transport that nobody reads does not notice the end.
        await child.communicate()

    async def _send(self, child: Process, frame: Frame) -> None:
        stdin, payload = child.stdin, memoryview(frame.payload)
        assert stdin is not None
        try:
            async with asyncio.timeout(self._silence):
                stdin.write(pack(frame))
                for start in range(0, len(payload), CHUNK):
                    stdin.write(payload[start : start + CHUNK])
                    await stdin.drain()
        except OSError as error:
            raise WorkerDied("the worker left before it had the request") from error

    async def _receive(self, child: Process) -> Frame:
        stdout = child.stdout
        assert stdout is not None
        try:
            async with asyncio.timeout(self._silence):
                size = lengths(await stdout.readexactly(PREFIX.size))
                header = await stdout.readexactly(size.header)
                return unpack(header, await stdout.readexactly(size.payload))
        except TimeoutError as error:
            raise WorkerDied(f"the worker was silent for {self._silence} s") from error
        except (EOFError, OSError, WireError) as error:
            raise WorkerDied("the worker left before its answer was complete") from error

    def _start_clock(self, child: Process) -> None:
        assert child.stdin is not None
        if self._idle is not None:
            # At stdin's end the child leaves by itself.
            self._clock = asyncio.get_running_loop().call_later(self._idle, child.stdin.close)

    def _stop_clock(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None


def _has_left(child: Process) -> bool:
    assert child.stdin is not None
    assert child.stdout is not None
    return child.returncode is not None or child.stdin.is_closing() or child.stdout.at_eof()


def _kill(child: Process) -> None:
    if sys.platform == "win32":
        child.kill()
    elif child.returncode is None:
        # `child.kill()` polls first, and so may take the exit status away from asyncio's watcher.
        with contextlib.suppress(ProcessLookupError):
            os.kill(child.pid, signal.SIGKILL)


def _judge(last: Frame) -> None:
    """Raise what the last frame of an answer says, if it says anything but that it is the last."""
    if last.kind == REFUSED:
        raise Refusal(last.facts["kind"], last.facts["detail"], **last.facts["facts"])
    if last.kind == FAILED:
        raise WorkerFailed(last.facts["detail"])
