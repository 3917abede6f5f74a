"""Connections that a proxy makes for us: by CONNECT, by forwarding, by SOCKS 5."""

import asyncio
import ipaddress
import ssl
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress

import httpcore

from desktop.domain.provider_errors import ProxyRefused, ProxyUnreachable, ProxyWantsPassword
from desktop.domain.proxies import Proxy
from desktop.providers.faults import innermost_words
from desktop.providers.sockets import KEPT, KEPT_SECONDS, MOST, KeptSockets, pool


def pool_through(proxy: Proxy, context: ssl.SSLContext) -> httpcore.AsyncConnectionPool:
    """Connections by way of `proxy`. They raise `ProxyUnusable` besides what httpcore raises."""
    if proxy.scheme.startswith("socks"):
        return pool(context, _SocksSockets(proxy, context))
    # Its own TLS is made by the sockets below, which know a fault of the proxy's from one of the server's.
    host, port = _address(proxy)
    return httpcore.AsyncHTTPProxy(
        httpcore.URL(scheme=b"http", host=host.encode(), port=port, target=b"/"),
        proxy_auth=(proxy.user.encode(), proxy.password.encode()) if proxy.user or proxy.password else None,
        ssl_context=context,
        max_connections=MOST,
        max_keepalive_connections=KEPT,
        keepalive_expiry=KEPT_SECONDS,
        network_backend=_ProxySockets(proxy, context),
    )


def _address(proxy: Proxy) -> tuple[str, int]:
    host, _, port = proxy.place.rpartition(":")
    return host.strip("[]"), int(port)


class _ProxySockets(KeptSockets):
    """Connects to the proxy, whatever is asked for."""

    def __init__(self, proxy: Proxy, context: ssl.SSLContext) -> None:
        super().__init__()
        self._proxy = proxy
        self._context = context

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        host, port = _address(self._proxy)
        try:
            stream = await super().connect_tcp(host, port, timeout, local_address, socket_options)
            if self._proxy.scheme == "https":
                stream = await stream.start_tls(self._context, host, timeout)
        except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
            raise self._unreachable(error) from error
        return stream

    def _unreachable(self, error: Exception) -> ProxyUnreachable:
        words = innermost_words(error) or type(error).__name__
        return ProxyUnreachable(proxy=self._proxy.place, detail=words)


# ── SOCKS 5 (RFC 1928, RFC 1929) ────────────────────────────────────────────────────────────────

_VERSION = 5
_NO_AUTHENTICATION, _BY_PASSWORD = 0, 2

_REPLIES = {
    1: "general failure",
    2: "not allowed by the rules",
    3: "network unreachable",
    4: "host unreachable",
    5: "connection refused",
    6: "took too long",
    7: "command not supported",
    8: "kind of address not supported",
}

_KINDS = {4: 1, 6: 4}
"""Of addresses, by the version of IP; a name is of kind 3."""

_LENGTHS = {1: 4, 4: 16}
"""Bytes of an address, by its kind; a name tells its own length."""


class _SocksSockets(_ProxySockets):
    """httpcore has SOCKS too, but waits for a silent proxy without limit, and leaves its sockets open."""

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        stream = await super().connect_tcp(host, port, timeout, local_address, socket_options)
        async with _closed_on_fault(stream):
            try:
                async with asyncio.timeout(timeout):
                    await self._greet(stream)
                async with _connecting_within(timeout):
                    await self._ask(stream, host, port)
            except (TimeoutError, httpcore.ReadError, httpcore.WriteError, EOFError) as error:
                raise self._unreachable(error) from error
        return stream

    async def _greet(self, stream: httpcore.AsyncNetworkStream) -> None:
        methods = bytes([_NO_AUTHENTICATION, _BY_PASSWORD] if self._proxy.user else [_NO_AUTHENTICATION])
        await stream.write(bytes([5, len(methods)]) + methods)
        version, method = await _exactly(stream, 2)
        if version != _VERSION:
            raise EOFError(f"version {version} of SOCKS")
        if method == _BY_PASSWORD and self._proxy.user:
            user, password = self._proxy.user.encode()[:255], self._proxy.password.encode()[:255]
            await stream.write(bytes([1, len(user)]) + user + bytes([len(password)]) + password)
            _, method = await _exactly(stream, 2)
        if method != _NO_AUTHENTICATION:
            raise ProxyWantsPassword(proxy=self._proxy.place)

    async def _ask(self, stream: httpcore.AsyncNetworkStream, host: str, port: int) -> None:
        await stream.write(b"\x05\x01\x00" + _encoded(host) + port.to_bytes(2))
        _, reply, _, kind = await _exactly(stream, 4)
        if reply != 0:
            raise ProxyRefused(
                proxy=self._proxy.place, host=host, detail=_REPLIES.get(reply, f"reply {reply}")
            )
        length = _LENGTHS.get(kind) or (await _exactly(stream, 1))[0]
        await _exactly(stream, length + 2)


def _encoded(host: str) -> bytes:
    """The proxy finds out what a name means."""
    with suppress(ValueError):
        address = ipaddress.ip_address(host)
        return bytes([_KINDS[address.version]]) + address.packed
    name = host.encode("ascii")[:255]
    return bytes([3, len(name)]) + name


async def _exactly(stream: httpcore.AsyncNetworkStream, length: int) -> bytes:
    """Raises `EOFError`."""
    data = b""
    while len(data) < length:
        piece = await stream.read(length - len(data))
        if not piece:
            raise EOFError("it hung up")
        data += piece
    return data


@asynccontextmanager
async def _closed_on_fault(stream: httpcore.AsyncNetworkStream) -> AsyncIterator[None]:
    try:
        yield
    except BaseException:
        await stream.aclose()
        raise


@asynccontextmanager
async def _connecting_within(seconds: float | None) -> AsyncIterator[None]:
    """The proxy is there; it is the server that does not come."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError as error:
        raise httpcore.ConnectTimeout from error
