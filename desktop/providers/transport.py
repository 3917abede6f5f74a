"""httpx over connections of httpcore that are made here."""

import asyncio
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager

import httpcore
import httpx


class Transport(httpx.AsyncBaseTransport):
    """Does what `httpx.AsyncHTTPTransport` does, which takes no sockets of one's own making.

    `retire()` ends it as soon as nothing runs over it; what is sent later still is.
    """

    def __init__(self, pool: httpcore.AsyncConnectionPool) -> None:
        self._pool = pool
        self._running = 0
        self._is_retired = False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        asked = httpcore.Request(
            request.method,
            httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        self._running += 1
        try:
            with _as_httpx():
                reply = await self._pool.handle_async_request(asked)
        except BaseException:
            await self._ended()
            raise
        return httpx.Response(
            reply.status,
            headers=reply.headers,
            stream=_Body(reply, self._ended),
            extensions=reply.extensions,
        )

    async def retire(self) -> None:
        self._is_retired = True
        if not self._running:
            await self._pool.aclose()

    async def aclose(self) -> None:
        await self._pool.aclose()

    async def _ended(self) -> None:
        self._running -= 1
        if self._is_retired and not self._running:
            await self._pool.aclose()


class _Body(httpx.AsyncByteStream):
    """`ended` is awaited once, when the connection is free again or closed."""

    def __init__(self, reply: httpcore.Response, ended: Callable[[], Awaitable[None]]) -> None:
        assert isinstance(reply.stream, AsyncIterable)
        self._reply = reply
        # Not by way of `aiter_stream`, which would be one more generator around each piece.
        self._pieces = reply.stream
        self._ended: Callable[[], Awaitable[None]] | None = ended

    async def __aiter__(self) -> AsyncIterator[bytes]:
        count = 0
        with _as_httpx():
            async for piece in self._pieces:
                yield piece
                count += 1
                if count % _IN_A_ROW == 0:
                    await asyncio.sleep(0)

    async def aclose(self) -> None:
        try:
            await self._reply.aclose()
        finally:
            ended, self._ended = self._ended, None
            if ended is not None:
                await ended()


_IN_A_ROW = 64
"""Pieces of a body. One read from a socket may hold thousands, and reading on suspends nobody."""

_FAULTS = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
)


@contextmanager
def _as_httpx() -> Iterator[None]:
    """Each exception of httpcore is called the same in httpx."""
    try:
        yield
    except _FAULTS as fault:
        raise getattr(httpx, type(fault).__name__)(str(fault)) from fault
