"""A handle on one child process that answers requests about images.

The app makes two of them, one that inspects pixels and one that reads text: stopping a read kills its
child, and that must not disturb an image that is being decoded for the next question.
"""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Awaitable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from desktop.worker.channel import Channel
from desktop.worker.command import worker_command
from desktop.worker.wire import FAILED, LAST, REFUSED, Frame, Refusal, WireError

SILENCE: Mapping[str, float] = MappingProxyType({"read": 300})
"""The longest wait for a verb's next frame, in seconds: to find the lines of 120 megapixels takes minutes."""

OTHER_SILENCE = 60.0
"""The same for every other verb."""

IDLE = 300.0
"""Seconds without a request after which a child gives its memory back."""

T = TypeVar("T")


class WorkerDied(Exception):
    """The child ended, was silent for too long, or said what no worker says."""


class WorkerSilent(WorkerDied):
    """The child said nothing for `seconds` and was killed."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"the worker was silent for {seconds:g} s")
        self.seconds = seconds


class WorkerFailed(Exception):
    """A library in the child raised an exception; its words are in `str(error)`. The child lives on."""


class WorkerProcess:
    """One child process, started when it is first needed; requests are answered one after another.

    `silence`, in seconds, takes the place of every verb's own limit. `idle` is the time without a request
    after which the child is let go (None: never). A child that died is replaced at the next request; where
    it was when it crashed is written into `crashes` (None: nowhere).
    Works on any asyncio loop, qasync's included: the pipes are served by a thread.
    """

    def __init__(
        self,
        command: Sequence[str] = (),
        *,
        silence: float | None = None,
        idle: float | None = IDLE,
        crashes: Path | None = None,
    ) -> None:
        self._command = tuple(command) or tuple(worker_command())
        self._crashes = crashes
        self._silence = silence
        self._idle = idle
        self._turn = asyncio.Lock()
        self._channel: Channel | None = None
        self._clock: asyncio.TimerHandle | None = None

    @property
    def pid(self) -> int | None:
        """The child's process id, while there is one."""
        return self._channel.pid if self._channel else None

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
        async with self._at_work() as channel:
            limit = self._limit(verb)
            frame = await _reply(channel.ask(Frame(verb, facts or {}, payload)), limit)
            while frame.kind not in LAST:
                yield frame
                frame = await _reply(channel.next(), limit)
        _judge(frame)

    async def answer(self, verb: str, facts: Mapping[str, Any], payload: bytes) -> list[Frame]:
        """The frames of the answer, once all are there. Raises what `request` raises.

        Cancelled, it kills the child at once.
        """
        async with self._at_work() as channel:
            frames = await _reply(channel.ask_for_all(Frame(verb, facts, payload)), self._limit(verb))
        _judge(frames[-1])
        return frames[:-1]

    async def aclose(self) -> None:
        """Kill the child, if there is one. A request that is still under way raises `WorkerDied`."""
        if self._channel is not None:
            self._channel.kill()
        async with self._turn:
            self._stop_clock()
            await self._bury()

    @contextlib.asynccontextmanager
    async def _at_work(self) -> AsyncGenerator[Channel, None]:
        """A living child, nobody else's meanwhile; an error inside kills it."""
        async with self._turn:
            self._stop_clock()
            try:
                yield await self._living()
            except BaseException:
                await self._bury()
                raise
            self._start_clock()

    async def _living(self) -> Channel:
        if self._channel is not None and self._channel.has_left:
            await self._bury()
        if self._channel is None:
            self._channel = Channel(self._command, self._crashes)
            try:
                await self._channel.open()
            except OSError as error:
                raise WorkerDied("the worker could not be started") from error
        return self._channel

    async def _bury(self) -> None:
        channel, self._channel = self._channel, None
        if channel is not None:
            await asyncio.wrap_future(channel.end())

    def _limit(self, verb: str) -> float:
        return SILENCE.get(verb, OTHER_SILENCE) if self._silence is None else self._silence

    def _start_clock(self) -> None:
        if self._idle is not None:
            self._clock = asyncio.get_running_loop().call_later(self._idle, self._let_go)

    def _let_go(self) -> None:
        channel, self._channel = self._channel, None
        if channel is not None:
            channel.end()

    def _stop_clock(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None


async def _reply(reply: Awaitable[T], limit: float) -> T:
    try:
        async with asyncio.timeout(limit):
            return await reply
    except TimeoutError as error:
        raise WorkerSilent(limit) from error
    except (OSError, WireError) as error:
        raise WorkerDied("the worker left before its answer was complete") from error


def _judge(last: Frame) -> None:
    """Raise what the last frame of an answer says, if it says anything but that it is the last."""
    if last.kind == REFUSED:
        raise _refusal(last.facts)
    if last.kind == FAILED:
        raise WorkerFailed(str(last.facts.get("detail", "")))


def _refusal(facts: Mapping[str, Any]) -> Refusal | WorkerDied:
    try:
        return Refusal(facts["kind"], facts["detail"], **facts["facts"])
    except (LookupError, TypeError):
        return WorkerDied("the worker refused in words that are none of ours")
