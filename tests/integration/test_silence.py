"""Limits on a server's silence; the waits are ended by a clock that the test moves."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from typing import Any

import pytest

from desktop.domain.provider_errors import TimedOut
from desktop.domain.settings import TimeLimits
from desktop.providers.silence import Silence

LIMITS = TimeLimits(first=100, idle=10)


class Clock(asyncio.SelectorEventLoop):
    """An event loop whose time passes only by `pass_by`."""

    now = 0.0

    def time(self) -> float:
        return self.now

    async def pass_by(self, seconds: float) -> None:
        """Let time pass, and everything happen that it brings."""
        self.now += seconds
        for _ in range(5):
            await asyncio.sleep(0)


class Pieces(AsyncIterator[bytes]):
    """A body to which the test adds."""

    def __init__(self) -> None:
        self.arriving: asyncio.Queue[bytes] = asyncio.Queue()

    async def __anext__(self) -> bytes:
        return await self.arriving.get()


def run(scenario: Coroutine[Any, Any, None]) -> None:
    with asyncio.Runner(loop_factory=Clock) as runner:
        runner.run(scenario)


def clock() -> Clock:
    loop = asyncio.get_running_loop()
    assert isinstance(loop, Clock)
    return loop


async def seconds_of(waiting: "asyncio.Task[bytes]") -> object:
    with pytest.raises(TimedOut) as caught:
        await waiting
    assert waiting.cancelling() == 0
    return caught.value.facts["seconds"]


def test_the_first_byte_has_a_limit_of_its_own_and_headers_are_none() -> None:
    async def scenario() -> None:
        with Silence("h", LIMITS) as silence:
            body = silence.over(Pieces())
            await clock().pass_by(60)
            await silence.during(asyncio.sleep(0))
            waiting = asyncio.ensure_future(anext(body))
            await clock().pass_by(39)
            assert not waiting.done()
            await clock().pass_by(1)
            assert await seconds_of(waiting) == 100

    run(scenario())


def test_every_piece_is_a_sign_of_life() -> None:
    async def scenario() -> None:
        pieces = Pieces()
        with Silence("h", LIMITS) as silence:
            body = silence.over(pieces)
            for _ in range(5):
                waiting = asyncio.ensure_future(anext(body))
                await clock().pass_by(9)
                pieces.arriving.put_nowait(b": keep-alive\n\n")
                assert await waiting == b": keep-alive\n\n"
            waiting = asyncio.ensure_future(anext(body))
            await clock().pass_by(10)
            assert await seconds_of(waiting) == 10

    run(scenario())


def test_one_timer_watches_a_whole_answer() -> None:
    async def scenario() -> None:
        pieces = Pieces()
        with Silence("h", LIMITS) as silence:
            body = silence.over(pieces)
            for _ in range(1_000):
                pieces.arriving.put_nowait(b"x")
                await anext(body)
            assert len(clock()._scheduled) <= 2  # type: ignore[attr-defined]  # asyncio's own list
        assert all(timer.cancelled() for timer in clock()._scheduled)  # type: ignore[attr-defined]

    run(scenario())


def test_a_reader_that_is_busy_elsewhere_is_left_alone() -> None:
    async def scenario() -> None:
        pieces = Pieces()
        with Silence("h", LIMITS) as silence:
            body = silence.over(pieces)
            for _ in range(30):
                await clock().pass_by(10)
            pieces.arriving.put_nowait(b"x")
            assert await anext(body) == b"x"

    run(scenario())


def test_an_upload_on_its_way_is_no_silence() -> None:
    async def scenario() -> None:
        with Silence("h", LIMITS) as silence:
            waiting = asyncio.ensure_future(silence.during(anext(Pieces())))
            for _ in range(3):
                await clock().pass_by(90)
                silence.restart()
            assert not waiting.done()
            await clock().pass_by(100)
            assert await seconds_of(waiting) == 100

    run(scenario())


@pytest.mark.parametrize("seconds_before", [0, 99, 100])
def test_whoever_stops_has_stopped_also_in_the_moment_of_the_limit(seconds_before: float) -> None:
    async def scenario() -> None:
        with Silence("h", LIMITS) as silence:
            waiting = asyncio.ensure_future(anext(silence.over(Pieces())))
            await asyncio.sleep(0)
            clock().now = seconds_before
            clock().call_soon(waiting.cancel)
            clock().call_soon(setattr, clock(), "now", 100.0)
            with pytest.raises(asyncio.CancelledError):
                await waiting
            assert waiting.cancelled()

    run(scenario())


def test_a_stop_is_not_disturbed_while_it_closes() -> None:
    async def scenario() -> None:
        closing = asyncio.Event()

        async def slow_to_close() -> bytes:
            try:
                await asyncio.Event().wait()
            finally:
                await closing.wait()
            return b""

        with Silence("h", LIMITS) as silence:
            waiting = asyncio.ensure_future(silence.during(slow_to_close()))
            await asyncio.sleep(0)
            waiting.cancel()
            await clock().pass_by(500)
            assert (waiting.done(), waiting.cancelling()) == (False, 1)
            closing.set()
            with pytest.raises(asyncio.CancelledError):
                await waiting

    run(scenario())


def test_the_last_words_have_less_time() -> None:
    async def scenario() -> None:
        with Silence("h", LIMITS) as silence:
            silence.heard()
            silence.limit_to(3)
            silence.limit_to(50)
            waiting = asyncio.ensure_future(anext(silence.over(Pieces())))
            await clock().pass_by(3)
            assert await seconds_of(waiting) == 3

    run(scenario())
