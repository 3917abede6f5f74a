"""The ways to every server: whom they trust, which proxy they take, where redirects lead."""

import asyncio
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from desktop.domain.endpoints import is_loopback
from desktop.domain.provider_errors import (
    AuthoritiesUnusable,
    NotAnAnswer,
    ProxyRefused,
    ProxyUnusable,
    ProxyWantsPassword,
    Redirected,
)
from desktop.domain.proxies import Proxy
from desktop.domain.settings import Network
from desktop.domain.visible import printable, shortened
from desktop.providers.masking import masked
from desktop.providers.proxied import pool_through
from desktop.providers.proxies import Password, Proxies, proxies_of
from desktop.providers.sockets import pool
from desktop.providers.transport import Transport
from desktop.providers.trust import trusted

REDIRECTS = 3
"""So many are followed, one after another."""

_LONGEST_TARGET = 200


async def _no_password() -> str:
    return ""


async def open_routes(network: Network | None = None, password: Password = _no_password) -> "Routes":
    """The ways to every server as `network` wants them; close them, or the client over them.

    Opening them never fails: settings that cannot be used fail the requests they concern.
    `password` is asked for that of the user's own proxy, when it is used first.
    """
    network = network or Network()
    # Loading certificates takes 20 ms.
    context, fault = await asyncio.to_thread(_trusted, network.authorities_file)
    return Routes(context, proxies_of(network, password), fault)


def _trusted(authorities_file: str) -> tuple[ssl.SSLContext, AuthoritiesUnusable | None]:
    try:
        return trusted(authorities_file), None
    except AuthoritiesUnusable as fault:
        return trusted(), fault


def _again(fault: AuthoritiesUnusable) -> AuthoritiesUnusable:
    """For one more request, without what the last one has left in it."""
    return AuthoritiesUnusable(detail=fault.detail, **fault.facts)


class Routes(httpx.AsyncBaseTransport):
    """Sends each request directly or through a proxy; to this machine always directly.

    Redirects that stay at the server are followed; a key goes to no other host.
    `fault`: why no https can be asked for.
    """

    def __init__(
        self, context: ssl.SSLContext, proxies: Proxies, fault: AuthoritiesUnusable | None = None
    ) -> None:
        self._context = context
        self._proxies = proxies
        self._fault = fault
        self._is_retired = False
        self._direct = Transport(pool(context))
        self._proxied: dict[Proxy, Transport] = {}

    @property
    def is_usable(self) -> bool:
        """False where https cannot be asked for."""
        return self._fault is None

    @property
    def context(self) -> ssl.SSLContext:
        """Raises `AuthoritiesUnusable`."""
        if self._fault is not None:
            raise _again(self._fault)
        return self._context

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        for _ in range(REDIRECTS + 1):
            reply = await self._asked(request)
            if not reply.has_redirect_location:
                return reply
            await reply.aclose()
            request = followed(request, reply)
        raise NotAnAnswer(host=_name(request.url), detail=f"more than {REDIRECTS} redirects")

    async def through(self, proxy: Proxy, request: httpx.Request) -> httpx.Response:
        """Send `request` by way of `proxy`, as `proxy_for` named it. Raises `ProxyUnusable`."""
        transport = await self._transport(proxy)
        try:
            with _named(proxy, _name(request.url)):
                reply = await transport.handle_async_request(request)
                if reply.status_code == _WANTS_PASSWORD and _is_forwarded(request, proxy):
                    await reply.aclose()
                    raise ProxyWantsPassword(proxy=proxy.place)
        except ProxyUnusable:
            self._proxies.forget()
            raise
        return reply

    async def proxy_for(self, url: httpx.URL) -> Proxy | None:
        """The proxy that `url` is asked for through; None: it is asked directly.

        Raises `InvalidProxy`, `SecretError`.
        """
        return None if _is_here(url) else await self._proxies.proxy_for(url)

    async def retire(self) -> None:
        """Close as soon as nothing runs any more."""
        self._is_retired = True
        for transport in (self._direct, *self._proxied.values()):
            await transport.retire()

    async def aclose(self) -> None:
        for transport in (self._direct, *self._proxied.values()):
            await transport.aclose()

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    async def _asked(self, request: httpx.Request) -> httpx.Response:
        if request.url.scheme == "https" and self._fault is not None:
            raise _again(self._fault)
        proxy = await self.proxy_for(request.url)
        if proxy is not None:
            return await self.through(proxy, request)
        try:
            return await self._direct.handle_async_request(request)
        except (httpx.ConnectError, httpx.ConnectTimeout):
            if not _is_here(request.url):
                # The network may be another than a moment ago, where there is a proxy.
                self._proxies.forget()
            raise

    async def _transport(self, proxy: Proxy) -> Transport:
        if proxy not in self._proxied:
            self._proxied[proxy] = Transport(pool_through(proxy, self._context))
            if self._is_retired:
                await self._proxied[proxy].retire()
        return self._proxied[proxy]


# ── proxies ─────────────────────────────────────────────────────────────────────────────────────

_WANTS_PASSWORD = httpx.codes.PROXY_AUTHENTICATION_REQUIRED


@contextmanager
def _named(proxy: Proxy, host: str) -> Iterator[None]:
    """What `proxy` says to CONNECT, of which httpcore tells the status and the phrase."""
    try:
        yield
    except httpx.ProxyError as error:
        if str(error).startswith(f"{_WANTS_PASSWORD:d} "):
            raise ProxyWantsPassword(proxy=proxy.place) from error
        words = masked(printable(str(error))[:_LONGEST_TARGET], proxy.password)
        raise ProxyRefused(proxy=proxy.place, host=host, detail=words) from error


def _is_here(url: httpx.URL) -> bool:
    # Without path and query, of which an endpoint's address may have no odd ones.
    return is_loopback(str(url.copy_with(raw_path=b"/")))


def _is_forwarded(request: httpx.Request, proxy: Proxy) -> bool:
    """Whether the proxy itself reads the request, and may be who answers."""
    return request.url.scheme == "http" and proxy.scheme in ("http", "https")


# ── redirects ───────────────────────────────────────────────────────────────────────────────────


def followed(request: httpx.Request, reply: httpx.Response) -> httpx.Request:
    """`request`, for where `reply` sends it. Raises `Redirected` if that is not to be done unasked.

    It is done where the same is asked of the same server: a slash at the end, or https instead of http at
    the same port, or at the usual ones.
    """
    location = reply.headers["Location"]
    try:
        target = request.url.join(location).copy_with(userinfo=b"", fragment=None)
    except httpx.InvalidURL:
        raise _redirected(request.url, re.sub(r"//[^/]*@", "//", location)) from None
    is_same = request.method in ("GET", "HEAD") or reply.status_code in _WITH_THE_BODY
    if not (is_same and _is_same_server(request.url, target)):
        raise _redirected(request.url, str(target.copy_with(query=None)))
    headers = httpx.Headers(request.headers)
    headers["Host"] = target.netloc.decode("ascii")
    return httpx.Request(
        request.method, target, headers=headers, stream=request.stream, extensions=request.extensions
    )


_WITH_THE_BODY = (httpx.codes.TEMPORARY_REDIRECT, httpx.codes.PERMANENT_REDIRECT)


def _is_same_server(url: httpx.URL, target: httpx.URL) -> bool:
    if url.raw_host != target.raw_host:
        return False
    # httpx's port is None where it is the scheme's own: another port may be another user's server.
    is_upgrade = (url.scheme, target.scheme) == ("http", "https")
    return (is_upgrade or url.scheme == target.scheme) and url.port == target.port


def _redirected(url: httpx.URL, target: str) -> Redirected:
    return Redirected(host=_name(url), target=shortened(printable(target), _LONGEST_TARGET))


def _name(url: httpx.URL) -> str:
    return url.netloc.decode("ascii")
