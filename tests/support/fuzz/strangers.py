"""Other processes that say what they please: a child as the image worker, a server on a socket."""

import json
import random
import struct
import sys
import tempfile
from asyncio import Runner
from contextlib import AsyncExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from desktop.domain.events import AnswerDraft
from desktop.domain.image_errors import ImageError
from desktop.domain.image_rules import image_limits
from desktop.domain.images import ImageBytes, ImageInput
from desktop.domain.provider_errors import ProviderError
from desktop.domain.settings import Endpoint
from desktop.imaging.loader import WorkerImageLoader
from desktop.providers.openai_chat import OpenAIChat
from desktop.worker.process import WorkerProcess
from desktop.worker.wire import MAX_PAYLOAD
from tests.support.asking import KEY, ONE_IMAGE, chat_with, collect
from tests.support.fuzz.engine import Target
from tests.support.fuzz.errors import is_free_of, key_forms
from tests.support.fuzz.mutation import mutated, own_chance
from tests.support.fuzz.sse import answer_body
from tests.support.fuzz.texts import encoded, hostile_text
from tests.support.fuzz.values import any_value, damaged_value, dumped
from tests.support.pictures import png
from tests.support.server import ScriptedServer, raw

_LIMITS = image_limits(Endpoint(), "qwen3-vl-plus")

# ── a child ─────────────────────────────────────────────────────────────────────────────────────

_ECHO = """
import sys
with open(sys.argv[1], "rb") as file:
    sys.stdin.buffer.read(8)
    sys.stdout.buffer.write(file.read())
"""
_IMAGE = {"media_type": "image/png", "width": 4, "height": 4, "remains": [[0, 40], "x"], "change": None}
_CHANGE = {"from_type": "image/heic", "turned": True, "from_size": [4000, 3000], "limit": "pixels"}
_REFUSED = {"kind": "broken", "detail": "words", "facts": {}}


def child_saying(file: Path) -> tuple[str, ...]:
    """The command of a child that answers a request with what lies in `file`, and leaves."""
    return (sys.executable, "-S", "-E", "-c", _ECHO, str(file))


class Workers(Target):
    """A child that answers anything: an image that can be sent, or an `ImageError`."""

    name = "workers"
    # Room for a payload is made when its length is told.
    peak_mb = 32 + (MAX_PAYLOAD >> 20)
    tries = 30
    some = 25
    many = 800

    def __init__(self) -> None:
        self._runner, self._folder = Runner(), tempfile.TemporaryDirectory(prefix="fuzz-worker-")
        self._said = Path(self._folder.name, "said")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._runner.close()
        self._folder.cleanup()

    def make(self, chance: random.Random) -> bytes:
        image = _IMAGE | {"change": chance.choice((None, _CHANGE))}
        answers = (
            [["image", damaged_value(chance, image)], ["end", {}]],
            [["image", damaged_value(chance, image)], ["data", {}], ["end", {}]],
            [damaged_value(chance, ["image", image]), any_value(chance), ["end", {}]],
            [["refused", damaged_value(chance, _REFUSED)]],
            [["failed", damaged_value(chance, {"detail": "x"})]],
        )
        data = b"".join(_framed(chance, frame) for frame in chance.choice(answers))
        return mutated(chance, data, (b"\0\0\0\2\0\0\0\0{}", b'["end", {}]'), 1)

    def check(self, data: bytes) -> str:
        self._said.write_bytes(data)
        return self._runner.run(self._loaded())

    async def _loaded(self) -> str:
        worker = WorkerProcess(child_saying(self._said), idle=None)
        try:
            image = await WorkerImageLoader(worker).load(ImageBytes("a.png", png()), _LIMITS)
        except ImageError as error:
            return type(error).__name__
        finally:
            await worker.aclose()
        _judge(image)
        return "an image"


def _framed(chance: random.Random, frame: Any) -> bytes:
    header = encoded(dumped(chance, frame))
    payload = chance.choice((b"", b"pixels", chance.randbytes(2_000)))
    return struct.pack(">II", len(header), len(payload)) + header + payload


def _judge(image: ImageInput) -> None:
    assert isinstance(image.media_type, str)
    assert type(image.size.width) is int
    assert type(image.size.height) is int
    assert isinstance(image.data, bytes)


# ── a server ────────────────────────────────────────────────────────────────────────────────────

_FIELDS = (
    *(
        "Content-Type: text/event-stream",
        "Content-Type: application/json; charset=utf-16",
        "Content-Encoding: gzip",
    ),
    *(
        "Content-Encoding: br, br, br",
        "Content-Encoding: deflate",
        "Transfer-Encoding: chunked",
        "Connection: close",
    ),
    *(
        "Content-Length: 5",
        "Content-Length: -1",
        "Content-Length: 99999999999999999999",
        "Retry-After: 1e9",
        ": x",
    ),
    *(
        "Location: http://[",
        "Location: https://a.example/",
        "X-Request-Id: \x1b[2J",
        "Set-Cookie: a=b",
        "no colon",
    ),
    "Transfer-Encoding: gzip, chunked",
)
_STATUS = (
    "HTTP/1.1 200 OK",
    "HTTP/1.1 200 OK",
    "HTTP/1.1 400 No",
    "HTTP/1.1 429 ",
    "HTTP/1.0 200",
    "HTTP/1.1 302 x",
)
_ODD_STATUS = ("HTTP/1.1 100 Continue", "HTTP/1.1 204 x", "HTTP/9.9 999 \xff", "ICY 200 OK", "SSH-2.0-x", "")
_WIRE = (
    b"\r\n",
    b"0\r\n\r\n",
    b"5\r\nhello\r\n",
    b"ffffffff\r\n",
    b"-1\r\n",
    b"\x1f\x8b\x08",
    b"HTTP/1.1 200 OK\r\n",
)


class Servers(Target):
    """What a server says on a real socket, byte for byte: an answer, or a `ProviderError` without the key."""

    name = "servers"
    peak_mb = 48
    tries = 40
    some = 40
    many = 1_600

    def __init__(self) -> None:
        self._runner, self._stack = Runner(), AsyncExitStack()
        self._said = b""
        self._server = ScriptedServer(lambda _request: raw(self._said))

    def __enter__(self) -> Self:
        self._server.__enter__()
        self._chat = self._runner.run(self._open())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._runner.run(self._stack.aclose())
        self._runner.close()
        self._server.__exit__(kind, error, trace)

    def make(self, chance: random.Random) -> bytes:
        status = chance.choice(_STATUS if chance.random() < 0.9 else _ODD_STATUS)
        fields = [chance.choice((*_FIELDS, f"X: {hostile_text(chance)}")) for _ in range(chance.randrange(4))]
        body = (
            answer_body(chance)
            if chance.random() < 0.7
            else encoded(json.dumps({"error": key_forms(chance, KEY)}))
        )
        if "Transfer-Encoding: chunked" in fields:
            body = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
        return mutated(chance, encoded("\r\n".join([status, *fields, "", ""])) + body, _WIRE, 2)

    def check(self, data: bytes) -> str:
        self._said = data
        try:
            draft = self._runner.run(self._asked(own_chance(data).random() < 0.2))
        except ProviderError as error:
            met = error
        else:
            return "models" if draft is None else "answered"
        assert is_free_of(KEY, met)
        return type(met).__name__

    async def _open(self) -> OpenAIChat:
        return await self._stack.enter_async_context(chat_with(self._server.url))

    async def _asked(self, for_models: bool) -> AnswerDraft | None:
        if not for_models:
            return await collect(self._chat, ONE_IMAGE)
        assert all(each.id for each in await self._chat.models())
        return None
