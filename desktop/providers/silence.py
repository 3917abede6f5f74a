"""How long a server may say nothing, watched by one timer for a whole answer."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from types import TracebackType
from typing import Self, TypeVar

from desktop.domain.provider_errors import TimedOut
from desktop.domain.settings import TimeLimits

Result = TypeVar("Result")


class Silence:
    """Ends a wait for `host` that lasts too long: `TimedOut`. There is no limit on the whole.

    `limits.first` holds until something is heard, `limits.idle` from then on. The timer runs inside the
    `with` block and looks at the clock only when it is due: httpx's own limit makes a timer for each chunk.
    Whoever is cancelled meanwhile stays cancelled, as with `asyncio.timeout`, which cannot be used: it would
    also strike while an answer's reader is busy elsewhere.
    """

    def __init__(self, host: str, limits: TimeLimits) -> None:
        self._host = host
        self._idle = limits.idle
        self._limit = limits.first
        self._loop = asyncio.get_running_loop()
        self._last = self._loop.time()
        self._timer: asyncio.TimerHandle | None = None
        self._waiting: asyncio.Task[object] | None = None
        self._cancelled_before = 0
        self._is_over = False
        self.has_heard = False

    def __enter__(self) -> Self:
        self._look_at(self._last + self._limit)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def restart(self) -> None:
        """Count from now: the server was not silent, or it was not its turn."""
        self._last = self._loop.time()

    def heard(self) -> None:
        """A piece of the answer came."""
        self._last = self._loop.time()
        if not self.has_heard:
            self.has_heard = True
            self._set(self._idle)

    def limit_to(self, seconds: float) -> None:
        """Let it be silent for no longer than `seconds` from now on."""
        if seconds < self._limit:
            self._set(seconds)

    def over(self, pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        """`pieces`, each of which is heard."""
        return _Heard(self, pieces)

    async def during(self, waiting: Awaitable[Result]) -> Result:
        """Wait for the server. Raises `TimedOut`, and what `waiting` raises."""
        task = asyncio.current_task()
        assert task is not None, "somebody waits"
        self._waiting, self._cancelled_before = task, task.cancelling()
        try:
            return await waiting
        except BaseException:
            if self._is_over and task.uncancel() <= self._cancelled_before:
                raise TimedOut(host=self._host, seconds=round(self._limit)) from None
            raise
        finally:
            self._waiting = None

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _set(self, seconds: float) -> None:
        self._limit = seconds
        self._look_at(self._last + seconds)

    def _look_at(self, when: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._loop.call_at(when, self._look)

    def _look(self) -> None:
        if self._waiting is None:
            # What came is being worked on: more of it may lie here, unread.
            self.restart()
        due = self._last + self._limit
        if self._loop.time() < due:
            self._look_at(due)
        elif self._waiting is not None and self._waiting.cancelling() == self._cancelled_before:
            # Otherwise somebody else has ended the wait already, and it is closing.
            self._is_over = True
            self._waiting.cancel()


class _Heard(AsyncIterator[bytes]):
    """No generator: one that is left half way would have to be closed."""

    def __init__(self, silence: Silence, pieces: AsyncIterator[bytes]) -> None:
        self._silence = silence
        self._pieces = pieces

    async def __anext__(self) -> bytes:
        piece = await self._silence.during(anext(self._pieces))
        self._silence.heard()
        return piece
