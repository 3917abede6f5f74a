"""The ways out of this machine, for the network settings of the moment."""

import asyncio
import importlib
from types import ModuleType
from typing import TYPE_CHECKING

from desktop.domain.ports import SecretStore
from desktop.domain.proxies import secret_name
from desktop.domain.settings import Network

if TYPE_CHECKING:
    import httpx

    from desktop.providers.routes import Routes


class Clients:
    """Keeps one HTTP client, and the routes under it, for as long as the network settings stay the same.

    Nothing is opened before it is needed. When the settings change, the next call opens new ones; requests
    that run go on over the old ones, which close when the last of them has ended. `secrets` keeps the
    password of the user's own proxy, and is asked for it only when that proxy is.
    """

    def __init__(self, secrets: SecretStore) -> None:
        self._secrets = secrets
        self._network: Network | None = None
        self._routes: Routes | None = None
        self._client: httpx.AsyncClient | None = None
        self._opening = asyncio.Lock()

    async def client(self, network: Network) -> "httpx.AsyncClient":
        """For every server. Raises nothing: settings that cannot be used fail the requests they concern.

        It is not the caller's to close; limits go along with each request (`http.timeouts`).
        """
        async with self._opening:
            routes = await self._opened(network)
            if self._client is None:
                (http,) = await asyncio.to_thread(load, "http")
                self._client = http.client_over(routes)
            return self._client

    async def routes(self, network: Network) -> "Routes":
        """The same ways, for whoever sends by himself."""
        async with self._opening:
            return await self._opened(network)

    async def aclose(self) -> None:
        """End all that runs."""
        if self._routes is not None:
            await self._routes.aclose()

    # ── the password of the user's own proxy ────────────────────────────────────────────────────

    async def has_proxy_password(self, network: Network) -> bool:
        """Raises `SecretError`, `InvalidProxy`."""
        return bool(await self._secrets.get(secret_name(network)))

    async def keep_proxy_password(self, network: Network, password: str) -> None:
        """Keep it for the proxy and the user of `network`; an empty one is forgotten.

        Raises `SecretError`, after which it is kept as `secrets` keeps what the system does not, and
        `InvalidProxy`.
        """
        name = secret_name(network)
        try:
            if password:
                await self._secrets.set(name, password)
            else:
                await self._secrets.delete(name)
        finally:
            async with self._opening:
                await self._leave()

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    async def _opened(self, network: Network) -> "Routes":
        if self._routes is not None and self._network == network and self._routes.is_usable:
            return self._routes
        await self._leave()
        (routes,) = await asyncio.to_thread(load, "routes")

        async def password() -> str:
            return await self._secrets.get(secret_name(network)) or ""

        self._routes = await routes.open_routes(network, password)
        self._network = network
        return self._routes

    async def _leave(self) -> None:
        if self._routes is not None:
            await self._routes.retire()
        self._routes = self._client = None


def load(*names: str) -> list[ModuleType]:
    """Import modules of `providers`, and what they would import later: for a thread.

    httpx takes 70 ms, httpcore another 40 at the first client, anyio's backend 60 at the first request.
    """
    for later in ("httpcore", "anyio._backends._asyncio"):
        importlib.import_module(later)
    return [importlib.import_module(f"desktop.providers.{name}") for name in names]
