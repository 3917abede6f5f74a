"""Backends whose single calls a test holds back, beside the scripted one."""

import asyncio
from collections.abc import Callable

from desktop.domain.errors import AppError
from desktop.domain.ports import KeyOrigin
from desktop.domain.settings import Endpoint, Network, Settings
from tests.support.scripted import ScriptedBackend


class SlowBackend(ScriptedBackend):
    """Holds calls for which `slow` is true back until `gate` is set; notes every key that it was handed."""

    def __init__(self, is_slow: Callable[[Settings], bool]) -> None:
        super().__init__()
        self.gate = asyncio.Event()
        self.handed: list[tuple[Settings, str | None]] = []
        self.origins: dict[str, KeyOrigin | AppError] = {}
        self.slow = is_slow

    async def key_origin(self, settings: Settings) -> KeyOrigin:
        await self._wait(settings)
        origin = self.origins.get(settings.endpoint.region, KeyOrigin.NONE)
        if isinstance(origin, AppError):
            raise origin
        return origin

    async def keep_key(self, settings: Settings, key: str) -> None:
        self.handed.append((settings, key))
        await self._wait(settings)

    async def check(self, settings: Settings, key: str | None) -> None:
        self.handed.append((settings, key))
        await self._wait(settings)

    async def find_home(self, settings: Settings, key: str | None) -> Endpoint:
        self.handed.append((settings, key))
        await self._wait(settings)
        return await super().find_home(settings, key)

    async def has_proxy_password(self, network: Network) -> bool:
        await self._wait(Settings(network=network))
        return await super().has_proxy_password(network)

    async def _wait(self, settings: Settings) -> None:
        if self.slow(settings):
            await self.gate.wait()
