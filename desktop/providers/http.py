"""The one long-lived HTTP client: whom it trusts, which way it goes, how long it waits."""

import asyncio
import re
import ssl
import sys
import urllib.request
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress

import httpx
import truststore

from desktop import __version__
from desktop.domain.endpoints import is_loopback
from desktop.domain.provider_errors import ProxyUnusable
from desktop.domain.settings import TimeLimits
from desktop.providers.faults import is_certificate_fault

USER_AGENT = f"viewfinder/{__version__}"


async def open_routes() -> "SystemRoutes":
    """The ways to every server; close them, or the client over them, with `aclose()`.

    Finding them never fails: settings of the system that cannot be used fail the requests they concern.
    """
    # Loading the system's certificates takes 20 ms, asking macOS or Windows for proxies a while too.
    context, proxies = await asyncio.to_thread(lambda: (trusted(), urllib.request.getproxies()))
    return SystemRoutes(context, proxies)


def client_over(routes: "SystemRoutes", limits: TimeLimits) -> httpx.AsyncClient:
    """A client for every endpoint; it closes `routes` when it is closed."""
    return httpx.AsyncClient(
        transport=routes,
        timeout=timeouts(limits),
        headers={"User-Agent": USER_AGENT},
        follow_redirects=False,
        trust_env=False,
    )


def timeouts(limits: TimeLimits) -> httpx.Timeout:
    """For `client.timeout`, also later when the user changes the limits. There is no limit on the whole."""
    return httpx.Timeout(connect=limits.connect, pool=limits.connect, read=limits.idle, write=limits.idle)


def trusted() -> ssl.SSLContext:
    """A TLS context that trusts whom the system trusts, a company's own authority included."""
    paths = ssl.get_default_verify_paths()
    if sys.platform == "linux" and (paths.cafile or paths.capath):
        # truststore would read the file anew for each connection: 17 ms on the event loop.
        return ssl.create_default_context()
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


# httpcore's words: an HTTP proxy's answer to CONNECT, a SOCKS proxy's reply.
_PROXY_FOUND_NO_SERVER = re.compile(r"5\d\d |Proxy Server could not connect")


class SystemRoutes(httpx.AsyncBaseTransport):
    """Sends each request the way that the system's proxy settings say; to this machine always directly.

    `proxies` by scheme, as `urllib.request.getproxies` gives them. httpx's own reading of them fails
    as a whole when one entry is unusable, and asks a proxy for servers of this machine.
    """

    def __init__(self, context: ssl.SSLContext, proxies: Mapping[str, str]) -> None:
        self.context = context
        self._proxies = dict(proxies)
        self._direct = httpx.AsyncHTTPTransport(verify=context, trust_env=False)
        self._proxied: dict[str, httpx.AsyncHTTPTransport] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        proxy = await self.proxy_for(request.url)
        if proxy is None:
            return await self._direct.handle_async_request(request)
        return await self.through(proxy, request)

    async def through(self, proxy: str, request: httpx.Request) -> httpx.Response:
        """Send `request` by way of `proxy`, as `proxy_for` named it."""
        try:
            return await self._transport(proxy).handle_async_request(request)
        except httpx.ConnectError as error:
            if is_certificate_fault(error):
                raise
            raise httpx.ProxyError(str(error)) from error
        except httpx.ProxyError as error:
            if not _PROXY_FOUND_NO_SERVER.match(str(error)):
                raise
            raise httpx.ConnectError(str(error)) from error

    async def aclose(self) -> None:
        for transport in (self._direct, *self._proxied.values()):
            await transport.aclose()

    async def proxy_for(self, url: httpx.URL) -> str | None:
        """The address of the proxy that `url` is asked for through; None: it is asked directly."""
        proxy = self._proxies.get(url.scheme) or self._proxies.get("all") or self._socks()
        # Without path and query, of which an endpoint's address may have no odd ones.
        if not proxy or is_loopback(str(url.copy_with(raw_path=b"/"))):
            return None
        port = url.port or (443 if url.scheme == "https" else 80)
        # A thread, because Windows resolves the name to judge it.
        bypassed = await asyncio.to_thread(urllib.request.proxy_bypass, f"{url.host}:{port}")
        return None if bypassed else proxy

    def _socks(self) -> str | None:
        """macOS lists its SOCKS proxy by itself, under the scheme http."""
        address = self._proxies.get("socks", "").rpartition("://")[2]
        return f"socks5://{address}" if address else None

    def _transport(self, proxy: str) -> httpx.AsyncHTTPTransport:
        if proxy not in self._proxied:
            self._proxied[proxy] = self._made(proxy)
        return self._proxied[proxy]

    def _made(self, proxy: str) -> httpx.AsyncHTTPTransport:
        scheme, _, address = proxy.rpartition("://")
        # GNOME writes `socks://` and means version 5.
        url = f"{'socks5' if scheme == 'socks' else scheme or 'http'}://{address}"
        try:
            route = httpx.Proxy(url, ssl_context=self.context if scheme == "https" else None)
            return httpx.AsyncHTTPTransport(verify=self.context, trust_env=False, proxy=route)
        except (ValueError, ImportError, httpx.InvalidURL) as error:
            # Neither the cause nor its words: a proxy's address may hold a password.
            raise ProxyUnusable(detail=type(error).__name__) from None


class Upload(httpx.AsyncByteStream):
    """A request's body, sent in pieces.

    In one piece, 10 MB would have to leave within one write limit, and be encrypted in one go on the
    event loop.
    """

    PIECE = 65_536

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._sent = 0

    @property
    def headers(self) -> dict[str, str]:
        return {"Content-Type": "application/json", "Content-Length": str(len(self._body))}

    def __aiter__(self) -> AsyncIterator[bytes]:
        self._sent = 0
        return self

    async def __anext__(self) -> bytes:
        piece = self._body[self._sent : self._sent + self.PIECE]
        if not piece:
            raise StopAsyncIteration
        self._sent += len(piece)
        return piece


@asynccontextmanager
async def body_of(reply: httpx.Response, *, raw: bool = False) -> AsyncIterator[AsyncIterator[bytes]]:
    """The pieces of a body, which may be left before its end; decompressed, or `raw` as they came.

    httpx reads through five nested generators. Left half way, the inner ones would be closed by the
    garbage collector, outside any task; so the socket is closed first, and then they all end by
    themselves on their next step.
    """
    pieces = reply.aiter_raw() if raw else reply.aiter_bytes()
    try:
        yield pieces
    finally:
        await reply.aclose()
        with suppress(httpx.HTTPError, httpx.StreamError):
            async for _ in pieces:
                pass


async def read_into(buffer: bytearray, pieces: AsyncIterator[bytes], limit: int) -> None:
    """Add a body to `buffer`, at most up to `limit` bytes. Raises what httpx raises."""
    async for piece in pieces:
        buffer += piece[: limit - len(buffer)]
        if len(buffer) >= limit:
            break
