"""Replies without end, sent as fast as they are read; and in what each of them ends."""

import gzip
import json
import threading
import zlib
from collections.abc import Iterator, Mapping
from itertools import chain, repeat
from typing import NamedTuple

from tests.support.server import Reply, Step

PIECE = 65_536
"""Bytes, about, that are sent at once."""

_EVENTS = b"Content-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
_JSON = b"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
_PAGE = b"Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
_GZIP = b"Content-Encoding: gzip\r\n"
_OK = b"HTTP/1.1 200 OK\r\n"


class Torrent:
    """Steps of a reply: `head`, and `filling` over and over until the client hangs up.

    `enough` is set once `mark` bytes have been handed to the system, which keeps some MB of them.
    """

    def __init__(self, head: bytes, filling: bytes, mark: int) -> None:
        self.sent = 0
        self.enough = threading.Event()
        self._head, self._mark = head, mark
        self._filling = filling * max(1, PIECE // len(filling))

    def __iter__(self) -> Iterator[Step]:
        for piece in chain([self._head], repeat(self._filling)):
            yield piece
            self.sent += len(piece)
            if self.sent >= self._mark:
                self.enough.set()


class Kind(NamedTuple):
    """A torrent: what it begins with, goes on with, and the kind of the error in which it ends.

    An `end` that is empty: the server could go on for ever without doing harm, and only Stop ends it.
    `plenty`: how many bytes of it are enough to know; a gigabyte, or a million of what is small.
    """

    head: bytes
    filling: bytes
    end: str = ""
    plenty: int = 1_000_000_000

    def reply(self, mark: int) -> tuple[Torrent, Reply]:
        """`mark`: see `Torrent`."""
        torrent = Torrent(self.head, self.filling, mark)
        return torrent, Reply(torrent, keeps_alive=False)


def delta(**said: object) -> bytes:
    """A chunk of an answer, as an event."""
    value = {"choices": [{"index": 0, "delta": said, "finish_reason": None}]}
    return f"data: {json.dumps(value, ensure_ascii=False)}\n\n".encode()


def chunk(data: bytes) -> bytes:
    """As HTTP sends it."""
    return b"%x\r\n%b\r\n" % (len(data), data)


def _says(**said: object) -> Kind:
    return Kind(_OK + _EVENTS, chunk(delta(**said)), "answer_too_long")


def _packed(begin: bytes, filling: bytes) -> tuple[bytes, bytes]:
    """`begin`, and a megabyte of `filling`, which may follow any number of times, in one gzip stream."""
    packer = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
    head = packer.compress(begin) + packer.flush(zlib.Z_FULL_FLUSH)
    more = packer.compress(filling * (1_000_000 // len(filling))) + packer.flush(zlib.Z_FULL_FLUSH)
    return chunk(head), chunk(more)


def _gzip(body: bytes, begin: bytes, filling: bytes, end: str = "") -> Kind:
    head, more = _packed(begin, filling)
    return Kind(_OK + _GZIP + body + head, more, end, plenty=1_000_000)


def _small(head: bytes, filling: bytes, end: str = "") -> Kind:
    return Kind(head, filling, end, plenty=20_000_000)


def _shown_as(begin: str, filling: str) -> Kind:
    """An answer that begins with something that `filling` makes larger."""
    return Kind(_OK + _EVENTS + chunk(delta(content=begin)), chunk(delta(content=filling)), "answer_too_long")


_TOOL = {"index": 0, "id": "call", "function": {"name": "look", "arguments": "x" * 500}}
_USAGE = b'data: {"choices": [], "usage": {"prompt_tokens": 1, "completion_tokens": 2}}\n\n'
_SPOKEN = chunk(delta(content="So: "))
STOP = b'data: {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}\n\n'

TORRENTS: Mapping[str, Kind] = {
    "prose": _says(content="The quick brown fox jumps over the lazy dog, and **runs** away.\n\n" * 8),
    "one word": _says(content="x" * 500),
    "one line of code": _shown_as("```\n", "x" * 500),
    "one cell": _shown_as("|a|b|\n|-|-|\n|", "x" * 500),
    "rows of a table": _shown_as("|a|b|\n|-|-|\n", "|1|2|\n" * 80),
    "emoji": _says(content="\U0001f468\u200d\U0001f469\u200d\U0001f467" * 100),
    "marks on a letter": _says(content="\u0301" * 500),
    "thoughts": _says(reasoning_content="Let me think about it once more. " * 16),
    "tiny chunks": _says(content="x"),
    "single bytes": _small(
        _OK + _EVENTS, b"".join(chunk(bytes([byte])) for byte in delta(content="x")), "answer_too_long"
    ),
    "one line": Kind(_OK + _EVENTS + chunk(b"data: "), chunk(b"x" * 8_192), "not_an_answer"),
    "one event": Kind(_OK + _EVENTS, chunk(b"data: x\n"), "not_an_answer"),
    "one value": Kind(_OK + _JSON + chunk(b'{"choices": ['), chunk(b"{}," * 2_000), "not_an_answer"),
    "deep JSON": Kind(_OK + _JSON, chunk(b"[" * 8_192), "not_an_answer"),
    "a web page": Kind(_OK + _PAGE + chunk(b"<html>"), chunk(b"<p>" * 2_000), "web_page"),
    "a refusal": Kind(b"HTTP/1.1 500 Oh\r\n" + _PAGE, chunk(b"<p>" * 2_000), "server_failed"),
    "a packed line": _gzip(_EVENTS, b"data: ", b"x", "not_an_answer"),
    "packed words": _gzip(_EVENTS, b"\n", delta(content="x" * 500), "answer_too_long"),
    "headers": Kind(_OK, b"X-More: and more\r\n", "connection_lost"),
    "one header": Kind(_OK + b"X-More: ", b"and more ", "connection_lost"),
    "comments": _small(_OK + _EVENTS + _SPOKEN, chunk(b": still here\n\n")),
    "empty deltas": _small(_OK + _EVENTS + _SPOKEN, chunk(delta(content=""))),
    "calls of tools": Kind(_OK + _EVENTS + _SPOKEN, chunk(delta(tool_calls=[_TOOL]))),
    "usage": _small(_OK + _EVENTS + _SPOKEN, chunk(_USAGE)),
    "unknown fields": Kind(_OK + _EVENTS + _SPOKEN, chunk(delta(audio="x" * 2_000))),
    "blanks": Kind(_OK + _JSON, chunk(b" " * 8_192)),
    "packed blanks": _gzip(_JSON, b" ", b" "),
    "what follows a packed body": Kind(
        _OK + _GZIP + _EVENTS + chunk(gzip.compress(b": hello\n\n")), chunk(b"x" * 8_192)
    ),
    "100 Continue": _small(b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "words behind the end": _small(_OK + _EVENTS + _SPOKEN + chunk(STOP), chunk(b": still here\n\n")),
}
"""By what there is no end of."""
