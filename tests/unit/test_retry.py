"""What is asked again unasked, and after how long."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import AppError
from desktop.domain.events import (
    Finished,
    Notice,
    NoticeRaised,
    RetryScheduled,
    StreamEvent,
    TextDelta,
)
from desktop.domain.messages import ChatRequest, user_message
from desktop.domain.provider_errors import ConnectionLost, NothingListens, ProviderError, TimedOut
from desktop.domain.refusals import KeyRejected, RateLimited, ServerFailed
from desktop.providers.retry import RetryingSource, delay_before

QUESTION = ChatRequest("m", (user_message("Hi"),))
ANSWER: list[StreamEvent] = [TextDelta("Yes"), Finished("stop")]
NOTICE = NoticeRaised(Notice.SENT_STREAMED)


def busy(pause: float | None = None) -> RateLimited:
    error = RateLimited(host="h", status=429)
    error.pause = pause
    return error


class InTurn:
    """Plays one script a question: events, or the error that ends them."""

    def __init__(self, *scripts: list[StreamEvent | AppError]) -> None:
        self._scripts = list(scripts)
        self.asked = 0

    async def stream(self, request: ChatRequest) -> AsyncGenerator[StreamEvent, None]:
        script = self._scripts[self.asked]
        self.asked += 1
        for step in script:
            if isinstance(step, AppError):
                raise step
            yield step


def heard(source: InTurn, waits: list[float] | None = None) -> list[StreamEvent]:
    """The events; `waits` are the pauses that were made."""

    async def sleep(seconds: float) -> None:
        if waits is not None:
            waits.append(seconds)

    async def scenario() -> list[StreamEvent]:
        retrying = RetryingSource(source, sleep=sleep, chance=lambda: 0.5)
        async with aclosing(retrying.stream(QUESTION)) as events:
            return [event async for event in events]

    return asyncio.run(scenario())


def test_what_failed_for_a_moment_is_asked_again_and_both_waits_are_told() -> None:
    waits: list[float] = []
    first, second = busy(), ServerFailed(host="h", status=502)

    events = heard(InTurn([first], [second], [*ANSWER]), waits)

    assert events == [RetryScheduled(first, 0.5), RetryScheduled(second, 1.0), *ANSWER]
    assert waits == [0.5, 1.0]
    assert first.__traceback__ is None


def test_the_third_failure_is_told() -> None:
    source = InTurn([busy()], [busy()], [busy()])
    with pytest.raises(RateLimited):
        heard(source)
    assert source.asked == 3


@pytest.mark.parametrize(
    "error",
    [
        KeyRejected(host="h", status=401),
        TimedOut(host="h", seconds=9),
        NothingListens(host="h"),
        busy(pause=60.5),
    ],
    ids=lambda error: error.kind,
)
def test_what_cannot_succeed_soon_is_not_asked_again(error: ProviderError) -> None:
    source = InTurn([error])
    with pytest.raises(type(error)):
        heard(source)
    assert source.asked == 1


def test_an_answer_that_has_begun_is_not_asked_for_again() -> None:
    source = InTurn([TextDelta("Y"), ConnectionLost(host="h")])
    with pytest.raises(ConnectionLost):
        heard(source)
    assert source.asked == 1


def test_a_notice_is_no_beginning() -> None:
    error = busy(pause=4)
    assert heard(InTurn([NOTICE, error], [*ANSWER])) == [NOTICE, RetryScheduled(error, 4), *ANSWER]


def test_stopping_during_the_wait_asks_nothing_more() -> None:
    source = InTurn([busy()], [*ANSWER])

    async def scenario() -> None:
        never = asyncio.Event()

        async def sleep(_: float) -> None:
            await never.wait()

        async def ask() -> None:
            async with aclosing(RetryingSource(source, sleep=sleep).stream(QUESTION)) as events:
                async for _ in events:
                    waiting.set()

        waiting = asyncio.Event()
        asking = asyncio.create_task(ask())
        await waiting.wait()
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking

    asyncio.run(scenario())
    assert source.asked == 1


@given(retry=st.integers(0, 1), chance=st.floats(0, 1))
def test_the_wait_varies_by_a_quarter(retry: int, chance: float) -> None:
    seconds = delay_before(retry, busy(), lambda: chance)
    assert seconds is not None
    assert 0.75 <= seconds / (0.5 * 2**retry) <= 1.25


@pytest.mark.parametrize("pause", [0.0, 0.001, 7.5, 60.0])
def test_the_server_says_how_long_to_wait(pause: float) -> None:
    assert delay_before(0, busy(pause), lambda: 0.9) == pause
