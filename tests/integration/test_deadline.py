"""Delayed calls on Qt's loop: in order, cancelled ones forgotten."""

import asyncio

from desktop.runtime.deadline import Deadlines
from tests.conftest import Run


def deadlines() -> Deadlines:
    loop = asyncio.get_running_loop()
    found = loop._deadlines  # type: ignore[attr-defined]
    assert isinstance(found, Deadlines)
    return found


def test_calls_run_in_the_order_of_their_times(run: Run) -> None:
    async def scenario() -> None:
        loop, ended, seen = asyncio.get_running_loop(), asyncio.Event(), list[int]()
        loop.call_later(0.03, ended.set)
        loop.call_later(0.02, seen.append, 2)
        loop.call_later(0.01, seen.append, 1)
        loop.call_at(loop.time() + 0.015, seen.append, 15)
        await ended.wait()
        assert seen == [1, 15, 2]

    run(scenario())


def test_a_cancelled_call_does_not_run(run: Run) -> None:
    async def scenario() -> None:
        loop, ended, seen = asyncio.get_running_loop(), asyncio.Event(), list[str]()
        loop.call_later(0.005, seen.append, "cancelled").cancel()
        loop.call_later(0.01, ended.set)
        await ended.wait()
        assert not seen

    run(scenario())


def test_cancelled_calls_do_not_pile_up(run: Run) -> None:
    async def scenario() -> None:
        loop = asyncio.get_running_loop()
        live = [loop.call_later(60, print) for _ in range(10)]
        for _ in range(3000):
            loop.call_later(120, print).cancel()
        assert len(deadlines()) < 200
        for handle in live:
            handle.cancel()

    run(scenario())


def test_a_call_that_is_cancelled_by_another_of_the_same_moment_does_not_run(run: Run) -> None:
    async def scenario() -> None:
        loop, ended, seen = asyncio.get_running_loop(), asyncio.Event(), list[str]()
        moment = loop.time() + 0.005
        later = loop.call_at(moment + 1e-9, seen.append, "too late")
        loop.call_at(moment, later.cancel)
        loop.call_later(0.01, ended.set)
        await ended.wait()
        assert not seen

    run(scenario())


def test_timeouts_work(run: Run) -> None:
    async def scenario() -> None:
        try:
            async with asyncio.timeout(0.01):
                await asyncio.Event().wait()
        except TimeoutError:
            return
        raise AssertionError("no timeout")

    run(scenario())
