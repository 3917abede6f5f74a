"""A model's server in a process of its own: `python packaging/sse_server.py SECONDS [CERTIFICATE]`.

It prints its port. The model's name in a question is the number of chunks to answer with, each written by
itself and `SECONDS` after the one before; with 0 they come as fast as they are read. A chunk says when it was
sent, in `CHARACTERS`. `CERTIFICATE`, a PEM file with its key, makes it speak TLS.
"""

from __future__ import annotations

import asyncio
import json
import ssl
import sys
import time

CHARACTERS = 8
TICKS = 10_000
"""The time is told in so many parts of a second, by its last digits and a blank."""

_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"


async def main() -> None:
    """Serve on a free port of 127.0.0.1 until the process is ended."""
    server = await asyncio.start_server(_serve, "127.0.0.1", 0, ssl=_tls(sys.argv[2:]))
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def _tls(certificates: list[str]) -> ssl.SSLContext | None:
    if not certificates:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates[0])
    return context


async def _serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while True:
            await _answer(int((await _question(reader))["model"]), writer)
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def _question(reader: asyncio.StreamReader) -> dict[str, str]:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    size = int(head.partition(b"content-length:")[2].partition(b"\r\n")[0])
    question: dict[str, str] = json.loads(await reader.readexactly(size))
    return question


async def _answer(chunks: int, writer: asyncio.StreamWriter) -> None:
    writer.write(_HEAD)
    pause = float(sys.argv[1])
    for _ in range(chunks):
        now = f"{time.monotonic() * TICKS:.0f} "[-CHARACTERS:]
        writer.write(_chunk(_value({"content": now})))
        await (asyncio.sleep(pause) if pause else writer.drain())
    writer.write(_chunk(_value({}, "stop")) + _chunk("[DONE]") + b"0\r\n\r\n")
    await writer.drain()


def _value(delta: dict[str, str], finish: str | None = None) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}
    facts = {"id": "chatcmpl-5d2f6a", "object": "chat.completion.chunk", "created": 1_760_000_000}
    return json.dumps({**facts, "model": "fast", "choices": [choice], "usage": None})


def _chunk(data: str) -> bytes:
    event = f"data: {data}\n\n".encode()
    return b"%x\r\n%b\r\n" % (len(event), event)


if __name__ == "__main__":
    asyncio.run(main())
