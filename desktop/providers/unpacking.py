"""Compressed bodies, unpacked a bounded part at a time: in a kilobyte may be a gigabyte."""

import asyncio
import re
import zlib
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial, reduce
from typing import Protocol

import brotli
import httpx

LARGEST_PART = 65_536
"""Bytes that are unpacked before something else gets a turn."""

_BROTLI_PART = LARGEST_PART // 4
"""It gives whole blocks of 32 kB, until there are so many."""

_HEAD = 2
"""Bytes of the head of zlib, and of the shortest body without one."""

_MOST_LAYERS = 2
"""Packed twice, a body is a mistake that browsers put up with."""


class Unpacker(Protocol):
    def parts(self, piece: bytes) -> Iterator[bytes]:
        """What is in `piece`, in parts that are not empty. Raises `httpx.DecodingError`."""
        ...


def unpacker_of(encoding: str) -> Unpacker | None:
    """For a body with this `Content-Encoding`; None if it is not packed, or in a way that nobody asked for.

    Raises `httpx.DecodingError` for a body that is packed over and over.
    """
    names = [name for name in re.split(r"[\s,]+", encoding.lower()) if name in _MAKERS]
    if len(names) > _MOST_LAYERS:
        raise httpx.DecodingError(f"packed {len(names)} times")
    layers = [_MAKERS[name]() for name in reversed(names)]
    return reduce(_Layers, layers) if layers else None


class Unpacked(AsyncIterator[bytes]):
    """`pieces`, unpacked. No generator: one that is left half way would have to be closed."""

    def __init__(self, pieces: AsyncIterator[bytes], unpacker: Unpacker) -> None:
        self._pieces = pieces
        self._unpacker = unpacker
        self._parts: Iterator[bytes] = iter(())

    async def __anext__(self) -> bytes:
        for part in self._parts:
            # There may be thousands.
            await asyncio.sleep(0)
            return part
        async for piece in self._pieces:
            self._parts = self._unpacker.parts(piece)
            for part in self._parts:
                return part
        raise StopAsyncIteration


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


class _Layers:
    """What `outer` unpacks, `inner` unpacks once more."""

    def __init__(self, outer: Unpacker, inner: Unpacker) -> None:
        self._outer = outer
        self._inner = inner

    def parts(self, piece: bytes) -> Iterator[bytes]:
        for part in self._outer.parts(piece):
            yield from self._inner.parts(part)


class _Zlib:
    """gzip, and zlib, which is called "deflate"; some servers leave out its head (`may_be_bare`)."""

    def __init__(self, *, may_be_bare: bool = False) -> None:
        # Tells the heads of gzip and zlib apart.
        self._stream = zlib.decompressobj(zlib.MAX_WBITS | 32)
        self._may_be_bare = may_be_bare
        self._begin = b""

    def parts(self, piece: bytes) -> Iterator[bytes]:
        if self._may_be_bare:
            self._begin += piece
            piece = self._begin
            if len(piece) < _HEAD:
                return
            self._may_be_bare = False
            if not _has_head(piece):
                self._stream = zlib.decompressobj(-zlib.MAX_WBITS)
        part = self._more(piece)
        while part:
            yield part
            part = self._more(b"")

    def _more(self, piece: bytes) -> bytes:
        if self._stream.eof:
            # It would keep whatever follows, without end.
            return b""
        try:
            return self._stream.decompress(self._stream.unconsumed_tail + piece, LARGEST_PART)
        except zlib.error as error:
            raise httpx.DecodingError(str(error)) from error


def _has_head(piece: bytes) -> bool:
    try:
        zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(piece, 1)
    except zlib.error:
        return False
    return True


class _Brotli:
    def __init__(self) -> None:
        self._stream = brotli.Decompressor()

    def parts(self, piece: bytes) -> Iterator[bytes]:
        part = self._more(piece)
        while part:
            yield part
            part = b"" if self._stream.is_finished() else self._more(b"")

    def _more(self, piece: bytes) -> bytes:
        try:
            part: bytes = self._stream.process(piece, output_buffer_limit=_BROTLI_PART)
        except brotli.error as error:
            raise httpx.DecodingError(str(error)) from error
        return part


_MAKERS: dict[str, Callable[[], Unpacker]] = {
    "gzip": _Zlib,
    "x-gzip": _Zlib,
    "deflate": partial(_Zlib, may_be_bare=True),
    "br": _Brotli,
}
