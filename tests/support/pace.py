"""A server's rhythm."""

import asyncio


class Pace:
    """The server waits here, again and again: it passes `rate` times a second, and makes up for delays."""

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._passed = 0
        self._began: float | None = None

    async def passed(self) -> None:
        now = asyncio.get_running_loop().time()
        self._began = now if self._began is None else self._began
        await asyncio.sleep(self._began + self._passed / self._rate - now)
        self._passed += 1
