"""Sockets that notice when the network is gone, and lead nowhere else where a name is this machine's."""

import importlib.util
import socket
import ssl
import sys
from collections.abc import Iterable
from contextlib import suppress

import httpcore

from desktop.domain.endpoints import names_this_machine
from desktop.domain.public import literal

if importlib.util.find_spec("sniffio") is None:
    # httpcore looks for it six times a request, in every folder of the path: a quarter of a request's CPU
    # time. None is Python's own way to say that a module is not there.
    sys.modules["sniffio"] = None  # type: ignore[assignment]

_IDLE, _INTERVAL, _COUNT = 15, 5, 3
"""s of silence before the first question whether the other side is there, s between questions, questions."""

_UNANSWERED_MS = 1000 * (_IDLE + _INTERVAL * _COUNT)
"""How long what was sent may stay unconfirmed."""

Option = tuple[int, int, int]


def keepalive_options(platform: str = sys.platform) -> tuple[Option, ...]:
    """For `setsockopt`: a peer that has gone without a word ends the connection after 30 s.

    After sleep, or when the way to the network changes, no packet tells that a connection is dead: an answer
    would be waited for until the limit on silence, which is long for models that think.
    """
    # Named otherwise on macOS; Windows has them since 10.
    idle = "TCP_KEEPALIVE" if platform == "darwin" else "TCP_KEEPIDLE"
    wanted = {idle: _IDLE, "TCP_KEEPINTVL": _INTERVAL, "TCP_KEEPCNT": _COUNT}
    wanted["TCP_USER_TIMEOUT"] = _UNANSWERED_MS
    known = ((getattr(socket, name, None), value) for name, value in wanted.items())
    options = ((socket.IPPROTO_TCP, option, value) for option, value in known if option is not None)
    return ((socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1), *options)


KEPT_SECONDS, KEPT, MOST = 5.0, 20, 100
"""How long a connection without work is kept, how many of them, and how many there are at most."""


class _Stream(httpcore.AsyncNetworkStream):
    """One of httpcore's, which is closed too where whoever waits for TLS is cancelled."""

    def __init__(self, plain: httpcore.AsyncNetworkStream) -> None:
        self._plain = plain

    async def read(
        self,
        max_bytes: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
    ) -> bytes:
        return await self._plain.read(max_bytes, timeout)

    async def write(
        self,
        buffer: bytes,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
    ) -> None:
        await self._plain.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._plain.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
    ) -> httpcore.AsyncNetworkStream:
        try:
            return _Stream(await self._plain.start_tls(ssl_context, server_hostname, timeout))
        except BaseException:
            await self.aclose()
            raise

    def get_extra_info(self, info: str) -> object:
        return self._plain.get_extra_info(info)


class KeptSockets(httpcore.AsyncNetworkBackend):
    """Connections of anyio, as httpcore makes them by itself, with `keepalive_options`.

    No resolver is asked for `localhost` and what ends in it (RFC 6761): it could name another machine, to
    which a key would go unencrypted.
    """

    def __init__(self) -> None:
        self._plain = httpcore.AnyIOBackend()
        self._options = keepalive_options()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        refusals: list[httpcore.ConnectError] = []
        for place in _places(host):
            try:
                stream = await self._plain.connect_tcp(place, port, timeout, local_address, socket_options)
            except httpcore.ConnectError as error:
                refusals.append(error)
            else:
                return self._kept(stream)
        raise refusals[0]

    def _kept(self, stream: httpcore.AsyncNetworkStream) -> httpcore.AsyncNetworkStream:
        connection = stream.get_extra_info("socket")
        for option in self._options:
            # A system that does not know one of them still has the others.
            with suppress(OSError):
                connection.setsockopt(*option)
        return _Stream(stream)

    async def sleep(self, seconds: float) -> None:
        await self._plain.sleep(seconds)


def _places(host: str) -> tuple[str, ...]:
    """Where `host` is to be connected to, one after another."""
    if not names_this_machine(host):
        return (host,)
    # With a dot at its end, an address would be looked up as a name.
    address = host.rstrip(".")
    return ("127.0.0.1", "::1") if literal(address) is None else (address,)


def pool(context: ssl.SSLContext, sockets: KeptSockets | None = None) -> httpcore.AsyncConnectionPool:
    return httpcore.AsyncConnectionPool(
        ssl_context=context,
        max_connections=MOST,
        max_keepalive_connections=KEPT,
        keepalive_expiry=KEPT_SECONDS,
        network_backend=sockets or KeptSockets(),
    )
