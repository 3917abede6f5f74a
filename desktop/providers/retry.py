"""Asking once more, unasked, what failed for a moment only."""

import asyncio
import random
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing

from desktop.domain.errors import without_frames
from desktop.domain.events import NoticeRaised, RetryScheduled, StreamEvent
from desktop.domain.messages import ChatRequest
from desktop.domain.ports import AnswerSource
from desktop.domain.provider_errors import ProviderError

MOST_RETRIES = 2
"""As many as the service's own SDK and OpenAI's make; so are the delays below."""

LONGEST_WATCHED = 60.0
"""Seconds. Whoever asks to wait longer is asked again by the user only."""

_FIRST_DELAY, _LONGEST_DELAY, _JITTER = 0.5, 8.0, 0.25


def delay_before(retry: int, error: ProviderError, chance: Callable[[], float]) -> float | None:
    """Seconds to wait before retry number `retry` (from 0); None: there is no use in one.

    What the server asked for, or else 0.5 · 2ⁿ s and at most 8, up to a quarter more or less as `chance`
    (0…1) decides: so that those who failed together do not come back together.
    """
    if retry >= MOST_RETRIES or not error.is_fleeting:
        return None
    if error.pause is not None:
        return error.pause if error.pause <= LONGEST_WATCHED else None
    usual: float = min(_FIRST_DELAY * 2**retry, _LONGEST_DELAY)
    return usual * (1 + _JITTER * (2 * chance() - 1))


class RetryingSource:
    """Says `RetryScheduled` before it waits, so that it can be seen and stopped.

    It retries only what came to nothing: an answer of which anything has come may have been paid for.
    """

    def __init__(
        self,
        source: AnswerSource,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._source = source
        self._sleep = sleep
        self._chance = chance

    async def stream(self, request: ChatRequest) -> AsyncGenerator[StreamEvent, None]:
        retries = 0
        while True:
            has_begun = False
            try:
                async with aclosing(self._source.stream(request)) as events:
                    async for event in events:
                        has_begun = has_begun or not isinstance(event, NoticeRaised)
                        yield event
                return
            except ProviderError as error:
                seconds = None if has_begun else delay_before(retries, error, self._chance)
                if seconds is None:
                    raise
                scheduled = RetryScheduled(without_frames(error), seconds)
            yield scheduled
            await self._sleep(seconds)
            retries += 1
