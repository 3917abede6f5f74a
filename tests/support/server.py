"""A model's server on a real socket that does exactly what a script says, byte for byte.

In a test:

    with ScriptedServer(lambda request: events(CURL_STREAM)) as server:
        ... server.url ... server.requests ... server.hung_up.wait(5)

As a process, for tests of whole programs (scripts by name stand in `server_scripts`):

    python -m tests.support.server --script seed-stream --port-file PORT --log LOG
"""

import argparse
import asyncio
import base64
import gzip
import hashlib
import json
import re
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Coroutine, Iterable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.support.pace import Pace


class End(Enum):
    """How a reply ends other than by its last byte."""

    HANG = "say nothing more until the client hangs up"
    CUT = "close the connection"
    RESET = "close it with a TCP reset"


@dataclass(frozen=True, slots=True)
class Pause:
    """For servers of other processes only: inside a test, wait at a `Gate`."""

    seconds: float


class Gate:
    """The server waits here until the test opens it. `reached` tells that it does."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self._opened: Future[None] = Future()

    def open(self) -> None:
        self._opened.set_result(None)

    async def passed(self) -> None:
        self.reached.set()
        await asyncio.shield(asyncio.wrap_future(self._opened))


Step = bytes | Gate | Pause | Pace | End


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server does with one request, step by step; `bytes` go out as they are."""

    steps: Iterable[Step]
    keeps_alive: bool = True


@dataclass(frozen=True, slots=True)
class Received:
    """One request. `target` is a path, or a whole URL when the server is used as a proxy."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    @property
    def json(self) -> Any:
        return json.loads(self.body)


Script = Callable[[Received], Reply]


def raw(*steps: Step) -> Reply:
    """A whole response written by hand; the connection closes after it."""
    return Reply(steps, keeps_alive=False)


def whole(
    body: bytes | object,
    *,
    status: int = 200,
    content_type: str = "application/json",
    headers: Mapping[str, str] | None = None,
) -> Reply:
    """A response of known length. A `body` that is not bytes is sent as JSON."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    fields = {"Content-Type": content_type, "Content-Length": str(len(content)), **(headers or {})}
    return Reply((_head(status, fields), content))


def events(
    *steps: Step,
    status: int = 200,
    content_type: str = "text/event-stream;charset=UTF-8",
    headers: Mapping[str, str] | None = None,
) -> Reply:
    """A chunked response, one chunk for each `bytes`; complete unless a step ends it otherwise."""
    fields = {"Content-Type": content_type, "Transfer-Encoding": "chunked", **(headers or {})}
    body = [_chunk(step) if isinstance(step, bytes) else step for step in steps if step != b""]
    return Reply((_head(status, fields), *body, b"0\r\n\r\n"))


def compressed(
    body: bytes, encoding: str = "gzip", compress: Callable[[bytes], bytes] = gzip.compress
) -> Reply:
    """A compressed event stream in one chunk."""
    return events(compress(body), headers={"Content-Encoding": encoding})


def in_turn(*replies: Reply) -> Script:
    """One reply a request; the last one for all that follow."""
    waiting = list(replies)
    return lambda _: waiting.pop(0) if len(waiting) > 1 else waiting[0]


def by_path(replies: Mapping[str, Reply]) -> Script:
    """The reply whose key ends the request's path, else a bare 404."""
    missing = whole(b"", status=404, content_type="text/plain")

    def script(request: Received) -> Reply:
        path = request.target.partition("?")[0]
        return next((reply for end, reply in replies.items() if path.endswith(end)), missing)

    return script


class ScriptedServer:
    """Serves on a free port of 127.0.0.1 from a thread of its own, while the `with` block runs.

    `requests` in the order of arrival, `connections` counts accepted ones, `hung_up` is set when a
    client closes before its reply has ended.
    """

    def __init__(self, script: Script, *, tls: ssl.SSLContext | None = None) -> None:
        self.script = script
        self.requests: list[Received] = []
        self.connections = 0
        self.hung_up = threading.Event()
        self._tls = tls
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), name="scripted server")
        self._ready: Future[int] = Future()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop = asyncio.Event()

    @property
    def port(self) -> int:
        return self._ready.result()

    @property
    def url(self) -> str:
        return f"http{'s' if self._tls else ''}://127.0.0.1:{self.port}/v1"

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.result()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._loop is not None
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    async def serve(self, port: int = 0) -> asyncio.Server:
        """Start on the running loop; for a process of its own."""
        loop = asyncio.get_running_loop()
        return await loop.create_server(
            lambda: asyncio.StreamReaderProtocol(_Reader(), self._on_connection),
            "127.0.0.1",
            port,
            ssl=self._tls,
        )

    def on_request(self, request: Received) -> None:
        self.requests.append(request)

    def on_hang_up(self) -> None:
        self.hung_up.set()

    async def _run(self) -> None:
        self._loop = asyncio.get_running_loop()
        server = await self.serve()
        self._ready.set_result(server.sockets[0].getsockname()[1])
        await self._stop.wait()
        server.close()

    async def _on_connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert isinstance(reader, _Reader)
        self.connections += 1
        try:
            while (request := await _read_request(reader)) is not None:
                self.on_request(request)
                if not await self._play(self.script(request), reader, writer):
                    break
        except _NotHttp:
            writer.write(_head(400, {"Connection": "close"}))
        except (ConnectionError, ssl.SSLError):
            pass
        finally:
            writer.close()

    async def _play(self, reply: Reply, reader: "_Reader", writer: asyncio.StreamWriter) -> bool:
        """Whether the connection may serve another request."""
        try:
            for step in reply.steps:
                if await _is_last(step, reader, writer):
                    return False
        except _HungUp:
            self.on_hang_up()
            return False
        return reply.keeps_alive


class _Reader(asyncio.StreamReader):
    """Tells when the client has closed, without taking a byte of its next request."""

    def __init__(self) -> None:
        super().__init__(limit=2**20)
        self.ended = asyncio.Event()

    def feed_eof(self) -> None:
        super().feed_eof()
        self.ended.set()

    def set_exception(self, exc: Exception) -> None:
        super().set_exception(exc)
        self.ended.set()


class _HungUp(Exception):
    """The client closed its end."""


class _NotHttp(Exception):
    """The client said something else, such as the beginning of TLS."""


async def _is_last(step: Step, reader: _Reader, writer: asyncio.StreamWriter) -> bool:
    match step:
        case End.CUT:
            return True
        case End.RESET:
            linger = struct.pack("ii", 1, 0)
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            writer.transport.abort()
            return True
        case End.HANG:
            await _or_hung_up(asyncio.Event().wait(), reader)
        case Gate() | Pace():
            await _or_hung_up(step.passed(), reader)
        case Pause(seconds):
            await _or_hung_up(asyncio.sleep(seconds), reader)
        case _:
            writer.write(step)
            await _or_hung_up(writer.drain(), reader)
    return False


async def _or_hung_up(waiting: Coroutine[Any, Any, object], reader: _Reader) -> None:
    step, ended = asyncio.ensure_future(waiting), asyncio.ensure_future(reader.ended.wait())
    try:
        await asyncio.wait({step, ended}, return_when=asyncio.FIRST_COMPLETED)
        if not step.done() or step.exception() is not None:
            raise _HungUp
    finally:
        step.cancel()
        ended.cancel()
        await asyncio.gather(step, ended, return_exceptions=True)


async def _read_request(reader: asyncio.StreamReader) -> Received | None:
    try:
        head = await reader.readexactly(1)
        if not head.isalpha():
            raise _NotHttp
        head += await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.decode("latin-1").strip().split("\r\n")
    method, target, _ = first.split(" ")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Received(method, target, headers, body)


def _head(status: int, fields: Mapping[str, str]) -> bytes:
    lines = [f"HTTP/1.1 {status} Scripted", *(f"{name}: {value}" for name, value in fields.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


# ── as a process ────────────────────────────────────────────────────────────────────────────────


class LoggingServer(ScriptedServer):
    """Writes a line of JSON for each request, and `hung-up`, into a file; the key is not among it."""

    def __init__(self, script: Script, log: Path | None) -> None:
        super().__init__(script)
        self._log = log

    def on_request(self, request: Received) -> None:
        super().on_request(request)
        self._write(json.dumps(_loggable(request), ensure_ascii=False))

    def on_hang_up(self) -> None:
        super().on_hang_up()
        self._write("hung-up")

    def _write(self, line: str) -> None:
        if self._log is not None:
            with self._log.open("a", encoding="utf-8") as log:
                log.write(line + "\n")


def _loggable(request: Received) -> dict[str, Any]:
    headers = dict(request.headers)
    if key := headers.pop("authorization", ""):
        headers["authorization"] = f"{key.partition(' ')[0]} ({len(key.partition(' ')[2])} characters)"
    body = _DATA_URI.sub(_shortened, request.body.decode(errors="replace"))
    return {
        "method": request.method,
        "target": request.target,
        "headers": headers,
        "json": json.loads(body) if body else None,
    }


_DATA_URI = re.compile(r"(data:[\w/+.-]+;base64,)([A-Za-z0-9+/=]*)")


def _shortened(uri: re.Match[str]) -> str:
    data = base64.b64decode(uri[2])
    return f"{uri[1]}<{len(data)} bytes, SHA-256 {hashlib.sha256(data).hexdigest()}>"


async def _serve_forever(server: ScriptedServer, port: int, port_file: Path) -> None:
    listening = await server.serve(port)
    # Renamed, so that whoever waits for the file never reads half a number.
    unfinished = port_file.with_name(port_file.name + ".new")
    unfinished.write_text(str(listening.sockets[0].getsockname()[1]), "utf-8")
    unfinished.replace(port_file)
    await listening.serve_forever()


def main() -> None:
    from tests.support.server_scripts import SCRIPTS

    parser = argparse.ArgumentParser(description="A scripted model's server on 127.0.0.1.")
    parser.add_argument("--script", choices=sorted(SCRIPTS), required=True)
    parser.add_argument("--port", type=int, default=0, help="default: a free one")
    parser.add_argument(
        "--port-file", type=Path, required=True, help="the port is written here once it listens"
    )
    parser.add_argument("--log", type=Path, help="requests and hang-ups are added here")
    options = parser.parse_args()
    server = LoggingServer(SCRIPTS[options.script](), options.log)
    asyncio.run(_serve_forever(server, options.port, options.port_file))


if __name__ == "__main__":
    # Scripts are made of this module's classes under its own name, not of `__main__`'s.
    from tests.support import server

    server.main()
