"""An image fetched from a web address that came from anywhere.

An address may be a trap: it may lead into the user's own network, change where it leads between the look
and the step, or never end. So every name is resolved here, every address it has is judged, and the
connection goes to an address that was judged, whatever the name means a moment later; and so at each
redirect. Where the system's settings say so, a proxy is asked instead, and it resolves names by itself: then
no name is asked for that is known to be private, nor one that resolves here to a private address; whatever
else the proxy can reach is the proxy's to forbid.

In any case the certificate must be for the name in the address, and nothing of the user goes along: no
cookie, no key, no referrer.
"""

import asyncio
import io
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import suppress
from ipaddress import ip_address
from itertools import zip_longest

import httpx

from desktop.domain.image_errors import (
    LinkNotAnImage,
    LinkNotSecure,
    LinkPrivate,
    LinkSlow,
    LinkTooBig,
    LinkUnreachable,
)
from desktop.domain.image_formats import HEAD, MEGABYTES, looks_like_image
from desktop.domain.images import ImageBytes
from desktop.domain.public import STAND_INS, IPAddress, is_public, literal, may_be_public_name
from desktop.providers.faults import link_errors
from desktop.providers.http import USER_AGENT, body_of
from desktop.providers.link import Link, bare, host_of, parse
from desktop.providers.routes import Routes

SECONDS = 30.0
"""For everything, from the first name to the last byte."""

REDIRECTS = 5

_CONNECT_SECONDS = 5.0
"""For one address of a name; the next may be in a family of addresses that works here."""

_RESOLVE_SECONDS = 3.0
"""For a name that a proxy will resolve anyway."""

_ADDRESSES = 4
"""Of one name, so many are tried."""

_HEADERS = {
    "User-Agent": USER_AGENT,
    # What needs no conversion first.
    "Accept": "image/png, image/jpeg, image/webp, image/*;q=0.8, */*;q=0.1",
    # Images are compressed already; a body that expands without end is no image, then.
    "Accept-Encoding": "identity",
    "Connection": "close",
}

Resolve = Callable[[str, int], Awaitable[Sequence[IPAddress]]]


async def resolved(host: str, port: int) -> Sequence[IPAddress]:
    """All addresses of `host`, the preferred first. Raises `OSError`."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(ip_address(place[0]) for *_, place in found))


def alternating(addresses: Sequence[IPAddress]) -> list[IPAddress]:
    """IPv4 and IPv6 in turn, the preferred kind first: often only one of them leads anywhere (RFC 8305)."""
    preferred = [address for address in addresses if address.version == addresses[0].version]
    others = [address for address in addresses if address.version != addresses[0].version]
    pairs = zip_longest(preferred, others)
    return [address for pair in pairs for address in pair if address is not None]


class HttpsFetcher:
    """Implements the port `LinkFetcher`. `routes` stay the caller's; `seconds` is the limit on the whole."""

    def __init__(
        self,
        routes: Routes,
        *,
        resolve: Resolve = resolved,
        is_public: Callable[[IPAddress], bool] = is_public,
        seconds: float = SECONDS,
    ) -> None:
        self._routes = routes
        self._resolve = resolve
        self._is_public = is_public
        self._seconds = seconds

    async def fetch(self, url: str) -> ImageBytes:
        link = parse(url)
        try:
            async with asyncio.timeout(self._seconds):
                with link_errors(link.shown):
                    return ImageBytes(link.file_name, await self._followed(link))
        except TimeoutError as error:
            raise LinkSlow(name=link.shown, seconds=round(self._seconds)) from error

    async def _followed(self, link: Link) -> bytes:
        url = link.url
        for _ in range(REDIRECTS + 1):
            # One connection a step: a second request must not go out over one that another name opened.
            async with httpx.AsyncHTTPTransport(verify=self._routes.context, trust_env=False) as direct:
                reply = await self._asked(url, link, direct)
                async with body_of(reply, raw=True) as pieces:
                    if not reply.has_redirect_location:
                        return await _image(reply, pieces, link.shown)
            url = _next(url, reply.headers["Location"], link)
        raise LinkUnreachable(name=link.shown, detail=f"more than {REDIRECTS} redirects")

    async def _asked(self, url: httpx.URL, link: Link, direct: httpx.AsyncHTTPTransport) -> httpx.Response:
        proxy = await self._routes.proxy_for(url)
        if proxy is not None:
            await self._judge_for_proxy(url, link)
            return await self._routes.through(proxy, _request(url))
        *others, last = await self._judged(url, link)
        for address in others:
            with suppress(httpx.ConnectError, httpx.ConnectTimeout):
                return await direct.handle_async_request(_pinned(url, address))
        return await direct.handle_async_request(_pinned(url, last))

    async def _judged(self, url: httpx.URL, link: Link) -> Sequence[IPAddress]:
        """Where `url` may be asked for. Raises `LinkPrivate` if one address among them may not be."""
        host = host_of(url)
        spelled = literal(host)
        addresses = [spelled] if spelled is not None else await self._resolve(host, url.port or 443)
        for address in addresses:
            if not self._may_be_asked(address, host):
                raise LinkPrivate(name=link.shown, detail=f"{host} → {address}")
        if not addresses:
            raise LinkUnreachable(name=link.shown, detail=f"{host} has no address")
        return alternating(addresses)[:_ADDRESSES]

    async def _judge_for_proxy(self, url: httpx.URL, link: Link) -> None:
        host = host_of(url)
        if literal(host) is None and not may_be_public_name(host):
            raise LinkPrivate(name=link.shown, detail=host)
        with suppress(OSError):  # many a network leaves names to its proxy
            async with asyncio.timeout(_RESOLVE_SECONDS):
                await self._judged(url, link)

    def _may_be_asked(self, address: IPAddress, host: str) -> bool:
        return self._is_public(address) or (literal(host) is None and address in STAND_INS)


def _request(url: httpx.URL) -> httpx.Request:
    limits = httpx.Timeout(None, connect=_CONNECT_SECONDS)
    return httpx.Request("GET", url, headers=_HEADERS, extensions={"timeout": limits.as_dict()})


def _pinned(url: httpx.URL, address: IPAddress) -> httpx.Request:
    """Asks `address`, as the server of `url`."""
    request = _request(url)
    request.url = url.copy_with(host=str(address))
    request.extensions["sni_hostname"] = host_of(url)
    return request


def _next(url: httpx.URL, place: str, link: Link) -> httpx.URL:
    """Where a redirect leads. Raises `LinkNotSecure`."""
    following = bare(url.join(place))
    if following.scheme != "https":
        raise LinkNotSecure(name=link.shown, detail=following.scheme)
    return following


async def _image(reply: httpx.Response, pieces: AsyncIterator[bytes], name: str) -> bytes:
    """The whole body. Raises `LinkUnreachable`, `LinkTooBig`, `LinkNotAnImage`."""
    if not reply.is_success:
        raise LinkUnreachable(
            name=name, detail=f"{reply.status_code} {httpx.codes.get_reason_phrase(reply.status_code)}"
        )
    _refuse_size(int(reply.headers.get("Content-Length", 0)), name)
    # Gives its bytes away without another copy, which of 100 MB would hold the window up.
    body, is_judged = io.BytesIO(), False
    async for piece in pieces:
        _refuse_size(body.tell() + len(piece), name)
        body.write(piece)
        if not is_judged and body.tell() >= HEAD:
            _refuse_what_is_no_image(reply, body, name)
            is_judged = True
    _refuse_what_is_no_image(reply, body, name)
    return body.getvalue()


def _refuse_size(size: int, name: str) -> None:
    if size > MEGABYTES * 1_000_000:
        raise LinkTooBig(name=name, limit=MEGABYTES)


def _refuse_what_is_no_image(reply: httpx.Response, body: io.BytesIO, name: str) -> None:
    """The bytes decide; where they say nothing (TGA), what the server calls them."""
    head, content_type = bytes(body.getbuffer()[:HEAD]), reply.headers.get("Content-Type", "")
    is_page = head.lstrip()[:5].lower() in (b"<html", b"<!doc")
    is_called_image = content_type.lower().startswith("image/") and head and not is_page
    if not (is_called_image or looks_like_image(head)):
        raise LinkNotAnImage(name=name, detail=content_type)
