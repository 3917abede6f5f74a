"""One after the other, but behind nobody who waits for what may never come."""

import asyncio
from collections.abc import Awaitable
from types import TracebackType
from typing import TypeVar

T = TypeVar("T")


class Turn:
    """While it is entered, no other turn of the same `lock` is, except while this one steps aside."""

    def __init__(self, lock: asyncio.Lock, patience: float) -> None:
        self._lock = lock
        self._patience = patience
        self._is_held = False

    async def __aenter__(self) -> "Turn":
        await self._take()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, frames: TracebackType | None
    ) -> None:
        self._leave()

    async def wait_for(self, wanted: Awaitable[T]) -> T:
        """What `wanted` gives; if that takes over `patience` seconds, whoever comes later goes first."""
        timer = asyncio.get_running_loop().call_later(self._patience, self._leave)
        try:
            return await wanted
        finally:
            timer.cancel()
            await self._take()

    async def _take(self) -> None:
        if not self._is_held:
            await self._lock.acquire()
            self._is_held = True

    def _leave(self) -> None:
        if self._is_held:
            self._is_held = False
            self._lock.release()
