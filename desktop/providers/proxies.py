"""Which proxy a server is asked through: the system's, the user's own, or none."""

import asyncio
import sys
import urllib.request
from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

import httpx

from desktop.domain.proxies import Proxy, split_proxy
from desktop.domain.settings import Network
from desktop.providers.desktop_proxy import Excepted, desktop_proxies, is_excepted

Password = Callable[[], Awaitable[str]]
"""Raises `SecretError`."""


class Proxies(Protocol):
    async def proxy_for(self, url: httpx.URL) -> Proxy | None:
        """By which `url`, which is not of this machine, is asked for. None: directly.

        Raises `InvalidProxy`, `SecretError`.
        """
        ...

    def forget(self) -> None:
        """What was read may be out of date: the next call reads it again."""
        ...


def proxies_of(network: Network, password: Password) -> Proxies:
    match network.proxy:
        case "system":
            return SystemProxies()
        case "custom":
            return OwnProxy(network, password)
        case "none":
            return NoProxies()


class NoProxies:
    async def proxy_for(self, url: httpx.URL) -> Proxy | None:
        return None

    def forget(self) -> None:
        pass


class OwnProxy:
    """The user's, for all servers. Its password is asked for when it is used first."""

    def __init__(self, network: Network, password: Password) -> None:
        self._network = network
        self._password = password
        self._proxy: Proxy | None = None

    async def proxy_for(self, url: httpx.URL) -> Proxy | None:
        if self._proxy is None:
            user = self._network.proxy_user
            proxy = split_proxy(self._network.proxy_url)
            self._proxy = Proxy(proxy.url, user, await self._password() if user else "")
        return self._proxy

    def forget(self) -> None:
        self._proxy = None


Found = tuple[Mapping[str, str], Excepted]
"""Proxies by scheme, as `urllib.request.getproxies` gives them, and who is asked without: host, port."""


class SystemProxies:
    """What variables say, else the system's settings. `read` runs in a thread; so do the exceptions.

    httpx's own reading fails as a whole when one entry is unusable, and asks a proxy for servers of this
    machine.
    """

    def __init__(self, read: Callable[[], Found] | None = None) -> None:
        self._read = read or _of_the_system
        self._found: Found | None = None

    async def proxy_for(self, url: httpx.URL) -> Proxy | None:
        if self._found is None:
            self._found = await asyncio.to_thread(self._read)
        proxies, is_excepted = self._found
        address = proxies.get(url.scheme) or proxies.get("all") or _socks(proxies)
        if not address:
            return None
        port = url.port or (443 if url.scheme == "https" else 80)
        # A thread, because Windows resolves the name to judge it.
        excepted = await asyncio.to_thread(is_excepted, url.host, port)
        return None if excepted else split_proxy(address)

    def forget(self) -> None:
        self._found = None


def _of_the_system() -> Found:
    proxies = urllib.request.getproxies()
    if sys.platform == "linux" and not proxies.keys() - {"no"}:
        # Apps that are started with a click see no variables of a shell.
        found = desktop_proxies()
        if found is not None:
            return found
    return proxies, lambda host, port: _is_bypassed(host, port, proxies.get("no", ""))


def _is_bypassed(host: str, port: int, exceptions: str) -> bool:
    # Python's own reading of NO_PROXY knows no nets, which curl and others take.
    by_python = urllib.request.proxy_bypass(f"{host}:{port}")
    return bool(by_python) or is_excepted(host, port, exceptions.split(","))


def _socks(proxies: Mapping[str, str]) -> str | None:
    """macOS lists its SOCKS proxy by itself, under the scheme http."""
    address = proxies.get("socks", "").rpartition("://")[2]
    return f"socks5://{address}" if address else None
