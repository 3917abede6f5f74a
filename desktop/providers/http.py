"""The one long-lived HTTP client: how long it waits, what it sends, how bodies are read."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import httpx

from desktop import __version__
from desktop.domain.settings import TimeLimits
from desktop.providers.routes import Routes
from desktop.providers.unpacking import Unpacked, unpacker_of

USER_AGENT = f"viewfinder/{__version__}"


def client_over(routes: Routes, limits: TimeLimits | None = None) -> httpx.AsyncClient:
    """A client for every endpoint; it closes `routes` when it is closed."""
    return httpx.AsyncClient(
        transport=routes,
        timeout=timeouts(limits or TimeLimits()),
        headers={"User-Agent": USER_AGENT},
        follow_redirects=False,
        trust_env=False,
    )


def timeouts(limits: TimeLimits) -> httpx.Timeout:
    """For `client.timeout`, also later when the user changes the limits. There is no limit on the whole."""
    return httpx.Timeout(connect=limits.connect, pool=limits.connect, read=limits.idle, write=limits.idle)


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
    """The pieces of a body, which may be left before its end; unpacked, or `raw` as they came.

    httpx reads through nested generators. Left half way, the inner ones would be closed by the garbage
    collector, outside any task; so the socket is closed first, and then they all end by themselves on their
    next step. Those of httpx's own that unpack are not used: they do so without a bound.
    """
    assert isinstance(reply.stream, httpx.AsyncByteStream)
    pieces = aiter(reply.stream)
    try:
        unpacker = None if raw else unpacker_of(reply.headers.get("Content-Encoding", ""))
        yield pieces if unpacker is None else Unpacked(pieces, unpacker)
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
